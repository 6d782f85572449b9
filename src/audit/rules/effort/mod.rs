//! Rankings against points per effort.
//!
//! * `item`: work with its points, its effort and the word for its return, from rows and lines.
//! * `order`: rankings, and better words for what pays less.
//! * `stated`: a return that is written down.
//! * `rest`: a plan that costs far more than the gaps that it closes.
//! * `impact`: words for the impact of phases.

mod impact;
mod item;
mod order;
mod rest;
mod stated;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for table in &facts.document.tables {
        let items = item::rows(table);
        order::table(facts, table, &items, findings);
        stated::per_hour(table, findings);
        stated::best(facts, &items, findings);
    }
    order::lists(facts, findings);
    impact::labels(facts, findings);
    rest::apply(facts, findings);
}
