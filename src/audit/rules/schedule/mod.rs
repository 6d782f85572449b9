//! One schedule, told in several places.
//!
//! * `steps`: what is to happen in which weeks, from phases and from lines and headings that begin with a week.
//! * `twice`: one step with two times.
//! * `due`: what is due after its step is over.
//! * `lengths`: lengths of phases against their total.

mod due;
mod lengths;
mod steps;
mod twice;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let steps = steps::all(facts);
    twice::apply(facts, &steps, findings);
    due::apply(facts, &steps, findings);
    lengths::apply(facts, findings);
}
