//! Two dates of one sentence and the length between them: "kick-off on 2 March, go-live on 30 March, four weeks later",
//! "the freeze is on 12 June, a week before the launch on 19 June", "starts on 1 June, takes four weeks, ends on 26 June".

use jiff::civil::Date;

use super::distance::{Years, counted, days, lasts};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Day, Length, Limit, Unit, noun, shown};
use crate::audit::rules::passage::{Of, Passage};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::whole;
use crate::model::words::with_noun;

/// What leads to a first day.
const BEGINS: [&str; 16] = [
    "start",
    "starts",
    "started",
    "starting",
    "begin",
    "begins",
    "beginning",
    "kick-off",
    "from",
    "runs from",
    "start am",
    "beginn",
    "beginnt",
    "startet",
    "start on",
    "ab",
];
/// What leads to a last day.
const ENDS: [&str; 20] = [
    "until",
    "to",
    "end",
    "ends",
    "ending",
    "finish",
    "finishes",
    "finished",
    "done",
    "over",
    "through",
    "bis",
    "ende",
    "endet",
    "completed",
    "complete",
    "fertig",
    "till",
    "closes",
    "abgeschlossen",
];

pub(super) fn apply(passages: &[Passage], years: &Years, findings: &mut Findings) {
    for passage in passages.iter().filter(|passage| matches!(passage.of, Of::Text | Of::Item)) {
        for (start, end) in passage.sentences() {
            let dates: Vec<&Day> =
                passage.dates.iter().filter(|day| day.start >= start && day.end <= end).collect();
            let lengths: Vec<&Length> =
                passage.lengths.iter().filter(|l| l.start >= start && l.end <= end).collect();
            if let ([first, last], [length]) = (dates.as_slice(), lengths.as_slice())
                && length.low == length.high
                && length.limit == Limit::Exactly
                && first.day.is_some()
                && last.day.is_some()
            {
                judge(passage, years, (first, last, length, start), findings);
            }
        }
    }
}

fn judge(
    passage: &Passage,
    years: &Years,
    (first, last, length, start): (&Day, &Day, &Length, usize),
    findings: &mut Findings,
) {
    let line = passage.line(length.start);
    let calendar = matches!(length.unit, Unit::Days | Unit::Weeks) && !length.working;
    if !calendar
        || findings.has(Rule::Timeline, line)
        || findings.has(Rule::Timeline, passage.line(last.start))
    {
        return;
    }
    let lower = |from: usize, to: usize| passage.said(from, to).to_lowercase();
    let behind = lower(length.end, passage.text.len());
    let later = ["later", "after that", "afterwards", "später", "danach"]
        .iter()
        .any(|word| behind.trim_start().starts_with(word));
    let before = ["before", "vor"].iter().any(|word| behind.trim_start().starts_with(word));
    let between = length.start > first.end && length.end < last.start;
    let told = later && length.start > last.end || before && between;
    let begins = mentions(&lower(start.max(first.start.saturating_sub(30)), first.start), &BEGINS);
    let ends = mentions(&lower(last.start.saturating_sub(30).max(first.end), last.start), &ENDS);
    let lasting =
        begins && ends && !mentions(&behind, &["before", "after", "later", "early", "late", "ago", "notice"]);
    let pairs = years.pairs(first, last);
    let known = years.tell(first) || years.tell(last);
    let fits = |pair: &(Date, Date)| {
        if told { distance(length) == Some(days(pair.0, pair.1)) } else { lasts(length, *pair, known) }
    };
    if !told && !lasting || pairs.iter().any(fits) {
        return;
    }
    if let Some((from, to)) = pairs.first() {
        let computed = with_noun(&shown(&counted(length.unit, *from, *to)), noun(length.unit));
        let said = passage.said(length.start, length.end).to_owned();
        let names = (passage.said(first.start, first.end), passage.said(last.start, last.end));
        let message = format!("from {} to {} are {computed}, not {said}", names.0, names.1);
        findings.add(Rule::Timeline, line, message, (said, Some(computed)));
    }
}

/// Days of a length in days or weeks.
fn distance(length: &Length) -> Option<i64> {
    let factor = if length.unit == Unit::Weeks { whole(7) } else { whole(1) };
    let days = &length.low * factor;
    days.is_integer().then(|| days.to_integer().try_into().ok())?
}
