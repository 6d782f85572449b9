//! Many test reports as one run.
//!
//! * Cases of the same name in *one* file are different cases (parametrised tests, repeated runs); they all count.
//! * The same case in *several* files is one case: a matrix, shards that overlap, a report in two formats. The n-th
//!   of a name in one file is the n-th in another. Errored outdoes failed, failed outdoes passed, passed outdoes
//!   skipped: files do not say which of them is the later attempt, so a failure is never explained away.
//! * The run is ordered by identity and does not depend on the order of the files.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::model::tests::{Outcome, TestCase, TestReport};

/// A case and which one of its name it is in its file, from 0 on.
type Numbered = (u32, TestCase);

/// Merges `reports` into one run.
pub fn merge(reports: Vec<TestReport>) -> TestReport {
    let single = (reports.len() == 1).then(|| reports.iter().map(|report| report.suites).sum());
    let producer = common_producer(&reports);
    let mut all: Vec<Numbered> = Vec::with_capacity(reports.iter().map(|report| report.cases.len()).sum());
    let mut suite_errors = Vec::new();
    for report in reports {
        all.extend(numbered(report.cases));
        suite_errors.extend(report.suite_errors);
    }
    all.sort_by(|(one, a), (other, b)| (&a.id, one).cmp(&(&b.id, other)));
    all.dedup_by(|(later, again), (number, kept)| {
        let same = later == number && again.id == kept.id;
        if same && outdoes(again, kept) {
            std::mem::swap(again, kept);
        }
        if same {
            kept.flaky = kept.outcome == Outcome::Passed && (kept.flaky || again.flaky);
        }
        same
    });
    suite_errors.sort();
    suite_errors.dedup();
    let cases: Vec<TestCase> = all.into_iter().map(|(_, case)| case).collect();
    let suites = single.unwrap_or_else(|| count_suites(&cases));
    TestReport { suites, cases, suite_errors, producer }
}

/// The cases of one file in order of identity, those of the same name in the order of the file.
fn numbered(mut cases: Vec<TestCase>) -> Vec<Numbered> {
    cases.sort_by(|a, b| a.id.cmp(&b.id));
    let mut numbered: Vec<Numbered> = Vec::with_capacity(cases.len());
    for case in cases {
        let number = match numbered.last() {
            Some((number, before)) if before.id == case.id => number.saturating_add(1),
            _ => 0,
        };
        numbered.push((number, case));
    }
    numbered
}

/// Whether `again` stands for the case rather than `kept`. Ties are broken by what they say, never by file order.
fn outdoes(again: &TestCase, kept: &TestCase) -> bool {
    rank(again) > rank(kept)
}

fn rank(case: &TestCase) -> impl Ord + '_ {
    let severity = match case.outcome {
        Outcome::Skipped => 0,
        Outcome::Passed => 1,
        Outcome::Failed => 2,
        Outcome::Errored => 3,
    };
    let detail = case.detail.as_deref().map(|detail| Reverse((&detail.message, &detail.file, detail.line)));
    (severity, case.duration, detail)
}

fn common_producer(reports: &[TestReport]) -> Option<String> {
    let producers: BTreeSet<&Option<String>> = reports.iter().map(|report| &report.producer).collect();
    match producers.first() {
        Some(Some(only)) if producers.len() == 1 => Some(only.clone()),
        _ => None,
    }
}

/// Suites that hold cases, each once.
fn count_suites(cases: &[TestCase]) -> u64 {
    cases.chunk_by(|a, b| a.id.suite == b.id.suite).count() as u64
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::tests::{CaseId, SuiteError};

    fn case(name: &str, outcome: Outcome) -> TestCase {
        let id = CaseId { suite: Arc::from("s"), class: None, name: Arc::from(name) };
        TestCase { id, outcome, flaky: false, duration: Some(1), detail: None }
    }

    fn report(cases: &[(&str, Outcome)]) -> TestReport {
        let cases = cases.iter().map(|(name, outcome)| case(name, *outcome)).collect();
        TestReport { suites: 1, cases, ..TestReport::default() }
    }

    fn outcomes(merged: &TestReport) -> Vec<(&str, Outcome)> {
        merged.cases.iter().map(|case| (&*case.id.name, case.outcome)).collect()
    }

    #[test]
    fn the_same_name_in_one_file_stays_several_cases() {
        let merged =
            merge(vec![report(&[("b", Outcome::Passed), ("a", Outcome::Failed), ("b", Outcome::Passed)])]);
        assert_eq!(
            outcomes(&merged),
            [("a", Outcome::Failed), ("b", Outcome::Passed), ("b", Outcome::Passed)]
        );
    }

    #[test]
    fn the_same_case_in_several_files_is_one_and_the_worst_outcome_stands() {
        let first = report(&[("a", Outcome::Passed), ("b", Outcome::Skipped), ("b", Outcome::Passed)]);
        let second = report(&[("a", Outcome::Failed), ("b", Outcome::Passed), ("c", Outcome::Skipped)]);
        let expected =
            [("a", Outcome::Failed), ("b", Outcome::Passed), ("b", Outcome::Passed), ("c", Outcome::Skipped)];
        let merged = merge(vec![first.clone(), second.clone()]);
        assert_eq!(outcomes(&merged), expected);
        assert_eq!(merged, merge(vec![second, first]));
        assert_eq!(merged.suites, 1);
    }

    #[test]
    fn a_case_that_failed_in_another_file_is_not_flaky() {
        let mut flaky = report(&[("a", Outcome::Passed)]);
        flaky.cases[0].flaky = true;
        assert_eq!(merge(vec![flaky.clone(), report(&[("a", Outcome::Passed)])]).counts().flaky, 1);
        assert_eq!(merge(vec![flaky, report(&[("a", Outcome::Failed)])]).counts().flaky, 0);
    }

    #[test]
    fn suite_errors_are_kept_and_the_same_one_counts_once() {
        let error = |message: &str| SuiteError { suite: Arc::from("s"), message: message.to_owned() };
        let with = |errors: &[&str]| TestReport {
            suite_errors: errors.iter().map(|message| error(message)).collect(),
            ..TestReport::default()
        };
        let merged = merge(vec![with(&["b", "a"]), with(&["a"])]);
        assert_eq!(merged.suite_errors, [error("a"), error("b")]);
    }
}
