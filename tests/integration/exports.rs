//! The forms that other programs read, from outside.

use anyhow::Result;
use serde_json::Value;

use crate::common::Readiness;

const SHA: &str = "8f2e1c90d4b7a6538f2e1c90d4b7a6538f2e1c90";

const POLICY: &str = "\
version: 1
dimensions:
  tests:
    checks:
      pass-rate: {metric: tests.pass-rate, target: 100%, required: true}
  security:
    checks:
      review: {attest: threat model reviewed, owner: \"@sec\", date: 2020-01-01, expires: 2020-06-01, link: docs/threats.md}
gate: {min-score: 10, max-failures: 0}
";

fn project() -> Result<Readiness> {
    Readiness::new()?
        .file("readiness.yml", POLICY)?
        .file("a.c", "int a;\n")?
        .file(
            "junit.xml",
            r#"<testsuite name="s"><testcase name="a"/><testcase name="b &lt;i&gt;" file="a.c" line="1"><failure message="no"/></testcase></testsuite>"#,
        )
}

fn well_formed(page: &str) -> Result<()> {
    let mut reader = quick_xml::Reader::from_str(page);
    loop {
        if matches!(reader.read_event()?, quick_xml::events::Event::Eof) {
            return Ok(());
        }
    }
}

#[test]
fn one_run_writes_every_form() -> Result<()> {
    let program = project()?;
    let forms = ["html", "junit", "sarif", "cyclonedx", "in-toto", "badge", "badge-json", "json", "markdown"];
    let writes: Vec<String> = forms.iter().map(|form| format!("--write={form}=out/{form}")).collect();
    let mut arguments = vec!["report", "junit.xml", "--sha", SHA, "-q"];
    arguments.extend(writes.iter().map(String::as_str));
    assert_eq!(program.run(&arguments)?.status, 1);
    for form in forms {
        assert!(!program.read(&format!("out/{form}"))?.is_empty(), "{form}");
    }
    let page = program.read("out/html")?;
    well_formed(&page)?;
    assert!(page.contains("b &lt;i&gt;") && !page.contains("<i>"), "{page}");
    let claims: Value = serde_json::from_str(&program.read("out/cyclonedx")?)?;
    let evidence = &claims["declarations"]["evidence"][0];
    assert_eq!(
        (&evidence["author"]["name"], &evidence["expires"]),
        (&"@sec".into(), &"2020-06-01T23:59:59Z".into())
    );
    assert_eq!(claims["declarations"]["attestations"][0]["map"][0]["conformance"]["score"], 0.0);
    let statement: Value = serde_json::from_str(&program.read("out/in-toto")?)?;
    assert_eq!(statement["predicate"]["result"], "FAILED");
    let log: Value = serde_json::from_str(&program.read("out/sarif")?)?;
    let results = log["runs"][0]["results"].as_array().map(Vec::len);
    assert_eq!(results, Some(3), "{log}");
    let badge: Value = serde_json::from_str(&program.read("out/badge-json")?)?;
    assert_eq!((&badge["message"], &badge["color"]), (&"25.0".into(), &"red".into()));
    Ok(())
}

#[test]
fn the_junit_form_is_a_test_report_that_fails_where_the_gate_does() -> Result<()> {
    let program = project()?;
    program.run(&["report", "junit.xml", "--write", "junit=report.xml"])?;
    let seen: Value = serde_json::from_str(
        &program.run(&["inspect", "report.xml", "--format", "json", "--detail"])?.stdout,
    )?;
    let cases = seen["files"][0]["cases"].as_array().cloned().unwrap_or_default();
    let told: Vec<String> = cases
        .iter()
        .map(|case| format!("{} {} {}", case["suite"], case["name"], case["outcome"]).replace('"', ""))
        .collect();
    let expected = [
        "gate min-score passed",
        "gate required/tests.pass-rate failed",
        "gate max-failures failed",
        "gate suite-errors passed",
        "gate bad-evidence passed",
        "checks/tests tests.pass-rate failed",
        "checks/security security.review skipped",
    ];
    assert_eq!(told, expected);
    Ok(())
}

#[test]
fn a_form_that_makes_no_sense_ends_with_2_and_the_forms_that_do() -> Result<()> {
    let program = project()?;
    let cases: [(&[&str], &str); 4] = [
        (&["report", "junit.xml", "--format", "in-toto"], "--sha"),
        (&["inspect", "junit.xml", "--format", "sarif"], "terminal, json"),
        (&["explain", "tests.pass-rate", "junit.xml", "--format", "html"], "terminal, markdown, json"),
        (&["report", "junit.xml", "--write", "pdf=a"], "badge-json"),
    ];
    for (arguments, said) in cases {
        let answer = program.run(arguments)?;
        assert_eq!((answer.status, &*answer.stdout), (2, ""), "{arguments:?}");
        assert!(answer.stderr.contains(said), "{}", answer.stderr);
    }
    Ok(())
}
