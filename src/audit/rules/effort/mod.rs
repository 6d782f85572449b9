//! Rankings against points per effort.
//!
//! * `item`: work with its points, its effort and the word for its return, from rows and lines.
//! * `order`: rankings, and better words for what pays less.
//! * `rates`: returns that a table writes down, and what prose says of them.
//! * `prose`: rankings in a sentence.
//! * `stated`: a return that is written down.
//! * `paid`: work with what it pays.
//! * `told`: rankings in names alone.
//! * `rest`: a plan that costs far more than the gaps that it closes.
//! * `impact`: words for the impact of phases.

mod impact;
mod item;
mod order;
mod paid;
mod prose;
mod rates;
mod rest;
mod stated;
mod told;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for table in &facts.document.tables {
        let items = item::rows(table);
        order::table(facts, table, &items, findings);
        stated::per_hour(table, findings);
        stated::best(facts, &items, findings);
    }
    order::lists(facts, findings);
    impact::labels(facts, findings);
    rates::apply(facts, findings);
    prose::apply(facts, findings);
    told::apply(facts, findings);
    rest::apply(facts, findings);
}

#[cfg(test)]
mod tests {
    use crate::audit::{Paper, audit};
    use crate::model::audit::Rule;

    fn found(text: &str) -> Vec<u32> {
        let paper = Paper { path: "PLAN.md".into(), text: text.into() };
        let findings = audit(&[paper], None).remove(0).findings;
        findings.iter().filter(|f| f.rule == Rule::EffortOrder).map(|f| f.line).collect()
    }

    #[test]
    fn a_ranking_in_prose_falls() {
        for text in [
            "By gain per day the order is: alarms (0.30 per day), books (0.20 per day), drills (0.15 per day).",
            "Docs have the best return (0.010 a week), then contracts (0.006), then tiers (0.005).",
            "In order of return: alarms cost 50 k€ per point, books 60 k€ per point and drills 70 k€ per point.",
            "A1: 6.4, A2: 5.6, A3: 5.2. We go in this order.",
            "By deadline the order is: alarms (0.1), books (0.3), drills (0.2).",
        ] {
            assert_eq!(found(text), [0; 0], "{text}");
        }
        for text in [
            "By gain per day the order is: alarms (0.20 per day), books (0.30 per day), drills (0.15 per day).",
            "Docs have the best return (0.005 a week), then contracts (0.006), then tiers (0.004).",
            "In order of return: alarms cost 50 k€ per point, books 70 k€ per point and drills 60 k€ per point.",
            "A1: 5.6, A2: 5.2, A3: 6.4. We go in this order.",
        ] {
            assert_eq!(found(text), [1], "{text}");
        }
    }

    #[test]
    fn a_list_that_is_introduced_as_a_ranking_falls() {
        let list = |third: &str, fourth: &str| {
            format!(
                "Return, best first, in points per hour:\n\n1. A1 (0.125)\n2. A2 (0.107)\n3. {third}\n4. {fourth}\n"
            )
        };
        assert_eq!(found(&list("A5 (0.100)", "A4 (0.094)")), [0; 0]);
        assert_eq!(found(&list("A4 (0.094)", "A5 (0.100)")), [5, 6]);
    }

    #[test]
    fn words_of_prose_fit_the_column_of_returns() {
        let table = |claim: &str| {
            format!(
                "| Step | Work | Points | Points per day |\n|---|---|---|---|\n| S1 | errors | 15 | 2.5 |\n| S2 | hashes | 5 | 2.0 |\n| S3 | reads | 2 | 0.5 |\n\n{claim}\n"
            )
        };
        assert_eq!(found(&table("S1 gives most per day, S3 least.")), [0; 0]);
        assert_eq!(found(&table("S1 gives most per day, S2 least.")), [7]);
        let options = |claim: &str| {
            format!(
                "| k€ | A | B | C |\n|---|---|---|---|\n| Sum | 310 | 420 | 490 |\n| k€ per point | 62 | 32 | 35 |\n\n{claim}\n"
            )
        };
        assert_eq!(
            found(&options("Measured by cost per point, B comes first, C second and A third.")),
            [0; 0]
        );
        assert_eq!(found(&options("Measured by cost per point, B comes first, A second and C third.")), [6]);
        let hours = |claim: &str| {
            format!(
                "| Item | Points | Hours |\n|---|---|---|\n| Alarms | 4 | 20 |\n| Books | 3 | 10 |\n\n{claim} have the best points-per-hour ratio.\n"
            )
        };
        assert_eq!(found(&hours("Books")), [0; 0]);
        assert_eq!(found(&hours("Alarms")), [6]);
        let ranks = |second: &str, third: &str| {
            format!(
                "| Rank | Epic | Value per SP |\n|---|---|---|\n| 1 | Ledger | 3.0 |\n| 2 | Rewards | {second} |\n| 3 | News | {third} |\n"
            )
        };
        assert_eq!(found(&ranks("2.5", "2.0")), [0; 0]);
        assert_eq!(found(&ranks("2.0", "2.5")), [4, 5]);
    }
}
