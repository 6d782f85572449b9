//! The end of a report: its totals compared, its suites named.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Assembly, SuiteId};
use crate::evidence::reading::{Reading, Stop};
use crate::model::input::Problem;
use crate::model::order;
use crate::model::tests::{CaseDetail, SuiteError, TestReport};

impl Assembly {
    /// The finished report; `problems` are those of the layers below, `ended` says whether the file was read whole.
    pub(crate) fn finish(mut self, ended: Result<(), Stop>, problems: Vec<Problem>) -> Reading<TestReport> {
        self.problems.extend(problems);
        let (tally, word) = std::mem::take(&mut self.unknown);
        self.problems.extend(tally.warning(|count| match word.as_str() {
            "" => format!("{count} cases name no outcome, the first one here; counted as errored"),
            _ => format!("{count} cases have outcomes that are not known, the first one is `{word}`; counted as errored"),
        }));
        if ended.is_ok() {
            self.compare_totals();
        }
        order::sort_by_key(&mut self.problems, Problem::place);
        let problems = std::mem::take(&mut self.problems);
        let report = (!self.is_empty()).then(|| self.into_report());
        match ended {
            Ok(()) => Reading::complete(report, problems),
            Err(stop) => Reading::stopped(report, problems, stop),
        }
    }

    /// Cases are the truth. A file that claims more failures than it lists is never green.
    fn compare_totals(&mut self) {
        let counts = self.counts();
        let Some((claimed, listed)) = self.claimed.differing(&counts) else { return };
        let message = format!("the file says {claimed}; it lists {listed}");
        let known = counts.failing().saturating_add(self.errors.len() as u64);
        if self.claimed.failing.is_some_and(|failing| failing > known) {
            self.suite_error(SuiteId::ROOT, &message);
        }
        self.problems.push(Problem::warning(message));
    }

    fn into_report(mut self) -> TestReport {
        let paths = self.suites.paths();
        let path = |suite: SuiteId| paths.get(suite.0).cloned().unwrap_or_default();
        let mut used = HashSet::new();
        let mut cases = std::mem::take(&mut self.cases);
        cases.shrink_to_fit();
        for (case, suite) in cases.iter_mut().zip(&self.homes) {
            used.insert(*suite);
            case.id.suite = path(*suite);
            if let Some(file) = self.suites.file_of(*suite) {
                match &mut case.detail {
                    Some(detail) if detail.file.is_some() => {}
                    Some(detail) => Arc::make_mut(detail).file = Some(file),
                    none => {
                        *none = self.names.detail(CaseDetail { file: Some(file), ..CaseDetail::default() });
                    }
                }
            }
        }
        used.extend(self.errors.iter().map(|(suite, _)| *suite));
        used.remove(&SuiteId::ROOT);
        let errors = self.errors.iter();
        let suite_errors = errors
            .map(|(suite, message)| SuiteError { suite: path(*suite), message: message.clone() })
            .collect();
        TestReport {
            suites: used.len() as u64,
            cases,
            suite_errors,
            producer: self.producer,
            cells: Vec::new(),
        }
    }
}
