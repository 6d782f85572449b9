//! Findings reports that tools wrote, against the numbers that the same tools printed for people.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use readiness::evidence::collect::collect;
use readiness::evidence::read::read_input;
use readiness::model::findings::FindingCounts;
use readiness::model::input::{Input, InputState};
use readiness::policy::EvidencePolicy;

use InputState::{Empty, Incomplete, Invalid, Measured};

/// Errors, warnings, notes; critical, high, medium, low; suppressed.
type Counts = [u64; 8];

/// A file below `tests/fixtures/findings`, its state, its tool, and what it comes to.
const FILES: &[(&str, InputState, &str, Counts)] = &[
    ("cargo-audit/cargo-audit-0.22.2-clean.json", Empty, "cargo-audit", [0; 8]),
    // One vulnerability has a vector, the other no severity at all; four packages are unmaintained, unsound or yanked.
    ("cargo-audit/cargo-audit-0.22.2-shop.json", Measured, "cargo-audit", [1, 5, 0, 0, 0, 1, 0, 0]),
    ("checkstyle/eslint-8.57.1-shop.xml", Measured, "Checkstyle", [4, 2, 0, 0, 0, 0, 0, 0]),
    ("eslint-json/eslint-8.57.1-clean.json", Empty, "ESLint", [0; 8]),
    ("eslint-json/eslint-8.57.1-shop.json", Measured, "ESLint", [4, 2, 0, 0, 0, 0, 0, 1]),
    ("grype/schema-clean.json", Empty, "grype", [0; 8]),
    ("grype/schema-shop.json", Measured, "grype", [2, 0, 0, 0, 1, 0, 0, 1]),
    ("npm-audit/npm-11.19.1-clean.json", Empty, "npm audit", [0; 8]),
    ("npm-audit/npm-11.19.1-endpoint-error.json", Invalid, "npm audit", [0; 8]),
    // npm counts packages: three, of which one only depends on another. Its advisories are these three.
    ("npm-audit/npm-11.19.1-shop.json", Measured, "npm audit", [2, 1, 0, 1, 1, 1, 0, 0]),
    ("npm-audit/schema-v6-shop.json", Measured, "npm audit", [0, 0, 1, 0, 0, 0, 1, 0]),
    ("osv/schema-clean.json", Empty, "osv-scanner", [0; 8]),
    ("osv/schema-shop.json", Measured, "osv-scanner", [1, 0, 0, 0, 1, 0, 0, 1]),
    ("pylint-json/pylint-4.1.4-clean-json2.json", Empty, "pylint", [0; 8]),
    ("pylint-json/pylint-4.1.4-shop-json2.json", Measured, "pylint", [1, 7, 7, 0, 0, 0, 0, 0]),
    ("pylint-json/pylint-4.1.4-shop.json", Measured, "pylint", [1, 7, 7, 0, 0, 0, 0, 0]),
    ("ruff-json/ruff-0.17.6-shop.json", Measured, "ruff", [10, 0, 0, 0, 0, 0, 0, 0]),
    ("sarif/bandit-1.9.4-shop.sarif", Measured, "Bandit", [1, 1, 3, 0, 0, 0, 0, 0]),
    ("sarif/eslint-8.57.1-clean.sarif", Empty, "ESLint", [0; 8]),
    ("sarif/eslint-8.57.1-parse-error.sarif", Incomplete, "ESLint", [4, 2, 0, 0, 0, 0, 0, 1]),
    ("sarif/ruff-0.17.6-clean.sarif", Empty, "ruff", [0; 8]),
    ("sarif/ruff-0.17.6-shop.sarif", Measured, "ruff", [10, 0, 0, 0, 0, 0, 0, 0]),
    ("trivy/schema-2-clean.json", Empty, "Trivy", [0; 8]),
    ("trivy/schema-2-nothing-scanned.json", Invalid, "Trivy", [0; 8]),
    ("trivy/schema-2-shop.json", Measured, "Trivy", [3, 1, 0, 0, 3, 1, 0, 1]),
];

fn input(file: &str) -> Result<Input> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/findings").join(file);
    let source = File::open(&path).with_context(|| format!("cannot open `{}`", path.display()))?;
    Ok(read_input(file.to_owned(), source.metadata()?.len(), Box::new(source)))
}

fn counts(counts: FindingCounts) -> Counts {
    let FindingCounts { total: _, errors, warnings, notes, critical, high, medium, low, suppressed } = counts;
    [errors, warnings, notes, critical, high, medium, low, suppressed]
}

#[test]
fn every_file_comes_to_what_its_tool_said() -> Result<()> {
    let mut wrong = Vec::new();
    for (file, state, tool, expected) in FILES {
        let input = input(file)?;
        let report = input.content.as_ref().and_then(|content| content.findings());
        let report = report.with_context(|| format!("{file}: nothing was read"))?;
        let (format, _) = file.split_once('/').context("a fixture has a folder")?;
        let found = (input.format, input.state, report.tools(), counts(report.counts()));
        if found != (Some(format), *state, vec![*tool], *expected) {
            wrong.push(format!("{file}: {found:?} {:?}", input.problems));
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

#[test]
fn statements_take_findings_out_with_their_justification() -> Result<()> {
    for statements in [
        "openvex/openvex-rs-0.1.1-shop.json",
        "openvex/spec-0.2.0-shop.json",
        "cyclonedx-vex/cyclonedx-python-lib-11.12.0-shop.json",
    ] {
        let inputs =
            vec![input(statements)?, input("trivy/schema-2-shop.json")?, input("grype/schema-shop.json")?];
        let evidence = collect(inputs, &EvidencePolicy::default(), None);
        let findings = evidence.findings.context("findings were read")?;
        let suppressed: Vec<(&str, &str)> = findings
            .findings
            .iter()
            .filter_map(|finding| Some((&*finding.rule, finding.suppressed.as_deref()?)))
            .filter(|(_, reason)| reason.contains("(VEX)"))
            .collect();
        ensure!(suppressed.len() == 2, "{statements}: {suppressed:?}");
        for (rule, reason) in suppressed {
            ensure!(["CVE-2021-23337", "GHSA-35jh-r3h4-6jhm"].contains(&rule), "{statements}: {rule}");
            ensure!(reason.starts_with("not affected: "), "{statements}: {reason}");
            ensure!(reason.contains("templates are never compiled"), "{statements}: {reason}");
        }
    }
    Ok(())
}

#[test]
fn statements_are_known_before_the_end_of_a_long_file_names_its_format() -> Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/findings/cyclonedx-vex/cyclonedx-python-lib-11.12.0-shop.json");
    let text = std::fs::read_to_string(path)?;
    let long = text.replace("Command injection in templates", &"why ".repeat(500_000));
    ensure!(long.len() > 2_000_000, "{}", long.len());
    let size = long.len() as u64;
    let input = read_input("vex.json".to_owned(), size, Box::new(std::io::Cursor::new(long)));
    ensure!(input.format == Some("cyclonedx-vex"), "{:?} {:?}", input.format, input.problems);
    let report = input.content.as_ref().and_then(|content| content.findings()).context("statements")?;
    ensure!(report.statements.len() == 2, "{:?}", report.statements);
    Ok(())
}
