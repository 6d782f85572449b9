//! Some of the parts, by their names: `v1.1 to v1.3`, `Phases 1, 2 and 4`.

use super::amounts::amounts;
use super::claim::is_of_else;
use super::parts::Parts;
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity};
use crate::audit::rules::passage::Passage;
use crate::audit::rules::total::{Said, Sum, compare, holds};
use crate::model::exact::whole;

/// What joins two names, and whether those between them are meant, too.
const JOINTS: [(&str, bool); 9] = [
    ("to ", true),
    ("through ", true),
    ("–", true),
    ("-", true),
    ("and ", false),
    ("+", false),
    ("&", false),
    (", and ", false),
    (",", false),
];

/// What the name of a part begins with: `phase` and `1`, `v` and `1.1`.
#[derive(Debug, PartialEq, Eq)]
struct Key {
    word: String,
    number: String,
}

impl Key {
    fn of(name: &str) -> Option<Self> {
        let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
        let letters = name.find(|c: char| !c.is_alphabetic())?;
        let (word, rest) = name.split_at_checked(letters)?;
        let number = number(rest.strip_prefix(' ').unwrap_or(rest))?;
        (!word.is_empty()).then(|| Self { word: word.to_owned(), number: number.to_owned() })
    }
}

/// `1` or `1.2` at the start of a text.
fn number(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let found = text.get(..end)?.trim_end_matches('.');
    found.starts_with(|c: char| c.is_ascii_digit()).then_some(found)
}

/// A text that names parts and says what they come to.
struct Told<'a> {
    names: String,
    amount: &'a Quantity,
    said: Said<'a>,
}

pub(super) fn apply(facts: &Facts<'_>, passages: &[Passage], all: &[Parts], findings: &mut Findings) {
    for passage in passages {
        let sentence = passage.text.to_lowercase();
        let found = amounts(&passage.text);
        if let ([amount], false) = (found.as_slice(), is_of_else(&sentence)) {
            let text = passage.said(amount.start, amount.end);
            let said = Said { line: passage.line(amount.start), text, context: &sentence };
            judge(&Told { names: sentence.clone(), amount, said }, all, findings);
        }
    }
    options(facts, all, findings);
}

/// `Option A`, "Phases 1 to 4" and `Total time: 9-12 hours` below each other.
fn options(facts: &Facts<'_>, all: &[Parts], findings: &mut Findings) {
    for (index, section) in facts.document.sections.iter().enumerate().skip(1) {
        if !["option", "scenario", "plan", "variant"]
            .iter()
            .any(|word| section.title.to_lowercase().starts_with(word))
        {
            continue;
        }
        let keys = ["total time", "time", "effort", "total effort", "duration", "total", "estimate"];
        let mut totals = facts.document.lines_of(index).filter(|line| keys.contains(&line.key().as_str()));
        let (Some(line), None) = (totals.next(), totals.next()) else { continue };
        let own = facts.document.lines_of(index).filter(|other| other.number != line.number);
        let mut names: Vec<&str> = own.map(|other| other.text.as_str()).collect();
        names.push(&section.title);
        let found = amounts(&line.text);
        let [amount] = found.as_slice() else { continue };
        let context = line.text.to_lowercase();
        let said =
            Said { line: line.number, text: line.between(amount.start, amount.end), context: &context };
        judge(&Told { names: names.join(" ; ").to_lowercase(), amount, said }, all, findings);
    }
}

fn judge(told: &Told<'_>, all: &[Parts], findings: &mut Findings) {
    let outside = |parts: &&Parts| {
        parts.unit == told.amount.unit && !(parts.first..=parts.last).contains(&told.said.line)
    };
    let sums: Vec<(Sum, &Parts)> = all
        .iter()
        .filter(outside)
        .filter_map(|parts| {
            let held = named(&told.names, parts)?;
            // Numbers that run on are told by the last.
            let last = held.last()?;
            let runs_on = last.low == told.amount.low && last.high == told.amount.high;
            (!runs_on).then(|| (Sum::of(held.iter()), parts))
        })
        .collect();
    let fine = sums.iter().any(|(sum, _)| holds(told.amount, told.said.context, sum));
    let [(sum, parts)] = sums.as_slice() else { return };
    let sized = told.amount.high >= &sum.low / whole(2) && told.amount.low <= &sum.high * whole(2);
    if !fine
        && sized
        && told.amount.limit != Limit::About
        && !findings.repeats(told.said.line, told.said.text)
    {
        let what = format!("these parts (from line {} on)", parts.first);
        compare(&told.said, told.amount, sum, &what, findings);
    }
}

/// The amounts of two or more parts that a text names.
fn named(text: &str, parts: &Parts) -> Option<Vec<Quantity>> {
    let keys: Vec<Key> = parts.names.iter().map(|name| Key::of(name)).collect::<Option<_>>()?;
    let word = &keys.first().filter(|first| keys.iter().all(|key| key.word == first.word))?.word;
    let mut lists = starts(text, word).filter_map(|at| list(text.get(at..)?, word, &keys));
    let only = lists.next()?;
    let several = only.len() >= 2 && lists.next().is_none();
    several.then(|| only.iter().filter_map(|at| parts.amounts.get(*at).cloned()).collect())
}

/// Where a list of names may begin: behind `phase` or `phases`.
fn starts<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let mut after = 0;
    text.match_indices(word).filter_map(move |(at, _)| {
        let bounded = text.get(..at)?.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let end = at + word.len();
        (bounded && at >= after).then(|| {
            // The names of one list begin with the word again: `v1.1 to v1.3`.
            after = end + text.get(end..).map_or(0, |rest| reach(rest, word));
            end
        })
    })
}

/// How far a list goes on behind its first word.
fn reach(rest: &str, word: &str) -> usize {
    let goes_on = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | ',' | '-' | '–' | '+' | '&');
    let mut at = 0;
    while let Some(rest) = rest.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = rest.find(|c| !goes_on(c)).unwrap_or(rest.len());
        let behind = rest.get(plain..).unwrap_or_default();
        let joint =
            ["to ", "and ", "through ", "s ", word].into_iter().find(|joint| behind.starts_with(joint));
        match (plain, joint) {
            (_, Some(joint)) => at += plain + joint.len(),
            _ => return at + plain,
        }
    }
    at
}

/// The places of the parts in a list such as `s 1, 2 and 4`, `1.1 to v1.3`; nothing when one is unknown.
fn list(text: &str, word: &str, keys: &[Key]) -> Option<Vec<usize>> {
    let mut rest = text.strip_prefix('s').unwrap_or(text).trim_start();
    let mut found: Vec<usize> = Vec::new();
    let (mut through, mut loose) = (false, false);
    loop {
        rest = rest.strip_prefix(word).unwrap_or(rest).trim_start();
        let Some(id) = number(rest) else { break };
        let at = match keys.iter().position(|key| key.number == id) {
            Some(at) => at,
            // What follows the last comma may be the amount.
            None if loose => break,
            None => return None,
        };
        match found.last() {
            Some(last) if through && *last < at => found.extend(*last + 1..=at),
            _ => found.push(at),
        }
        let behind = rest.get(id.len()..)?.trim_start();
        let Some((joint, ranged)) = JOINTS.into_iter().find(|(joint, _)| behind.starts_with(joint)) else {
            break;
        };
        (through, loose) = (ranged, joint == ",");
        rest = behind.get(joint.len()..)?.trim_start();
    }
    found.dedup();
    Some(found)
}
