//! Claims against what was measured.
//!
//! * `claim`: what a document says about the present.
//! * `coverage`, `cases`, `vulnerabilities`, `measurements`: one file per kind of evidence.

mod cases;
mod claim;
mod coverage;
mod measurements;
mod vulnerabilities;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::measured::Measured;

/// Compares every claim of a document with `measured`.
pub(in crate::audit) fn compare(facts: &Facts<'_>, measured: &Measured, findings: &mut Findings) {
    for claim in claim::all(facts) {
        coverage::compare(&claim, measured, findings);
        cases::compare(&claim, measured, findings);
        vulnerabilities::compare(&claim, measured, findings);
        measurements::compare(&claim, measured, findings);
    }
}
