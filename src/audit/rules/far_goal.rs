//! A score beside a goal that is many times what there is.

use super::gain::headed_gap;
use crate::audit::facts::{Facts, arrows};
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Quantity, Unit, shown};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::whole;

/// A goal this many times what there is leaves no fair reading of a score of half or more.
const FAR: u32 = 10;

/// `Throughput: 800 q/s` and the goal of `10k q/s`, both below `Performance (8/10 → 10/10) = +2 points`.
pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for (index, section) in facts.document.sections.iter().enumerate() {
        let raised = arrows(&section.title, &section.quantities).next().map(|arrow| arrow.from);
        let score = raised.filter(|_| headed_gap(section).is_some());
        let Some(score) = score.filter(|q| q.as_score().is_some_and(|(low, _)| low >= whole(50))) else {
            continue;
        };
        let (goals, now): (Vec<&Line>, Vec<&Line>) =
            facts.document.lines_within(index).partition(|line| is_goal(facts, line));
        for (line, there, unit) in now.into_iter().filter_map(rate) {
            let far = |most: &Quantity| most.low >= &there.low * whole(FAR) && there.low > whole(0);
            let mut goals = goals.iter().filter_map(|goal| rate(goal));
            let Some((at, goal, _)) = goals.find(|(_, most, other)| *other == unit && far(most)) else {
                continue;
            };
            let said = section.title.get(score.start..score.end).unwrap_or_default().to_owned();
            let computed = format!("{}%", shown(&(&there.low * whole(100) / &goal.low)));
            let message = format!(
                "{} {unit} is {computed} of the {} {unit} of line {}, and this is scored {said}",
                shown(&there.low),
                shown(&goal.low),
                at.number
            );
            findings.add(Rule::Ratio, line.number, message, (said, Some(computed)));
        }
    }
}

fn is_goal(facts: &Facts<'_>, line: &Line) -> bool {
    let title = facts.document.titles(line.section).next().unwrap_or_default().to_lowercase();
    let goal = ["to get", "to reach", "target", "targets", "goal", "goals", "to do", "needed", "wanted"];
    mentions(&title, &goal) || mentions(&line.text.to_lowercase(), &goal)
}

/// The only number of something in a second: `800+ q/s`, `120 rps`.
fn rate(line: &Line) -> Option<(&Line, &Quantity, &str)> {
    let unit = |q: &Quantity| {
        let unit = line.text.get(q.end..)?.trim_start().split([' ', ',', ';', ')']).next()?;
        let plain = q.is_point() && q.unit == Unit::None && q.over.is_none() && !q.signed;
        (plain && (unit.ends_with("/s") || matches!(unit, "rps" | "qps" | "tps"))).then_some(unit)
    };
    let mut rates = line.quantities.iter().filter_map(|q| Some((line, q, unit(q)?)));
    let first = rates.next()?;
    rates.next().is_none().then_some(first)
}
