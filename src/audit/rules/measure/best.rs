//! "The cheapest is …", "the weakest area is …", "… has the best return", against the numbers.

use super::read::{EFFORT, Entry, Measure};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Unit, shown};
use crate::audit::rules::sentence::{Sentence, prose};
use crate::audit::words::{mentions, same_word};
use crate::model::audit::Rule;

/// Words for the largest number.
const LARGEST: [&str; 9] =
    ["highest", "largest", "biggest", "greatest", "most", "best", "strongest", "longest", "top"];
/// Words for the smallest one.
const SMALLEST: [&str; 9] =
    ["lowest", "smallest", "least", "weakest", "worst", "shortest", "fewest", "cheapest", "poorest"];
/// Words that make another claim of a superlative.
const OTHER: [&str; 32] = [
    "not",
    "second",
    "third",
    "next",
    "after",
    "among",
    "apart",
    "except",
    "besides",
    "than",
    "was",
    "were",
    "will",
    "would",
    "should",
    "could",
    "if",
    "one of",
    "another",
    "of the two",
    "of those",
    "of these",
    "remaining",
    "other",
    "previous",
    "previously",
    "once",
    "never",
    "probably",
    "perhaps",
    "both",
    "at most",
];
/// Names of a return.
const RETURN: [&str; 10] = [
    "return",
    "roi",
    "points per",
    "points/h",
    "value per",
    "gain per",
    "per hour",
    "per day",
    "payback",
    "yield",
];
/// Names of what has a score.
const SCORED: [&str; 12] = [
    "dimension",
    "area",
    "category",
    "component",
    "pillar",
    "domain",
    "score",
    "capability",
    "criterion",
    "section",
    "scoring",
    "rating",
];

pub(super) fn apply(facts: &Facts<'_>, measures: &[Measure], findings: &mut Findings) {
    if measures.is_empty() {
        return;
    }
    for block in facts.document.blocks() {
        for sentence in prose(block) {
            claim(facts, &sentence, measures, findings);
        }
    }
}

/// A superlative of a sentence: where it is, its direction, and what it is about.
struct Claim {
    at: usize,
    end: usize,
    largest: bool,
    /// Whether the word rates: `best` may be the smallest number of some kinds.
    rates: bool,
    about: String,
}

fn claim(facts: &Facts<'_>, sentence: &Sentence, measures: &[Measure], findings: &mut Findings) {
    let lower = sentence.text.to_lowercase();
    let Some(claim) = superlative(&lower) else { return };
    let about: Vec<&Measure> = measures.iter().filter(|m| is_about(m, &claim)).collect();
    let mut wrong = None;
    for measure in about {
        let named = measure.entries.iter().filter(|entry| mentions(&lower, &[&entry.name]));
        let named: Vec<&Entry> = named.collect();
        let Some(entry) = the_one(&named).filter(|entry| is_said_of(&lower, &claim, &entry.name)) else {
            continue;
        };
        let ordered = |a: &&Entry, b: &&Entry| a.value.cmp(&b.value);
        let best = if claim.largest {
            measure.entries.iter().max_by(ordered)
        } else {
            measure.entries.iter().min_by(ordered)
        };
        match best {
            Some(best) if best.value != entry.value => wrong = wrong.or(Some((measure, entry, best))),
            _ => return,
        }
    }
    // "The most satisfied shop" may have the largest share.
    let shared = |measure: &Measure| {
        let table = facts.document.tables.iter().find(|table| table.header.line == measure.line);
        let rate = |head: &String| head.contains('%') || mentions(&head.to_lowercase(), &["share", "rate"]);
        measure.unit == Unit::None && table.is_some_and(|table| table.header.cells.iter().any(rate))
    };
    if let Some((measure, entry, best)) = wrong.filter(|(measure, ..)| !shared(measure)) {
        report(sentence, &claim, (measure, entry, best), findings);
    }
}

fn report(
    sentence: &Sentence,
    claim: &Claim,
    (measure, entry, best): (&Measure, &Entry, &Entry),
    findings: &mut Findings,
) {
    let is_return = measure.derived || mentions(&claim.about, &RETURN);
    let rule = if is_return { Rule::EffortOrder } else { Rule::Headline };
    let line = sentence.line(claim.at);
    if findings.has(rule, line) {
        return;
    }
    let said = sentence.text.get(claim.at..claim.end).unwrap_or_default();
    let message = format!(
        "`{}` is called the {said} and has {}; `{}` has {} (line {})",
        entry.name,
        shown(&entry.value),
        best.name,
        shown(&best.value),
        measure.line
    );
    findings.add(rule, line, message, (entry.name.clone(), Some(best.name.clone())));
}

