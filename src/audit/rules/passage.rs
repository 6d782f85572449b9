//! What is read in one go: a paragraph, an item with what follows it, a heading, a row of a table.

use crate::audit::facts::Facts;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Day, Length, dates, lengths, month};
use crate::model::order;

/// More bytes than a person writes without a break.
const LONGEST: usize = 4000;

/// A line that is shorter than this was not broken by an editor.
const BROKEN: usize = 50;

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Heading,
    Row,
    Item,
    Text,
}

/// A text with the lines that it stands on.
pub(super) struct Passage {
    pub(super) of: Of,
    pub(super) text: String,
    pub(super) section: usize,
    pub(super) dates: Vec<Day>,
    pub(super) lengths: Vec<Length>,
    /// Where each line begins in the text.
    lines: Vec<(usize, u32)>,
}

impl Passage {
    fn new(of: Of, section: usize, pieces: &[(u32, &str)]) -> Option<Self> {
        let (mut text, mut lines) = (String::new(), Vec::new());
        for (line, piece) in pieces {
            if !text.is_empty() {
                text.push(' ');
            }
            lines.push((text.len(), *line));
            text.push_str(piece.trim());
        }
        let said = !text.is_empty() && text.len() <= LONGEST;
        said.then(|| Self { of, dates: dates(&text), lengths: lengths(&text), text, section, lines })
    }

    /// The line of a place in the text.
    pub(super) fn line(&self, at: usize) -> u32 {
        self.lines.iter().rev().find(|(start, _)| *start <= at).map_or(1, |(_, line)| *line)
    }

    /// The first line.
    pub(super) fn first_line(&self) -> u32 {
        self.line(0)
    }

    pub(super) fn last_line(&self) -> u32 {
        self.line(self.text.len())
    }

    pub(super) fn said(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// What stands between two places, in lower case, without signs around it.
    pub(super) fn between(&self, from: usize, to: usize) -> String {
        self.said(from, to).trim_matches([' ', ',', ';', ':', '(', ')', '|', '=']).to_lowercase()
    }

    /// Where each sentence begins and ends.
    pub(super) fn sentences(&self) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut start = 0;
        for (at, sign) in self.text.match_indices(['.', '!', '?', ';']) {
            let end = at + sign.len();
            if self.ends(at, end) {
                found.push((start, end));
                start = end;
            }
        }
        found.push((start, self.text.len()));
        found
    }

    /// Whether a sentence ends here: no abbreviation and no day of a month.
    fn ends(&self, at: usize, end: usize) -> bool {
        let (before, after) = (self.said(0, at), self.said(end, self.text.len()));
        let Some(next) = after.strip_prefix(' ') else { return false };
        let word = before.split(|c: char| !c.is_alphanumeric()).next_back().unwrap_or_default();
        let following = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let counted = word.bytes().all(|b| b.is_ascii_digit()) && month(following).is_some();
        let short = ["approx", "ca", "nr", "no", "vs", "incl", "excl", "e.g", "i.e"]
            .contains(&word.to_lowercase().as_str());
        !counted
            && !short
            && next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || !c.is_ascii())
    }
}

/// Every passage of a document, in the order of lines.
pub(super) fn all(facts: &Facts<'_>) -> Vec<Passage> {
    let document = facts.document;
    let mut found: Vec<Passage> = Vec::new();
    for (index, section) in document.sections.iter().enumerate().skip(1) {
        found.extend(Passage::new(Of::Heading, index, &[(section.line, &section.title)]));
    }
    for block in document.blocks() {
        found.extend(of_block(block));
    }
    for table in &document.tables {
        for row in &table.rows {
            found.extend(Passage::new(Of::Row, table.section, &[(row.line, &row.cells.join(" | "))]));
        }
    }
    order::sort_by_key(&mut found, Passage::first_line);
    found
}

fn of_block(block: &[Line]) -> Vec<Passage> {
    let mut found = Vec::new();
    let mut open: Vec<(u32, &str)> = Vec::new();
    let mut of = Of::Text;
    let Some(place) = block.first().map(|line| line.section) else { return found };
    for line in block {
        let goes_on = open.last().is_some_and(|(_, before)| goes_on(before, line));
        if !goes_on {
            found.extend(Passage::new(of, place, &open));
            open.clear();
            of = if line.kind == Kind::Item { Of::Item } else { Of::Text };
        }
        open.push((line.number, &line.text));
    }
    found.extend(Passage::new(of, place, &open));
    found
}

/// Whether a line goes on with the one before it: that one was broken by an editor.
fn goes_on(before: &str, line: &Line) -> bool {
    let broken = before.len() >= BROKEN && (line.label.is_none() || !before.ends_with(['.', ':', ';']));
    line.kind == Kind::Text && line.indent < 4 && broken
}
