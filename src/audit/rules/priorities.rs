//! One piece of work with two priorities.

use super::option_score::is_option;
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{quantities, shown};
use crate::audit::words::{is_within, words};
use crate::model::audit::Rule;
use crate::model::exact::Exact;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let options = |line: &Line| {
        facts.document.titles(line.section).filter(|title| is_option(title)).collect::<Vec<_>>()
    };
    let mut seen: Vec<(Vec<String>, Exact, &Line)> = Vec::new();
    for line in &facts.document.lines {
        let Some((priority, name)) = priority(line) else { continue };
        // Each option has an order of its own.
        let option = options(line);
        let comparable = |other: &Line| {
            let other = options(other);
            option.is_empty() || other.is_empty() || option == other
        };
        let words: Vec<String> = words(&name).into_iter().filter(|word| !word.starts_with("test")).collect();
        let alike = |other: &Vec<String>| is_within(&words, other) || is_within(other, &words);
        let swapped = seen.iter().find(|(other, p, at)| *p != priority && alike(other) && comparable(at));
        let same = seen.iter().any(|(other, p, _)| *p == priority && alike(other));
        if let Some((_, other, at)) = swapped.filter(|_| !same) {
            let message = format!(
                "`{}` has priority {} here, and {} in line {}",
                name.trim(),
                shown(&priority),
                shown(other),
                at.number
            );
            findings.add(Rule::EffortOrder, line.number, message, (shown(&priority), Some(shown(other))));
        } else if swapped.is_none() {
            seen.push((words, priority, line));
        }
    }
}

/// `Integration Tests (Priority 1) - 20 points`, `Priority 2: Complete TODOs (Phase 2) - 2-3 hours`.
fn priority(line: &Line) -> Option<(Exact, String)> {
    let lower = line.text.to_lowercase();
    let at = lower.find("priority ")?;
    let number =
        quantities(lower.get(at + 9..)?).into_iter().next().filter(|q| q.start == 0 && q.is_point())?;
    let name = if at == 0 {
        line.value.split('(').next()?
    } else {
        line.text.get(..at)?.trim_end_matches(['(', ' '])
    };
    (!name.trim().is_empty()).then(|| (number.low, name.to_owned()))
}
