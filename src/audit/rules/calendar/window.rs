//! A window that is shorter than the steps in it.

use super::follow::beside;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Length, shown};
use crate::audit::rules::passage::{Of, Passage};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};
use crate::model::words::with_noun;

pub(super) fn apply(passages: &[Passage], findings: &mut Findings) {
    for passage in passages.iter().filter(|passage| passage.of != Of::Row) {
        let Some((length, window)) = window(passage) else { continue };
        let near = passages
            .iter()
            .filter(|other| other.section == passage.section && other.first_line() != passage.first_line());
        let near: Vec<&Passage> = near.collect();
        let lists = near.chunk_by(|a, b| a.of == b.of && b.first_line() == a.last_line() + 1);
        for steps in lists.filter(|steps| steps.len() >= 2) {
            let Some(sum) = sum(steps).filter(|sum| *sum > window) else { continue };
            let line = passage.line(length.start);
            if steps.iter().any(|step| beside(&step.text))
                || beside(&passage.text)
                || findings.has(Rule::Timeline, line)
            {
                continue;
            }
            let (said, right) =
                (passage.said(length.start, length.end).to_owned(), with_noun(&shown(&sum), "minute"));
            let message = format!(
                "the steps from line {} on take {right} and do not fit into {said}",
                steps.first().map_or(0, |step| step.first_line())
            );
            findings.add(Rule::Timeline, line, message, (said, Some(right)));
        }
    }
}

/// The only length of a text that calls it a window: "a window of 4 hours", "the 4-hour window", `window: 240 min`.
fn window(passage: &Passage) -> Option<(&Length, Exact)> {
    let lower = passage.text.to_lowercase();
    let [length] = passage.lengths.as_slice() else { return None };
    let before = lower.get(..length.start)?.trim_end();
    let named = ["window is", "window of", "window:", "window has", "window takes", "window lasts"]
        .iter()
        .any(|words| before.ends_with(words));
    let behind = lower.get(length.end..)?.trim_start_matches([' ', '-']);
    let named = named
        || behind.starts_with("window")
        || behind.starts_with("maintenance window")
        || behind.starts_with("change window");
    Some((length, length.minutes().filter(|_| named)?))
}

/// Minutes of steps with one length each.
fn sum(steps: &[&Passage]) -> Option<Exact> {
    let of = |step: &&Passage| {
        let [length] = step.lengths.as_slice() else { return None };
        let total = ["total", "sum", "together", "planned", "left", "slack", "reserve", "rollback", "|"]
            .iter()
            .any(|word| step.text.to_lowercase().starts_with(word));
        length.minutes().filter(|_| !total && step.of != Of::Heading)
    };
    let minutes: Vec<Exact> = steps.iter().map_while(of).collect();
    (minutes.len() >= 2).then(|| minutes.into_iter().fold(whole(0), |sum, step| sum + step))
}

#[cfg(test)]
mod tests {
    use crate::audit::rules::calendar::tests::found;

    #[test]
    fn steps_fit_into_their_window() {
        let night = |window: &str| {
            format!(
                "The window is {window}.\n\n- backup: 60 min\n- copy: 150 min\n- checks: 45 min\n\nTotal: 255 min\n"
            )
        };
        assert_eq!(found(&night("5 hours")), [0; 0]);
        assert_eq!(found(&night("4 hours")), [1]);
    }
}
