//! A plan and the length that it is said to have.

use super::plan::{Plan, Scale};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Length, Unit, noun, quantities, shown};
use crate::audit::rules::passage::{Of, Passage};
use crate::audit::rules::whole::names_some;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};
use crate::model::words::with_noun;

/// Words for all steps of a plan.
const ALL: [&str; 20] = [
    "plan",
    "rollout",
    "roll-out",
    "schedule",
    "calendar",
    "programme",
    "program",
    "migration",
    "project",
    "roadmap",
    "total",
    "together",
    "altogether",
    "in all",
    "overall",
    "whole",
    "entire",
    "all phases",
    "all sprints",
    "everything",
];
/// Words that say that a length is meant.
const TAKES: [&str; 15] = [
    "takes",
    "take",
    "lasts",
    "last",
    "needs",
    "runs",
    "has",
    "total",
    "together",
    "altogether",
    "in all",
    "overall",
    "duration",
    "is",
    "makes",
];
/// Words of something else than the whole from its beginning to its end.
const ELSE: [&str; 20] = [
    "after",
    "before",
    "more",
    "left",
    "remaining",
    "later",
    "each",
    "per",
    "slack",
    "buffer",
    "delay",
    "late",
    "of work",
    "only",
    "if",
    "first",
    "average",
    "reserve",
    "effort",
    "not",
];

pub(super) fn apply(plans: &[Plan], passages: &[Passage], findings: &mut Findings) {
    for plan in plans {
        let (Some(start), Some(end)) = (plan.steps.first(), plan.steps.last()) else { continue };
        // The plan of a section is told of in it; with two of them nobody knows which one is meant.
        let alone =
            plans.iter().filter(|other| other.section == plan.section && other.scale == plan.scale).count()
                == 1;
        let near = passages.iter().filter(|passage| {
            passage.section == plan.section
                && matches!(passage.of, Of::Text | Of::Item)
                && (passage.first_line() > end.line || passage.last_line() < start.line)
        });
        let names: Vec<String> = plan.steps.iter().filter_map(|step| name(passages, step.line)).collect();
        for passage in near.filter(|_| alone) {
            for (from, to) in passage.sentences() {
                // "Concept and build together take nine weeks" is about some steps.
                if !names_some(passage.said(from, to), &names) {
                    sentence(plan, passage, (from, to), findings);
                }
            }
        }
    }
}

/// What stands in the line of a step.
fn name(passages: &[Passage], line: u32) -> Option<String> {
    let own = |passage: &&Passage| passage.of != Of::Heading && passage.first_line() == line;
    passages.iter().find(own).map(|passage| passage.text.clone())
}

fn sentence(plan: &Plan, passage: &Passage, (start, end): (usize, usize), findings: &mut Findings) {
    let lower = passage.said(start, end).to_lowercase();
    let mut lengths = passage.lengths.iter().filter(|length| length.start >= start && length.end <= end);
    let (Some(length), None) = (lengths.next(), lengths.next()) else { return };
    // `Waves 1 to 3` are a part.
    let part = !quantities(passage.said(start, length.start)).is_empty();
    let dates = part || passage.dates.iter().any(|day| day.start >= start && day.end <= length.end);
    let short = lower.len() <= 40 || mentions(&lower, &TAKES);
    if !length.is_exact()
        || length.working
        || dates
        || !short
        || !mentions(&lower, &ALL)
        || mentions(&lower, &ELSE)
    {
        return;
    }
    let Some(right) = computed(plan, length) else { return };
    let line = passage.line(length.start);
    if right.contains(&length.low) || findings.has(Rule::Timeline, line) {
        return;
    }
    let (said, right) =
        (passage.said(length.start, length.end).to_owned(), right.first().map(shown).unwrap_or_default());
    let right = with_noun(&right, noun(length.unit));
    let line_of = plan.steps.first().map_or(0, |step| step.line);
    let message = format!("the steps from line {line_of} on take {right}, not {said}");
    findings.add(Rule::Timeline, line, message, (said, Some(right)));
}

/// The lengths that a plan may be said to have, the likeliest first; nothing where its unit is another.
fn computed(plan: &Plan, length: &Length) -> Option<Vec<Exact>> {
    let (first, last) = plan.ends()?;
    let one = whole(1);
    match (plan.scale, length.unit) {
        (Scale::Numbered(unit), own) if unit == own => Some(vec![last.clone(), last - first + &one]),
        (Scale::Dates, Unit::Weeks) => {
            let weeks = |days: Exact| (days / whole(7)).ceil();
            let sum: Exact = plan.steps.iter().map(|step| weeks(&step.last - &step.first)).sum();
            let days = last - first;
            Some(vec![sum, weeks(days.clone()), (days / whole(7)).round()])
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::audit::rules::calendar::tests::found;

    #[test]
    fn a_plan_is_as_long_as_its_steps() {
        let phases = |weeks: &str| {
            format!(
                "* Phase 1, weeks 1-2: build\n* Phase 2, weeks 3-4: test\n* Phase 3, weeks 5-7: pilot\n\nThe whole plan takes {weeks} weeks. Two engineers do it.\n"
            )
        };
        assert_eq!(found(&phases("7")), [0; 0]);
        assert_eq!(found(&phases("6")), [5]);
        let days = |last: &str| {
            format!(
                "1. Day 1 and 2: 5 %\n2. Day 3 and 4: 20 %\n3. Day 5 to 7: 50 %\n4. {last}: 100 %\n\nThe rollout takes eight days.\n"
            )
        };
        assert_eq!(found(&days("Day 8")), [0; 0]);
        assert_eq!(found(&days("Day 9")), [6]);
        let some = "* Concept, weeks 1-3\n* Build, weeks 4-9\n* Test, weeks 10-12\n\nConcept and build together take nine weeks.\n";
        assert_eq!(found(some), [0; 0]);
        let dates = |total: &str| {
            format!(
                "- 8 June to 26 June: tooling\n- 29 June to 24 July: speed\n- 27 July to 7 August: docs\n\nTotal {total} weeks.\n"
            )
        };
        assert_eq!(found(&dates("9")), [0; 0]);
        assert_eq!(found(&dates("8")), [5]);
    }
}
