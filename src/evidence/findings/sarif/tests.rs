use super::super::view::view;
use super::*;

fn log(run: &str) -> String {
    view(&read(format!("{{\"version\": \"2.1.0\", \"runs\": [{run}]}}").as_bytes()))
}

#[test]
fn a_level_is_the_results_then_an_overrides_then_the_rules_then_a_warning() {
    insta::assert_snapshot!(log(r#"{
        "results": [{"ruleIndex": 0}, {"ruleId": "a", "level": "none"}, {"ruleId": "b"}, {"ruleId": "b/2"},
            {"ruleId": "c"}, {"rule": {"index": 0, "toolComponent": {"index": 0}}}, {"ruleId": "d"}],
        "invocations": [{"executionSuccessful": true, "ruleConfigurationOverrides": [
            {"descriptor": {"id": "c"}, "configuration": {"level": "error"}}]}],
        "tool": {"driver": {"name": "t", "rules": [
            {"id": "a", "defaultConfiguration": {"level": "error"}, "properties": {"security-severity": "9.8"}},
            {"id": "b", "defaultConfiguration": {"level": "note"}, "properties": {"security-severity": "x"}},
            {"id": "c", "defaultConfiguration": {"level": "note"}}]},
          "extensions": [{"name": "e", "rules": [
            {"id": "d", "defaultConfiguration": {"level": "note"}, "properties": {"security-severity": "4.0"}}]}]}}"#), @"
    measured, t
    error/critical [a] -
    note/critical [a] -
    note [b] -
    note [b/2] -
    error [c] -
    note/medium [d] -
    note/medium [d] -
    warning 8:81 a severity is neither a known word nor a score of 0 to 10; counted as unknown
    ");
}

#[test]
fn only_what_failed_and_still_does_is_a_finding_and_suppressions_need_acceptance() {
    insta::assert_snapshot!(log(r#"{"tool": {"driver": {"name": "t"}}, "results": [
        {"ruleId": "passed", "kind": "pass"}, {"ruleId": "na", "kind": "notApplicable"},
        {"ruleId": "info", "kind": "informational"}, {"ruleId": "look", "kind": "review"},
        {"ruleId": "gone", "baselineState": "absent"}, {"ruleId": "old", "baselineState": "unchanged"},
        {"ruleId": "s1", "suppressions": [{"kind": "inSource"}]}, {"ruleId": "s2", "suppressions": []},
        {"ruleId": "s3", "suppressions": [{"kind": "external", "status": "underReview", "justification": "no"}]},
        {"ruleId": "s4", "suppressions": [{"kind": "external", "status": "accepted", "justification": "ours"}]}]}"#), @"
    measured, t
    warning [old] -
    warning [s1] - (suppressed: suppressed in the source)
    warning [s2] -
    warning [s3] -
    warning [s4] - (suppressed: ours)
    warning 3:54 a result awaits a review by a person and is not counted
    ");
}

#[test]
fn did_not_run_ran_clean_and_ran_with_findings_are_three_things() {
    let tool = r#""tool": {"driver": {"name": "t"}}"#;
    insta::assert_snapshot!(log(&format!("{{{tool}}}")), @"
    invalid, t (failed)
    error `t` did not run: the run has no `results`; a tool that finds nothing writes an empty list
    ");
    insta::assert_snapshot!(log(&format!("{{{tool}, \"results\": []}}")), @"empty, t");
    insta::assert_snapshot!(log(&format!("{{{tool}, \"results\": [{{}}]}}")), @"
    measured, t
    warning [] -
    ");
    let failed = r#""invocations": [{"executionSuccessful": false}]"#;
    insta::assert_snapshot!(log(&format!("{{{tool}, {failed}, \"results\": []}}, {{{tool}, \"results\": [{{}}]}}")), @"
    incomplete, t (failed), t
    warning [] -
    error `t` says that it failed (`executionSuccessful` is false)
    ");
}

#[test]
fn places_come_from_artifacts_of_the_run_where_results_name_none() {
    insta::assert_snapshot!(log(r#"{"tool": {"driver": {"name": "t"}}, "results": [
        {"message": {"text": "m"}, "locations": [{"physicalLocation": {"artifactLocation": {"index": 1}, "region": {"startLine": 7}}}]}],
        "artifacts": [{}, {"location": {"uri": "file:///a/b%20c.py"}}]}"#), @"
    measured, t
    warning [] /a/b c.py:7 m
    ");
}
