//! The score of the whole, from rise to rise.

use num_traits::Signed as _;

use super::raised::of_mark;
use crate::audit::facts::{DimensionSet, Facts, rises};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, says, shown};
use crate::audit::rules::passage::{Of, Passage};
use crate::audit::rules::weight::model;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::whole;

/// "Test depth 72 → 100. Overall 89.6 afterwards.": the score after each rise, from rise to rise.
pub(super) fn running(facts: &Facts<'_>, set: &DimensionSet, passages: &[Passage], findings: &mut Findings) {
    let even =
        facts.current().is_some_and(|now| set.mean().is_some_and(|mean| says(&now.low, now.decimals, &mean)));
    if model(facts, set).is_none() && !even || set.dimensions.iter().any(|d| d.score.is_none()) {
        return;
    }
    let mut state = set.clone();
    let mut raised = None;
    for passage in passages.iter().filter(|passage| passage.of != Of::Row) {
        let title = facts.document.titles(passage.section).next().unwrap_or_default().to_lowercase();
        let other =
            ["option", "scenario", "variant", "alternative", "optimistic", "conservative", "realistic"];
        if mentions(&title, &other) || mentions(&passage.text.to_lowercase(), &other) {
            continue;
        }
        let numbers = quantities(&passage.text);
        let mut before = 0;
        for rise in rises(&passage.text, &numbers) {
            let lead = passage.said(before, rise.from.start);
            before = rise.to.end;
            let name = lead.rsplit([';', '.', ',', ')']).next().unwrap_or_default();
            let Some(line) = state.find(name).map(|part| part.line) else { continue };
            let Some(part) = state.dimensions.iter_mut().find(|part| part.line == line) else { continue };
            let (from, to) = (of_mark(&rise.from, part), of_mark(&rise.to, part));
            // What does not go on from where it was tells another plan.
            if from.is_none() || to.is_none() || from != part.score {
                return;
            }
            part.score_text = passage.said(rise.to.start, rise.to.end).to_owned();
            part.score = to;
            raised = Some(passage.section);
        }
        let reached = numbers
            .iter()
            .find(|q| q.start >= before && is_overall(passage, q))
            // A score further below may be one of another plan.
            .filter(|_| raised == Some(passage.section));
        let computed = state.weighted().or_else(|| state.mean());
        if let (Some(reached), Some(exact)) = (reached, computed) {
            let line = passage.line(reached.start);
            let stated = reached.as_score().map_or_else(|| reached.low.clone(), |(low, _)| low);
            if says(&stated, reached.decimals, &exact) || (&exact - &stated).abs() < whole(1) {
                continue;
            }
            if (&exact - &stated).abs() <= whole(15)
                && !findings.has(Rule::MeanBound, line)
                && !findings.has(Rule::Sum, line)
            {
                let (said, computed) = (passage.said(reached.start, reached.end).to_owned(), shown(&exact));
                let message = format!(
                    "after these rises the {} scores make {computed}, not {said}",
                    set.dimensions.len()
                );
                findings.add(Rule::MeanBound, line, message, (said, Some(computed)));
            }
            return;
        }
    }
}

/// Whether a number is called the score of the whole: `Overall 89.6`, `Score after: 93/100`.
fn is_overall(passage: &Passage, q: &Quantity) -> bool {
    let lead = passage.said(0, q.start).to_lowercase();
    let clause =
        lead.rsplit([',', ';', '.', '(']).next().unwrap_or_default().trim_matches([' ', ':', '→']).to_owned();
    let names = [
        "overall",
        "overall score",
        "score after",
        "the score is",
        "score",
        "overall is",
        "overall readiness",
        "total score",
        "score then",
        "readiness after",
    ];
    let score = q.as_score().is_some() || q.unit == Unit::None && q.over.is_none() && q.high <= whole(100);
    score && q.is_point() && !q.signed && q.limit == Limit::Exactly && names.contains(&clause.as_str())
}
