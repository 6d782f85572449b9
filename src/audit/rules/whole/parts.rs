//! Parts that each have one amount.

use super::amounts::{amounts, bare};
use crate::audit::outline::Line;
use crate::audit::quantity::{Quantity, Unit};

/// Parts of one list; nobody sums up more by hand.
pub(super) const MOST: usize = 200;

/// Amounts of one unit that belong together.
#[derive(Debug)]
pub(super) struct Parts {
    /// What is added up.
    pub(super) amounts: Vec<Quantity>,
    /// The unit.
    pub(super) unit: Unit,
    /// The names of the parts, in lower case.
    pub(super) names: Vec<String>,
    /// The section around them.
    pub(super) section: usize,
    /// The first line.
    pub(super) first: u32,
    /// The last line.
    pub(super) last: u32,
    /// What they are.
    pub(super) kind: Kind,
}

/// What parts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Items, cells, paragraphs, clauses.
    Entries,
    /// Headings, which stand around other text.
    Headings,
    /// Amounts of one sentence: the number of its passage, and its own number there.
    Sentence(usize, usize),
}

/// One part: its name, and the line and text that hold its amount.
pub(super) struct Part<'a> {
    pub(super) name: &'a str,
    pub(super) line: u32,
    pub(super) text: &'a str,
}

impl Parts {
    /// Whether they stand in one sentence.
    pub(super) fn is_sentence(&self) -> bool {
        matches!(self.kind, Kind::Sentence(..))
    }
}

impl<'a> Part<'a> {
    pub(super) fn of_line(line: &'a Line) -> Self {
        Self { name: &line.text, line: line.number, text: &line.text }
    }
}

/// Parts in every unit that each text has once.
pub(super) fn of_texts(texts: &[Part<'_>], section: usize, announced: Option<Unit>) -> Vec<Parts> {
    let (Some(first), Some(last)) = (texts.first(), texts.last()) else { return Vec::new() };
    let all: Vec<Vec<Quantity>> = texts.iter().take(MOST + 1).map(|part| amounts(part.text)).collect();
    let units: Vec<Unit> = all.first().into_iter().flatten().map(|q| q.unit).collect();
    let of = |unit: Unit| {
        let only = |own: &Vec<Quantity>| {
            let mut same = own.iter().filter(|q| q.unit == unit);
            same.next().filter(|_| same.next().is_none()).cloned()
        };
        Some((unit, all.iter().map(only).collect::<Option<Vec<_>>>()?))
    };
    let unitless = announced.filter(|_| all.iter().all(Vec::is_empty)).and_then(|unit| {
        let parts: Option<Vec<_>> =
            texts.iter().map(|part| bare(part.text).map(|q| Quantity { unit, ..q })).collect();
        Some((unit, parts?))
    });
    let names: Vec<String> = texts.iter().map(|part| part.name.to_lowercase()).collect();
    let found = units.into_iter().filter_map(of).chain(unitless);
    found
        .map(|(unit, amounts)| Parts {
            amounts,
            unit,
            names: names.clone(),
            section,
            first: first.line,
            last: last.line,
            kind: Kind::Entries,
        })
        .collect()
}
