//! The plan on hand-made numbers and on random ones.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::{Assumptions, plan};
use crate::model::commit::{Head, RunId, Sha};
use crate::model::evidence::Evidence;
use crate::model::exact::{Exact, Tenths};
use crate::model::gate::GateOutcome;
use crate::model::metric::Unit;
use crate::model::plan::{PlanReport, Projection};
use crate::model::report::PolicyOrigin;
use crate::model::trend::TrendPoint;
use crate::policy::{Policy, load};
use crate::score::Situation;
use crate::score::tests::independent::{evidence, exact, points, policy, score, spec};
use crate::score::tests::{TODAY, measurement};

fn planned(policy: &Policy, evidence: &Evidence, trend: Vec<TrendPoint>, set: &[(&str, i64)]) -> PlanReport {
    let situation = Situation {
        policy,
        origin: PolicyOrigin::default(),
        evidence,
        diff: None,
        patch: None,
        indirect: Vec::new(),
        head: Head { sha: Sha(String::new()), branch: None },
        today: TODAY,
        baseline: None,
        name: None,
        trend,
        notes: Vec::new(),
        proposed: None,
    };
    let set =
        set.iter().map(|(id, value)| ((*id).to_owned(), Exact::from_integer((*value).into()))).collect();
    plan(&situation, &Assumptions { set, ..Assumptions::default() })
}

/// Seven areas of equal weight at 95, 90, 100, 100, 95, 100 and 70 of 100, as a team wrote them down, and its phases.
fn areas() -> (Policy, Evidence) {
    let values =
        [("api", 95), ("logic", 90), ("ui", 100), ("deploy", 100), ("docs", 95), ("sec", 100), ("tests", 70)];
    let mut text = "dimensions:\n".to_owned();
    for (id, _) in values {
        let effort = if id == "tests" { ", effort: 4h..6h" } else { "" };
        writeln!(text, "  {id}: {{checks: {{c: {{metric: {id}, floor: 0, target: 100{effort}}}}}}}").unwrap();
    }
    text += "bands: {0: not yet, 95: ready}\n";
    text += "plan:
  ceiling: {score: 97.5, reason: nobody reads the docs}
  phases:
    - {name: Integration, effort: 4h..5h, raises: {tests.c: 95%}}
    - {name: Logic, effort: 2h..3h, raises: {logic.c: 95%}}
    - {name: Load, raises: {tests.c: 100%, load.c: 100%}}
    - {name: Pipeline, effort: 2h..3h, raises: {deploy.c: 100%}}
  scenarios:
    - {name: Tests only, set: {tests.c: 1}}
    - {name: Worse, set: {tests.c: 0.5}}
";
    let measurements =
        values.iter().map(|(id, value)| measurement(id, &value.to_string(), Unit::Count, None)).collect();
    (load::parse(&text, "readiness.yml").unwrap(), Evidence { measurements, ..Evidence::default() })
}

#[test]
fn phases_gain_what_their_weight_gives_and_add_up_line_by_line() {
    let (policy, evidence) = areas();
    let plan = planned(&policy, &evidence, Vec::new(), &[]);
    assert_eq!(plan.report.score.shown.to_string(), "92.8");
    let phases = plan.phases.unwrap();
    let lines: Vec<String> = phases
        .steps
        .iter()
        .map(|step| {
            format!("{} {} {} {} {}", step.name, step.exact, step.gain, step.score, step.verdict.band)
        })
        .collect();
    assert_eq!(
        lines,
        [
            "Integration 25/7 3.6 96.4 ready",
            "Logic 5/7 0.7 97.1 ready",
            "Load 5/7 0.7 97.8 ready",
            "Pipeline 0 0.0 97.8 ready"
        ]
    );
    assert_eq!(phases.gain.to_string(), "5.0");
    assert_eq!(phases.rest.iter().map(|rest| rest.points).sum::<Tenths>().to_string(), "2.2");
    assert_eq!(phases.effort.unwrap(), (Exact::from_integer(12.into()), Exact::from_integer(17.into())));
    assert_eq!(
        plan.warnings,
        [
            "phase “Load” names `load.c`, which the policy does not have: no points for it",
            "phase “Pipeline” raises nothing by `deploy.c`: it is there already",
            "the last phase reaches 97.8, past the ceiling of 97.5",
        ]
    );
}

