//! The table of files: one row for each; of many, those that are worth a row.

use std::collections::BTreeMap;

use super::{MANY, holds, tone};
use crate::model::input::{Content, Input, InputState};
use crate::render::escape::terminal as safe;
use crate::render::terminal::page::Page;
use crate::render::terminal::style::Tone;
use crate::render::terminal::table::{Table, text};
use crate::render::{Detail, wording};

pub(super) fn files(page: &mut Page, inputs: &[Input], detail: Detail) {
    page.heading(&wording::listed(inputs, "file"));
    let few = detail == Detail::Full || inputs.len() <= MANY;
    let (listed, plain): (Vec<&Input>, Vec<&Input>) = inputs.iter().partition(|input| few || is_odd(input));
    let mut table = Table::with_heading(["state", "file", "format", "producer", "holds"].map(text).to_vec());
    let shown = if few { listed.len() } else { listed.len().min(MANY) };
    for input in listed.iter().take(shown) {
        table.row(vec![
            text(input.state.name()).tone(tone(input.state)),
            text(safe(&input.path)),
            text(input.format.unwrap_or("-")),
            text(producer(input).map_or_else(|| "-".to_owned(), safe)),
            text(input.content.as_ref().map(holds).unwrap_or_default()),
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

/// The tool that wrote the file, when it can be told.
fn producer(input: &Input) -> Option<&str> {
    input.content.as_ref()?.tests()?.producer.as_deref()
}

fn is_odd(input: &Input) -> bool {
    let tests = input.content.as_ref().and_then(Content::tests);
    let fails = tests.is_some_and(|report| !report.suite_errors.is_empty());
    input.state != InputState::Measured || !input.problems.is_empty() || fails
}

/// "298 files without problems (junit 290, lcov 8); `--detail` lists them".
fn without_problems(plain: &[&Input]) -> String {
    let mut formats: BTreeMap<&str, usize> = BTreeMap::new();
    for input in plain {
        *formats.entry(input.format.unwrap_or("-")).or_default() += 1;
    }
    let formats: Vec<String> = formats.iter().map(|(format, count)| format!("{format} {count}")).collect();
    let files = wording::listed(plain, "file");
    format!("{files} without problems ({}); `--detail` lists all", formats.join(", "))
}
