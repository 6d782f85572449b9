//! Keeping within a limit by leaving out whole sections, so that no table, fence or `<details>` is ever cut.

use crate::model::order;

/// One part of a page.
#[derive(Clone, Debug)]
pub(super) struct Section {
    name: &'static str,
    importance: u8,
    /// Markdown, empty when there is nothing to say.
    pub(super) text: String,
}

impl Section {
    pub(super) fn new(name: &'static str, importance: u8, text: String) -> Self {
        Self { name, importance, text }
    }

    fn length(&self) -> usize {
        self.text.chars().count() + SEPARATOR
    }
}

/// The empty line between sections.
const SEPARATOR: usize = 2;
/// Kept free for the sentence that names what was left out.
const RESERVE: usize = 250;

/// `first` and as many of `sections` as fit into `limit` characters.
pub(super) fn fit(first: &str, sections: &[Section], limit: usize) -> String {
    if first.chars().count() + 1 > limit {
        return plain_start(first, limit);
    }
    let total = first.chars().count() + sections.iter().map(Section::length).sum::<usize>() + 1;
    if total <= limit {
        return page(first, sections, "");
    }
    let (kept, dropped) = choose(sections, limit.saturating_sub(first.chars().count() + 1 + RESERVE));
    let said = format!("<sub>Left out for length: {}. The job summary has more.</sub>", dropped.join(", "));
    let whole = page(first, &kept, &said);
    if whole.chars().count() <= limit { whole } else { page(first, &kept, "") }
}

/// Keeps the most important sections that fit together, in their order.
fn choose(sections: &[Section], room: usize) -> (Vec<Section>, Vec<&'static str>) {
    let mut by_importance: Vec<&Section> = sections.iter().collect();
    order::sort_by_key(&mut by_importance, |section| section.importance);
    let mut left = room;
    let mut dropped = Vec::new();
    for section in by_importance {
        match left.checked_sub(section.length()) {
            Some(rest) => left = rest,
            None => dropped.push(section.name),
        }
    }
    let kept = sections.iter().filter(|section| !dropped.contains(&section.name)).cloned();
    (kept.collect(), dropped)
}

fn page(first: &str, sections: &[Section], last: &str) -> String {
    let parts = std::iter::once(first).chain(sections.iter().map(|section| section.text.as_str()));
    let parts: Vec<&str> = parts.chain([last]).filter(|part| !part.is_empty()).collect();
    parts.join("\n\n") + "\n"
}

/// The beginning of `text` without anything that would have to be closed.
fn plain_start(text: &str, limit: usize) -> String {
    text.chars().filter(|c| !"*`&<>".contains(*c)).take(limit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sections() -> Vec<Section> {
        let section = |name, importance, length| Section::new(name, importance, "x".repeat(length));
        vec![section("a", 2, 400), section("b", 0, 300), section("c", 1, 500)]
    }

    #[test]
    fn everything_stays_when_it_fits() {
        assert_eq!(fit("first", &sections(), 2000).chars().count(), 5 + 400 + 300 + 500 + 3 * 2 + 1);
    }

    #[test]
    fn the_least_important_sections_go_first_and_are_named() {
        let text = fit("first", &sections(), 1100);
        assert!(text.contains("Left out for length: a."), "{text}");
        assert!(text.find(&"x".repeat(300)) < text.find(&"x".repeat(500)));
        assert!(text.chars().count() <= 1100);
    }

    #[test]
    fn a_tiny_limit_still_holds() {
        for limit in 0..60 {
            assert!(fit("**Readiness 87.4** `x`", &sections(), limit).chars().count() <= limit);
        }
    }
}