/// The only superlative of a sentence that says nothing else about it.
fn superlative(lower: &str) -> Option<Claim> {
    let mut found = lower.split_inclusive(|c: char| !c.is_alphanumeric()).scan(0, |at, word| {
        let start = *at;
        *at += word.len();
        Some((start, word.trim_end_matches(|c: char| !c.is_alphanumeric())))
    });
    let is_one = |word: &str| LARGEST.contains(&word) || SMALLEST.contains(&word);
    let (at, word) = found.find(|(_, word)| is_one(word))?;
    if lower.get(..at)?.ends_with("at ") {
        return None;
    }
    let end = at + word.len();
    if found.any(|(_, word)| is_one(word)) || mentions(lower, &OTHER) {
        return None;
    }
    let after = lower.get(end..)?.trim_start_matches([' ', '-']);
    let stop = [" is ", " are ", ",", ";", ":", ".", "(", " in ", " and ", " but "];
    let stop = stop.iter().filter_map(|stop| after.find(stop)).min().unwrap_or(after.len());
    let about = after.get(..stop)?.trim().to_owned();
    let largest = LARGEST.contains(&word);
    // "The worst case" and "best practice" name nothing that is measured.
    if ["case", "cases", "practice", "practices", "way", "guess"].iter().any(|word| about.starts_with(word)) {
        return None;
    }
    // `most expensive`, `least effort`, `cheapest`.
    let costs = word == "cheapest" || about.starts_with("expensive") || about.starts_with("costly");
    let about = if costs { format!("{about} effort") } else { about };
    let rates = matches!(word, "best" | "worst" | "top" | "strongest" | "weakest" | "poorest");
    // "Of the open ones the largest is …" speaks of a part.
    let part = mentions(lower.get(..at)?, &["of the", "of all", "within", "in the", "for the", "among the"]);
    (!part).then_some(Claim { at, end, largest, rates, about })
}

/// Whether a measure is what a superlative speaks of.
fn is_about(measure: &Measure, claim: &Claim) -> bool {
    let about = claim.about.as_str();
    if mentions(about, &RETURN) {
        return measure.derived
            || mentions(&measure.head, &["per", "roi", "return"])
            || measure.head.contains("/h");
    }
    if measure.derived {
        return false;
    }
    let effort = mentions(&measure.head, &EFFORT) || measure.unit.is_duration();
    if mentions(about, &["effort", "expensive", "work", "cost"]) {
        return effort;
    }
    if mentions(about, &["gap"]) {
        return mentions(
            &measure.head,
            &["gap", "missing", "shortfall", "to go", "open points", "missing points"],
        );
    }
    if SCORED.iter().any(|word| about.split(' ').any(|own| own.starts_with(word))) {
        let scored = mentions(&measure.head, &["score", "current", "rating", "now", "readiness", "today"]);
        return scored && !mentions(&measure.head, &["target", "weighted", "after"]);
    }
    let noun = about.split(|c: char| !c.is_alphanumeric()).find(|word| word.len() >= 4);
    let heads = || measure.head.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 4);
    let plain = measure.head.split(' ').count() <= 2
        && matches!(measure.unit, Unit::None | Unit::Percent | Unit::Points);
    plain && !claim.rates && noun.is_some_and(|noun| heads().any(|head| same_word(noun, head)))
}

/// One name, where longer names may hold shorter ones.
fn the_one<'e>(named: &[&'e Entry]) -> Option<&'e Entry> {
    let longest = named.iter().max_by_key(|entry| entry.name.len())?;
    let within = named.iter().all(|entry| longest.name.contains(&entry.name));
    (within && longest.name.len() >= 2).then_some(*longest)
}

/// "X has the best …", "the best … is X", "the weakest area, X".
fn is_said_of(lower: &str, claim: &Claim, name: &str) -> bool {
    let Some(at) = lower.find(name) else { return false };
    if at + name.len() <= claim.at {
        let between = lower.get(at + name.len()..claim.at).unwrap_or_default();
        let verbs = [
            "is", "has", "gives", "brings", "offers", "pays", "shows", "remains", "holds", "needs", "takes",
            "costs",
        ];
        return between.len() <= 40 && mentions(between, &verbs) && !between.contains([',', ';', '.']);
    }
    let between = lower.get(claim.end..at).unwrap_or_default();
    let joined = [" is", ":", ",", "(", " has", " remains", "–", "—", " the"];
    at >= claim.end && between.len() <= 60 && joined.iter().any(|sign| between.trim_end().ends_with(sign))
}
