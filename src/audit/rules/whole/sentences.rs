//! Amounts of one sentence.

use super::amounts::{UNITS, amounts, bare};
use super::claim::is_of_else;
use super::numbered::{STEPS, numbered};
use super::parts::{Kind, Parts};
use crate::audit::quantity::{Limit, Quantity, Unit};
use crate::audit::rules::passage::{Of, Passage};

/// "Phase 1 takes three weeks, phase 2 four and phase 3 two."
pub(super) fn clauses(index: usize, passage: &Passage) -> Vec<Parts> {
    if passage.of == Of::Heading || passage.of == Of::Row {
        return Vec::new();
    }
    let sentences = passage.sentences().into_iter().enumerate();
    sentences.filter_map(|(at, range)| clauses_of(passage, range, Kind::Sentence(index, at))).collect()
}

fn clauses_of(passage: &Passage, (from, to): (usize, usize), kind: Kind) -> Option<Parts> {
    let text = passage.said(from, to);
    let lower = text.to_lowercase();
    let mut starts: Vec<(usize, usize)> = STEPS
        .iter()
        .flat_map(|step| lower.match_indices(step))
        .filter_map(|(at, step)| {
            let end = at + step.len();
            Some((at, end + numbered(lower.get(end..)?)?))
        })
        .collect();
    starts.sort_unstable();
    let (first, last) = (starts.first()?, starts.last()?);
    let end = lower.get(last.1..)?.find(['.', ';']).map_or(lower.len(), |at| last.1 + at);
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([end]);
    let amounts: Vec<Quantity> = starts
        .iter()
        .zip(ends)
        .map(|((_, start), end)| only(text.get(*start..end)?))
        .collect::<Option<_>>()?;
    let unit = amounts.iter().map(|q| q.unit).find(|unit| *unit != Unit::None)?;
    let sums = unit.is_duration() && amounts.iter().all(|q| q.unit == unit || q.unit == Unit::None);
    let amounts = amounts.into_iter().map(|q| Quantity { unit, ..q }).collect();
    sums.then(|| Parts {
        amounts,
        unit,
        names: Vec::new(),
        section: passage.section,
        first: passage.line(from + first.0),
        last: passage.line(from + last.0),
        kind,
    })
}

/// The only amount of a clause, or its only number: "phase 2 four".
fn only(clause: &str) -> Option<Quantity> {
    match amounts(clause).as_slice() {
        [only] => Some(only.clone()),
        [] => bare(clause),
        _ => None,
    }
}

/// "Accounts (16 h), rights (6 h), data (8 h)."
pub(super) fn sentences(index: usize, passage: &Passage) -> Vec<Parts> {
    if !matches!(passage.of, Of::Text | Of::Item) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (at, (start, end)) in passage.sentences().into_iter().enumerate() {
        let text = passage.said(start, end);
        let all = amounts(text);
        let plain = |q: &&Quantity| !q.signed && q.limit == Limit::Exactly;
        if is_of_else(&text.to_lowercase()) {
            continue;
        }
        for unit in UNITS {
            let own: Vec<Quantity> = all.iter().filter(plain).filter(|q| q.unit == unit).cloned().collect();
            let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
            found.push(Parts {
                unit,
                names: Vec::new(),
                section: passage.section,
                first: passage.line(start + first.start),
                last: passage.line(start + last.start),
                kind: Kind::Sentence(index, at),
                amounts: own,
            });
        }
    }
    found
}
