//! What is wrong with the files, where, and what to do about it.

use std::collections::BTreeSet;

use super::MANY;
use crate::model::input::{Content, Input, InputState, Problem, Severity};
use crate::model::order;
use crate::render::terminal::page::Page;
use crate::render::terminal::style::Tone;
use crate::render::{Detail, Shown, wording};

/// Most lines about one file among several, unless all are asked for.
const PER_FILE: usize = 8;

/// Problems as `file:line:column`, failures outside any case, and advice.
pub(super) fn problems(page: &mut Page, inputs: &[Shown], detail: Detail) {
    let said: Vec<Vec<(String, Tone)>> = inputs.iter().map(lines).collect();
    let total: usize = said.iter().map(Vec::len).sum();
    if total > 0 {
        page.heading("Problems");
        let few = detail == Detail::Full || inputs.len() == 1;
        let per_file = if few { usize::MAX } else { PER_FILE };
        let most = if few { usize::MAX } else { MANY * 2 };
        let shown = said.iter().flat_map(|lines| lines.iter().take(per_file)).take(most);
        let mut count = 0;
        for (line, tone) in shown {
            page.sentence(2, line, *tone);
            count += 1;
        }
        if count < total {
            let more = wording::counted((total - count) as u64, "more problem");
            page.sentence(2, &format!("and {more}; `--detail` lists all"), Tone::Faint);
        }
    }
    advice(page, inputs);
}

fn lines(shown: &Shown) -> Vec<(String, Tone)> {
    let input = &shown.input;
    let mut lines: Vec<(String, Tone)> = input.problems.iter().map(|problem| line(input, problem)).collect();
    if let Some(report) = &shown.tests {
        lines.extend(report.suite_errors.iter().map(|error| {
            let suite = if error.suite.is_empty() { String::new() } else { format!(" in `{}`", error.suite) };
            (format!("{}: failed outside any case{suite}: {}", input.path, error.message), Tone::Bad)
        }));
    }
    lines
}

fn line(input: &Input, problem: &Problem) -> (String, Tone) {
    let tone = if problem.severity == Severity::Error { Tone::Bad } else { Tone::Odd };
    let numbers = [problem.line, problem.column].into_iter().flatten();
    let place = numbers.fold(input.path.clone(), |place, number| format!("{place}:{number}"));
    (format!("{place}: {}: {}", problem.severity.name(), problem.message), tone)
}

/// One sentence for each kind of trouble, in the order of [`advised`].
fn advice(page: &mut Page, inputs: &[Shown]) {
    let advised: BTreeSet<(usize, &str)> = order::set(inputs.iter().flat_map(advised));
    if advised.is_empty() {
        return;
    }
    page.heading("What to do");
    for (_, sentence) in advised {
        page.item(2, "- ", sentence, Tone::Normal);
    }
}

fn advised(shown: &Shown) -> Vec<(usize, &'static str)> {
    let by_state = match shown.input.state {
        InputState::Incomplete => Some((
            0,
            "incomplete: the tool did not finish writing. Look for a crash, a timeout or a full disk in the step that \
             writes the file, and hand it over after that step. The complete part is shown and fails the gate.",
        )),
        InputState::Invalid => Some((
            1,
            "invalid: open the file at the place above. Output of other programs inside of a report, or two tools that \
             write to the same file, are the usual causes.",
        )),
        InputState::Unrecognised => Some((
            2,
            "unrecognised: docs/formats.md lists what is read. Most test tools can write JUnit XML, most coverage tools \
             LCOV or Cobertura; name only reports, or leave other files out with `evidence.exclude` in the policy.",
        )),
        // A tool that found nothing is no problem.
        InputState::Empty if matches!(shown.input.content, Some(Content::Findings(_))) => None,
        InputState::Empty => Some((
            3,
            "empty: the tool ran nothing, or looked for tests or sources in another folder; its own log says which.",
        )),
        InputState::Measured => None,
    };
    let outside = shown.tests.as_ref().is_some_and(|tests| !tests.suite_errors.is_empty());
    let outside = outside.then_some((
        4,
        "failed outside any case: a class that does not load, a hook, a package that does not build, or failures that a \
         file claims and does not list. No case says so, and no gate is green with it.",
    ));
    by_state.into_iter().chain(outside).collect()
}
