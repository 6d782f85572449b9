//! Two dates and the length between them: `8 June to 26 June (3 weeks)`.

use super::distance::{Years, counted, lasts, months};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Day, Length, Unit, noun, shown};
use crate::audit::rules::passage::Passage;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};
use crate::model::words::with_noun;

/// What makes a span of two dates.
const JOINTS: [&str; 21] = [
    "and ends on",
    "and end on",
    "and runs until",
    "and is done on",
    "and finishes on",
    "und endet am",
    "ends on",
    "to",
    "until",
    "till",
    "through",
    "and",
    "-",
    "–",
    "—",
    "bis",
    "→",
    "->",
    "to the",
    "bis zum",
    "und",
];
/// What may stand between a span and the length before it.
const BEFORE: [&str; 12] = [
    "",
    "from",
    "between",
    "of",
    "running from",
    "lasting from",
    "runs from",
    "starting",
    "von",
    "vom",
    "zwischen",
    "–",
];
/// What may stand between a span and the length behind it.
const BEHIND: [&str; 23] = [
    "",
    "and takes",
    "it takes",
    "and lasts",
    "which makes",
    "und dauert",
    "is",
    "are",
    "makes",
    "that is",
    "that are",
    "i.e.",
    "lasting",
    "takes",
    "for",
    "or",
    "in total",
    "a total of",
    "which is",
    "–",
    "-",
    "sind",
    "also",
];

pub(super) fn apply(passage: &Passage, years: &Years, findings: &mut Findings) {
    for pair in passage.dates.windows(2) {
        let [from, to] = pair else { continue };
        let joint = passage.said(from.end, to.start).trim().to_lowercase();
        if !JOINTS.contains(&joint.as_str()) {
            continue;
        }
        for length in passage.lengths.iter().filter(|length| is_about(passage, length, from, to)) {
            judge(passage, years, (from, to, length), findings);
        }
    }
}

fn is_about(passage: &Passage, length: &Length, from: &Day, to: &Day) -> bool {
    let calendar = matches!(length.unit, Unit::Days | Unit::Weeks | Unit::Months);
    let before =
        length.end <= from.start && BEFORE.contains(&passage.between(length.end, from.start).as_str());
    let behind = length.start >= to.end && BEHIND.contains(&passage.between(to.end, length.start).as_str());
    calendar
        && (before || behind)
        && !passage.said(length.end, passage.text.len()).trim_start().starts_with("after")
}

fn judge(
    passage: &Passage,
    years: &Years,
    (from, to, length): (&Day, &Day, &Length),
    findings: &mut Findings,
) {
    let computed = if from.day.is_some() && to.day.is_some() {
        let pairs = years.pairs(from, to);
        let known = years.tell(from) || years.tell(to);
        if pairs.iter().any(|pair| lasts(length, *pair, known)) {
            return;
        }
        pairs.first().map(|(first, last)| counted(length.unit, *first, *last))
    } else {
        whole_months(length, from, to)
    };
    let Some(computed) = computed else { return };
    let computed = with_noun(&shown(&computed), noun(length.unit));
    let (line, said) = (passage.line(length.start), passage.said(length.start, length.end).to_owned());
    let message = format!("from {} to {} are {computed}, not {said}", name(passage, from), name(passage, to));
    if !findings.has(Rule::Timeline, line) {
        findings.add(Rule::Timeline, line, message, (said, Some(computed)));
    }
}

/// Months of a span that is written in months, where the length says another number.
fn whole_months(length: &Length, from: &Day, to: &Day) -> Option<Exact> {
    let (first, last) = (from.year?, to.year?);
    let months = months((first, from.month), (last, to.month));
    let fits = [whole(months), whole(months + 1)].contains(&length.low) || !length.is_exact();
    (length.unit == Unit::Months && !fits).then(|| whole(months))
}

fn name(passage: &Passage, day: &Day) -> String {
    passage.said(day.start, day.end).to_owned()
}
