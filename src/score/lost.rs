//! What the base's evidence has, the head's has not, and the change does not explain: it must not make the head look
//! better than it is.
//!
//! Reports are compared by their paths, cases by their identity. What goes with the code that the change removes is
//! not lost, nor is what only has another name.

use std::collections::BTreeSet;

use super::coverage_change::{missing_reports, not_run, unmeasured_lines};
use super::report_pairs::{file_name, unpaired};
use super::show::{count, some_of};
use super::tests_diff::Tests;
use super::{Situation, findings_diff, tests_diff};
use crate::model::coverage_change::ReportSet;
use crate::model::diff::Diff;
use crate::model::evidence::Evidence;
use crate::model::input::Kind;
use crate::model::order;
use crate::model::tests::{TestCase, TestReport};

/// Losses against the base; nothing without one.
#[derive(Clone, Debug, Default)]
pub(super) struct Lost<'a> {
    /// Cases of the base that did not run here.
    pub(super) cases: Vec<&'a TestCase>,
    /// Test reports of the base that are missing.
    tests: Vec<String>,
    /// Reports of linters and scanners of the base that are missing.
    findings: Vec<String>,
    /// Whether tools of missing reports ran here, too: then nobody knows which of their findings are not here.
    part_of_a_tool: bool,
    /// Files with measurements that are missing, and no other of their format is here.
    measurements: Vec<String>,
}

impl<'a> Lost<'a> {
    /// Compares both sides of `situation`.
    pub(super) fn of(situation: &'a Situation<'a>) -> Self {
        let Some(baseline) = situation.baseline else { return Self::default() };
        let (base, head) = (&baseline.evidence, situation.evidence);
        let (mut findings, new) = unpaired(base, head, Kind::Findings);
        if findings.len() <= new.len() {
            findings.clear();
        }
        let (tests, cases) = tests(situation, base);
        Self {
            part_of_a_tool: findings.len() > lost_tools(base, head),
            measurements: measurements(base, head),
            cases,
            tests,
            findings,
        }
    }

    /// Why the findings of tools that did run are not all here.
    pub(super) fn findings(&self) -> Option<String> {
        self.part_of_a_tool.then(|| missing_reports(&self.findings))
    }

    /// One sentence for each kind of evidence that is lost.
    pub(super) fn said(&self, coverage: &ReportSet) -> Vec<String> {
        let reports = |paths: &[String]| (!paths.is_empty()).then(|| missing_reports(paths));
        let lines = (!coverage.missing.is_empty()).then(|| unmeasured_lines(coverage, |_| true)).flatten();
        let said = [self.not_run(), lines, reports(&self.findings), reports(&self.measurements)];
        said.into_iter().flatten().collect()
    }

    fn not_run(&self) -> Option<String> {
        let cases = match self.cases.len() {
            0 => return None,
            number => count(number as u64, "case"),
        };
        Some(match self.tests.as_slice() {
            [] => {
                format!("{cases} of the base did not run: {}", some_of(&self.cases, |case| case.id.title()))
            }
            paths => format!("{}: {cases} did not run", missing_reports(paths)),
        })
    }
}

fn lost_tools(base: &Evidence, head: &Evidence) -> usize {
    match (&base.findings, &head.findings) {
        (Some(base), Some(head)) => findings_diff::lost_tools(head, base).len(),
        _ => 0,
    }
}

/// A benchmark that is gone takes its file along, so only the last file of a format is missed.
fn measurements(base: &Evidence, head: &Evidence) -> Vec<String> {
    let (mut missing, _) = unpaired(base, head, Kind::Measurements);
    let of = |path: &String| base.sources.iter().find(|source| source.path == *path);
    let is_last = |path: &String| {
        let format = of(path).and_then(|source| source.format.as_ref());
        !head.sources.iter().any(|source| source.format.as_ref() == format)
    };
    missing.retain(is_last);
    missing
}

/// Missing test reports, and the cases that did not run.
fn tests<'a>(situation: &'a Situation<'a>, base: &'a Evidence) -> (Vec<String>, Vec<&'a TestCase>) {
    let Some(before) = &base.tests else { return Default::default() };
    let touched = situation.diff.filter(|diff| diff.incomplete.is_none()).map(Touched::of);
    let touched = touched.unwrap_or_default();
    let (mut missing, new) = unpaired(base, situation.evidence, Kind::Tests);
    let all = missing.len();
    let excused = |path: &String| {
        let component = not_run(situation).into_iter().find(|one| one.reports.matches(path));
        component.is_some_and(|one| !one.reports.patterns.is_empty())
    };
    missing.retain(|path| !excused(path));
    if missing.len() < all && missing.is_empty() {
        // Which cases a report held is not remembered.
        return Default::default();
    }
    missing.retain(|path| !touched.names(&file_name(path)));
    let nothing = TestReport::default();
    let head = Tests::of(situation).unwrap_or_else(|| Tests::alone(&nothing));
    if missing.len() <= new.len() {
        missing.clear();
    }
    let cases = cases(before, &head, &touched, missing.is_empty());
    (missing, cases)
}

/// Cases that are gone and not explained. While all reports are there, single cases come and go, so those count that
/// failed and those whose whole suite is gone; and as many of them as are new have got another name.
fn cases<'a>(
    base: &'a TestReport,
    head: &Tests<'_>,
    touched: &Touched,
    all_reports_are_here: bool,
) -> Vec<&'a TestCase> {
    let (mut gone, new) = tests_diff::moved(head, base);
    let number = gone.len();
    gone.retain(|case| !touched.explains(case));
    if !all_reports_are_here {
        return gone;
    }
    if touched.tests {
        return Vec::new();
    }
    let here = order::set(head.report.cases.iter().map(group));
    gone.retain(|case| case.outcome.is_failing() || !here.contains(&group(case)));
    order::sort_by_key(&mut gone, |case| !case.outcome.is_failing());
    gone.truncate(number.saturating_sub(new));
    gone
}

fn group(case: &TestCase) -> (&str, Option<&str>) {
    (&case.id.suite, case.id.class.as_deref())
}

/// Files that the change deletes, renames or removes lines of.
#[derive(Default)]
struct Touched {
    /// Their names up to the first dot.
    stems: BTreeSet<String>,
    /// Whether any of them looks like one with tests.
    tests: bool,
}

impl Touched {
    fn of(diff: &Diff) -> Self {
        let mut touched = Self::default();
        for (path, change) in &diff.files {
            if !change.deleted && change.removed.is_empty() && change.renamed_from.is_none() {
                continue;
            }
            for path in [Some(path), change.renamed_from.as_ref()].into_iter().flatten() {
                let name = file_name(path);
                touched
                    .stems
                    .extend(name.split('.').next().filter(|stem| !stem.is_empty()).map(str::to_owned));
                let path = path.to_lowercase();
                touched.tests |= path.contains("test") || path.contains("spec");
            }
        }
        touched
    }

    fn explains(&self, case: &TestCase) -> bool {
        let file = case.detail.as_ref().and_then(|detail| detail.file.as_deref());
        [Some(&*case.id.suite), case.id.class.as_deref(), file]
            .into_iter()
            .flatten()
            .any(|text| self.names(text))
    }

    /// Whether a word of `text` is the name of such a file.
    fn names(&self, text: &str) -> bool {
        let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
        let mut words = text.split(|letter| !is_part(letter)).filter(|word| !word.is_empty());
        !self.stems.is_empty() && words.any(|word| self.stems.contains(word))
    }
}
