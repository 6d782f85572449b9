//! Steps that each bring something, and the score after each: `Gain: +9`, `Score after iteration 2: 82`.

use num_traits::Signed as _;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::Exact;

/// A section with one score at its end.
struct Step<'a> {
    line: &'a Line,
    score: &'a Quantity,
    gain: Exact,
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let runs = facts.document.lines.chunk_by(|a, b| a.section == b.section);
    let steps: Vec<Step<'_>> = runs.filter_map(|run| step(facts, run)).collect();
    let before = facts.current().filter(|current| current.low == current.high).map(|current| &current.low);
    let starts = before.into_iter().chain(steps.iter().map(|step| &step.score.low));
    let pairs: Vec<(&Exact, &Step<'_>)> =
        starts.zip(steps.iter().skip(usize::from(before.is_none()))).collect();
    let makes = |(from, step): &(&Exact, &Step<'_>)| *from + &step.gain;
    let holds = |pair: &(&Exact, &Step<'_>)| (makes(pair) - &pair.1.score.low).abs() < pair.1.score.ulp();
    let skips = |two: &[(&Exact, &Step<'_>)]| matches!(two, [a, b] if makes(a) + &b.1.gain == b.1.score.low);
    if !pairs.iter().any(holds) && !pairs.windows(2).any(skips) {
        return;
    }
    // Where a score is wrong, the next one may count on from the right one.
    let mut right: Option<Exact> = None;
    for pair in pairs {
        let echo = right.as_ref().is_some_and(|right| right + &pair.1.gain == pair.1.score.low);
        right = None;
        if holds(&pair) || echo {
            continue;
        }
        let (line, score) = (pair.1.line, pair.1.score);
        let (said, computed) = (line.between(score.start, score.end).to_owned(), shown(&makes(&pair)));
        let message = format!("{} and {} make {computed}, not {said}", shown(pair.0), shown(&pair.1.gain));
        if !findings.has(Rule::Sum, line.number) {
            findings.add(Rule::Sum, line.number, message, (said, Some(computed)));
        }
        right = Some(makes(&pair));
    }
}

fn step<'a>(facts: &Facts<'a>, run: &'a [Line]) -> Option<Step<'a>> {
    let section = run.first()?.section;
    let sections = &facts.document.sections;
    let title = sections.get(section).map(|section| section.title.to_lowercase()).unwrap_or_default();
    // Options start from the same score each.
    if mentions(&title, &["option", "scenario", "variant", "plan", "alternative"]) {
        return None;
    }
    let after = |line: &&Line| {
        let key = line.key();
        mentions(&key, &["after", "afterwards", "new score", "cumulative"])
            && !mentions(&key, &["target", "hours"])
    };
    let mut ends = run.iter().filter(after);
    let line = ends.next().filter(|_| run.iter().filter(after).count() == 1)?;
    let score = line.values().next().filter(|q| {
        let plain = matches!(q.unit, Unit::None | Unit::Percent | Unit::Points);
        plain && q.is_point() && !q.signed && q.limit == Limit::Exactly
    })?;
    let gains: Vec<&Quantity> = run
        .iter()
        .filter(|other| {
            other.number != line.number
                && !other.key().starts_with("total")
                && (other.kind == Kind::Item || other.label.is_some())
        })
        .filter_map(|other| {
            let mut signed = other
                .quantities
                .iter()
                .filter(|q| q.signed && matches!(q.unit, Unit::Points | Unit::Percent));
            let first = signed.next()?;
            signed.next().is_none().then_some(first)
        })
        .collect();
    let exact = !gains.is_empty() && gains.iter().all(|q| q.is_point() && q.limit == Limit::Exactly);
    exact.then(|| Step { line, score, gain: gains.iter().map(|q| q.low.clone()).sum() })
}
