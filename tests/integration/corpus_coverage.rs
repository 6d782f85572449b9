//! The coverage readers against a corpus of real reports, when one is at hand.
//!
//! `READINESS_SHARED` names the folder that holds `corpus/coverage`; without it these tests have nothing to read.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use readiness::evidence::bytes;
use readiness::evidence::coverage::{formats, mapping, merge, patch, unified_diff};
use readiness::evidence::format::Head;
use readiness::evidence::reading::Reading;
use readiness::model::coverage::{CoverageReport, Covered};
use readiness::model::input::{Content, InputState};
use serde_json::Value;

/// Formats of the corpus that are not read yet.
const XML: [&str; 8] =
    ["clover", "jacoco", "opencover", "dotcover", "scoverage", "sonar", "vs-coverage", "vs-coveragexml"];

/// The corpus's folder and what it expects, if there is one.
fn corpus() -> Result<Option<(PathBuf, Value)>> {
    let Some(shared) = std::env::var_os("READINESS_SHARED") else { return Ok(None) };
    let folder = Path::new(&shared).join("corpus/coverage/open");
    let expected = serde_json::from_reader(File::open(folder.join("expected.json"))?)?;
    Ok(Some((folder, expected)))
}

/// Reads `path` with the reader that knows its format; nothing when it is another one's.
fn read(path: &Path) -> Result<Option<Reading<CoverageReport>>> {
    let mut text = match bytes::open(Box::new(File::open(path)?)) {
        Ok(text) => text,
        Err(stop) => return Ok(Some(Reading::stopped(None, Vec::new(), stop))),
    };
    let head = Head::of(text.head());
    let claims: Vec<_> = formats::FORMATS.iter().filter(|format| (format.looks_like)(&head)).collect();
    ensure!(claims.len() < 2, "{}: claimed by {claims:?}", path.display());
    Ok(claims.first().map(|format| (format.read)(&mut text).map(coverage)))
}

fn coverage(content: Content) -> CoverageReport {
    match content {
        Content::Coverage(report) => report,
        other => panic!("{other:?}"),
    }
}

fn totals(expected: &Value, kind: &str) -> Option<Covered> {
    let number = |what: &str| expected.get(format!("{kind}_{what}"))?.as_u64();
    Some(Covered { covered: number("covered")?, total: number("total")? }).filter(|c| c.total > 0)
}

fn check_totals(expected: &Value, report: &CoverageReport, functions: bool) -> Result<()> {
    let found = report.totals();
    ensure!(expected["files"] == report.files.len(), "{} files", report.files.len());
    ensure!(totals(expected, "lines").unwrap_or_default() == found.lines, "lines {:?}", found.lines);
    ensure!(
        !functions || totals(expected, "functions") == found.functions,
        "functions {:?}",
        found.functions
    );
    Ok(())
}

/// Without branches in the report there are none; in a merge of several formats they are not asserted.
fn check_branches(expected: &Value, report: &CoverageReport) -> Result<()> {
    let found = report.totals().branches.filter(|branches| branches.total > 0);
    ensure!(totals(expected, "branches") == found, "branches {found:?}");
    Ok(())
}

fn check_samples(expected: &Value, report: &CoverageReport) -> Result<()> {
    for sample in expected["samples"].as_array().into_iter().flatten() {
        let path = sample["path"].as_str().context("a sample has a path")?;
        if !expected["encoding_note"].is_null() && !path.is_ascii() {
            continue;
        }
        let file = report.files.get(path).with_context(|| format!("no {path}"))?;
        let lines = totals(sample, "lines").unwrap_or_default();
        ensure!(lines == file.line_total(), "{path}: {:?}", file.line_total());
        let missed = file.lines.iter().filter(|line| line.hits == 0).map(|line| Value::from(line.line));
        let missed: Vec<Value> = missed.take(10).collect();
        let want = &sample["first_uncovered"];
        ensure!(want.is_null() || *want == Value::from(missed.clone()), "{path}: misses {missed:?}");
    }
    Ok(())
}

