//! Version 1: `readiness/report/v1`, `readiness/inspect/v1`, `readiness/trend/v1`, `readiness/audit/v1`.
//!
//! The structs here are the wire format. They are written out by hand, apart from the model, so that a change of
//! the model cannot change what readers of the JSON get.

mod audit;
mod component;
mod coverage_change;
mod debt;
mod explain;
mod findings;
mod inspect;
mod number;
mod parts;
mod plan;
mod replay;
mod report;
mod sections;
mod trend;

pub use audit::audit;
pub use explain::explanation;
pub use inspect::inspect;
pub use plan::plan;
pub use replay::replay;
pub use report::report;
pub use trend::trend;

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::model::commit::Branch;
    use crate::model::coverage::summary::CoverageSummary;
    use crate::model::coverage::{CoverageReport, FileCoverage, LineHits};
    use crate::model::input::{Content, Input, InputState, Kind, Problem};
    use crate::model::tests::{CaseId, Outcome, TestCase, TestReport};
    use crate::model::trend::BranchTrend;
    use crate::render::Detail;
    use crate::render::sample;
    use crate::render::{Merged, Shown};

    /// The fields that readers of the JSON may rely on.
    const CONTRACT: &str = "
        /schema /head/sha /head/branch /base/sha /base/branch /base/distance /base/recorded_at
        /score /delta /evidence_delta /policy_delta /evidenced_weight /claimed_points /upper_bound
        /verdict/band /verdict/grade /verdict/capped_by /gate/outcome /gate/mode
        /gate/conditions/0/id /gate/conditions/0/outcome /gate/conditions/0/actual
        /gate/conditions/0/limit /gate/conditions/0/message /gate/conditions/0/way_out
        /dimensions/0/id /dimensions/0/name /dimensions/0/weight /dimensions/0/score
        /dimensions/0/points /dimensions/0/max_points /dimensions/0/delta /dimensions/0/checks/0/id
        /dimensions/0/checks/0/metric /dimensions/0/checks/0/state /dimensions/0/checks/0/value
        /dimensions/0/checks/0/floor /dimensions/0/checks/0/target /dimensions/0/checks/0/points
        /dimensions/0/checks/0/max_points /dimensions/0/checks/0/delta /dimensions/0/checks/0/cause
        /tests/total /tests/passed /tests/failed /tests/errored /tests/skipped
        /tests/new_failures/0/name /tests/still_failing/0 /tests/fixed/0 /tests/flaky/0 /tests/added
        /tests/removed/0 /tests/newly_skipped/0 /tests/slower/0 /coverage/lines/covered
        /coverage/branches/total /coverage/functions /coverage/patch/covered /coverage/patch/total
        /coverage/patch/percent /coverage/files/0/path /coverage/files/0/lines
        /coverage/files/0/branches /coverage/files/0/delta /coverage/indirect/0
        /coverage/unmatched/0 /findings /measurements/0/id /sources/0/state /gaps/0/check
        /gaps/0/points /gaps/0/effort_hours/0 /gaps/0/points_per_hour /way_to_green/steps/0/advice
        /policy/description /trend/0/score /notes/0";

    #[test]
    fn a_report_has_every_field_of_the_contract() {
        let json: Value = serde_json::from_str(&report(&sample::report())).unwrap();
        for pointer in CONTRACT.split_whitespace() {
            assert!(json.pointer(pointer).is_some(), "{pointer} is missing");
        }
        assert_eq!(json["gaps"][1]["effort_hours"], Value::Null);
        assert_eq!(json["score"].to_string(), "87.4");
        assert_eq!(json["gate"]["conditions"][0]["actual"].to_string(), "61.1");
    }

    #[test]
    fn without_a_baseline_everything_that_depends_on_it_is_null() {
        let mut alone = sample::report();
        alone.base = None;
        alone.delta = None;
        for dimension in &mut alone.dimensions {
            dimension.delta = None;
        }
        let json: Value = serde_json::from_str(&report(&alone)).unwrap();
        for pointer in ["/base", "/delta", "/evidence_delta", "/policy_delta", "/dimensions/0/delta"] {
            assert_eq!(json.pointer(pointer), Some(&Value::Null), "{pointer}");
        }
    }

    fn inputs() -> [Shown; 2] {
        let id = CaseId { suite: "s".into(), class: None, name: "n\u{1b}".into(), cell: None };
        let case =
            TestCase { id, outcome: Outcome::Passed, flaky: true, duration: Some(100_000_000), detail: None };
        let lines = [LineHits { line: 3, hits: 1 }, LineHits { line: 7, hits: 0 }].into_iter().collect();
        let file = FileCoverage { lines, ..FileCoverage::default() };
        let coverage =
            CoverageReport { files: [("src/a.rs".into(), file)].into(), ..CoverageReport::default() };
        let input = |path: &str, kind, content, coverage| Input {
            path: path.into(),
            origin: crate::model::origin::Origin::default(),
            bytes: 12,
            format: Some("junit"),
            kind: Some(kind),
            state: InputState::Measured,
            content,
            coverage,
            problems: vec![Problem::warning("odd").at(12, 3)],
        };
        let tests = TestReport { suites: 1, cases: vec![case], ..TestReport::default() };
        [
            input("junit.xml", Kind::Tests, Some(Content::Tests(tests)), None),
            input("lcov.info", Kind::Coverage, None, Some(CoverageSummary::with_sources(&coverage))),
        ]
        .map(Shown::whole)
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "the snapshot is the whole document")]
    fn inspect_shows_files_cases_and_sources() {
        insta::assert_snapshot!(inspect(&inputs(), &Merged::default(), Detail::Full), @r#"
        {
          "schema": "readiness/inspect/v1",
          "files": [
            {
              "path": "junit.xml",
              "kind": "tests",
              "format": "junit",
              "producer": null,
              "state": "measured",
              "bytes": 12,
              "tests": {
                "suites": 1,
                "total": 1,
                "passed": 1,
                "failed": 0,
                "errored": 0,
                "skipped": 0,
                "flaky": 1,
                "suite_errors": 0,
                "duration_seconds": 0.1
              },
              "coverage": null,
              "findings": null,
              "measurements": null,
              "problems": [
                {
                  "severity": "warning",
                  "message": "odd",
                  "line": 12,
                  "column": 3
                }
              ],
              "cases": [
                {
                  "suite": "s",
                  "class": null,
                  "name": "n\u001b",
                  "outcome": "passed",
                  "flaky": true,
                  "duration_seconds": 0.1,
                  "message": null,
                  "file": null,
                  "line": null
                }
              ],
              "sources": []
            },
            {
              "path": "lcov.info",
              "kind": "coverage",
              "format": "junit",
              "producer": null,
              "state": "measured",
              "bytes": 12,
              "tests": null,
              "coverage": {
                "files": 1,
                "lines": {
                  "covered": 1,
                  "total": 2
                },
                "branches": null,
                "functions": null
              },
              "findings": null,
              "measurements": null,
              "problems": [
                {
                  "severity": "warning",
                  "message": "odd",
                  "line": 12,
                  "column": 3
                }
              ],
              "cases": [],
              "sources": [
                {
                  "path": "src/a.rs",
                  "lines": {
                    "covered": 1,
                    "total": 2
                  },
                  "branches": null,
                  "functions": null,
                  "uncovered_lines": [
                    7
                  ]
                }
              ]
            }
          ],
          "totals": {
            "tests": null,
            "coverage": null
          }
        }
        "#);
    }

    #[test]
    fn cases_and_sources_appear_only_when_asked_for() {
        let json: Value =
            serde_json::from_str(&inspect(&inputs(), &Merged::default(), Detail::Summary)).unwrap();
        assert_eq!(json["files"][0].get("cases"), None);
        assert_eq!(json["files"][1].get("sources"), None);
    }

    #[test]
    fn a_trend_lists_runs_by_branch() {
        let branches = [BranchTrend { branch: Branch("main".into()), runs: sample::report().trend }];
        let json: Value = serde_json::from_str(&trend(&branches)).unwrap();
        let run = &json["branches"][0]["runs"][0];
        assert_eq!(json["branches"][0]["branch"], "main");
        assert_eq!((&run["score"], &run["outcome"]), (&Value::from(86.1), &Value::from("pass")));
        assert_eq!(
            (&run["dimensions"]["tests"], &run["metrics"]["tests.pass-rate"]),
            (&Value::from(99.0), &Value::from(0.99))
        );
    }
}
