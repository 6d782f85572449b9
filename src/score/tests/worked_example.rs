//! A readiness table as people write it by hand: ten dimensions of ten points each, four of them short.

use std::fmt::Write as _;

use super::{Setup, measurement};
use crate::model::evidence::Evidence;
use crate::model::exact::Tenths;
use crate::model::metric::Unit;

/// Dimension, weight, points of ten, effort to close the gap.
const TABLE: [(&str, u32, &str, &str); 10] = [
    ("features", 20, "10", "1h"),
    ("tests", 15, "8", "40h..60h"),
    ("documentation", 10, "10", "1h"),
    ("errors", 10, "8", "30h..40h"),
    ("performance", 10, "8", "40h..50h"),
    ("security", 10, "10", "1h"),
    ("observability", 10, "10", "1h"),
    ("concurrency", 5, "8", "30h..40h"),
    ("operations", 5, "10", "1h"),
    ("packaging", 5, "10", "1h"),
];

fn table() -> Setup {
    let mut policy = "dimensions:\n".to_owned();
    for (name, weight, _, effort) in TABLE {
        writeln!(policy, "  {name}:\n    weight: {weight}").unwrap();
        writeln!(
            policy,
            "    checks: {{c: {{metric: self.{name}, floor: 0, target: 10, effort: {effort}}}}}"
        )
        .unwrap();
    }
    policy += "gate: {min-score: 95}\n";
    let points = TABLE
        .iter()
        .map(|(name, _, points, _)| measurement(&format!("self.{name}"), points, Unit::Count, None));
    Setup::new(&policy, Evidence { measurements: points.collect(), ..Evidence::default() })
}

#[test]
fn the_table_scores_92_and_its_gaps_are_the_rest() {
    let report = table().report();
    assert_eq!(report.score.shown, Tenths(920));
    let gaps: Vec<String> = report
        .gaps
        .iter()
        .map(|gap| {
            let thousandths =
                gap.points_per_hour.as_ref().map(|per| (per * crate::model::exact::whole(1000)).floor());
            format!("{} {} {}", gap.check, gap.points, thousandths.unwrap())
        })
        .collect();
    assert_eq!(gaps, ["tests.c 3.0 60", "errors.c 2.0 57", "performance.c 2.0 44", "concurrency.c 1.0 28"]);
    assert_eq!(report.gaps.iter().map(|gap| gap.points).sum::<Tenths>(), Tenths(1000 - 920));
}

#[test]
fn its_verdict_and_grade_are_those_of_92() {
    let verdict = table().report().verdict;
    assert_eq!((verdict.band.as_str(), verdict.grade.as_deref()), ("ready", Some("A-")));
    assert_eq!(verdict.capped_by, None);
}

#[test]
fn the_cheapest_way_to_95_costs_50_hours_and_not_70() {
    let way = table().report().way_to_green.unwrap();
    let steps: Vec<String> = way.steps.iter().map(|(step, points)| format!("{step}: {points}")).collect();
    assert_eq!(steps, ["raise tests.c from 8 to 10: 3.0"]);
    let (low, high) = way.effort_hours.unwrap();
    assert_eq!((low.to_string(), high.to_string()), ("40".to_owned(), "60".to_owned()));
}
