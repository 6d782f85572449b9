//! Verdict bands partition the scores; one score has one grade.
//!
//! * `read`: bands as they are written.
//! * `partition`: holes and overlaps.
//! * `grades`: one score with two grades or two names.
//! * `names`: a score with the name of a band that does not hold it.

mod grades;
mod names;
mod partition;
mod read;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let sets = read::all(facts);
    names::apply(facts, &sets, findings);
    for bands in sets {
        partition::judge(facts, bands, findings);
    }
    grades::apply(facts, findings);
}
