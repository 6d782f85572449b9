//! Verdict bands partition the scores; one score has one grade.
//!
//! * `read`: bands as they are written.
//! * `partition`: holes and overlaps.
//! * `loose`: bands by their shape alone.
//! * `grades`: one score with two grades or two names.
//! * `names`: a score with the name of a band that does not hold it.

mod grades;
mod loose;
mod names;
mod partition;
mod read;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let sets = read::all(facts);
    names::apply(facts, &sets, findings);
    let seen: Vec<u32> = sets.iter().flatten().map(|band| band.line).collect();
    for bands in sets {
        partition::judge(facts, bands, findings);
    }
    for bands in loose::all(facts).into_iter().filter(|bands| bands.iter().all(|b| !seen.contains(&b.line))) {
        partition::between(&bands, findings);
    }
    grades::apply(facts, findings);
}
