//! Laws that hold for the reader of every format that has a fixture.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use readiness::evidence::collect::collect;
use readiness::evidence::read::read_input;
use readiness::model::input::{Content, Input, InputState};
use readiness::policy::EvidencePolicy;

use crate::common::repository;

/// Cuts of one file; more would only take longer.
const CUTS: usize = 24;

/// Formats that name cases before they end, so that names say nothing about completeness. A test that began and did not
/// end is an error where the stream ends with a line, and not there yet where it ends within one.
const NAMED_AHEAD: [&str; 5] =
    ["cucumber-messages", "dart-json", "go-test-json", "libtest-json", "pytest-json-report"];

fn read(bytes: &[u8]) -> Input {
    read_input("file".to_owned(), bytes.len() as u64, Box::new(Cursor::new(bytes.to_vec())))
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { files_below(&path, found)? } else { found.push(path) }
    }
    Ok(())
}

/// Every fixture below `folder` that is read whole, in order of its path.
fn fixtures(folder: &str) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut paths = Vec::new();
    files_below(&repository().join("tests/fixtures").join(folder), &mut paths)?;
    paths.sort();
    let mut fixtures = Vec::new();
    for path in paths {
        let bytes = std::fs::read(&path)?;
        if read(&bytes).state == InputState::Measured {
            fixtures.push((path, bytes));
        }
    }
    ensure!(fixtures.len() > 10, "only {} fixtures below {folder}", fixtures.len());
    Ok(fixtures)
}

/// Names of cases or paths of source files.
fn names(input: &Input) -> Vec<String> {
    match &input.content {
        Some(Content::Tests(report)) => report.cases.iter().map(|case| case.id.name.to_string()).collect(),
        Some(Content::Coverage(report)) => {
            let holds = report.files.iter().filter(|(_, file)| !file.lines.is_empty());
            holds.map(|(path, _)| path.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// Where each of `names` stands in `text` for the first time, behind those before it; names that are written in
/// another way are left out.
fn places(text: &str, names: &[String], ordered: bool) -> Vec<usize> {
    let mut from = 0;
    let mut places = Vec::new();
    // A message may hold names, too, but not in quotes of the format.
    let quote = if text.trim_start().starts_with(['{', '[', '<']) { "\"" } else { "" };
    for name in names.iter().filter(|name| !name.is_empty()) {
        let written = format!("{quote}{name}{quote}");
        if let Some(at) = text.get(from..).and_then(|rest| rest.find(&written)) {
            places.push(from + at);
            from = if ordered { from + at + name.len() } else { 0 };
        }
    }
    places.sort_unstable();
    places
}

/// A record is complete when the second one behind it has begun, so a file that is cut there must hold it.
fn assert_keeps_complete_ones(path: &Path, bytes: &[u8]) -> Result<()> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
    let whole = read(bytes);
    let tests = matches!(whole.content, Some(Content::Tests(_)));
    let places = places(text, &names(&whole), tests);
    let mut before = 0;
    for cut in (1..=CUTS).map(|part| bytes.len() * part / (CUTS + 1)) {
        let found = names(&read(&bytes[..cut])).len();
        let begun = places.iter().filter(|place| **place < cut).count();
        let name = path.display();
        ensure!(found + 2 >= begun, "{name} cut at {cut} holds {found}, {begun} have begun");
        ensure!(found >= before, "{name} cut at {cut} holds {found}, but {before} when cut before");
        before = found;
    }
    Ok(())
}

#[test]
fn a_test_report_that_is_cut_anywhere_keeps_its_complete_cases() -> Result<()> {
    for (path, bytes) in fixtures("test_results")? {
        if !NAMED_AHEAD.iter().any(|format| path.components().any(|part| part.as_os_str() == *format)) {
            assert_keeps_complete_ones(&path, &bytes)?;
        }
    }
    Ok(())
}

#[test]
fn a_coverage_report_that_is_cut_anywhere_keeps_its_complete_files() -> Result<()> {
    for (path, bytes) in fixtures("coverage")? {
        assert_keeps_complete_ones(&path, &bytes)?;
    }
    Ok(())
}

#[test]
fn the_order_of_files_never_changes_the_run() -> Result<()> {
    let mut inputs = Vec::new();
    for (path, bytes) in fixtures("test_results")?.into_iter().chain(fixtures("coverage")?) {
        inputs.push(Input { path: path.display().to_string(), ..read(&bytes) });
    }
    let collected = |inputs: &[Input]| collect(inputs.to_vec(), &EvidencePolicy::default(), None);
    let expected = collected(&inputs);
    for turn in [1, 7, inputs.len() / 2] {
        inputs.rotate_left(turn);
        inputs.reverse();
        ensure!(collected(&inputs) == expected, "another order gives another run");
    }
    Ok(())
}

#[test]
fn one_report_twice_covers_what_it_covers_once() -> Result<()> {
    for (path, bytes) in fixtures("coverage")? {
        let input = read(&bytes);
        let Some(Content::Coverage(once)) = &input.content else { continue };
        let twice = collect(vec![input.clone(), input.clone()], &EvidencePolicy::default(), None).coverage;
        ensure!(twice.map(|report| report.totals()) == Some(once.totals()), "{}", path.display());
    }
    Ok(())
}

/// `text` with every run of digits replaced by `number`.
fn with_numbers(text: &str, number: &str) -> String {
    let mut changed = String::new();
    let mut digits = false;
    for character in text.chars() {
        match character.is_ascii_digit() {
            true if !digits => changed.push_str(number),
            true => {}
            false => changed.push(character),
        }
        digits = character.is_ascii_digit();
    }
    changed
}

#[test]
fn absurd_counts_and_line_numbers_are_survived_and_never_shown() -> Result<()> {
    for (path, bytes) in fixtures("coverage")? {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        for number in ["0", "-1", "4294967295", "4294967296", "18446744073709551616", "1e400", "1.5"] {
            let input = read(with_numbers(&text, number).as_bytes());
            let Some(Content::Coverage(report)) = &input.content else { continue };
            let totals = report.totals();
            let parts = [Some(totals.lines), totals.branches, totals.functions];
            let name = path.display();
            ensure!(parts.into_iter().flatten().all(|part| part.covered <= part.total), "{name} {number}");
            let lines = report.files.values().flat_map(|file| &file.lines);
            ensure!(lines.clone().all(|line| line.line > 0), "{name} has a line 0 for {number}");
        }
    }
    Ok(())
}
