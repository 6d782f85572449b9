//! Names with their numbers, and what prose says of them.
//!
//! * `read`: numbers of one kind with the names that they belong to, from tables either way round and from lists.
//! * `best`: "the cheapest is …", "the weakest area is …".
//! * `per`: points per hour as stated for a name.
//! * `order`: rows with a rank, and an order in prose, against the numbers that give it.

mod best;
mod order;
mod per;
mod read;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let measures = read::all(facts);
    best::apply(facts, &measures, findings);
    per::apply(facts, &measures, findings);
    order::apply(facts, findings);
}
