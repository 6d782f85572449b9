//! Coverage.

use super::claim::Claim;
use super::percentage::percentage;
use super::verdict::Verdict;
use crate::audit::measured::{Measured, Share};
use crate::audit::words::mentions;

pub(super) fn compare(claim: &Claim<'_>, measured: &Measured, verdicts: &mut Vec<Verdict>) {
    if !mentions(&claim.about, &["coverage", "covered"])
        || mentions(&claim.about, &["patch", "diff", "new code", "api coverage", "documentation coverage"])
    {
        return;
    }
    let share: Option<(Share, &str)> = if mentions(&claim.about, &["branch", "branches"]) {
        measured.branches.map(|share| (share, "of branches"))
    } else if mentions(&claim.about, &["function", "functions"]) {
        measured.functions.map(|share| (share, "of functions"))
    } else {
        measured.lines.map(|share| (share, "of lines"))
    };
    let Some(((covered, total), what)) = share else { return };
    let said = format!("{what} ({covered} of {total})");
    percentage(claim, (covered, total), total, (what, &said), verdicts);
}
