//! `bad-evidence`: every input can be read to its end, what the policy expects is there, and paths can be told.

use std::collections::BTreeSet;

use super::{Condition, ConditionOutcome, Context, GateNumber, condition, outcome, unless};
use crate::model::evidence::{Evidence, Source};
use crate::policy::OnBadEvidence;
use crate::score::show::{count, some};

const ID: &str = "bad-evidence";

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    let evidence = context.situation.evidence;
    let names = problems(evidence);
    let number = names.len() as u64;
    let holds = number == 0;
    let warn = context.gate().on_bad_evidence == OnBadEvidence::Warn;
    let outcome = if !holds && warn { ConditionOutcome::NotGated } else { outcome(holds) };
    vec![Condition {
        actual: Some(GateNumber::Count(number)),
        limit: Some(GateNumber::Count(0)),
        way_out: unless(holds, || format!("repair or leave out: {}", some(&names))),
        names,
        ..condition(ID, outcome, message(evidence, number, warn))
    }]
}

fn message(evidence: &Evidence, problems: u64, warn: bool) -> String {
    if problems == 0 {
        return "all evidence is readable and complete".to_owned();
    }
    let bad = evidence.bad_sources().count() as u64;
    let inputs = format!("{bad} of {} cannot be used", count(evidence.sources.len() as u64, "input"));
    let expected = format!("{} of the policy not met", count(problems - bad, "expectation"));
    let parts = [(bad, inputs), (problems - bad, expected)];
    let parts: Vec<String> =
        parts.into_iter().filter(|(number, _)| *number > 0).map(|(_, part)| part).collect();
    let only = if warn { "; the policy only warns of it" } else { "" };
    format!("{}{only}", parts.join(" and "))
}

/// Unusable inputs, then unmet expectations.
fn problems(evidence: &Evidence) -> Vec<String> {
    let bad = evidence.bad_sources().map(bad_source);
    // One expectation that is not met may concern several kinds.
    let short: BTreeSet<&String> =
        evidence.shortfalls.iter().map(|(_, text)| text).chain(&evidence.paths.invalid).collect();
    bad.chain(short.into_iter().cloned()).collect()
}

fn bad_source(source: &Source) -> String {
    let state = source.state.name();
    match &source.problem {
        Some(problem) => format!("{} ({state}): {problem}", source.path),
        None => format!("{} ({state})", source.path),
    }
}
