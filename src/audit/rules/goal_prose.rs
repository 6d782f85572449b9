//! A goal above what a sentence calls the most: "nobody can get above 92", "the highest score anyone can reach is 90".

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, Unit};
use crate::audit::rules::sentence::{Sentence, prose};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::whole;

/// What makes another number of a goal or a ceiling.
const OTHER: [&str; 18] = [
    "coverage",
    "latency",
    "availability",
    "uptime",
    "cost",
    "users",
    "budget",
    "rate",
    "load",
    "memory",
    "requests",
    "unless",
    "if",
    "price",
    "temperature",
    "speed",
    "cpu",
    "until",
];

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.is_assessment() {
        return;
    }
    let sentences: Vec<Sentence> = facts.document.blocks().flat_map(prose).collect();
    let Some((most, said, at)) = sentences.iter().find_map(most) else { return };
    for sentence in &sentences {
        let Some(goal) = goal(sentence).filter(|goal| goal.low > most.low && same_scale(goal, &most)) else {
            continue;
        };
        let line = sentence.line(goal.start);
        if !findings.has(Rule::Goal, line) {
            let text = sentence.said(goal).to_owned();
            let message = format!("the goal is {text}, and line {at} says that {said} is the most");
            findings.add(Rule::Goal, line, message, (text, Some(said.clone())));
        }
    }
}

/// Both are scores of a hundred, or both are grades up to one.
fn same_scale(goal: &Quantity, most: &Quantity) -> bool {
    let small = |q: &Quantity| q.low <= whole(1);
    small(goal) == small(most) && goal.low <= whole(100)
}

fn is_score(quantity: &Quantity) -> bool {
    let scale = quantity.over.as_ref().is_none_or(|over| *over == whole(100));
    let unit = matches!(quantity.unit, Unit::None | Unit::Percent | Unit::Points);
    scale
        && unit
        && quantity.is_point()
        && !quantity.signed
        && (quantity.low >= whole(40) || quantity.decimals > 0)
}

/// The number that a sentence calls the most that can be reached.
fn most(sentence: &Sentence) -> Option<(Quantity, String, u32)> {
    let lower = sentence.text.to_lowercase();
    if mentions(&lower, &OTHER) {
        return None;
    }
    let can = ["can", "cannot", "could", "nobody", "no one", "anyone", "never", "höchstens"];
    let verbs = ["get", "go", "rise", "score", "reach", "exceed", "come", "give", "achieve", "attain"];
    let found = sentence.quantities.iter().filter(|q| is_score(q)).find(|q| {
        let before = sentence.between(0, q.start);
        let near = before.get(before.len().saturating_sub(70)..).unwrap_or(&before);
        let after = sentence.after(q);
        let ceiling = ["ceiling at", "ceiling is", "ceiling of"].iter().any(|end| near.ends_with(end));
        let above =
            ["above", "beyond", "exceed", "higher than", "more than"].iter().any(|end| near.ends_with(end))
                && mentions(near, &["cannot", "can not", "nobody can", "no one can", "never"])
                && mentions(near, &verbs);
        let highest = mentions(near, &["highest", "the most", "maximum"])
            && mentions(near, &can)
            && mentions(near, &verbs)
            && near.ends_with("is");
        let held = after.starts_with("for the highest") && mentions(&after, &can);
        let beyond = (near.ends_with("more than") || near.ends_with("mehr als"))
            && ["not", "nicht", "out of reach"].iter().any(|word| mentions(&after, &[word]))
            && mentions(&after, &["achievable", "reachable", "reached", "possible", "out of reach"]);
        let at_most = (near.ends_with("at most") || near.ends_with("höchstens"))
            && mentions(&after, &["achievable", "reachable", "possible"]);
        ceiling || above || highest || held || beyond || at_most
    })?;
    Some((found.clone(), sentence.said(found).to_owned(), sentence.line(found.start)))
}

/// The number right behind a goal: `Goal for H2: 0.90`, "6.0 should reach 93".
fn goal(sentence: &Sentence) -> Option<&Quantity> {
    let lower = sentence.text.to_lowercase();
    if mentions(&lower, &OTHER) || mentions(&lower, &["above", "would need", "was", "missed"]) {
        return None;
    }
    let fits = |q: &&Quantity| {
        let before = lower.get(..q.start).unwrap_or_default();
        let begin = before.rfind(|c: char| ".;|(".contains(c)).map_or(0, |at| at + 1);
        let clause = before.get(begin..).unwrap_or_default().trim_end_matches([' ', ':', '=']);
        let lead = ["goal", "target", "our goal", "our target", "the goal", "the target"]
            .iter()
            .any(|word| clause.trim_start().starts_with(word));
        lead && clause.trim_start().len() <= 50 || clause.ends_with("should reach")
    };
    sentence.quantities.iter().filter(|q| is_score(q)).filter(fits).max_by(|a, b| a.low.cmp(&b.low))
}
