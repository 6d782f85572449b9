//! Reports that real tools wrote, against the totals that the same tools printed for people.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use readiness::evidence::bytes;
use readiness::evidence::coverage::{cobertura, lcov, mapping, merge};
use readiness::model::coverage::{CoverageReport, Covered};
use readiness::model::input::InputState;

/// Reads `tests/fixtures/coverage/NAME`, in silence.
fn read(name: &str) -> Result<CoverageReport> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/coverage").join(name);
    let mut text = bytes::open(Box::new(File::open(path)?)).ok().context("cannot be opened")?;
    let reading = if cobertura::looks_like(text.head()) {
        cobertura::read(&mut text)
    } else {
        ensure!(lcov::looks_like(text.head()), "{name} is of no known format");
        lcov::read(&mut text)
    };
    ensure!(reading.state == InputState::Measured, "{name}: {:?}", reading.state);
    ensure!(reading.problems.is_empty(), "{name}: {:?}", reading.problems);
    reading.value.context("nothing was read")
}

const fn of(covered: u64, total: u64) -> Covered {
    Covered { covered, total }
}

#[test]
fn totals_equal_what_the_producers_print() -> Result<()> {
    for (name, lines, branches) in [
        ("lcov/coveragepy-7.17-branch.info", of(15, 18), of(4, 6)),
        ("lcov/gcovr-8.8-template.info", of(11, 14), of(4, 8)),
        ("lcov/lcov-1.16-branch.info", of(11, 14), of(7, 12)),
        ("lcov/c8-12.0-node.info", of(9, 12), of(4, 5)),
        ("lcov/nyc-18.0-node.info", of(5, 6), of(1, 2)),
        ("cobertura/coveragepy-7.17-branch.xml", of(15, 18), of(4, 6)),
        ("cobertura/gcovr-8.8-template.xml", of(11, 14), of(4, 8)),
        ("cobertura/c8-12.0-node.xml", of(9, 12), of(4, 5)),
        ("cobertura/nyc-18.0-node.xml", of(5, 6), of(1, 2)),
    ] {
        let totals = read(name)?.totals();
        ensure!((totals.lines, totals.branches) == (lines, Some(branches)), "{name}: {totals:?}");
    }
    Ok(())
}

#[test]
fn functions_equal_what_the_producers_print() -> Result<()> {
    for (name, functions) in [
        ("lcov/lcov-1.16-branch.info", of(4, 5)),
        ("lcov/c8-12.0-node.info", of(2, 3)),
        ("lcov/nyc-18.0-node.info", of(2, 3)),
    ] {
        let totals = read(name)?.totals();
        ensure!(totals.functions == Some(functions), "{name}: {totals:?}");
    }
    Ok(())
}

#[test]
fn one_run_in_two_formats_counts_once() -> Result<()> {
    let tree = mapping::Tree::new(vec!["c/main.cpp".into(), "c/shape.hpp".into(), "py/shop/cart.py".into()]);
    let mut reports = Vec::new();
    for name in
        ["lcov/gcovr-8.8-template.info", "cobertura/gcovr-8.8-template.xml", "lcov/lcov-1.16-branch.info"]
    {
        let (report, matching) = mapping::to_repository(read(name)?, "", &tree, &[]);
        ensure!(matching.unmatched.is_empty() && matching.ambiguous.is_empty(), "{name}: {matching:?}");
        reports.push(report);
    }
    let totals = merge::union(reports).totals();
    ensure!(totals.lines == of(11, 14), "{totals:?}");
    Ok(())
}
