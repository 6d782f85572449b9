//! Goals above what the same document calls possible.

use crate::audit::facts::{Facts, Is};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, Unit, shown_range};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::Exact;
use crate::model::order;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    above_ceiling(facts, findings);
}

/// Targets above the ceiling that the document states.
fn above_ceiling(facts: &Facts<'_>, findings: &mut Findings) {
    let Some((ceiling, text, at)) = ceiling(facts) else { return };
    for (line, goal, said) in goals(facts) {
        let apart = facts.document.lines.iter().any(|l| l.number == line && l.text.contains(['|', '·']));
        if goal > ceiling && (line != at || apart) {
            let message = format!("the goal is {said}, and line {at} says that {text} is the most");
            findings.add(Rule::Goal, line, message, (said, Some(text.clone())));
        }
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
