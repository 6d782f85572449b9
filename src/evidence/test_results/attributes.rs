//! Attributes that the XML formats have in common.

use super::assembly::Assembly;
use super::duration::{self, Duration};
use crate::evidence::tally::Tally;
use crate::evidence::xml::{Cursor, Tag};

/// The attribute `name`, owned.
pub(super) fn owned(tag: &Tag<'_>, name: &str) -> Option<String> {
    tag.attribute(name).map(std::borrow::Cow::into_owned)
}

/// The attribute `name` as a count.
pub(super) fn count(tag: &Tag<'_>, name: &str) -> Option<u64> {
    tag.attribute(name).and_then(|value| value.trim().parse().ok())
}

/// `file` and `line`; what has no place of its own is given the line 0.
pub(super) fn stands_at(tag: &Tag<'_>) -> Option<(String, u32)> {
    let line = tag.attribute("line").and_then(|line| line.parse().ok()).filter(|line| *line > 0)?;
    Some((owned(tag, "file")?, line))
}

/// The sum of those of the attributes `names` that are there.
pub(super) fn sum(tag: &Tag<'_>, names: &[&str]) -> Option<u64> {
    names.iter().filter_map(|name| count(tag, name)).reduce(u64::saturating_add)
}

/// The last part of the path of a test assembly, which does not depend on the machine; other names as they are.
pub(super) fn assembly_name(name: &str) -> &str {
    const ENDINGS: [&str; 4] = ["dll", "exe", "nunit", "csproj"];
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let ending = last.rsplit('.').next().unwrap_or_default();
    if ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)) { last } else { name }
}

/// Reads the durations of a file and remembers the odd ones.
#[derive(Debug, Default)]
pub(super) struct Durations {
    odd: Tally,
    guessed: Tally,
}

impl Durations {
    /// Nanoseconds, when `text` is a duration.
    pub(super) fn nanoseconds(&mut self, text: Option<&str>, cursor: &mut Cursor<'_>) -> Option<u64> {
        match duration::parse(text.unwrap_or_default()) {
            Duration::Known(nanos) => Some(nanos),
            Duration::Guessed(nanos) => {
                self.guessed.add(|| cursor.place());
                Some(nanos)
            }
            Duration::Absent => None,
            Duration::Odd => {
                self.odd.add(|| cursor.place());
                None
            }
        }
    }

    /// Says what was odd.
    pub(super) fn report(&self, report: &mut Assembly) {
        let odd = self.odd.said("a duration is no number of seconds; counted as unknown");
        let guessed = self.guessed.said("a duration of ten years and more; taken for nanoseconds");
        for problem in odd.into_iter().chain(guessed) {
            report.warn(problem);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_an_assembly_is_no_part_of_its_name() {
        assert_eq!(assembly_name("C:\\build\\Shop.Tests.DLL"), "Shop.Tests.DLL");
        assert_eq!(assembly_name("/srv/Shop.Tests.dll"), "Shop.Tests.dll");
        assert_eq!(assembly_name("Shop/Cart"), "Shop/Cart");
    }
}
