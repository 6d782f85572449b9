//! Gaps, rates, efforts and scenarios.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::rules::{Rules, rules};
use super::specs::{config, full};
use crate::model::exact::{Exact, Tenths};
use crate::score::tests::Setup;
use crate::score::tests::independent::{evidence, exact, points, spec};
use crate::score::{Assumptions, plan};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn gaps_rates_efforts_and_scenarios_are_those_on_paper(
        spec in spec(),
        rules in rules(),
        shares in proptest::collection::vec(proptest::option::of(0..=100_u64), 20),
    ) {
        let set: Vec<String> = spec
            .iter()
            .enumerate()
            .flat_map(|(d, row)| (0..row.checks.len()).map(move |c| (d, c)))
            .filter_map(|(d, c)| Some(format!("d{d}.c{c}: {}%", shares[Rules::number(&spec, (d, c))]?)))
            .collect();
        let text = format!("{}plan: {{scenarios: [{{name: s, set: {{{}}}}}]}}\n", rules.text(&spec), set.join(", "));
        let setup = Setup::new(&text, evidence(&spec));
        let situation = setup.situation();
        let found = plan(&situation, &Assumptions::default());
        let (own, max) = (points(&spec), points(&full(&spec)));
        let mut gaps: Vec<(String, Exact, Option<Exact>)> = Vec::new();
        let mut then = Exact::from_integer(0.into());
        let (mut low, mut high, mut all_timed) = (0, 0, true);
        for (d, row) in spec.iter().enumerate() {
            for c in 0..row.checks.len() {
                let (own, max) = (exact(&own[d][c]), exact(&max[d][c]));
                let gap = &max - &own;
                let number = Rules::number(&spec, (d, c));
                then += shares[number].map_or(own, |share| &max * Exact::new(share.into(), 100.into()));
                if gap == Exact::from_integer(0.into()) {
                    continue;
                }
                let twice = rules.hours(&spec, (d, c)).filter(|twice| *twice > 0);
                let rate = twice.map(|twice| &gap * Exact::from_integer(2.into()) / Exact::from_integer(twice.into()));
                match rules.effort[number] {
                    Some((from, more)) => (low, high) = (low + from, high + from + more),
                    None => all_timed = false,
                }
                gaps.push((format!("d{d}.c{c}"), gap, rate));
            }
        }
        let whole = |number: u64| Exact::from_integer(number.into());
        let effort = (all_timed && !gaps.is_empty()).then(|| (whole(low), whole(high)));
        prop_assert_eq!(&found.effort, &effort);
        prop_assert_eq!(found.scenarios[0].score, Tenths::floor(&then));
        prop_assert_eq!(found.scenarios[0].change, Tenths::floor(&then) - found.report.score.shown);
        let shown: BTreeMap<&str, Tenths> = found.report.gaps.iter().map(|gap| (gap.check.as_str(), gap.points)).collect();
        let rank = |gap: &(String, Exact, Option<Exact>)| (shown.get(gap.0.as_str()).copied(), gap.1.clone());
        gaps.sort_by_key(|gap| std::cmp::Reverse(rank(gap)));
        let told: Vec<_> = found.report.gaps.iter().map(|gap| (gap.check.clone(), gap.exact.clone(), gap.points_per_hour.clone())).collect();
        prop_assert_eq!(&told, &gaps);
        let mut rated: Vec<_> = gaps.into_iter().filter(|gap| gap.2.is_some()).collect();
        rated.sort_by(|one, other| other.2.cmp(&one.2));
        let told: Vec<_> = found.by_rate.iter().map(|gap| (gap.check.clone(), gap.exact.clone(), gap.points_per_hour.clone())).collect();
        prop_assert_eq!(told, rated);
    }
}
