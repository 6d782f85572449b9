//! The table of files: one row for each; of many, those that are worth a row.

use std::collections::BTreeMap;

use super::MANY;
use super::held::holds;
use crate::model::input::InputState;
use crate::model::left_out::LeftOut;
use crate::render::escape::terminal as safe;
use crate::render::terminal::page::Page;
use crate::render::terminal::style::Tone;
use crate::render::terminal::table::{Table, text};
use crate::render::{Detail, Shown, wording};

pub(super) fn files(page: &mut Page, inputs: &[Shown], detail: Detail) {
    page.heading(&wording::listed(inputs, "file"));
    let few = detail == Detail::Full || inputs.len() <= MANY;
    let (listed, plain): (Vec<&Shown>, Vec<&Shown>) = inputs.iter().partition(|shown| few || is_odd(shown));
    let mut table = Table::with_heading(["state", "file", "format", "producer", "holds"].map(text).to_vec());
    let shown = if few { listed.len() } else { listed.len().min(MANY) };
    for file in listed.iter().take(shown) {
        let (input, tests) = (&file.input, file.tests.as_ref());
        table.row(vec![
            text(input.state.name()).tone(tone(input.state)),
            text(safe(&input.path)),
            text(input.format.unwrap_or("-")),
            text(tests.and_then(|tests| tests.producer.as_deref()).map_or_else(|| "-".to_owned(), safe)),
            text(holds(file)),
        ]);
    }
    page.table(&table);
    if listed.len() > shown {
        let more = wording::counted((listed.len() - shown) as u64, "more file");
        page.sentence(2, &format!("and {more} with problems; `--detail` lists all"), Tone::Faint);
    }
    if !plain.is_empty() {
        page.sentence(2, &without_problems(&plain), Tone::Good);
    }
}

fn is_odd(shown: &Shown) -> bool {
    let fails = shown.tests.as_ref().is_some_and(|tests| !tests.suite_errors.is_empty());
    shown.input.state != InputState::Measured || !shown.input.problems.is_empty() || fails
}

/// "298 files without problems (junit 290, lcov 8); `--detail` lists them".
fn without_problems(plain: &[&Shown]) -> String {
    let mut formats: BTreeMap<&str, usize> = BTreeMap::new();
    for file in plain {
        *formats.entry(file.input.format.unwrap_or("-")).or_default() += 1;
    }
    let formats: Vec<String> = formats.iter().map(|(format, count)| format!("{format} {count}")).collect();
    let files = wording::listed(plain, "file");
    format!("{files} without problems ({}); `--detail` lists all", formats.join(", "))
}

/// What lay beside the files.
pub(super) fn left_out(page: &mut Page, left_out: &LeftOut) {
    if let Some(warning) = left_out.warning() {
        page.sentence(2, &warning, Tone::Odd);
    }
    if let Some(remark) = left_out.remark() {
        page.sentence(2, &remark, Tone::Faint);
    }
}

fn tone(state: InputState) -> Tone {
    match state {
        InputState::Measured => Tone::Good,
        InputState::Empty => Tone::Odd,
        InputState::Incomplete | InputState::Invalid | InputState::Unrecognised => Tone::Bad,
    }
}
