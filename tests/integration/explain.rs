//! `readiness explain` from outside.

use anyhow::Result;
use serde_json::Value;

use crate::common::Readiness;

const POLICY: &str = "\
version: 1
dimensions:
  tests:
    weight: 2
    checks:
      unit: {metric: tests.pass-rate, suites: [\"unit/**\"], floor: 50%, target: 100%}
      other: {metric: tests.passed, suites: [\"other\"], target: 3}
  coverage:
    weight: 1
    checks:
      lines: {metric: coverage.lines, floor: 0%, target: 80%}
      review: {attest: looked at, owner: \"@sec\", date: 2020-01-01, expires: 2020-02-01}
      p99: {metric: p99, floor: 1s, target: 100ms}
";

fn project() -> Result<Readiness> {
    Readiness::new()?
        .file("readiness.yml", POLICY)?
        .file("a.c", "int a(void) {\n return 1; }\n")?
        .file("lcov.info", "SF:a.c\nDA:1,1\nDA:2,0\nend_of_record\n")?
        .file("readiness.metrics.json", r#"{"metrics": [{"id": "p99", "value": 0.4, "unit": "s", "better": "lower"}]}"#)?
        .file(
            "junit.xml",
            r#"<testsuites><testsuite name="unit/a"><testcase name="holds"/><testcase name="holds, too"/><testcase name="breaks" file="a.c" line="2"><failure message="1 is `not` 2"/></testcase></testsuite></testsuites>"#,
        )
}

#[test]
fn a_number_is_followed_from_file_and_line_to_points() -> Result<()> {
    let answer = project()?.run(&["explain", "tests.unit"])?;
    assert_eq!((answer.status, &*answer.stderr), (0, ""));
    insta::assert_snapshot!(answer.stdout, @r"
    `tests.unit`: 11.1 of 33.3 points

    Read from
      - `junit.xml` (junit): measured, 3 cases

    Counted
      - selected by `suites`: `unit/**`
      - 3 cases selected: 2 passed (0 flaky), 1 failed, 0 errored, 0 skipped
      - failed: `unit › a › breaks` at `a.c:2`: 1 is `not` 2
      - passed: `unit › a › holds`
      - passed: `unit › a › holds, too`

    Value
      - `tests.pass-rate` is 66.6 % (2 of 3), measured
      - no points up to the floor 50.0 %, all from the target 100.0 % on

    Points
      - attained: (66.6 % − 50.0 %) / (100.0 % − 50.0 %), within 0 and 1, = 33.3 % (1/3)
      - worth 1 of 2 of the check's dimension `tests`, which is worth 2 of 3 of all: 100 × 2/3 × 1/2 =
        33.333 (100/3)
      - points: 33.333 (100/3) × 33.3 % (1/3) = 11.111 (100/9)
      - shown as 11.1 of 33.3, so that all checks add up to the score
    ");
    let answer = project()?.run(&["explain", "coverage.lines", "--format", "markdown"])?;
    insta::assert_snapshot!(answer.stdout, @r"
    ### `coverage.lines`: 6.9 of 11.1 points

    **Read from**

    - `lcov.info` (lcov): measured, 2 lines in 1 file

    **Counted**

    - `a.c`: 50.0 % (1 of 2), not covered: 2

    **Value**

    - `coverage.lines` is 50.0 % (1 of 2), measured
    - no points up to the floor 0.0 %, all from the target 80.0 % on

    **Points**

    - attained: (50.0 % − 0.0 %) / (80.0 % − 0.0 %), within 0 and 1, = 62.5 %
    - worth 1 of 3 of the check's dimension `coverage`, which is worth 1 of 3 of all: 100 × 1/3 × 1/3 = 11.111 (100/9)
    - points: 11.111 (100/9) × 62.5 % = 6.944 (125/18)
    - shown as 6.9 of 11.1, so that all checks add up to the score
    ");
    Ok(())
}

#[test]
fn the_json_has_everything_that_counted() -> Result<()> {
    let program = project()?;
    let explained = |check: &str| -> Result<Value> {
        Ok(serde_json::from_str(&program.run(&["explain", check, "--format", "json"])?.stdout)?)
    };
    let tests = explained("tests.unit")?;
    assert_eq!(tests["schema"], "readiness/explain/v1");
    assert_eq!((&tests["attainment"], &tests["exact_points"]), (&Value::from("1/3"), &Value::from("100/9")));
    assert_eq!((&tests["cases"][0]["name"], &tests["cases"][0]["line"]), (&"breaks".into(), &2.into()));
    assert_eq!(tests["selection"]["suites"][0], "unit/**");
    assert_eq!(explained("coverage.lines")?["files"][0]["not_run"][0], 2);
    assert_eq!(explained("coverage.p99")?["measurement"]["value"], 400);
    assert_eq!(explained("coverage.review")?["claim"]["expires"], "2020-02-01");
    assert_eq!(explained("coverage.review")?["check"]["state"], "expired");
    assert_eq!(explained("tests.other")?["cases"].as_array().map(Vec::len), Some(0));
    Ok(())
}

#[test]
fn an_unknown_check_ends_with_2_and_the_one_that_was_meant() -> Result<()> {
    let program = project()?;
    for asked in ["coverage.line", "lines", "Coverage.lines"] {
        let answer = program.run(&["explain", asked])?;
        assert_eq!((answer.status, &*answer.stdout), (2, ""), "{asked}");
        assert!(answer.stderr.contains("did you mean `coverage.lines`?"), "{}", answer.stderr);
    }
    assert!(program.run(&["explain", "nonsense"])?.stderr.contains("the policy has `tests.unit`"));
    Ok(())
}
