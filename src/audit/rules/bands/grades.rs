//! One score has one grade and one name.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, shown};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    grades(facts, findings);
    labels(facts, findings);
}

/// `A- (90/100)`: the same score has the same grade, and a higher one no lower.
fn grades(facts: &Facts<'_>, findings: &mut Findings) {
    let mut seen: Vec<(Exact, i32, String, u32)> = Vec::new();
    for (line, text, quantities) in facts.texts() {
        let Some((score, rank, grade)) = graded(text, quantities) else { continue };
        let clash = seen.iter().find(|(other, other_rank, ..)| {
            (*other == score && *other_rank != rank)
                || (*other < score && *other_rank > rank)
                || (*other > score && *other_rank < rank)
        });
        if let Some((other, _, other_grade, other_line)) = clash {
            let message = format!(
                "{} is {grade} here, and {} is {other_grade} in line {other_line}",
                shown(&score),
                shown(other)
            );
            findings.add(Rule::Bands, line, message, (grade.clone(), Some(other_grade.clone())));
        }
        seen.push((score, rank, grade, line));
    }
}

/// A letter grade right before or right after the only score of a text.
fn graded(text: &str, quantities: &[Quantity]) -> Option<(Exact, i32, String)> {
    let mut scores =
        quantities.iter().filter(|q| q.over.as_ref().is_some_and(|over| *over == whole(100)) && q.is_point());
    let score = scores.next()?;
    if scores.next().is_some() {
        return None;
    }
    let before = text.get(..score.start)?.trim_end().strip_suffix('(').unwrap_or_default();
    let after = text.get(score.end..)?.trim_start().strip_prefix('(').unwrap_or_default();
    let grade = before
        .split_whitespace()
        .next_back()
        .and_then(rank)
        .or_else(|| after.split([')', ',']).next().and_then(rank))?;
    Some((score.low.clone(), grade.0, grade.1))
}

/// `A-` as an order of grades, lowest first.
fn rank(word: &str) -> Option<(i32, String)> {
    let word = word.trim();
    let mut chars = word.chars();
    let letter = match chars.next()? {
        'A' => 12,
        'B' => 9,
        'C' => 6,
        'D' => 3,
        'F' => 0,
        _ => return None,
    };
    let sign = match chars.as_str() {
        "" => 0,
        "+" => 1,
        "-" | "−" | "–" => -1,
        _ => return None,
    };
    Some((letter + sign, word.to_owned()))
}

/// One score with two names: `95/100 is enterprise-grade`, and `95/100 (A+) - Solid production grade`.
fn labels(facts: &Facts<'_>, findings: &mut Findings) {
    let mut seen: Vec<(Exact, String, u32)> = Vec::new();
    for (line, text, quantities) in facts.texts() {
        let Some((score, name)) = named(text, quantities) else { continue };
        if let Some((_, other, other_line)) = seen.iter().find(|(s, other, _)| *s == score && *other != name)
        {
            let message = format!("{} is `{name}` here and `{other}` in line {other_line}", shown(&score));
            findings.add(Rule::Bands, line, message, (name.clone(), Some(other.clone())));
        }
        seen.push((score, name, line));
    }
}

fn named(text: &str, quantities: &[Quantity]) -> Option<(Exact, String)> {
    let [score] = quantities else { return None };
    let of_hundred = score.over.as_ref().is_some_and(|over| *over == whole(100)) && score.is_point();
    let mut after = text.get(score.end..).filter(|_| of_hundred)?.trim_start();
    if let Some((_, rest)) = after.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        after = rest.trim_start();
    }
    let name = ["is ", "- ", "– ", "= ", ": "].iter().find_map(|sign| after.strip_prefix(sign))?;
    let words: Vec<String> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let kind = words.iter().position(|w| matches!(w.as_str(), "grade" | "ready" | "class"))?;
    let last = (1..=3).contains(&kind) && kind + 1 == words.len();
    last.then(|| (score.low.clone(), words.join(" ")))
}
