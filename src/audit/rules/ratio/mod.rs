//! Counts against the percentage beside them.
//!
//! * `counts`: counts of tests in prose.
//! * `share`: a part of a whole, and the percentage that it is.
//! * `beside`: a fraction and a percentage beside it.
//! * `rate`: a rate and the counts in the same line, block or columns.
//! * `unexplained`: tests that are in no count, and what the counted ones can lead to.
//! * `listed`: numbers with their share of one whole in brackets.
//! * `rows`: a rate and the counts in the rows of a table, or in the sentence before.

mod beside;
mod counts;
mod listed;
mod rate;
mod rows;
mod share;
mod unexplained;

pub(super) use beside::fractions;
pub(super) use rows::Counts;
pub(super) use share::holds;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    beside::apply(facts, findings);
    rate::apply(facts, findings);
    rows::apply(facts, findings);
    listed::apply(facts, findings);
}
