//! What is to happen in which weeks.

use crate::audit::facts::{Facts, Phase, weeks};
use crate::audit::words::words;
use crate::model::exact::Exact;
use crate::model::order;

/// Steps are compared with each other; a schedule with more is none that a person wrote.
const MOST: usize = 100;

/// A step of a schedule.
pub(super) struct Step<'a> {
    pub(super) line: u32,
    /// As written, with the weeks.
    pub(super) text: &'a str,
    /// The words of what happens, without numbers.
    pub(super) words: Vec<String>,
    pub(super) first: Exact,
    pub(super) last: Exact,
    /// Where it is a phase of a plan.
    pub(super) phase: Option<&'a Phase>,
}

/// Every step, in the order of lines.
pub(super) fn all<'a>(facts: &'a Facts<'_>) -> Vec<Step<'a>> {
    let phases = facts.phases.iter().flatten().filter_map(|phase| {
        let (first, last) = phase.weeks.clone()?;
        let text = phase.name.as_str();
        Some(Step { line: phase.line, text, words: without_weeks(text), first, last, phase: Some(phase) })
    });
    let others = facts.texts().filter(|(_, text, _)| begins_with_week(text)).filter_map(|(line, text, _)| {
        let (first, last) = weeks(text)?;
        Some(Step { line, text, words: without_weeks(text), first, last, phase: None })
    });
    let mut steps: Vec<Step<'a>> = phases.chain(others).collect();
    order::sort_by_key(&mut steps, |step| step.line);
    steps.truncate(MOST);
    steps
}

fn begins_with_week(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.starts_with("week ") || lower.starts_with("weeks ")
}

fn without_weeks(text: &str) -> Vec<String> {
    words(text).into_iter().filter(|word| !matches!(word.as_str(), "week" | "weeks" | "phases")).collect()
}
