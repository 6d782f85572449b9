//! What the whole of scoring promises, on small hand-made evidence and on random evidence.

mod agreement;
mod components;
mod conditions;
mod deltas;
mod findings;
pub(in crate::score) mod independent;
mod metrics;
mod properties;
mod situations;
mod way;
mod worked_example;

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::{Baseline, Proposed, Situation, evaluate};
use crate::model::commit::{Head, Sha};
use crate::model::coverage::{CoverageReport, FileCoverage, LineHits, PatchCoverage};
use crate::model::diff::Diff;
use crate::model::evidence::Evidence;
use crate::model::exact::parse_decimal;
use crate::model::gate::Condition;
use crate::model::metric::{Better, Measurement, Unit};
use crate::model::report::{Base, PolicyOrigin, Report};
use crate::model::tests::{CaseId, Outcome, TestCase, TestReport};
use crate::policy::{Policy, load};

/// The day of every report here.
pub(in crate::score) const TODAY: Date = date(2026, 10, 1);

/// A situation that owns its parts.
pub(super) struct Setup {
    pub(super) policy: Policy,
    pub(super) evidence: Evidence,
    pub(super) patch: Option<PatchCoverage>,
    pub(super) diff: Option<Diff>,
    pub(super) baseline: Option<Baseline>,
    /// The policy of the change; an unreadable one is `Some(None)`.
    #[expect(clippy::option_option, reason = "no edit, and one that cannot be read, are two things")]
    pub(super) edited: Option<Option<Policy>>,
}

impl Setup {
    pub(super) fn new(policy: &str, evidence: Evidence) -> Self {
        let policy = load::parse(policy, "readiness.yml").unwrap();
        Self { policy, evidence, patch: None, diff: None, baseline: None, edited: None }
    }

    /// The same policy on both sides.
    pub(super) fn against(mut self, base: Evidence) -> Self {
        self.baseline = Some(baseline(self.policy.clone(), base));
        self
    }

    pub(super) fn report(&self) -> Report {
        evaluate(&self.situation())
    }

    pub(super) fn situation(&self) -> Situation<'_> {
        Situation {
            policy: &self.policy,
            origin: PolicyOrigin::default(),
            evidence: &self.evidence,
            diff: self.diff.as_ref(),
            patch: self.patch.clone(),
            indirect: Vec::new(),
            head: Head { sha: Sha("aaaaaaaaaa11".to_owned()), branch: None },
            today: TODAY,
            baseline: self.baseline.as_ref(),
            name: None,
            trend: Vec::new(),
            notes: Vec::new(),
            proposed: self
                .edited
                .as_ref()
                .map(|own| own.as_ref().map_or(Proposed::Unreadable, Proposed::Valid)),
        }
    }
}

fn baseline(policy: Policy, evidence: Evidence) -> Baseline {
    let alone = Setup { policy, evidence, patch: None, diff: None, baseline: None, edited: None };
    let score = alone.report().score.shown;
    Baseline {
        base: Base {
            sha: Sha("bbbbbbbbbb22".to_owned()),
            branch: None,
            distance: Some(0),
            recorded_at: None,
        },
        evidence: alone.evidence,
        policy: alone.policy,
        recorded_on: date(2026, 9, 30),
        score,
    }
}

pub(super) fn condition<'a>(report: &'a Report, id: &str) -> &'a Condition {
    report.gate.conditions.iter().find(|condition| condition.id == id).unwrap()
}

/// `outcome: message → way out`.
pub(super) fn told(report: &Report, id: &str) -> String {
    let condition = condition(report, id);
    let way_out = condition.way_out.as_ref().map_or_else(String::new, |way| format!("\n→ {way}"));
    format!("{}: {}{way_out}", condition.outcome.name(), condition.message)
}

fn case(suite: &str, name: &str, outcome: Outcome) -> TestCase {
    let id = CaseId { suite: suite.into(), class: None, name: name.into(), cell: None };
    TestCase { id, outcome, flaky: false, duration: None, detail: None }
}

fn run(cases: impl IntoIterator<Item = TestCase>) -> TestReport {
    TestReport { suites: 1, cases: cases.into_iter().collect(), ..TestReport::default() }
}

/// A file whose first `covered` of `total` lines ran.
fn file(covered: u32, total: u32) -> FileCoverage {
    let lines = (1..=total).map(|line| LineHits { line, hits: u32::from(line <= covered) }).collect();
    FileCoverage { lines, ..FileCoverage::default() }
}

fn covered(files: &[(&str, u32, u32)]) -> CoverageReport {
    let files: BTreeMap<_, _> =
        files.iter().map(|(path, covered, total)| ((*path).to_owned(), file(*covered, *total))).collect();
    CoverageReport { files, ..CoverageReport::default() }
}

pub(in crate::score) fn measurement(
    id: &str,
    value: &str,
    unit: Unit,
    better: Option<Better>,
) -> Measurement {
    Measurement {
        id: id.to_owned(),
        value: parse_decimal(value).unwrap(),
        unit,
        better,
        commit: None,
        environment: None,
        spread: None,
        counts: None,
    }
}
