//! A plan put together by hand for the outputs' tests: everything that can be shown occurs in it once.

use crate::model::exact::{Exact, Tenths, parse_decimal, whole};
use crate::model::plan::{
    Goal, Milestone, PhaseOutcome, Phases, PlanReport, Projection, Raise, Rest, ScenarioOutcome, Slope,
};
use crate::model::report::Verdict;

use super::sample;

/// The way on from the sample report, of which 0.2 points are assumed.
pub(super) fn plan() -> PlanReport {
    let report = sample::report();
    PlanReport {
        measured: Some(Tenths(872)),
        assumed: vec!["coverage.lines is 77.4 %".into()],
        goal: Goal { score: Tenths(950), reason: Some("no production | traffic in CI".into()) },
        by_rate: report.gaps.iter().take(1).cloned().collect(),
        effort: None,
        phases: Some(phases()),
        scenarios: vec![ScenarioOutcome {
            name: "Cautious <b>".into(),
            score: Tenths(884),
            change: Tenths(10),
            verdict: ready(),
            unknown: Vec::new(),
            effort: Some((whole(8), whole(8))),
        }],
        projection: Projection::Rising {
            slope: Slope { low: number("0.5"), middle: whole(1), high: whole(2) },
            milestones: vec![Milestone {
                name: "goal".into(),
                score: Tenths(950),
                weeks: (number("3.8"), number("7.6"), number("15.2")),
            }],
            in_four_weeks: (Tenths(894), Tenths(914), Tenths(950)),
        },
        warnings: vec!["the last phase reaches 99, past the ceiling of 95".into()],
        report,
    }
}

fn phases() -> Phases {
    let first = Raise {
        check: "performance.p99".into(),
        from: whole(0),
        to: whole(1),
        exact: whole(10),
        gain: Tenths(100),
    };
    let second = Raise {
        check: "tests.pass-rate".into(),
        from: number("0.974"),
        to: whole(1),
        exact: number("1.6"),
        gain: Tenths(16),
    };
    Phases {
        steps: vec![
            PhaseOutcome {
                name: "Load tests".into(),
                exact: whole(10),
                gain: Tenths(100),
                score: Tenths(974),
                verdict: ready(),
                effort: Some((whole(40), whole(60))),
                points_per_hour: Some(number("0.2")),
                raises: vec![first],
                unknown: Vec::new(),
            },
            PhaseOutcome {
                name: "Repairs".into(),
                exact: number("1.6"),
                gain: Tenths(16),
                score: Tenths(990),
                verdict: ready(),
                effort: None,
                points_per_hour: None,
                raises: vec![second],
                unknown: vec!["e2e.router".into()],
            },
        ],
        gain: Tenths(116),
        effort: None,
        rest: vec![Rest { check: "coverage.lines".into(), points: Tenths(10) }],
    }
}

fn ready() -> Verdict {
    Verdict { band: "ready".into(), grade: Some("A+".into()), capped_by: None }
}

fn number(text: &str) -> Exact {
    parse_decimal(text).unwrap()
}
