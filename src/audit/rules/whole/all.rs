//! All parts of a document.

use super::entries::{columns, lists};
use super::parts::{MOST, Parts};
use super::sentences::{clauses, sentences};
use super::steps::{headings, paragraphs};
use crate::audit::facts::Facts;
use crate::audit::rules::passage::Passage;
use crate::audit::words::mentions;

/// Words of parts that are not simply added: all of such a list is left alone.
const UNEQUAL: [&str; 14] = [
    "optional",
    "parallel",
    "overlap",
    "overlaps",
    "included",
    "includes",
    "stretch",
    "subtotal",
    "already",
    "instead",
    "alternatively",
    "of which",
    "thereof",
    "per",
];

/// All of them.
pub(super) fn all(facts: &Facts<'_>, passages: &[Passage]) -> Vec<Parts> {
    let mut found = lists(facts);
    found.extend(facts.document.tables.iter().flat_map(columns));
    found.extend(headings(facts));
    found.extend(paragraphs(facts));
    found.extend(passages.iter().enumerate().flat_map(|(index, passage)| clauses(index, passage)));
    found.extend(passages.iter().enumerate().flat_map(|(index, passage)| sentences(index, passage)));
    found.retain(|parts| {
        (2..=MOST).contains(&parts.amounts.len())
            && !parts.names.iter().any(|name| mentions(name, &UNEQUAL))
            && parts.amounts.iter().all(|part| part.unit == parts.unit)
    });
    found
}