#[test]
fn scenarios_start_from_today_and_may_be_worse() {
    let (policy, evidence) = areas();
    let plan = planned(&policy, &evidence, Vec::new(), &[]);
    let lines: Vec<String> = plan
        .scenarios
        .iter()
        .map(|one| format!("{} {} {} {}", one.name, one.score, one.change.signed(), one.verdict.band))
        .collect();
    assert_eq!(lines, ["Tests only 97.1 +4.3 ready", "Worse 90.0 -2.8 not yet"]);
    assert_eq!(
        plan.scenarios[0].effort,
        Some((Exact::from_integer(4.into()), Exact::from_integer(6.into())))
    );
    assert_eq!(plan.scenarios[1].effort, None);
}

#[test]
fn an_assumed_value_is_scored_like_a_measured_one() {
    let (policy, evidence) = areas();
    let plan = planned(&policy, &evidence, Vec::new(), &[("tests.c", 100), ("logic.c", 95)]);
    assert_eq!(
        (plan.measured.unwrap().to_string(), plan.report.score.shown.to_string()),
        ("92.8".into(), "97.8".into())
    );
    assert_eq!(plan.report.gaps.iter().map(|gap| gap.points).sum::<Tenths>().to_string(), "2.2");
}

/// A run of `main` on the `day`-th day.
fn run(day: i64, score: i64) -> TrendPoint {
    let start: jiff::Timestamp = "2026-08-01T00:00:00Z".parse().unwrap();
    let at = start + jiff::SignedDuration::from_hours(24 * day);
    TrendPoint {
        sha: Sha("a".into()),
        run: RunId { id: day.to_string(), attempt: 1 },
        recorded_at: at.to_string(),
        score: Tenths(score),
        outcome: GateOutcome::Pass,
        dimensions: BTreeMap::new(),
        metrics: BTreeMap::new(),
    }
}

#[test]
fn a_steady_rise_is_projected_to_the_ceiling_and_no_further() {
    let (policy, evidence) = areas();
    let runs = (0..15).map(|day| run(day, 900 + 2 * day)).collect();
    let Projection::Rising { slope, milestones, in_four_weeks } =
        planned(&policy, &evidence, runs, &[]).projection
    else {
        panic!("the score rises")
    };
    assert_eq!(slope.low, slope.high);
    assert_eq!(slope.middle, Exact::new(7.into(), 5.into()));
    let names: Vec<_> =
        milestones.iter().map(|one| format!("{} {} {}", one.name, one.score, one.weeks.1)).collect();
    assert_eq!(names, ["ready 95.0 11/7", "goal 97.5 47/14"]);
    assert_eq!(in_four_weeks, (Tenths(975), Tenths(975), Tenths(975)));
}

#[test]
fn few_runs_short_times_and_unclear_trends_are_not_projected() {
    let (policy, evidence) = areas();
    let of = |runs: Vec<TrendPoint>| planned(&policy, &evidence, runs, &[]).projection;
    assert_eq!(of((0..7).map(|day| run(3 * day, 900)).collect()), Projection::TooShort { runs: 7, days: 18 });
    assert_eq!(of((0..14).map(|day| run(day, 900)).collect()), Projection::TooShort { runs: 14, days: 13 });
    assert!(matches!(of((0..20).map(|day| run(day, 900)).collect()), Projection::Unclear(_)));
    let odd = |day: i64| run(day, if day % 2 == 0 { 900 + day } else { 800 });
    assert!(matches!(of((0..20).map(odd).collect()), Projection::Unclear(_)));
}

#[test]
fn one_odd_run_does_not_move_the_slope() {
    let (policy, evidence) = areas();
    let runs = (0..20).map(|day| run(day, if day == 10 { 100 } else { 900 + day })).collect();
    let Projection::Rising { slope, .. } = planned(&policy, &evidence, runs, &[]).projection else {
        panic!("the score rises")
    };
    assert_eq!(slope.middle, Exact::new(7.into(), 10.into()));
}

