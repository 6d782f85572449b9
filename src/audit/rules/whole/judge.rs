//! Which parts a claim is about, and whether it holds.

use super::all;
use super::amounts::unit_named;
use super::claim::{self, Claim, Scope};
use super::parts::{Kind, Parts};
use super::span;
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Unit};
use crate::audit::rules::passage;
use crate::audit::rules::total::{Said, Sum, compare, holds};
use crate::audit::spelled;
use crate::audit::words::{mentions, words};
use crate::model::exact::whole;

/// Words of steps that run side by side, so that their lengths do not add up.
const BESIDE: [&str; 9] = [
    "parallel",
    "overlap",
    "overlapping",
    "overlaps",
    "concurrently",
    "simultaneously",
    "side by side",
    "at the same time",
    "at once",
];

pub(in crate::audit::rules) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let passages = passage::all(facts);
    let parts = all::all(facts, &passages);
    if parts.is_empty() {
        return;
    }
    let beside = facts.texts().any(|(_, text, _)| mentions(&text.to_lowercase(), &BESIDE));
    let title = |section: usize| facts.document.titles(section).next().unwrap_or_default();
    let claims = passages.iter().enumerate();
    let claims =
        claims.flat_map(|(index, passage)| claim::of_passage(index, passage, title(passage.section)));
    for claim in claims {
        let promise = matches!(claim.scope, Scope::Around | Scope::Promise);
        let calendar = promise || matches!(claim.amount.unit, Unit::Days | Unit::Weeks | Unit::Months);
        let adds = !(calendar && beside);
        if adds && !findings.repeats(claim.line, &claim.said) {
            judge(facts, &claim, &parts, findings);
        }
    }
    if !beside {
        span::apply(facts, &passages, &parts, findings);
    }
}

fn judge(facts: &Facts<'_>, claim: &Claim, all: &[Parts], findings: &mut Findings) {
    let same = |parts: &&Parts| {
        let outside = match parts.kind {
            Kind::Sentence(passage, sentence) => (passage, sentence) != claim.place,
            _ => !(parts.first..=parts.last).contains(&claim.line),
        };
        parts.unit == claim.amount.unit && outside
    };
    let alike: Vec<&Parts> = all.iter().filter(same).collect();
    let together: Vec<&Parts> = alike.iter().filter(|parts| !parts.is_sentence()).copied().collect();
    let sums = |parts: &[&Parts]| Sum::of(parts.iter().flat_map(|parts| &parts.amounts));
    let fits = |parts: &[&Parts]| holds(&claim.amount, &claim.sentence, &sums(parts));
    // What fits anything that could be meant is no contradiction.
    if alike.iter().any(|parts| fits(&[parts])) || fits(&together) || is_part(claim, &alike) {
        return;
    }
    let Some(meant) = meant(facts, claim, &alike) else { return };
    let said = Said { line: claim.line, text: &claim.said, context: &claim.sentence };
    let what = format!("the {} parts from line {} on", meant.amounts.len(), meant.first);
    compare(&said, &claim.amount, &sums(&[meant]), &what, findings);
}

fn is_part(claim: &Claim, alike: &[&Parts]) -> bool {
    let some = |parts: &&Parts| names_some(&claim.sentence, &parts.names);
    matches!(claim.scope, Scope::All) && alike.iter().any(some)
}

/// Whether a sentence names some parts and not all of them: "Keys and boards together take 13 hours".
pub(in crate::audit::rules) fn names_some(sentence: &str, names: &[String]) -> bool {
    let own: Vec<Vec<String>> = names.iter().map(|name| words(name)).collect();
    let in_some = |word: &String| {
        let telling = unit_named(word).is_none() && spelled::number(word).is_none() && word.len() >= 4;
        let count = own.iter().filter(|name| name.contains(word)).count();
        telling && count > 0 && count < own.len()
    };
    words(sentence).iter().any(in_some)
}

/// The only parts that the claim can be about.
fn meant<'p>(facts: &Facts<'_>, claim: &Claim, alike: &[&'p Parts]) -> Option<&'p Parts> {
    let below =
        |parts: &&&Parts| claim.line > parts.last && facts.document.is_within(claim.section, parts.section);
    let here = |parts: &&&Parts| claim.section == parts.section || below(parts);
    let right_before = |parts: &&&Parts| match parts.kind {
        Kind::Sentence(passage, sentence) => {
            (passage, sentence + 1) == claim.place
                || claim.place == (passage + 1, 0) && claim.line == parts.last + 1
        }
        _ => false,
    };
    if let (Scope::All, Some(parts)) = (claim.scope, alike.iter().find(right_before)) {
        return Some(parts);
    }
    let alike: Vec<&Parts> = alike.iter().filter(|parts| !parts.is_sentence()).copied().collect();
    let only = |found: Vec<&'p Parts>| match found.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    match claim.scope {
        Scope::Count(count) => {
            let counted = |parts: &&&Parts| parts.amounts.len() == count;
            let close: Vec<&Parts> = alike.iter().filter(counted).filter(here).copied().collect();
            only(if close.is_empty() { alike.iter().filter(counted).copied().collect() } else { close })
        }
        Scope::Around => {
            let inside = |parts: &&&Parts| parts.section == claim.section && parts.first > claim.line;
            only(alike.iter().filter(inside).copied().collect())
        }
        Scope::Promise => {
            // A plan may leave room; it cannot take longer than its promise.
            let longer = |parts: &&Parts| Sum::of(parts.amounts.iter()).low > claim.amount.high;
            let phases = |parts: &&&Parts| parts.kind == Kind::Headings && parts.amounts.len() >= 3;
            only(alike.iter().filter(phases).copied().collect()).filter(longer)
        }
        Scope::All | Scope::Label => {
            // Half of it or twice as much is about something else.
            let sized = |parts: &&&Parts| {
                let sum = Sum::of(parts.amounts.iter());
                claim.amount.high >= &sum.low / whole(2) && claim.amount.low <= &sum.high * whole(2)
            };
            let exact = claim.amount.limit != Limit::About;
            only(alike.iter().filter(below).copied().collect()).filter(|parts| exact && sized(&parts))
        }
    }
}
