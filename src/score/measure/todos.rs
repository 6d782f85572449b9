//! Numbers of markers in comments.

use super::{measured, unmeasured};
use crate::model::exact::whole;
use crate::model::metric::{Metric, MetricState, Unit};
use crate::model::todos::Todo;
use crate::policy::{Selection, TodoMetric};
use crate::score::facts::Facts;

pub(super) fn measure(metric: TodoMetric, paths: &Selection, facts: &Facts<'_>) -> Metric {
    match counted(metric, facts) {
        Ok(todos) => measured(whole(selected(metric, paths, todos).count() as u64), Unit::Count),
        Err((state, reason)) => unmeasured(state, Unit::Count, reason),
    }
}

/// Those of `todos` that a check looks at.
pub(in crate::score) fn selected<'a>(
    metric: TodoMetric,
    paths: &'a Selection,
    todos: &'a [Todo],
) -> impl Iterator<Item = &'a Todo> {
    let untracked = matches!(metric, TodoMetric::Untracked | TodoMetric::NewUntracked);
    todos.iter().filter(move |todo| paths.matches(&todo.path) && !(untracked && todo.tracked))
}

/// The markers that `metric` is about. New ones belong to the change and not to a commit, so both sides have the same.
fn counted<'a>(metric: TodoMetric, facts: &Facts<'a>) -> Result<&'a [Todo], (MetricState, String)> {
    let none = |reason: &str| (MetricState::NoEvidence, reason.to_owned());
    let nowhere = || none("markers are looked for in a checkout of the commit, and there is none");
    let invalid = |problem: &String| (MetricState::Invalid, problem.clone());
    if metric.is_of_change() {
        let section = facts.todos.ok_or_else(nowhere)?;
        let problem = section.problem.as_ref().map(invalid);
        return match problem.or_else(|| section.undecided.map(none)) {
            Some(missing) => Err(missing),
            None => Ok(&section.new),
        };
    }
    let report = facts.evidence.todos.as_ref().ok_or_else(nowhere)?;
    report.problem.as_ref().map_or(Ok(&report.todos), |problem| Err(invalid(problem)))
}
