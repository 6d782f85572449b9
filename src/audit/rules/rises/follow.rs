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
use crate::model::exact::{Exact, whole};

/// "Test depth 72 → 100. Overall 89.6 afterwards.": the score after each rise, from rise to rise.
pub(super) fn running(facts: &Facts<'_>, set: &DimensionSet, passages: &[Passage], findings: &mut Findings) {
    let even =
        facts.current().is_some_and(|now| set.mean().is_some_and(|mean| says(&now.low, now.decimals, &mean)));
    if model(facts, set).is_none() && !even || set.dimensions.iter().any(|d| d.score.is_none()) {
        return;
    }
    let mut state = set.clone();
    let mut raised = None;
    for passage in passages.iter().filter(|passage| passage.of != Of::Row && !is_other(facts, passage)) {
        let numbers = quantities(&passage.text);
        let Some((end, any)) = raise(&mut state, passage, &numbers) else { return };
        raised = if any { Some(passage.section) } else { raised };
        // A score further below may be one of another plan.
        let below = raised == Some(passage.section);
        let reached = numbers.iter().find(|q| below && q.start >= end && is_overall(passage, q));
        let computed = state.weighted().or_else(|| state.mean());
        if let (Some(reached), Some(exact)) = (reached, computed)
            && !judge(passage, reached, &exact, findings)
        {
            return;
        }
    }
}

/// Whether a passage is about one of several plans.
fn is_other(facts: &Facts<'_>, passage: &Passage) -> bool {
    let other = ["option", "scenario", "variant", "alternative", "optimistic", "conservative", "realistic"];
    let title = facts.document.titles(passage.section).next().unwrap_or_default().to_lowercase();
    mentions(&title, &other) || mentions(&passage.text.to_lowercase(), &other)
}

/// Raises the parts that a passage raises: where the last rise ends and whether there is one; nothing where one does not
/// go on from where its part was, which tells another plan.
fn raise(state: &mut DimensionSet, passage: &Passage, numbers: &[Quantity]) -> Option<(usize, bool)> {
    let (mut end, mut any) = (0, false);
    for rise in rises(&passage.text, numbers) {
        let lead = passage.said(end, rise.from.start);
        end = rise.to.end;
        let name = lead.rsplit([';', '.', ',', ')']).next().unwrap_or_default();
        let Some(line) = state.find(name).map(|part| part.line) else { continue };
        let part = state.dimensions.iter_mut().find(|part| part.line == line)?;
        let (from, to) = (of_mark(&rise.from, part), of_mark(&rise.to, part));
        if from.is_none() || to.is_none() || from != part.score {
            return None;
        }
        passage.said(rise.to.start, rise.to.end).clone_into(&mut part.score_text);
        part.score = to;
        any = true;
    }
    Some((end, any))
}

/// Whether the score that is reached is the one computed.
fn judge(passage: &Passage, reached: &Quantity, exact: &Exact, findings: &mut Findings) -> bool {
    let line = passage.line(reached.start);
    let stated = reached.as_score().map_or_else(|| reached.low.clone(), |(low, _)| low);
    let off = (exact - &stated).abs();
    if says(&stated, reached.decimals, exact) || off < whole(1) {
        return true;
    }
    if off <= whole(15) && !findings.has(Rule::MeanBound, line) && !findings.has(Rule::Sum, line) {
        let (said, computed) = (passage.said(reached.start, reached.end).to_owned(), shown(exact));
        let message = format!("after these rises the scores make {computed}, not {said}");
        findings.add(Rule::MeanBound, line, message, (said, Some(computed)));
    }
    false
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
