//! A score that a plan reaches, in words.

use num_traits::{Signed as _, Zero as _};

use super::Now;
use super::read::{is_gain, is_score};
use crate::audit::facts::{RiseIn, rises};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, shown};
use crate::audit::rules::passage::Passage;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// What stands right before a score that is reached.
const REACHES: [&str; 28] = [
    "the score is",
    "the score will be",
    "the score becomes",
    "score of",
    "we reach",
    "we get to",
    "we are at",
    "we end at",
    "it reaches",
    "reaches",
    "reach",
    "brings us to",
    "takes us to",
    "brings the score to",
    "raises the score to",
    "lifts the score to",
    "lifts us to",
    "which gives",
    "which makes",
    "that gives",
    "leads to",
    "has",
    "score bei",
    "steht bei",
    "we end up at",
    "ends at",
    "the score then is",
    "score then stands at",
];
/// Words for all of the work.
const ALL: [&str; 18] = [
    "after all",
    "with all",
    "all gaps",
    "all of",
    "all items",
    "both together",
    "after these",
    "with these",
    "all three",
    "all four",
    "all five",
    "all phases",
    "the whole plan",
    "together",
    "after steht",
    "after ist",
    "after that",
    "afterwards",
];
/// A score that is reached, in words.
pub(super) fn told(
    passage: &Passage,
    numbers: &[Quantity],
    (now, gains, scores): (&[Now], &[Exact], &[Exact]),
    findings: &mut Findings,
) {
    for (from, to) in passage.sentences() {
        let own: Vec<&Quantity> = numbers.iter().filter(|q| from <= q.start && q.end <= to).collect();
        let lower = passage.said(from, to).to_lowercase();
        let risen = rises(&passage.text, numbers);
        let risen = risen
            .iter()
            .rfind(|rise| from <= rise.from.start && rise.to.end <= to && is_risen(passage, from, rise));
        let found = risen
            .map(|rise| &rise.to)
            .or_else(|| own.iter().copied().rfind(|q| is_reached(passage, from, q)));
        let Some(reached) = found else { continue };
        // Gains of the sentence, or of those before it.
        let earlier: Vec<&Quantity> =
            numbers.iter().filter(|q| q.end <= reached.start && is_gain(q) && brings(passage, q)).collect();
        let here = earlier.iter().filter(|q| q.start >= from).count();
        let start = risen.map(|rise| rise.from.low.clone());
        let start =
            start.map_or_else(|| now.iter().map(|(now, _)| now.clone()).collect(), |start| vec![start]);
        let sum: Exact = earlier.iter().map(|q| q.low.clone()).sum();
        let brought: Vec<Exact> = if earlier.len() >= 2 && (here >= 2 || lower.contains("so ")) {
            vec![sum]
        } else if let ([gain], 1) = (earlier.as_slice(), here)
            && passage.between(gain.end, reached.start).len() <= 40
            && gain.end > from
        {
            // It may go on from what was reached before.
            if scores.contains(&(&reached.low - &gain.low)) {
                continue;
            }
            vec![gain.low.clone()]
        } else if ALL.iter().any(|word| lower.contains(word)) && !gains.is_empty() {
            gains.iter().cloned().chain([sum].into_iter().filter(|sum| !sum.is_zero())).collect()
        } else {
            continue;
        };
        judge(passage, reached, (&start, &brought), findings);
    }
}

/// Whether a gain is what something brings.
fn brings(passage: &Passage, gain: &Quantity) -> bool {
    let lead = passage.said(0, gain.start).trim_end_matches([' ', '(', ',']).to_lowercase();
    let word = lead.rsplit(' ').next().unwrap_or_default();
    gain.signed
        || [
            "gives", "give", "brings", "bring", "adds", "add", "worth", "another", "further", "more", "and",
            "gain",
        ]
        .contains(&word)
        || lead.len() + 2 >= gain.start && passage.said(0, gain.start).trim_end().ends_with('(')
}

/// "The score rises from 79 to 92."
fn is_risen(passage: &Passage, from: usize, rise: &RiseIn) -> bool {
    let lead = passage.said(from, rise.from.start).to_lowercase();
    let clause = lead
        .rsplit([',', ';', ':'])
        .next()
        .unwrap_or_default()
        .trim_end()
        .trim_end_matches(" from")
        .trim()
        .to_owned();
    let lifts = [
        "score rises",
        "score",
        "score goes",
        "lift us",
        "lifts us",
        "takes us",
        "brings us",
        "bring us",
        "we go",
        "readiness",
        "readiness rises",
        "total",
    ];
    let called = lifts.iter().any(|word| clause.ends_with(word));
    called && is_score(&rise.to) && is_score(&rise.from)
}

fn is_reached(passage: &Passage, from: usize, q: &Quantity) -> bool {
    let lead = passage.said(from, q.start).trim_end_matches([' ', '~', '(']).to_lowercase();
    let lead = lead.trim_end_matches(" about");
    let clause = lead.rsplit([',', ';']).next().unwrap_or_default();
    let rises = ["rises", "rise", "goes", "moves", "lift", "lifts", "raises", "score", "readiness"];
    let range = (lead.ends_with(" to")
        || q.start > 0 && passage.said(from, q.start).trim_end().ends_with('→'))
        && mentions(clause, &rises);
    is_score(q) && (REACHES.iter().any(|word| clause.ends_with(word)) || range) && !clause.contains("target")
}

fn judge(
    passage: &Passage,
    reached: &Quantity,
    (now, brought): (&[Exact], &[Exact]),
    findings: &mut Findings,
) {
    let slack = if reached.decimals > 0 { reached.ulp() } else { Exact::new(1.into(), 2.into()) };
    let ends = || now.iter().flat_map(|now| brought.iter().map(move |gain| now + gain));
    let off = |end: &Exact| (end - &reached.low).abs();
    let Some(nearest) = ends().min_by_key(|end| off(end)) else { return };
    let line = passage.line(reached.start);
    let known = findings.has(Rule::Sum, line)
        || findings.has(Rule::Headline, line)
        || findings.has(Rule::MeanBound, line);
    if off(&nearest) > slack && off(&nearest) * whole(8) <= reached.low && !known {
        let (said, computed) = (passage.said(reached.start, reached.end).to_owned(), shown(&nearest));
        let message = format!("the score now and what the work brings make {computed}, not {said}");
        findings.add(Rule::Sum, line, message, (said, Some(computed)));
    }
}
