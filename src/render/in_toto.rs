//! The gate's answer as an in-toto statement with the predicate `test-result/v0.1`, unsigned.
//! <https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md>

use serde::Serialize;

use super::json::pretty;
use crate::model::gate::{ConditionOutcome, GateOutcome};
use crate::model::report::Report;

/// The statement about the commit of `report`.
pub fn in_toto(report: &Report) -> String {
    let with = |wanted: &[ConditionOutcome]| {
        let chosen = report.gate.conditions.iter().filter(|one| wanted.contains(&one.outcome));
        chosen.map(|one| one.id.as_str()).collect::<Vec<_>>()
    };
    pretty(&Statement {
        kind: "https://in-toto.io/Statement/v1",
        subject: [Subject { name: "commit", digest: Commit { git_commit: &report.head.sha.0 } }],
        predicate_type: "https://in-toto.io/attestation/test-result/v0.1",
        predicate: Predicate {
            result: result(report),
            configuration: [Configuration {
                name: &report.policy.description,
                digest: Policy { sha256: &report.policy.fingerprint },
                annotations: Annotations {
                    score: report.score.shown.to_string(),
                    verdict: &report.verdict.band,
                    grade: report.verdict.grade.as_deref(),
                },
            }],
            passed_tests: with(&[ConditionOutcome::Pass]),
            warned_tests: with(&[
                ConditionOutcome::Waived,
                ConditionOutcome::NotGated,
                ConditionOutcome::NoBaseline,
            ]),
            failed_tests: with(&[ConditionOutcome::Fail]),
        },
    })
}

fn result(report: &Report) -> &'static str {
    match report.gate.outcome {
        GateOutcome::Fail => "FAILED",
        GateOutcome::Pass if report.gate.failing().next().is_some() => "WARNED",
        GateOutcome::Pass => "PASSED",
    }
}

#[derive(Serialize)]
struct Statement<'a> {
    #[serde(rename = "_type")]
    kind: &'static str,
    subject: [Subject<'a>; 1],
    #[serde(rename = "predicateType")]
    predicate_type: &'static str,
    predicate: Predicate<'a>,
}

#[derive(Serialize)]
struct Subject<'a> {
    name: &'static str,
    digest: Commit<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Commit<'a> {
    git_commit: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Predicate<'a> {
    result: &'static str,
    configuration: [Configuration<'a>; 1],
    passed_tests: Vec<&'a str>,
    warned_tests: Vec<&'a str>,
    failed_tests: Vec<&'a str>,
}

#[derive(Serialize)]
struct Configuration<'a> {
    name: &'a str,
    digest: Policy<'a>,
    annotations: Annotations<'a>,
}

#[derive(Serialize)]
struct Policy<'a> {
    sha256: &'a str,
}

#[derive(Serialize)]
struct Annotations<'a> {
    score: String,
    verdict: &'a str,
    grade: Option<&'a str>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn the_answer_names_commit_policy_and_conditions() {
        let statement: serde_json::Value = serde_json::from_str(&in_toto(&sample::report())).unwrap();
        assert_eq!(statement["subject"][0]["digest"]["gitCommit"], sample::report().head.sha.0);
        let predicate = &statement["predicate"];
        assert_eq!(predicate["result"], "FAILED");
        assert_eq!(predicate["failedTests"], serde_json::json!(["patch-coverage", "no-new-failures"]));
        assert_eq!(predicate["configuration"][0]["annotations"]["score"], "87.4");
    }
}
