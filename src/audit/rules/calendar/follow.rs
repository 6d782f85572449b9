//! Steps of which each follows the one before it, but for one that begins too early.

use super::plan::{Plan, Scale, Step};
use crate::audit::findings::Findings;
use crate::audit::rules::passage::Passage;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::whole;

/// Words for work side by side.
const BESIDE: [&str; 14] = [
    "parallel",
    "overlap",
    "overlaps",
    "overlapping",
    "concurrent",
    "concurrently",
    "simultaneous",
    "simultaneously",
    "meanwhile",
    "alongside",
    "gleichzeitig",
    "ongoing",
    "throughout",
    "continuous",
];

pub(super) fn apply(plans: &[Plan], passages: &[Passage], findings: &mut Findings) {
    for plan in plans {
        let said = passages.iter().filter(|passage| passage.section == plan.section);
        let denied = |text: &str| {
            let apart = [
                "not overlap",
                "no overlap",
                "do not overlap",
                "without overlap",
                "one after the other",
                "follow each other",
                "in sequence",
                "when the one before",
                "once the one before",
                "each phase starts",
                "sequentially",
                "nacheinander",
                "überschneiden sich nicht",
            ];
            mentions(&text.to_lowercase(), &apart)
        };
        let said: Vec<&Passage> = said.collect();
        let apart = said.iter().any(|passage| denied(&passage.text));
        let free = beside(&plan.text) || said.iter().any(|p| beside(&p.text) && !denied(&p.text));
        if !free {
            one_overlap(plan, apart, findings);
        }
    }
}

/// Whether a text speaks of work side by side.
pub(super) fn beside(text: &str) -> bool {
    mentions(&text.to_lowercase(), &BESIDE)
}

/// One step that begins too early: all others meet, or the text says that none overlaps.
fn one_overlap(plan: &Plan, apart: bool, findings: &mut Findings) {
    // Dates may leave days out; weeks and days with numbers meet.
    let next = |a: &Step, b: &Step| match plan.scale {
        Scale::Dates => b.first > a.last,
        Scale::Numbered(_) => b.first == &a.last + whole(1),
    };
    let early = |a: &Step, b: &Step| a.first < b.first && a.last < b.last && b.first <= a.last;
    let pairs =
        || plan.steps.windows(2).filter_map(|pair| if let [a, b] = pair { Some((a, b)) } else { None });
    let meets = pairs().filter(|(a, b)| next(a, b)).count();
    let mut overlaps = pairs().filter(|(a, b)| early(a, b));
    let (Some((a, b)), None) = (overlaps.next(), overlaps.next()) else { return };
    let least = if plan.scale == Scale::Dates { 1 } else { 2 };
    let touches = plan.scale == Scale::Dates && a.last == b.first;
    let others = meets >= least && meets + 2 == plan.steps.len();
    if !others && !apart || touches || findings.has(Rule::Timeline, b.line) {
        return;
    }
    let message = format!(
        "this begins before the step of line {} ends ({}), and all others follow each other",
        a.line, a.said
    );
    findings.add(Rule::Timeline, b.line, message, (b.said.clone(), None));
}

#[cfg(test)]
mod tests {
    use crate::audit::rules::calendar::tests::found;

    #[test]
    fn a_step_begins_when_the_one_before_is_over() {
        let waves = |second: &str| {
            format!(
                "| Wave | Weeks |\n|---|---|\n| A | 1-3 |\n| B | {second} |\n| C | 10-16 |\n| D | 17-20 |\n"
            )
        };
        assert_eq!(found(&waves("4-9")), [0; 0]);
        assert_eq!(found(&waves("4-10")), [5]);
        let sprints = |second: &str| {
            format!(
                "* Sprint 1, 4 to 15 May: alerts\n* Sprint 2, {second} May: books\n* Sprint 3, 1 to 12 June: rest\n"
            )
        };
        assert_eq!(found(&sprints("18 to 29")), [0; 0]);
        assert_eq!(found(&sprints("11 to 22")), [2]);
        assert_eq!(found(&format!("{}\nThe sprints overlap.\n", sprints("11 to 22"))), [0; 0]);
    }
}
