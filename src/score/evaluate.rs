//! The one function that puts everything together.

use num_traits::Zero;

use super::facts::Facts;
use super::gate::{self, Context};
use super::layout::{self, BaseCards};
use super::lost::Lost;
use super::points::{CheckScore, Scorecard};
use super::{
    Baseline, Proposed, Situation, components, coverage_change, coverage_section, delta, findings_diff,
    flaky, gaps, measurements_diff, mutation_diff, notes, rows, tests_diff, todos_diff, verdict,
    way_to_green,
};
use crate::model::exact::{Exact, Tenths};
use crate::model::findings_change::FindingsSection;
use crate::model::metric::MetricState;
use crate::model::report::{PolicyOrigin, Report, Score, TestsReport};
use crate::model::todos::TodosSection;

/// Computes the report: the same for the same situation, and never without one, however little evidence there is.
pub fn evaluate(situation: &Situation<'_>) -> Report {
    evaluate_with(situation, &[])
}

/// As [`evaluate()`], with the values of some checks assumed instead of measured.
pub(super) fn evaluate_with(situation: &Situation<'_>, assumed: &[(String, Exact)]) -> Report {
    let reports = coverage_change::report_set(situation);
    let components = components::components(situation, &reports);
    let (todos, lost) = (todos_diff::section(situation), Lost::of(situation));
    let facts = Facts::head(situation, &reports, &lost).knowing(todos.as_ref());
    let card = Scorecard::new(situation.policy, &facts).assuming(assumed, &facts);
    let base = situation.baseline.map(|baseline| base_cards(situation, baseline, todos.as_ref()));
    let proposed =
        situation.proposed.and_then(Proposed::policy).map(|policy| Scorecard::new(policy, &facts).shown());
    let layout = layout::rows(situation.policy, &card, base.as_ref());
    let deltas = base.as_ref().map(|base| delta::deltas(&layout, &card, base));
    let dimensions = rows::dimensions(&layout, &card, deltas.as_ref());
    let gaps = gaps::gaps(&card, &dimensions);
    let (tests, findings) = (tests(situation, &lost), findings(situation));
    let delta = deltas.map(|deltas| deltas.total);
    let context = Context {
        situation,
        card: &card,
        dimensions: &dimensions,
        delta,
        tests: tests.as_ref(),
        findings: findings.as_ref(),
        components: &components,
        reports: &reports,
        lost: &lost,
        proposed,
    };
    let gate = gate::decide(&context);
    Report {
        name: situation.name.clone(),
        head: situation.head.clone(),
        base: situation.baseline.map(|baseline| baseline.base.clone()),
        score: score(&card),
        delta,
        verdict: verdict::verdict(situation.policy, &card),
        way_to_green: way_to_green::way(&context, &gate, &gaps, base.as_ref()),
        gate,
        gaps,
        coverage: coverage_section::section(situation, &reports, &components),
        measurements: measurements_diff::compare(situation),
        mutation: mutation_diff::compare(situation),
        todos: todos.clone(),
        sources: situation.evidence.sources.clone(),
        policy: PolicyOrigin { proposed_score: proposed, ..situation.origin.clone() },
        trend: situation.trend.clone(),
        notes: notes::notes(situation, &card, base.as_ref(), (proposed, &reports, &components)),
        dimensions,
        tests,
        findings,
        audit: Vec::new(),
    }
}

fn base_cards<'a>(
    situation: &'a Situation<'a>,
    baseline: &'a Baseline,
    todos: Option<&'a TodosSection>,
) -> BaseCards<'a> {
    let facts = Facts::base(situation, baseline).knowing(todos);
    BaseCards {
        rescored: Scorecard::new(situation.policy, &facts),
        own: Scorecard::new(&baseline.policy, &facts),
        policy: &baseline.policy,
        flaky_only: flaky::alone(situation, baseline),
    }
}

fn score(card: &Scorecard<'_>) -> Score {
    let sum = |part: &dyn Fn(&CheckScore<'_>) -> Exact| -> Exact {
        card.checks.iter().map(part).fold(Exact::zero(), |sum, part| sum + part)
    };
    let only = |wanted: bool, points: Exact| if wanted { points } else { Exact::zero() };
    let evidenced = sum(&|score| only(score.metric.state == MetricState::Measured, score.max.clone()));
    let claimed = sum(&|score| only(score.metric.state == MetricState::Claimed, score.points()));
    let missing = sum(&|score| only(score.is_missing(), score.gap()));
    let exact = card.total();
    Score {
        shown: Tenths::floor(&exact),
        evidenced_weight: Tenths::floor(&evidenced),
        claimed_points: Tenths::floor(&claimed),
        upper_bound: Tenths::floor(&(&exact + missing)),
        exact,
    }
}

fn tests(situation: &Situation<'_>, lost: &Lost<'_>) -> Option<TestsReport> {
    let head = tests_diff::Tests::of(situation)?;
    let base = situation.baseline.and_then(|baseline| baseline.evidence.tests.as_ref());
    let tests = tests_diff::compare(&head, base, situation.baseline.is_some());
    Some(TestsReport { lost: lost.cases.len() as u64, ..tests })
}

fn findings(situation: &Situation<'_>) -> Option<FindingsSection> {
    let head = situation.evidence.findings.as_ref()?;
    let base = situation.baseline.map(|baseline| &baseline.evidence);
    Some(findings_diff::compare(head, base, situation.diff))
}
