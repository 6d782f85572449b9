//! `no-lost-evidence`: whatever evidence the base has, the head has, too: each kind of it, each measurement, each
//! tool that looks for findings, each coverage report, coverage of each file that is still there, and markers where a check
//! counts them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Condition, Context, GateNumber, condition, no_baseline, outcome, unless};
use crate::model::coverage::CoverageReport;
use crate::model::coverage_change::ReportSet;
use crate::model::evidence::Evidence;
use crate::model::findings::FindingsReport;
use crate::model::order;
use crate::score::show::{count, some};

const ID: &str = "no-lost-evidence";

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    if !context.gate().no_lost_evidence {
        return Vec::new();
    }
    let limit = Some(GateNumber::Count(0));
    let Some(base) = context.base() else { return vec![no_baseline(ID, limit)] };
    let head = context.situation.evidence;
    let now = kinds(head);
    let mut names: Vec<String> = kinds(base).into_iter().filter(|kind| !now.contains(kind)).collect();
    names.extend(measurements(base, head));
    if base.todos.is_some() && head.todos.is_none() && context.situation.policy.counts_todos() {
        names.push("markers in comments".to_owned());
    }
    let number_of_kinds = names.len() as u64;
    if head.coverage.is_some() {
        names.extend(reports(context.reports));
    }
    let holds = names.is_empty();
    let number = names.len() as u64;
    let message = match number {
        0 => "all evidence that the base has is here, too".to_owned(),
        1 if number_of_kinds == 1 => "1 kind of evidence of the base is missing".to_owned(),
        _ if number_of_kinds == number => {
            format!("{} of evidence of the base are missing", count(number, "kind"))
        }
        1 => "1 piece of evidence of the base is missing".to_owned(),
        _ => format!("{} of evidence of the base are missing", count(number, "piece")),
    };
    vec![Condition {
        actual: Some(GateNumber::Count(number)),
        limit,
        way_out: unless(holds, || format!("hand in {} again", some(&names))),
        names,
        ..condition(ID, outcome(holds), message)
    }]
}

/// Missing reports with which lines were lost, and files that no report names any more.
fn reports(set: &ReportSet) -> Vec<String> {
    let missing: &[String] = if set.lost.is_empty() { &[] } else { &set.missing };
    let files = set.unnamed.iter().filter(|_| missing.is_empty());
    let files = files.map(|path| format!("coverage of {path}"));
    missing.iter().cloned().chain(files).collect()
}

/// Names of what `evidence` holds.
fn kinds(evidence: &Evidence) -> Vec<String> {
    let coverage = evidence.coverage.as_ref().map(CoverageReport::totals);
    let kinds = [
        ("test reports", evidence.tests.is_some()),
        ("line coverage", coverage.is_some()),
        ("branch coverage", coverage.is_some_and(|totals| totals.branches.is_some())),
        ("function coverage", coverage.is_some_and(|totals| totals.functions.is_some())),
    ];
    let kinds = kinds.into_iter().filter(|(_, present)| *present).map(|(kind, _)| kind.to_owned());
    let tools = evidence.findings.as_ref().map(FindingsReport::tools).unwrap_or_default();
    let tools = tools.into_iter().map(|tool| format!("findings of {tool}"));
    kinds.chain(tools).collect()
}

fn ids(evidence: &Evidence) -> BTreeSet<&str> {
    order::set(evidence.measurements.iter().map(|measurement| measurement.id.as_str()))
}

/// Measurements that only the base has. Where all of one family are gone (`mutation.score`, `mutation.killed`), they
/// went together and are one.
fn measurements(base: &Evidence, head: &Evidence) -> Vec<String> {
    let (before, now) = (ids(base), ids(head));
    let kept = order::set(now.iter().filter_map(|id| family(id)));
    let mut lost: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for id in before.difference(&now) {
        let group = family(id).filter(|family| !kept.contains(family)).unwrap_or(id);
        lost.entry(group).or_default().push(id);
    }
    let said = lost.into_iter().map(|(group, ids)| match ids.as_slice() {
        [alone] => (*alone).to_owned(),
        several => format!("{group}.* ({})", count(several.len() as u64, "measurement")),
    });
    said.collect()
}

/// What stands before the first dot.
fn family(id: &str) -> Option<&str> {
    id.split_once('.').map(|(family, _)| family)
}
