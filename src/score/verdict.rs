//! The verdict: the band and the grade that the shown score falls in, and the cap of required checks.

use num_traits::One;

use super::points::Scorecard;
use crate::model::exact::{Exact, Tenths};
use crate::model::report::Verdict;
use crate::policy::{Policy, Step};

/// A required check that is not attained in full keeps the verdict out of the top band; the score stays.
pub(super) fn verdict(policy: &Policy, card: &Scorecard<'_>) -> Verdict {
    let shown = card.shown();
    let reached = step_at(&policy.bands, shown);
    let top = policy.bands.len().saturating_sub(1);
    let missed = missed_required(card).next().filter(|_| top > 0 && reached == Some(top));
    let band = if missed.is_some() {
        policy.bands.get(top - 1)
    } else {
        reached.and_then(|at| policy.bands.get(at))
    };
    let grade = step_at(&policy.grades, shown).and_then(|at| policy.grades.get(at));
    Verdict {
        band: band.map(|band| band.name.clone()).unwrap_or_default(),
        grade: grade.map(|grade| grade.name.clone()),
        capped_by: missed.map(str::to_owned),
    }
}

/// Ids of required checks that are not attained in full.
fn missed_required<'a>(card: &'a Scorecard<'_>) -> impl Iterator<Item = &'a str> {
    let missed = card.checks.iter().filter(|score| score.check.required && score.attainment != Exact::one());
    missed.map(|score| score.check.id.as_str())
}

/// The last step that begins at or below `shown`.
fn step_at(steps: &[Step], shown: Tenths) -> Option<usize> {
    steps.iter().rposition(|step| step.from <= shown)
}
