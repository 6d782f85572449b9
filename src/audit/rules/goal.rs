//! Goals above what the same document calls possible.

use crate::audit::facts::{Facts, Is};
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit, shown_range};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::Exact;
use crate::model::order;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    in_prose(facts, findings);
    for line in &facts.document.lines {
        in_line(line, findings);
    }
    let Some((ceiling, text, at)) = ceiling(facts) else { return };
    for (line, goal, said) in goals(facts) {
        let apart = facts.document.lines.iter().any(|l| l.number == line && l.text.contains(['|', '·']));
        if goal > ceiling && (line != at || apart) {
            let message = format!("the goal is {said}, and line {at} says that {text} is the most");
            findings.add(Rule::Goal, line, message, (said, Some(text.clone())));
        }
    }
}

/// `Goal for the pilot 92, ceiling 90.`: both in one line, each right before its number.
fn in_line(line: &Line, findings: &mut Findings) {
    let lower = line.text.to_lowercase();
    let clause = |q: &Quantity| -> &str {
        let before = lower.get(..q.start).unwrap_or_default();
        let begin = before.rfind(|c: char| ".,;|·(".contains(c) || c.is_ascii_digit()).map_or(0, |at| at + 1);
        before.get(begin..).unwrap_or_default().trim_matches([' ', ':', '='])
    };
    let find = |words: &[&str], other: &[&str]| {
        let fits = |q: &&Quantity| {
            let clause = clause(q);
            mentions(clause, words) && !mentions(clause, other) && clause.len() <= 40
        };
        line.quantities.iter().find(fits)
    };
    let other = [
        "not", "no", "price", "cost", "load", "memory", "rate", "coverage", "latency", "above", "below",
        "over", "under", "raise", "raised",
    ];
    let goal = find(&["goal", "target", "aim"], &other);
    let most = find(&["ceiling", "realistic maximum", "highest possible", "most that is possible"], &other);
    let (Some(goal), Some(most)) = (goal, most) else { return };
    let plain = |q: &Quantity| q.is_point() && !q.signed && q.low <= Exact::from_integer(100.into());
    if plain(goal) && plain(most) && goal.unit == most.unit && goal.over == most.over && goal.low > most.low {
        let (said, text) = (line.between(goal.start, goal.end), line.between(most.start, most.end));
        let message = format!("the goal is {said}, and the same line says that {text} is the most");
        findings.add(Rule::Goal, line.number, message, (said.to_owned(), Some(text.to_owned())));
    }
}

/// "The realistic maximum is 94. Our goal is 98.", in numbers of one scale.
fn in_prose(facts: &Facts<'_>, findings: &mut Findings) {
    const MOST: [&str; 13] = [
        "the most we can reach is",
        "the most that can be reached is",
        "we cannot get beyond",
        "cannot get above",
        "the ceiling is",
        "a ceiling of",
        "realistic maximum is",
        "realistic ceiling is",
        "could not rise above",
        "cannot rise above",
        "cannot exceed",
        "cannot go above",
        "can not rise above",
    ];
    const GOAL: [&str; 10] = [
        "goal is",
        "target is",
        "goal for next year is",
        "goal remains",
        "we aim for",
        "we aim at",
        "we want to reach",
        "target remains",
        "our goal of",
        "our target of",
    ];
    let other =
        ["coverage", "latency", "availability", "uptime", "cost", "users", "budget", "rate", "ms", "p95"];
    let find = |phrases: &[&str]| {
        facts.document.lines.iter().find_map(|line| {
            let lower = line.text.to_lowercase();
            let says = |q: &&Quantity| {
                lower
                    .get(..q.start)
                    .is_some_and(|before| phrases.iter().any(|p| before.trim_end().ends_with(p)))
            };
            let found = line.quantities.iter().find(says)?;
            let clause = lower.get(..found.start)?.rsplit(". ").next()?;
            (!mentions(clause, &other)).then_some(())?;
            Some((line, found))
        })
    };
    let (Some((at, most)), Some((line, goal))) = (find(&MOST), find(&GOAL)) else { return };
    let plain = |q: &Quantity| {
        let scale = matches!(q.unit, Unit::None | Unit::Percent | Unit::Points);
        scale
            && q.is_point()
            && q.limit != Limit::About
            && !q.signed
            && q.low <= Exact::from_integer(100.into())
    };
    if plain(most) && plain(goal) && most.over == goal.over && goal.low > most.low {
        let (said, text) = (line.between(goal.start, goal.end), at.between(most.start, most.end));
        let message = format!("the goal is {said}, and line {} says that {text} is the most", at.number);
        findings.add(Rule::Goal, line.number, message, (said.to_owned(), Some(text.to_owned())));
    }
}

/// The most that the document calls possible, else what it calls impossible.
fn ceiling(facts: &Facts<'_>) -> Option<(Exact, String, u32)> {
    if let Some(stated) = facts.states(Is::Ceiling).next() {
        return Some((stated.high.clone(), stated.text.clone(), stated.line));
    }
    facts.texts().find_map(|(line, text, quantities)| {
        let impossible = impossible(text, quantities)?;
        Some((
            &impossible.low - Exact::new(1.into(), 10.into()),
            format!("less than {}", shown_range(&impossible.low, &impossible.high)),
            line,
        ))
    })
}

/// "100% is impossible", "Can we reach 100%?: NO", "95% is out of reach".
fn impossible<'q>(text: &str, quantities: &'q [Quantity]) -> Option<&'q Quantity> {
    let [only] = quantities else { return None };
    let lower = text.to_lowercase();
    let score =
        only.as_score().is_some() && only.is_point() && (only.unit == Unit::Percent || only.over.is_some());
    let after = lower.get(only.end..)?;
    let said = [
        "is impossible",
        "is unreachable",
        "is out of reach",
        "is not achievable",
        "is unattainable",
        "cannot be reached",
        "is not possible",
        "is not reachable",
    ]
    .iter()
    .any(|phrase| after.contains(phrase));
    let asked = (lower.starts_with("can we reach") || lower.starts_with("can we get"))
        && after.trim_start_matches(['?', ':', ' ', '*']).starts_with("no");
    (score && (said || asked) && !mentions(&lower, &["coverage", "uptime", "availability"])).then_some(only)
}

/// Targets, and goals with more words around the number.
fn goals(facts: &Facts<'_>) -> Vec<(u32, Exact, String)> {
    let mut goals: Vec<(u32, Exact, String)> =
        facts.states(Is::Target).map(|s| (s.line, s.high.clone(), s.text.clone())).collect();
    for line in &facts.document.lines {
        let key = line.key();
        if !matches!(key.as_str(), "goal" | "target" | "objective")
            || goals.iter().any(|(l, ..)| *l == line.number)
        {
            continue;
        }
        if let Some(score) = line
            .values()
            .next()
            .filter(|_| mentions(&line.text.to_lowercase(), &["readiness", "score", "ready"]))
        {
            goals.extend(
                score
                    .as_score()
                    .map(|(_, high)| (line.number, high, line.between(score.start, score.end).to_owned())),
            );
        }
    }
    order::sort(&mut goals);
    goals
}
