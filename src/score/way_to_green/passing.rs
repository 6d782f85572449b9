//! What comes with making every case pass.

use num_traits::{Signed, Zero};

use super::candidate::{Candidate, whole_gap};
use crate::model::exact::{Exact, ratio, whole};
use crate::model::metric::MetricState;
use crate::policy::{MetricSelector, Subject, TestMetric};
use crate::score::attainment::between;
use crate::score::facts::Facts;
use crate::score::gate::Context;
use crate::score::measure::Selected;
use crate::score::points::CheckScore;
use crate::score::show::count;

/// What of `candidate` comes with making every case pass, and what is left of it: cases of the base that did not run
/// count as failed whatever the others do.
pub(super) fn passing_first<'a>(
    candidate: Candidate<'a>,
    context: &Context<'_>,
) -> (Option<Candidate<'a>>, Option<Candidate<'a>>) {
    let score = candidate.score;
    let Some((value, lost)) = once_all_pass(score, context) else { return (None, Some(candidate)) };
    let facts = Facts::head(context.situation, context.reports, context.lost);
    let gain = (between(score.check, &value, &facts) - &score.attainment) * &score.max;
    let left = &candidate.gain - &gain;
    let rest = left.is_positive().then(|| Candidate {
        gain: left,
        instead: Some(format!("run {} of the base again, and let them pass", count(lost, "lost case"))),
        ..whole_gap(score, Exact::zero())
    });
    (Some(Candidate { comes_with_passing: true, ..whole_gap(score, gain) }), rest)
}

/// The value of a check once no case fails, whichever cases it selects, and how many of them are lost.
fn once_all_pass(score: &CheckScore<'_>, context: &Context<'_>) -> Option<(Exact, u64)> {
    let Subject::Metric(MetricSelector::Tests { metric, suites, classes, files }) = &score.check.subject
    else {
        return None;
    };
    if score.metric.state != MetricState::Measured {
        return None;
    }
    let selected = Selected { suites, classes, files };
    let lost = context.lost.cases.iter().filter(|case| selected.has(case)).count() as u64;
    let value = match metric {
        TestMetric::PassRate => {
            let (_, due) = score.metric.counts?;
            ratio(due.saturating_sub(lost), due)?
        }
        TestMetric::Failed | TestMetric::Errored => whole(lost),
        _ => return None,
    };
    Some((value, lost))
}
