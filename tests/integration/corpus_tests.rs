//! The JUnit reader against a corpus of real reports, when one is at hand.
//!
//! `READINESS_SHARED` names the folder that holds `corpus/tests`; without it this test has nothing to read.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use readiness::evidence::read::read_input;
use readiness::model::input::{Content, Input, InputState};
use readiness::model::tests::TestCounts;
use serde_json::Value;

const DIALECTS: [&str; 4] = ["junit", "junit-surefire", "junit-nextest", "gtest"];

#[test]
fn every_junit_report_of_the_corpus_is_read_as_expected() -> Result<()> {
    let Some(shared) = std::env::var_os("READINESS_SHARED") else { return Ok(()) };
    let folder = Path::new(&shared).join("corpus/tests/open");
    let expected: Value = serde_json::from_reader(File::open(folder.join("expected.json"))?)?;
    let mut wrong = Vec::new();
    for (path, entry) in expected.as_object().context("expected.json is no object")? {
        if !DIALECTS.iter().any(|dialect| entry["dialect"] == *dialect) {
            continue;
        }
        let file = folder.join("files").join(path);
        let reader = File::open(&file).with_context(|| file.display().to_string())?;
        let input = read_input(path.clone(), reader.metadata()?.len(), Box::new(reader));
        if !holds(&input, entry) {
            wrong.push(format!("{path}: {} {:?}", input.state.name(), counts(&input)));
        }
    }
    ensure!(wrong.is_empty(), "{} reports are read wrongly:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// Whether `input` is what the corpus says; a refusal only where the corpus allows one.
fn holds(input: &Input, entry: &Value) -> bool {
    let refused =
        matches!(input.state, InputState::Invalid | InputState::Incomplete | InputState::Unrecognised);
    let may_refuse = entry["expect"] != "parse";
    if refused || entry["expect"] == "reject" {
        return refused && may_refuse;
    }
    let expected = ["counts", "counts_if_recovered"].map(|key| &entry[key]).into_iter();
    let others = entry["also_acceptable"].as_array().into_iter().flatten();
    expected.chain(others).filter(|counts| counts.is_object()).any(|row| same(counts(input), row))
}

fn counts(input: &Input) -> TestCounts {
    match &input.content {
        Some(Content::Tests(report)) => report.counts(),
        _ => TestCounts::default(),
    }
}

fn same(read: TestCounts, row: &Value) -> bool {
    let pairs = [
        ("tests", read.total),
        ("passed", read.passed),
        ("failed", read.failed),
        ("errors", read.errored),
        ("skipped", read.skipped),
    ];
    pairs.into_iter().all(|(key, count)| row[key].as_u64() == Some(count))
}
