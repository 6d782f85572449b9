//! `bad-evidence`: every input can be read to its end, what the policy expects is there, nothing of the base is lost,
//! and paths can be told.

use super::{Condition, ConditionOutcome, Context, GateNumber, condition, or_waive, outcome, unless};
use crate::model::evidence::{Evidence, Source};
use crate::model::order;
use crate::policy::OnBadEvidence;
use crate::score::show::{count, some};

const ID: &str = "bad-evidence";
/// Where the way out begins in what is said of paths.
const HELP: &str = "; help: ";

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    let evidence = context.situation.evidence;
    let problems = Problems {
        unusable: evidence.bad_sources().map(bad_source).collect(),
        unmet: unmet(evidence),
        paths: evidence.paths.invalid.iter().cloned().collect(),
        lost: context.lost.said(context.reports),
    };
    let names: Vec<String> = [&problems.unusable, &problems.unmet, &problems.paths, &problems.lost]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let number = names.len() as u64;
    let holds = number == 0;
    let warn = context.gate().on_bad_evidence == OnBadEvidence::Warn;
    let outcome = if !holds && warn { ConditionOutcome::NotGated } else { outcome(holds) };
    let only = if !holds && warn { "; the policy only warns of it" } else { "" };
    vec![Condition {
        actual: Some(GateNumber::Count(number)),
        limit: Some(GateNumber::Count(0)),
        way_out: unless(holds, || problems.way_out()),
        names,
        ..condition(ID, outcome, format!("{}{only}", problems.message(evidence)))
    }]
}

/// What is wrong with the evidence, one sentence each.
struct Problems {
    unusable: Vec<String>,
    unmet: Vec<String>,
    /// That the paths of reports are not those of the repository.
    paths: Vec<String>,
    lost: Vec<String>,
}

impl Problems {
    fn message(&self, evidence: &Evidence) -> String {
        let unusable = self.unusable.len();
        let inputs =
            format!("{unusable} of {} cannot be used", count(evidence.sources.len() as u64, "input"));
        let expected = format!("{} of the policy not met", count(self.unmet.len() as u64, "expectation"));
        let parts = [
            (unusable > 0).then_some(inputs),
            (!self.unmet.is_empty()).then_some(expected),
            self.paths.first().map(|said| {
                let what = said.split_once(HELP).map_or(said.as_str(), |(what, _)| what);
                format!("the paths of reports do not match the repository: {what}")
            }),
            (!self.lost.is_empty()).then(|| self.lost.join("; ")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            "all evidence is readable and complete".to_owned()
        } else {
            parts.join(" and ")
        }
    }

    fn way_out(&self) -> String {
        let own: Vec<String> = self.unusable.iter().chain(&self.unmet).cloned().collect();
        let repair = (!own.is_empty()).then(|| format!("repair or leave out: {}", some(&own)));
        let hand_in = (!self.lost.is_empty()).then(|| {
            let waive = or_waive(ID);
            format!("hand in again what the base has, {waive} until the base has it no more")
        });
        let help =
            self.paths.first().map(|said| said.split_once(HELP).map_or(said.as_str(), |(_, help)| help));
        [repair, help.map(str::to_owned), hand_in].into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}

/// Expectations that are not met; one of them may concern several kinds.
fn unmet(evidence: &Evidence) -> Vec<String> {
    order::set(evidence.shortfalls.iter().map(|(_, text)| text.as_str()))
        .into_iter()
        .map(str::to_owned)
        .collect()
}

fn bad_source(source: &Source) -> String {
    let state = source.state.name();
    match &source.problem {
        Some(problem) => format!("{} ({state}): {problem}", source.path),
        None => format!("{} ({state})", source.path),
    }
}