fn check(expected: &Value, reading: &Reading<CoverageReport>) -> Result<()> {
    let (state, loud) = (reading.state, !reading.problems.is_empty());
    let refused = matches!(state, InputState::Invalid | InputState::Incomplete);
    match expected["verdict"].as_str() {
        Some("error") => ensure!(refused, "{state:?}, should be refused"),
        Some("empty") => ensure!(state == InputState::Empty && loud, "{state:?}, should be empty"),
        Some("ok_or_error") if refused => {}
        Some("unsupported") => anyhow::bail!("{state:?}, should not be known"),
        verdict => {
            let report =
                reading.value.as_ref().with_context(|| format!("nothing read: {:?}", reading.problems))?;
            ensure!(loud || verdict != Some("warn"), "read in silence");
            let want = expected.get("accept").unwrap_or(expected);
            check_totals(want, report, expected["functions_asserted"] == true)?;
            check_branches(want, report)?;
            check_samples(expected, report)?;
        }
    }
    Ok(())
}

#[test]
fn every_report_of_the_corpus_is_read_as_expected() -> Result<()> {
    let Some((folder, expected)) = corpus()? else { return Ok(()) };
    let (mut read_files, mut wrong) = (0, Vec::new());
    for section in ["files", "adversarial"] {
        for (name, expected) in expected[section].as_object().into_iter().flatten() {
            let format = expected["format"].as_str().unwrap_or_default();
            let is_ours = !format.starts_with("other:") && !XML.contains(&format);
            match read(&folder.join(name))? {
                Some(_) if !is_ours => wrong.push(format!("{name}: misread, is {format}")),
                Some(reading) => {
                    read_files += 1;
                    wrong.extend(check(expected, &reading).err().map(|error| format!("{name}: {error}")));
                }
                None if is_ours && expected["verdict"] == "ok" => wrong.push(format!("{name}: not known")),
                None => {}
            }
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    ensure!(read_files > 0, "the corpus holds no report");
    Ok(())
}

/// All reports of a case on the files of its repository; nothing when one is of another format.
fn united(folder: &Path, case: &Value, files: &str) -> Result<Option<CoverageReport>> {
    let files: Vec<String> = serde_json::from_value(case[files].clone())?;
    let tree = mapping::Tree::new(files);
    let mut reports = Vec::new();
    for report in case["reports"].as_array().into_iter().flatten() {
        let name = report["file"].as_str().context("a report has a file")?;
        let Some(reading) = read(&folder.join(name))? else { return Ok(None) };
        let report = reading.value.with_context(|| format!("{name}: {:?}", reading.problems))?;
        let (mapped, matching) = mapping::to_repository(report, &tree, &[]);
        ensure!(matching.invalid.is_none() && matching.ambiguous.is_empty(), "{name}: {matching:?}");
        reports.push(mapped);
    }
    Ok(Some(merge::union(reports)))
}

#[test]
fn merged_reports_of_the_corpus_hold_what_their_producers_merge() -> Result<()> {
    let Some((folder, expected)) = corpus()? else { return Ok(()) };
    for case in expected["merges"].as_array().into_iter().flatten() {
        let name = case["case"].as_str().context("a case has a name")?;
        let Some(report) = united(&folder.join("merges").join(name), case, "repo_files")? else { continue };
        check_totals(&case["expected"], &report, false).with_context(|| name.to_owned())?;
        if !case["expected"]["branches_total"].is_null() {
            check_branches(&case["expected"], &report).with_context(|| name.to_owned())?;
        }
        let by_path: BTreeMap<_, _> =
            report.files.iter().map(|(p, f)| (p.as_str(), f.line_total())).collect();
        for file in case["expected"]["per_file"].as_array().into_iter().flatten() {
            let path = file["path"].as_str().context("a file has a path")?;
            let lines = by_path.get(path).copied().unwrap_or_default();
            ensure!(totals(file, "lines").unwrap_or_default() == lines, "{name}: {path}: {lines:?}");
        }
    }
    Ok(())
}

#[test]
fn patches_of_the_corpus_are_covered_as_expected() -> Result<()> {
    let Some((folder, expected)) = corpus()? else { return Ok(()) };
    for case in expected["patches"].as_array().into_iter().flatten() {
        let name = case["case"].as_str().context("a case has a name")?;
        let folder = folder.join("patches").join(name);
        let Some(report) = united(&folder, case, "files_at_head")? else { continue };
        let diff = std::io::read_to_string(File::open(folder.join("change.diff"))?)?;
        let patch = patch::patch_coverage(&report, &unified_diff::parse(&diff)?);
        let want = &case["expected"];
        let found = [patch.lines.covered, patch.lines.total - patch.lines.covered, patch.not_coverable];
        ensure!(
            [&want["covered"], &want["missed"], &want["not_coverable"]]
                .into_iter()
                .eq(&found.map(Value::from)),
            "{name}: {found:?}"
        );
    }
    Ok(())
}
