//! Markdown building blocks. What goes in is already escaped.

use crate::model::exact::Tenths;
use crate::model::report::Delta;
use crate::render::escape::markdown::{Place, code};

/// How long lists get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// A comment, read by everyone on the pull request.
    Comment,
    /// A job summary, read by those who look for something.
    Summary,
}

impl Extent {
    /// Most entries of one list.
    pub(super) fn list(self) -> usize {
        match self {
            Self::Comment => 10,
            Self::Summary => 200,
        }
    }
}

/// Longest name, path or message.
pub(super) const NAME: usize = 200;

/// A name in running text.
pub(super) fn name(text: &str) -> String {
    code(text, NAME, Place::Text)
}

/// A name in a cell of a table.
pub(super) fn cell(text: &str) -> String {
    code(text, NAME, Place::Cell)
}

/// A table: headings, of which those with a leading `>` stand to the right, and rows of cells.
pub(super) fn table(headings: &[&str], rows: &[Vec<String>]) -> String {
    let names = headings.iter().map(|heading| heading.trim_start_matches('>').to_owned()).collect::<Vec<_>>();
    let rule = headings.iter().map(|heading| if heading.starts_with('>') { "--:" } else { "---" }.to_owned());
    let mut lines = vec![row(&names), row(&rule.collect::<Vec<_>>())];
    lines.extend(rows.iter().map(|cells| row(cells)));
    lines.join("\n")
}

fn row(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}

/// A collapsed part; `summary` is HTML of ours.
pub(super) fn details(summary: &str, body: &str) -> String {
    format!("<details><summary>{summary}</summary>\n\n{body}\n\n</details>")
}

/// A part that can be collapsed; `summary` is HTML of ours.
pub(super) fn open_details(summary: &str, body: &str) -> String {
    format!("<details open><summary>{summary}</summary>\n\n{body}\n\n</details>")
}

/// The first entries of a list, each on its line, and how many are left.
pub(super) fn list(entries: impl ExactSizeIterator<Item = String>, extent: Extent) -> String {
    let left = entries.len().saturating_sub(extent.list());
    let mut lines: Vec<String> = entries.take(extent.list()).map(|entry| format!("- {entry}")).collect();
    if left > 0 {
        lines.push(format!("- and {left} more"));
    }
    lines.join("\n")
}

/// Parts with an empty line between them; empty ones vanish.
pub(super) fn paragraphs(parts: &[String]) -> String {
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("\n\n")
}

/// With a sign that is as wide as a plus.
pub(super) fn signed(number: Tenths) -> String {
    number.signed().replace('-', "−")
}

/// The total of a delta; empty without a baseline.
pub(super) fn delta(delta: Option<Delta>) -> String {
    delta.map(|delta| signed(delta.total)).unwrap_or_default()
}

/// Ten blocks, as many full as tens are reached.
pub(super) fn bar(score: Tenths) -> String {
    let full = usize::try_from(score.0.clamp(0, 1000) / 100).unwrap_or(0);
    format!("`{}{}`", "█".repeat(full), "░".repeat(10_usize.saturating_sub(full)))
}

/// In bold.
pub(super) fn bold(text: impl std::fmt::Display) -> String {
    format!("**{text}**")
}
