//! What a file says about the run as a whole.

use super::element::outcome;
use crate::evidence::test_results::assembly::{Assembly, Claimed, SuiteId};
use crate::model::tests::Outcome;

/// The summary of a run.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) outcome: Option<String>,
    pub(super) claimed: Claimed,
    /// Errors that belong to no result.
    pub(super) infos: Vec<String>,
    /// Some results have rows. Tools differ in whether the counters hold both, so they are not compared then.
    pub(super) has_rows: bool,
}

impl Run {
    /// Adds what the summary tells beside the cases.
    pub(super) fn conclude(self, report: &mut Assembly, is_whole: bool) {
        if !self.has_rows {
            report.claimed = self.claimed;
        }
        let cases_failed = report.counts_failing() > 0;
        for info in &self.infos {
            if !(cases_failed && repeats_a_case(info)) {
                report.suite_error(SuiteId::ROOT, info);
            }
        }
        let word = self.outcome.unwrap_or_default();
        let failed = outcome(&word).is_some_and(Outcome::is_failing);
        if failed && is_whole && !cases_failed && report.suite_errors() == 0 {
            report.suite_error(SuiteId::ROOT, &format!("the run ended as `{word}`, though no result did"));
        }
    }
}

/// The adapter of xUnit.net logs every failed test as an error of the run.
fn repeats_a_case(info: &str) -> bool {
    info.starts_with("[xUnit.net ") && !info.contains("Catastrophic failure")
}
