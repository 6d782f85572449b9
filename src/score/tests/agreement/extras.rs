//! What a gate looks at beside checks.

use proptest::prelude::*;

use crate::model::evidence::{Evidence, Source};
use crate::model::findings::{Finding, FindingsReport, Fingerprint, Level, ToolRun};
use crate::model::input::{InputState, Kind};
use crate::model::tests::{Outcome, SuiteError, TestCase};
use crate::score::tests::{case, run};

/// Everything that a gate may look at beside checks.
#[derive(Clone, Debug)]
pub(super) struct Extras {
    /// Which of four cases of one suite are flaky on base and head.
    pub(super) flaky: Option<(u8, u8)>,
    pub(super) suite_errors: usize,
    pub(super) bad: usize,
    pub(super) short: bool,
    /// Fingerprints with their levels, of the tools that ran.
    pub(super) findings: (Option<Vec<u8>>, Option<Vec<u8>>),
    pub(super) patch: Option<(u64, u64)>,
    pub(super) edited: Option<u8>,
}

pub(super) fn extras() -> impl Strategy<Value = Extras> {
    let found = || proptest::option::weighted(0.7, proptest::collection::vec(0..6_u8, 0..5));
    let rare = || proptest::bool::weighted(0.15);
    (
        proptest::option::of((0..16_u8, 0..16_u8)),
        (0..3_usize, rare(), rare()),
        (found(), found()),
        proptest::option::weighted(0.7, (0..40_u64, 0..40_u64)),
        proptest::option::weighted(0.3, 0..3_u8),
    )
        .prop_map(|(flaky, (errors, bad, short), findings, patch, edited)| Extras {
            flaky,
            suite_errors: usize::from(errors == 2),
            bad: usize::from(bad),
            short,
            findings,
            patch: patch.map(|(covered, missed)| (covered, covered + missed)),
            edited,
        })
}

fn report_of(prints: &[u8]) -> FindingsReport {
    let finding = |print: &u8| Finding {
        tool: "t".into(),
        rule: "r".into(),
        level: if print.is_multiple_of(2) { Level::Error } else { Level::Note },
        severity: None,
        path: None,
        line: None,
        message: "m".into(),
        package: None,
        fingerprint: Fingerprint(u128::from(*print)),
        suppressed: None,
    };
    let runs = vec![ToolRun { tool: "t".into(), failure: None }];
    FindingsReport { runs, findings: prints.iter().map(finding).collect(), ..FindingsReport::default() }
}

impl Extras {
    pub(super) fn added(&self, mut evidence: Evidence, is_head: bool) -> Evidence {
        if let Some((base, head)) = self.flaky {
            let mask = if is_head { head } else { base };
            let flaky = (0..4).map(|bit| TestCase {
                flaky: mask >> bit & 1 == 1,
                ..case("x", &format!("f{bit}"), Outcome::Passed)
            });
            evidence.tests.get_or_insert_with(|| run([])).cases.extend(flaky);
        }
        let findings = if is_head { &self.findings.1 } else { &self.findings.0 };
        evidence.findings = findings.as_ref().map(|prints| report_of(prints));
        if !is_head {
            return evidence;
        }
        if let Some(tests) = &mut evidence.tests {
            let error = SuiteError { suite: "s".into(), message: "does not load".to_owned() };
            tests.suite_errors = vec![error; self.suite_errors];
        }
        let bad = Source {
            path: "cut.xml".to_owned(),
            format: None,
            kind: None,
            state: InputState::Invalid,
            holds: String::new(),
            problem: None,
        };
        evidence.sources = vec![bad; self.bad];
        evidence.shortfalls =
            if self.short { vec![(Kind::Findings, "shards".to_owned())] } else { Vec::new() };
        evidence
    }
}
