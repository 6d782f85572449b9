//! The score that a plan leads to, told in prose, against the score now and what the work brings: "we stand at 84; the
//! suite gives 6 points and the drill 3, so we reach 93", "after all three the score is 94".

//!
//! * `read`: the score now, and what the work brings.
//! * `told`: a score that is reached, in words.
//! * `rows`: options and phases, row by row.
//! * `steps`: line after line, each with its gain and the score after it.
//! * `gap`: what is missing between two plain numbers.

mod gap;
mod read;
mod rows;
mod steps;
mod told;

use super::passage::{self, Of};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::quantities;
use crate::model::exact::Exact;

/// A score that is called the one of now, and its line.
type Now = (Exact, u32);

/// Tables and sentences that are compared.
const MOST: usize = 60;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let passages = passage::all(facts);
    let now = read::now(facts, &passages);
    steps::listed(facts, &now, findings);
    if now.is_empty() {
        return;
    }
    let gains = read::gains(facts, &passages);
    gap::apply(facts, &now, findings);
    let numbers = facts.texts().flat_map(|(_, _, quantities)| quantities);
    let scores: Vec<Exact> =
        numbers.filter(|q| read::is_score(q)).map(|q| q.low.clone()).take(MOST * 10).collect();
    for passage in passages.iter().filter(|passage| passage.of != Of::Row).take(MOST * 20) {
        let numbers = quantities(&passage.text);
        told::told(passage, &numbers, (&now, &gains, &scores), findings);
    }
    for table in facts.document.tables.iter().take(MOST) {
        rows::options(table, &now, findings);
    }
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::lines;
    use crate::model::audit::Rule;

    #[test]
    fn a_plan_leads_where_its_work_brings_it() {
        for (text, right, wrong) in [
            (
                "We stand at 84 points. The suite gives 6 points and the drill gives 3 points, so we reach {} points.\n",
                "93",
                "96",
            ),
            (
                "Score today: 80\n\n| Gap | Gain |\n|---|---|\n| a | 6 |\n| b | 4 |\n\nAfter all of it the score is {}.\n",
                "90",
                "92",
            ),
            (
                "Current score: 80/100\n\n- a: +6 points\n- b: +5 points\n\nBoth together bring the score from 80 to {}.\n",
                "91",
                "93",
            ),
            (
                "Current score: 80\n\n| Option | Gain | Score after |\n|---|---|---|\n| A | 5 | 85 |\n| B | 10 | {} |\n| C | 12 | 92 |\n",
                "90",
                "93",
            ),
            (
                "Current score: 80/100\n\n| Phase | Gain | Score after |\n|---|---|---|\n| 1 | 5 | {} |\n| 2 | 4 | 89 |\n| 3 | 3 | 92 |\n",
                "85",
                "86",
            ),
        ] {
            assert_eq!(lines(&text.replace("{}", right), Rule::Sum, None), [0; 0], "{text}");
            assert_eq!(lines(&text.replace("{}", wrong), Rule::Sum, None).len(), 1, "{text}");
        }
    }

    #[test]
    fn scores_of_something_else_are_left_alone() {
        for text in [
            "We stand at 84 points. The suite gives 6 points. With all gaps closed next year we reach 100 points.\n",
            "Score: 80\n\nThe drill gives 3 points and the suite gives 5 points. The target is 95 points.\n",
        ] {
            assert_eq!(lines(text, Rule::Sum, None), [0; 0], "{text}");
        }
    }
}
