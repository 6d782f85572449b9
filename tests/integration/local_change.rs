//! Patch coverage from the checkout itself, from outside: a small repository that git packed, with its files.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::common::{Answer, Readiness, repository};

/// Line 30 of `src/shop.py` changed after this commit, on the other branch.
const BEFORE: &str = "3ee0f8a44953ca82a8d8486f29db8384f0523feb";
const COVERAGE: &str = "SF:src/shop.py\nDA:1,1\nDA:2,1\nDA:30,0\nend_of_record\n";

fn checkout() -> Result<Readiness> {
    let shop = |line: u32| match line {
        1 => "price_1 = 2\n".to_owned(),
        30 => "price_30 = 1\n".to_owned(),
        n => format!("price_{n} = {}\n", n * n),
    };
    let program = Readiness::new()?
        .file("src/shop.py", (1..=60).map(shop).collect::<String>())?
        .file("src/main.py", "print(\"hello\")\n")?
        .file("cov.info", COVERAGE)?;
    copy(&repository().join("tests/fixtures/repository/git-2.47.3-merged"), &program.path(".git"))?;
    Ok(program)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in from.read_dir()? {
        let (from, to) = (entry.as_ref().map(std::fs::DirEntry::path), to);
        let from = from.ok().context("no entry")?;
        let to = to.join(from.file_name().context("no name")?);
        if from.is_dir() {
            copy(&from, &to)?;
        } else {
            std::fs::copy(from, to)?;
        }
    }
    Ok(())
}

fn patch(answer: &Answer) -> Result<Value> {
    let report: Value = serde_json::from_str(&answer.stdout).with_context(|| format!("{answer:?}"))?;
    let patch = &report["coverage"]["patch"];
    Ok(json!([patch["covered"], patch["total"]]))
}

/// A baseline of `commit`, as a run there would have recorded it.
fn with_baseline(program: &Readiness, commit: &str) -> Result<()> {
    let made = program.run(&["report", "cov.info", "--write", "snapshot=base.json", "--sha", commit])?;
    anyhow::ensure!(program.path("base.json").is_file(), "{made:?}");
    Ok(())
}

#[test]
fn a_baseline_in_a_checkout_is_enough_for_patch_coverage() -> Result<()> {
    let program = checkout()?;
    with_baseline(&program, BEFORE)?;
    for command in [&["report"][..], &["explain", "coverage.lines"], &["plan"]] {
        let told = [command, &["cov.info", "--base", "base.json", "-v"]].concat();
        let answer = program.run(&told)?;
        assert!(
            answer.stderr.contains("diff: 2 changed files since the baseline's commit 3ee0f8a449"),
            "{answer:?}"
        );
    }
    let answer = program.run(&["report", "cov.info", "--base", "base.json", "--format", "json"])?;
    assert_eq!(patch(&answer)?, json!([0, 1]), "line 30 is new and did not run");
    Ok(())
}

#[test]
fn a_revision_tells_the_change_since_its_merge_base() -> Result<()> {
    let program = checkout()?;
    for (revision, expected) in
        [("side", json!([1, 1])), ("3ee0f8a4", json!([0, 1])), ("HEAD~3", json!([1, 2]))]
    {
        let answer = program.run(&["report", "cov.info", "--since", revision, "--format", "json"])?;
        assert_eq!(patch(&answer)?, expected, "{revision}");
    }
    Ok(())
}

#[test]
fn a_revision_that_nobody_knows_is_a_slip() -> Result<()> {
    let program = checkout()?;
    let answer = program.run(&["report", "cov.info", "--since", "orgin/main"])?;
    assert_eq!((answer.status, &*answer.stdout), (2, ""), "{answer:?}");
    assert!(answer.stderr.contains("`orgin/main` is no branch, tag or commit"), "{answer:?}");
    assert!(answer.stderr.contains("git fetch origin"), "{answer:?}");
    let both = program.run(&["report", "cov.info", "--since", "main", "--diff", "a.diff"])?;
    assert_eq!(both.status, 2, "{both:?}");
    let nowhere =
        Readiness::new()?.file("cov.info", COVERAGE)?.run(&["report", "cov.info", "--since", "main"])?;
    assert_eq!(nowhere.status, 2, "{nowhere:?}");
    assert!(nowhere.stderr.contains("not part of a git repository"), "{nowhere:?}");
    Ok(())
}

#[test]
fn a_commit_that_is_not_there_is_said_where_there_is_a_repository() -> Result<()> {
    let said = "no diff since the baseline, so no patch coverage";
    let program = checkout()?.file(".git/shallow", "fb87807586e9cbfb0adb204227df28100de62982\n")?;
    with_baseline(&program, &"1".repeat(40))?;
    let answer = program.run(&["report", "cov.info", "--base", "base.json"])?;
    assert!(answer.stdout.contains(said) && answer.stdout.contains("git fetch --unshallow"), "{answer:?}");
    std::fs::remove_dir_all(program.path(".git"))?;
    let answer = program.run(&["report", "cov.info", "--base", "base.json"])?;
    assert!(!answer.stdout.contains("no diff"), "{answer:?}");
    Ok(())
}
