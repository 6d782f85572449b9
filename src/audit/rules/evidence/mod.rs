//! Claims against what was measured.
//!
//! * `claim`: what a document says about the present.
//! * `subject`: whether it speaks of everything.
//! * `verdict`: whether a number that does not hold contradicts.
//! * `percentage`: shares against exact ones.
//! * `parts`: tables and lists of suites, files and rules.
//! * `coverage`, `cases`, `vulnerabilities`, `measurements`: one file per kind of evidence.

mod cases;
mod claim;
mod coverage;
mod measurements;
mod parts;
mod percentage;
mod subject;
#[cfg(test)]
mod tests;
mod verdict;
mod vulnerabilities;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::measured::Measured;

/// Compares every claim of a document with `measured`.
pub(in crate::audit) fn compare(facts: &Facts<'_>, measured: &Measured, findings: &mut Findings) {
    let mut verdicts = Vec::new();
    let names = parts::names_of(measured);
    for claim in claim::all(facts) {
        let from = verdicts.len();
        coverage::compare(&claim, measured, &mut verdicts);
        cases::compare(&claim, measured, &mut verdicts);
        vulnerabilities::compare(&claim, measured, &mut verdicts);
        measurements::compare(&claim, measured, &mut verdicts);
        // `netcode is the worst, with a pass rate of 94.4 %` speaks of that suite alone.
        if subject::says_name(&claim, &names) {
            verdict::of_part(&mut verdicts, from);
        }
    }
    verdict::judge(&verdicts, findings);
    parts::compare(facts, measured, findings);
}