/// The checks of a spec, some of them raised in up to three phases.
fn phases(checks: &[(String, u8, u8)]) -> String {
    let mut text = "plan:\n  phases:\n".to_owned();
    for phase in 0..3_u8 {
        let raised: Vec<String> = checks
            .iter()
            .filter(|(_, own, _)| *own == phase)
            .map(|(id, _, percent)| format!("{id}: {percent}%"))
            .collect();
        writeln!(text, "    - {{name: p{phase}, raises: {{{}}}}}", raised.join(", ")).unwrap();
    }
    text
}

fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 4, failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn phase_gains_sum_to_last_minus_first_exactly_and_as_shown(
        spec in spec(),
        seeds in proptest::collection::vec((0..4_u8, 0..=100_u8), 20),
    ) {
        let ids = spec.iter().enumerate().flat_map(|(d, row)| (0..row.checks.len()).map(move |c| format!("d{d}.c{c}")));
        let checks: Vec<_> = ids.zip(seeds).map(|(id, (phase, percent))| (id, phase, percent)).collect();
        let text = policy(&spec, 1, &phases(&checks));
        let plan = planned(&load::parse(&text, "readiness.yml").unwrap(), &evidence(&spec), Vec::new(), &[]);
        let done = plan.phases.unwrap();
        // On paper: every raised check has its share of its maximum, unless it had more before.
        let all: u64 = spec.iter().map(|row| row.weight).sum();
        let mut own = exact(&score(&spec));
        for (d, (row, before)) in spec.iter().zip(points(&spec)).enumerate() {
            let sum: u64 = row.checks.iter().map(|check| check.weight).sum();
            for (c, (check, before)) in row.checks.iter().zip(before).enumerate() {
                let Some((_, _, percent)) = checks.iter().find(|(id, phase, _)| *id == format!("d{d}.c{c}") && *phase < 3)
                else { continue };
                let raised = Exact::new((u64::from(*percent) * row.weight * check.weight).into(), (all * sum).into());
                own += (raised - exact(&before)).max(Exact::from_integer(0.into()));
            }
        }
        let gains: Exact = done.steps.iter().map(|step| step.exact.clone()).sum();
        prop_assert_eq!(&plan.report.score.exact + gains, own.clone());
        let last = done.steps.last().unwrap();
        prop_assert_eq!(last.score, Tenths::floor(&own));
        prop_assert_eq!(done.gain, last.score - plan.report.score.shown);
        prop_assert_eq!(done.steps.iter().map(|step| step.gain).sum::<Tenths>(), done.gain);
        prop_assert_eq!(done.rest.iter().map(|rest| rest.points).sum::<Tenths>(), Tenths(1000) - last.score);
        let mut before = plan.report.score.shown;
        for step in &done.steps {
            prop_assert_eq!(before + step.gain, step.score);
            prop_assert!(step.gain >= Tenths::ZERO && step.score <= Tenths(1000));
            prop_assert_eq!(step.raises.iter().map(|raise| raise.gain).sum::<Tenths>(), step.gain);
            prop_assert!(step.raises.iter().all(|raise| raise.gain >= Tenths::ZERO));
            before = step.score;
        }
    }

    #[test]
    fn projections_stay_between_nothing_and_the_goal(scores in proptest::collection::vec(0_i64..=1000, 0..40), step in 1_i64..4) {
        let (policy, evidence) = areas();
        let runs: Vec<TrendPoint> = (0_i64..).zip(&scores).map(|(at, score)| run(at * step, *score)).collect();
        match planned(&policy, &evidence, runs, &[]).projection {
            Projection::TooShort { runs, days } => prop_assert!(runs < 8 || days < 14),
            Projection::Unclear(slope) => prop_assert!(slope.low <= Exact::from_integer(0.into())),
            Projection::Rising { slope, milestones, in_four_weeks } => {
                prop_assert!(slope.low <= slope.middle && slope.middle <= slope.high);
                prop_assert!(milestones.iter().all(|one| one.score <= Tenths(975) && one.weeks.0 <= one.weeks.2));
                prop_assert!(in_four_weeks.0 >= Tenths(928) && in_four_weeks.2 <= Tenths(975));
            }
        }
    }
}
