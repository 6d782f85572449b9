//! Work side by side takes as long as the longer part.

use crate::audit::findings::Findings;
use crate::audit::quantity::{Length, shown};
use crate::audit::rules::passage::{Of, Passage};
use crate::audit::words::{mentions, same_word, words};
use crate::model::audit::Rule;
use crate::model::exact::Exact;

const PARALLEL: [&str; 12] = [
    "in parallel",
    "parallel",
    "at the same time",
    "simultaneously",
    "concurrently",
    "side by side",
    "start together",
    "the longer of",
    "the longest of",
    "the slower of",
    "gleichzeitig",
    "nebeneinander",
];
/// What leads from the parts to the whole.
const HENCE: [&str; 13] = [
    "so",
    "hence",
    "therefore",
    "thus",
    "which makes",
    "that makes",
    "this makes",
    "i.e.",
    "that is",
    "the longer of",
    "the longest of",
    "daher",
    "also",
];
/// Words of a saving: its number is no length of the whole.
const SAVES: [&str; 12] = [
    "save", "saves", "saved", "saving", "instead", "shorter", "less", "earlier", "reduces", "sooner", "not",
    "rather",
];

pub(super) fn apply(passages: &[Passage], findings: &mut Findings) {
    for passage in passages.iter().filter(|passage| matches!(passage.of, Of::Text | Of::Item)) {
        let sentences = passage.sentences();
        for (at, (start, end)) in sentences.iter().enumerate() {
            let sums = |(from, to): &&(usize, usize)| {
                let lower = passage.said(*from, *to).trim_start().to_lowercase();
                ["together", "in total", "altogether", "overall", "in all"]
                    .iter()
                    .any(|word| lower.starts_with(word))
            };
            let total = sentences.get(at + 1).filter(sums).map(|(from, _)| *from);
            let end = total.and(sentences.get(at + 1)).map_or(*end, |(_, end)| *end);
            sentence(passages, passage, (*start, end, total), findings);
        }
    }
}

/// What a sentence says of work side by side; its total may stand in the one behind it.
fn sentence(
    passages: &[Passage],
    passage: &Passage,
    (start, end, total): (usize, usize, Option<usize>),
    findings: &mut Findings,
) {
    let lower = passage.said(start, end).to_lowercase();
    if !mentions(&lower, &PARALLEL) || mentions(&lower, &SAVES) {
        return;
    }
    let own: Vec<&Length> = passage
        .lengths
        .iter()
        .filter(|length| length.start >= start && length.end <= end && length.is_exact())
        .collect();
    let Some((whole, parts)) = own.split_last() else { return };
    let led = parts.last().map_or(start, |part| part.end);
    let behind = total.is_some_and(|total| whole.start >= total && led <= total);
    if !behind && !mentions(&passage.said(led, whole.start).to_lowercase(), &HENCE) {
        return;
    }
    let alike = |parts: &[&Length]| {
        parts.iter().filter(|p| p.unit == whole.unit).map(|p| p.low.clone()).collect::<Vec<_>>()
    };
    let mut times = alike(parts);
    if parts.is_empty() && lower.contains("the long") {
        let named = elsewhere(passages, passage, &lower, whole);
        times = if named.len() >= 2 { named } else { Vec::new() };
    }
    let Some(longest) = times.iter().max() else { return };
    let sum: Exact = times.iter().cloned().sum();
    let added = times.len() >= 2 && whole.low == sum;
    let says_longer = lower.contains("the longer of") || lower.contains("the longest of");
    if whole.low < *longest || added || says_longer && times.len() >= 2 && whole.low != *longest {
        let said = passage.said(whole.start, whole.end).to_owned();
        let message = format!(
            "what runs in parallel takes as long as its longest part, {}, not {said}",
            shown(longest)
        );
        findings.add(Rule::Timeline, passage.line(whole.start), message, (said, Some(shown(longest))));
    }
}

/// The lengths of what a sentence names: items whose names share a word with it, each with one length of that unit.
fn elsewhere(passages: &[Passage], own: &Passage, lower: &str, whole: &Length) -> Vec<Exact> {
    let said = words(lower);
    let items = passages.iter().filter(|other| {
        matches!(other.of, Of::Item | Of::Row)
            && other.first_line() != own.first_line()
            && other.section == own.section
    });
    let length = |item: &Passage| {
        let name = item.text.split([',', ':', '.', '(', '|']).next()?.to_owned();
        let named = words(&name).iter().any(|word| said.iter().any(|s| same_word(s, word)));
        let mut lengths = item.lengths.iter().filter(|length| length.unit == whole.unit && length.is_exact());
        let first = lengths.next().filter(|_| named)?;
        lengths.next().is_none().then(|| first.low.clone())
    };
    items.filter_map(length).collect()
}

#[cfg(test)]
mod tests {
    use crate::audit::rules::calendar::tests::found;

    #[test]
    fn the_whole_is_as_long_as_the_longer_part() {
        let plan = |weeks: &str| {
            format!(
                "1. Storage, new disks. Cost: 40 k€, five weeks.\n2. Network, new lines. Cost: 20 k€, three weeks.\n\nStorage and network run in parallel; the longer of the two ends after {weeks} weeks.\n"
            )
        };
        assert_eq!(found(&plan("five")), [0; 0]);
        assert_eq!(found(&plan("three")), [4]);
        assert_eq!(
            found("Porting takes 6 days and testing 4 days in parallel, so we ship after 6 days."),
            [0; 0]
        );
        assert_eq!(
            found("Porting takes 6 days and testing 4 days in parallel, so we ship after 4 days."),
            [1]
        );
        assert_eq!(
            found("Porting takes 6 days and testing 4 days in parallel, so we ship after 10 days."),
            [1]
        );
        assert_eq!(found("In parallel they take 6 days and 4 days, so we save 4 days."), [0; 0]);
    }
}
