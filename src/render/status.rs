//! The commit status: one line of plain text.

use crate::model::report::Report;

use super::escape::{shorten, visible};
use super::wording;

/// GitHub refuses longer descriptions. <https://docs.github.com/en/rest/commits/statuses>
const LIMIT: usize = 140;

/// Score, delta, verdict and the number that decided, in at most 140 characters.
pub fn description(report: &Report) -> String {
    let delta = report.delta.map(|delta| format!(" ({})", delta.total.signed())).unwrap_or_default();
    let verdict = wording::verdict(&report.verdict);
    let answer = wording::answer(&report.gate);
    let line = format!("{}{delta}, {verdict}; {answer}", report.score.shown);
    shorten(&visible(&line), LIMIT).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::gate::{GateMode, GateOutcome};
    use crate::render::sample;

    #[test]
    fn the_number_that_decided_is_in_it() {
        insta::assert_snapshot!(description(&sample::report()), @"87.4 (-1.2), ready, B; gate failed: patch coverage 61.1 % < 80.0 %, and 1 more condition");
    }

    #[test]
    fn a_gate_that_only_warns_says_what_would_fail() {
        let mut report = sample::report();
        report.gate.mode = GateMode::Warn;
        report.gate.enforced = false;
        report.gate.outcome = GateOutcome::Pass;
        insta::assert_snapshot!(description(&report), @"87.4 (-1.2), ready, B; gate not enforced, would fail: patch coverage 61.1 % < 80.0 %, and 1 more condition");
    }

    #[test]
    fn it_fits_and_is_plain_whatever_the_names_are() {
        let mut report = sample::report();
        report.verdict.band = "x\n\u{202e}".repeat(100);
        let line = description(&report);
        assert!(line.chars().count() <= 140);
        assert!(!line.contains(['\n', '\u{202e}']));
    }
}
