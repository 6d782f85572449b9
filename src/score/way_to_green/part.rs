//! As much of one gap as suffices.

use num_traits::ToPrimitive;

use super::candidate::{Candidate, whole_gap};
use super::conditions::is_about_cases;
use super::need::Need;
use crate::model::exact::{ratio, whole};
use crate::model::gate::Gate;
use crate::model::metric::{MetricState, Unit};
use crate::policy::{MetricSelector, Subject};
use crate::score::attainment::between;
use crate::score::facts::Facts;
use crate::score::gate::Context;
use crate::score::show::value as shown;

/// As much of the only gap as suffices, where that is a share of something countable: 2 more lines of 14.
pub(super) fn part_of<'a>(
    bought: &[&Candidate<'a>],
    context: &Context<'_>,
    gate: &Gate,
    (needs, forced): &(&[Need<'_>], &[Candidate<'_>]),
) -> Option<Candidate<'a>> {
    let [only] = bought else { return None };
    let (score, check) = (only.score, only.score.check);
    // Closing the whole gap of the pass rate is also the way out of a condition on cases.
    let is_about_tests = matches!(&check.subject, Subject::Metric(MetricSelector::Tests { .. }));
    let has_to_be_whole = is_about_tests && gate.failing().any(is_about_cases);
    let is_measured = score.metric.state == MetricState::Measured && score.metric.unit == Unit::Ratio;
    if has_to_be_whole || only.instead.is_some() || !is_measured || check.target <= check.floor {
        return None;
    }
    let missing = needs.iter().filter(|need| need.counts(only)).map(|need| {
        let given = forced.iter().filter(|candidate| need.counts(candidate));
        given.fold(need.points.clone(), |missing, candidate| missing - &candidate.gain)
    });
    let least = &score.attainment + missing.max()? / &score.max;
    let (share, total) = score.metric.counts?;
    let needed = (&check.floor + least * (&check.target - &check.floor)) * whole(total);
    let reached = needed.ceil().to_integer().to_u64().filter(|reached| *reached > share)?;
    let value = ratio(reached, total)?;
    let facts = Facts::head(context.situation, context.reports, context.lost);
    let gain = (between(check, &value, &facts) - &score.attainment) * &score.max;
    let (from, to) = (score.metric.value.as_ref()?, shown(&value, Unit::Ratio));
    let advice = format!(
        "raise {} from {} to {to} ({} more of {total})",
        check.id,
        shown(from, Unit::Ratio),
        reached - share
    );
    (gain < only.gain).then(|| Candidate { instead: Some(advice), ..whole_gap(score, gain) })
}
