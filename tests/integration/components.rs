//! Components and their coverage over several runs, from outside.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::common::Readiness;

const POLICY: &str = "components:
  api: {paths: ['api/**'], coverage: 50%, carry-forward: 14 days}
  web: {paths: ['web/**']}
gate: {no-lost-evidence: true}
";
const API: &str = "SF:api/a.c\nDA:1,1\nDA:2,0\nend_of_record\n";
const WEB: &str = "SF:web/w.c\nDA:1,1\nDA:2,1\nend_of_record\n";
/// Neither component is touched.
const DOCS_DIFF: &str = "--- a/notes.txt\n+++ b/notes.txt\n@@ -1,1 +1,2 @@\n one\n+two\n";
const WEB_DIFF: &str = "--- a/web/w.c\n+++ b/web/w.c\n@@ -1,1 +1,2 @@\n one\n+two\n";

/// The exit status and the coverage of a run on `reports` against `base`, recorded as `snapshot`.
fn run(program: &Readiness, reports: &[&str], base: Option<&str>, snapshot: &str) -> Result<(i32, Value)> {
    let write = format!("snapshot={snapshot}");
    let mut arguments = vec!["report", "--format", "json", "--write", &write, "--diff", "change.diff"];
    arguments.extend(base.iter().flat_map(|base| ["--base", base]));
    arguments.extend(reports);
    let answer = program.run(&arguments)?;
    let report: Value = serde_json::from_str(&answer.stdout).with_context(|| format!("{answer:?}"))?;
    Ok((answer.status, report["coverage"].clone()))
}

#[test]
fn a_component_is_carried_from_run_to_run_and_keeps_its_date() -> Result<()> {
    let program = Readiness::new()?
        .file("readiness.yml", POLICY)?
        .file("api/a.c", "1\n2\n")?
        .file("web/w.c", "1\n2\n")?
        .file("api.info", API)?
        .file("web.info", WEB)?
        .file("change.diff", DOCS_DIFF)?;
    let (_, first) = run(&program, &["api.info", "web.info"], None, "1.json")?;
    assert_eq!(first["components"][0]["state"], "measured");

    let (status, second) = run(&program, &["web.info"], Some("1.json"), "2.json")?;
    assert_eq!((status, &second["components"][0]["state"]), (0, &json!("carried")));
    assert_eq!(second["lines"], json!({"covered": 3, "total": 4}));
    assert_eq!(second["components"][0]["carried"], json!([{"sha": "", "days": 0, "files": 1}]));

    // As if the first run had been some weeks ago: what it knew is remembered with its day, and is too old by now.
    let told: Value = serde_json::from_str(&program.read("2.json")?)?;
    let since = told["evidence"]["carried"][0]["since"].as_str().context("no day")?;
    let old = program.read("2.json")?.replace(&format!("\"since\":\"{since}\""), "\"since\":\"2020-01-01\"");
    let program = program.file("3.json", old)?;
    let (status, third) = run(&program, &["web.info"], Some("3.json"), "4.json")?;
    assert_eq!((status, &third["components"][0]["state"]), (1, &json!("invalid")));
    assert_eq!(third["lines"], json!({"covered": 2, "total": 2}));
    Ok(())
}

#[test]
fn the_parts_of_a_change_are_told() -> Result<()> {
    let program = Readiness::new()?
        .file("api/a.c", "1\n2\n")?
        .file("web/w.c", "1\n2\n")?
        .file("api.info", API)?
        .file("web.info", "SF:web/w.c\nDA:1,1\nend_of_record\n")?
        .file("change.diff", WEB_DIFF)?;
    run(&program, &["api.info", "web.info"], None, "1.json")?;
    let program = program.file("web.info", "SF:web/w.c\nDA:1,0\nDA:2,1\nend_of_record\n")?;
    let (_, found) = run(&program, &["api.info", "web.info"], Some("1.json"), "2.json")?;
    let part =
        |covered: i64, total: i64, points: f64| json!({"covered": covered, "total": total, "points": points});
    let change = &found["change"];
    assert_eq!(change["patch"], part(1, 1, 8.4));
    assert_eq!(change["removed"], part(0, 0, 0.0));
    assert_eq!(change["indirect"], part(-1, 0, -25.0));
    assert_eq!(change["reports"], part(0, 0, 0.0));
    assert_eq!(change["total"], part(0, 1, -16.6));
    assert_eq!(change["files"][0]["path"], "web/w.c");
    assert_eq!(found["reports"], json!({"missing": [], "new": [], "unnamed": [], "lost_lines": 0}));
    Ok(())
}
