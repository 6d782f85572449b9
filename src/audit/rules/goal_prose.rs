//! Goals and what a document calls the most, as sentences and labels tell them, of one topic and on one scale.

use super::goal_words::{CANNOT, GOAL, LATER, MOST, REACH, TOPICS, UNLESS};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit};
use crate::audit::rules::sentence::{Sentence, prose};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::whole;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Is {
    Goal,
    Most,
}

/// A number that is wanted, or the most.
struct Claim<'s> {
    is: Is,
    topics: Vec<&'static str>,
    number: &'s Quantity,
    said: String,
    line: u32,
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let sentences: Vec<Sentence> = facts.document.blocks().flat_map(prose).collect();
    let claims: Vec<Claim<'_>> = sentences.iter().flat_map(claims).collect();
    let Some(first) = claims.iter().find(|claim| claim.is == Is::Most) else { return };
    // What is called the most in two ways is no ceiling of one thing.
    let most = |topics: &[&str]| {
        let mut all = claims.iter().filter(|claim| claim.is == Is::Most && claim.topics == topics);
        let found = all.next()?;
        all.all(|other| other.number.low == found.number.low).then_some(found)
    };
    if first.number.low > whole(100) {
        return;
    }
    for goal in claims.iter().filter(|claim| claim.is == Is::Goal) {
        let Some(most) = most(&goal.topics) else { continue };
        if goal.number.low > most.number.low
            && same_scale(goal.number, most.number)
            && !findings.has(Rule::Goal, goal.line)
        {
            let place = if goal.line == most.line {
                "the same line".to_owned()
            } else {
                format!("line {}", most.line)
            };
            let message =
                format!("the goal is {}, and {place} says that {} is the most", goal.said, most.said);
            findings.add(Rule::Goal, goal.line, message, (goal.said.clone(), Some(most.said.clone())));
        }
    }
}

/// Both are scores of a hundred, or both are grades up to one.
fn same_scale(goal: &Quantity, most: &Quantity) -> bool {
    let small = |q: &Quantity| q.low <= whole(1);
    let over = goal.over == most.over || goal.over.is_none() || most.over.is_none();
    small(goal) == small(most) && goal.low <= whole(100) && over
}

fn is_score(quantity: &Quantity) -> bool {
    let scale = quantity.over.as_ref().is_none_or(|over| *over == whole(100) || *over == whole(10));
    let unit = matches!(quantity.unit, Unit::None | Unit::Percent | Unit::Points);
    let large = quantity.low >= whole(40) || quantity.over == Some(whole(10)) || quantity.decimals > 0;
    scale && unit && quantity.is_point() && !quantity.signed && large
}

/// The goals and the most of a sentence.
fn claims(sentence: &Sentence) -> Vec<Claim<'_>> {
    let lower = sentence.text.to_lowercase();
    let mut found = Vec::new();
    for number in sentence.quantities.iter().filter(|q| is_score(q)) {
        let before = lower.get(..number.start).unwrap_or_default();
        let stop = before.rfind(|c: char| ".,;|·()".contains(c)).map_or(0, |at| at + 1);
        // `Goal for wave 1: 92` has a number in its name.
        let named = |end: usize| before.get(end..).is_some_and(|rest| rest.trim_start().starts_with(':'));
        let last = sentence
            .quantities
            .iter()
            .map(|q| q.end)
            .filter(|end| *end <= number.start && !named(*end))
            .max();
        let begin = stop.max(last.unwrap_or_default());
        let clause = before.get(begin..).unwrap_or_default().trim_matches([' ', ':', '=', '~']);
        let after = lower.get(number.end..).unwrap_or_default();
        let after = after.split([';', '|', '·', '(']).next().unwrap_or_default().trim();
        // A clause runs on behind its number to the next one.
        let after = after.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
        let Some(is) = kind(clause, after, (before, &lower), number) else { continue };
        let near: Vec<&str> = after.split_whitespace().take(3).collect();
        let own = format!("{clause} {}", near.join(" "));
        if mentions(&lower, if is == Is::Most { &UNLESS } else { &LATER }) {
            continue;
        }
        let topics = TOPICS.iter().copied().filter(|topic| mentions(&own, &[topic])).collect();
        let (said, line) = (sentence.said(number).to_owned(), sentence.line(number.start));
        found.push(Claim { is, topics, number, said, line });
    }
    found
}

fn kind(clause: &str, after: &str, (before, lower): (&str, &str), number: &Quantity) -> Option<Is> {
    let ends = |words: &[&str]| words.iter().any(|word| before.trim_end().ends_with(word));
    let beyond = ends(&["above", "beyond", "exceed", "higher than", "more than", "over", "mehr als", "über"])
        && (mentions(clause, &CANNOT) || mentions(after, &CANNOT))
        && (mentions(clause, &REACH) || mentions(after, &REACH) || ends(&["exceed"]));
    let at_most = (ends(&["at most", "höchstens", "no more than", "maximal"])
        || number.limit == Limit::AtMost)
        && (mentions(clause, &REACH) || mentions(after, &REACH))
        && !mentions(lower, &["below", "under", "less than"]);
    let highest = mentions(clause, &["highest", "maximum", "the most"])
        && mentions(lower, &["can", "possible", "achievable", "reachable", "realistic", "reach"]);
    let held = [
        "is the maximum",
        "is the most",
        "is the ceiling",
        "is the highest",
        "is our maximum",
        "for the highest",
    ]
    .iter()
    .any(|start| after.starts_with(start));
    let label = clause.len() <= 60 && (mentions(clause, &MOST) || highest);
    if beyond || at_most || held || label {
        return Some(Is::Most);
    }
    let at =
        GOAL.iter().filter(|word| mentions(clause, &[word])).filter_map(|word| clause.rfind(*word)).max()?;
    let near = clause.len() - at <= 50 && number.limit != Limit::AtMost;
    let other = [
        "above", "below", "from", "missing", "gap", "not", "no", "short", "of the", "towards", "do not",
        "nicht",
    ];
    (near
        && !mentions(clause.get(at..)?, &other)
        && !mentions(clause, &["do not", "don't", "not", "nicht", "no"]))
    .then_some(Is::Goal)
}
