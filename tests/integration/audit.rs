//! `readiness audit` from outside.

use anyhow::Result;
use serde_json::Value;

use crate::common::Readiness;

const WRONG: &str = "| Area | Points |\n|---|---|\n| API | 30 |\n| Web | 25 |\n| **Total** | **60** |\n";

#[test]
fn a_contradiction_ends_with_1_and_stands_in_every_format() -> Result<()> {
    let program = Readiness::new()?.file("PLAN.md", WRONG)?;
    let json = program.run(&["audit", "PLAN.md", "--format", "json"])?;
    let value: Value = serde_json::from_str(&json.stdout)?;
    assert_eq!((json.status, &value["schema"]), (1, &Value::from("readiness/audit/v1")));
    let finding = &value["documents"][0]["findings"][0];
    assert_eq!((&finding["rule"], &finding["line"]), (&Value::from("sum"), &Value::from(5)));
    assert_eq!((&finding["stated"], &finding["computed"]), (&Value::from("60"), &Value::from("55")));
    for format in ["terminal", "markdown"] {
        let answer = program.run(&["audit", "PLAN.md", "--format", format])?;
        assert_eq!(answer.status, 1);
        assert!(
            answer.stdout.contains("PLAN.md") && answer.stdout.contains("sums to 55"),
            "{}",
            answer.stdout
        );
    }
    Ok(())
}

#[test]
fn claims_are_compared_with_evidence() -> Result<()> {
    let program = Readiness::new()?
        .file("PLAN.md", "- Coverage: 90%\n- 3 of 3 tests passing\n- p95 latency: 80 ms\n")?
        .file("a.c", "int a(void) {\n return 1; }\n")?
        .file("lcov.info", "SF:a.c\nDA:1,1\nDA:2,0\nend_of_record\n")?
        .file(
            "junit.xml",
            r#"<testsuite name="s"><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite>"#,
        )?
        .file(
            "readiness.metrics.json",
            r#"{"metrics":[{"id":"http.p95","value":120,"unit":"ms","better":"lower"}]}"#,
        )?;
    let alone = program.run(&["audit", "PLAN.md"])?;
    assert_eq!(alone.status, 0, "{}", alone.stdout);
    let answer = program.run(&[
        "audit",
        "PLAN.md",
        "--format",
        "json",
        "--evidence",
        "lcov.info",
        "junit.xml",
        "readiness.metrics.json",
    ])?;
    let value: Value = serde_json::from_str(&answer.stdout)?;
    let lines: Vec<&Value> =
        value["documents"][0]["findings"].as_array().into_iter().flatten().map(|f| &f["line"]).collect();
    assert_eq!(
        (answer.status, lines),
        (1, vec![&Value::from(1), &Value::from(2), &Value::from(3)]),
        "{}",
        answer.stdout
    );
    Ok(())
}

#[test]
fn a_document_that_is_not_there_ends_with_2() -> Result<()> {
    let answer = Readiness::new()?.run(&["audit", "PLAN.md"])?;
    assert_eq!((answer.status, &*answer.stdout), (2, ""));
    assert!(answer.stderr.contains("PLAN.md"), "{}", answer.stderr);
    Ok(())
}

#[test]
fn documents_of_the_policy_stand_in_the_report_and_are_not_gated() -> Result<()> {
    let program = Readiness::new()?
        .file("docs/PLAN.md", WRONG)?
        .file("readiness.yml", "audit: docs/*.md\n")?
        .file("junit.xml", r#"<testsuite name="s"><testcase name="a"/></testsuite>"#)?;
    let json = program.run(&["report", "junit.xml", "--format", "json"])?;
    let value: Value = serde_json::from_str(&json.stdout)?;
    assert_eq!((json.status, &value["audit"][0]["path"]), (0, &Value::from("docs/PLAN.md")));
    assert_eq!(value["audit"][0]["findings"][0]["computed"], Value::from("55"));
    for format in ["terminal", "markdown"] {
        let answer = program.run(&["report", "junit.xml", "--format", format])?;
        assert!(answer.stdout.contains("sums to 55"), "{}", answer.stdout);
    }
    Ok(())
}

#[test]
fn vulnerabilities_and_coverage_of_other_checkouts_are_compared() -> Result<()> {
    let sarif = r#"{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"scan"}},"results":[{"ruleId":"r","level":"error","message":{"text":"m"}}]}]}"#;
    let program = Readiness::new()?
        .file("PLAN.md", "- 0 vulnerabilities\n- Coverage: 90%\n")?
        .file("scan.sarif", sarif)?
        .file("lcov.info", "SF:/elsewhere/a.c\nDA:1,1\nDA:2,0\nend_of_record\n")?;
    let arguments =
        ["audit", "--format", "json", "--evidence", "scan.sarif", "--evidence", "lcov.info", "PLAN.md"];
    let value: Value = serde_json::from_str(&program.run(&arguments)?.stdout)?;
    let found = value["documents"][0]["findings"].as_array().into_iter().flatten();
    let lines: Vec<_> = found.map(|f| (f["rule"].as_str(), f["line"].as_u64())).collect();
    let rule = Some("contradicts-evidence");
    assert_eq!(lines, [(rule, Some(1)), (rule, Some(2))]);
    Ok(())
}

#[test]
fn what_is_no_document_is_refused() -> Result<()> {
    let program = Readiness::new()?
        .file("random.md", [0x00, 0xff, 0x13, 0x80, 0x91, 0xfe, 0x41])?
        .file("utf-16.md", [0xff, 0xfe, 0x41, 0x00, 0x42, 0x00])?
        .file("junit.xml", "<testsuite name=\"s\"><testcase name=\"a\"/></testsuite>")?
        .file("feed.xml", "<?xml version=\"1.0\"?><feed/>")?
        .file("numbers.json", "{\"a\": [1, 2]}")?
        .file("PLAN.md", "<p align=\"center\">Logo</p>\n\n[a]: b\n")?
        .file(
            "old.md",
            b"# Na\xefve plan\n\nAll is well, and nearly all of it is in one encoding.\n".as_slice(),
        )?;
    for (path, what) in [
        ("random.md", "binary"),
        ("utf-16.md", "UTF-8"),
        ("junit.xml", "XML"),
        ("feed.xml", "XML"),
        ("numbers.json", "JSON"),
    ] {
        let answer = program.run(&["audit", path])?;
        assert_eq!((answer.status, &*answer.stdout), (2, ""), "{path}: {answer:?}");
        assert!(answer.stderr.contains(what) && answer.stderr.contains("--evidence"), "{answer:?}");
    }
    assert_eq!(program.run(&["audit", "PLAN.md", "old.md"])?.status, 0);
    Ok(())
}
