//! From text to a document, line by line.

use super::columns;
use super::document::{Document, Kind, Line, Section};
use super::html;
use super::shapes::{
    Fence, dashed, heading, is_rule, item, labelled, leaders, opening, pseudo_heading, underline,
    without_bar, without_mark,
};
use crate::audit::inline::plain;
use crate::audit::quantity::quantities;
use crate::audit::spelled::in_digits;
use crate::audit::table::{Row, Table, delimiter, row};

/// Bytes of the longest line that is read: what is longer, nobody wrote by hand, and its numbers belong to nobody.
const LONGEST: usize = 16 << 10;

/// Reads `text`.
pub(in crate::audit) fn read(path: &str, text: &str) -> Document {
    let raw: Vec<&str> = text.lines().map(|line| if line.len() > LONGEST { "" } else { line }).collect();
    let mut reader = Reader::new(path);
    let mut at = 0;
    while let Some(line) = raw.get(at) {
        at += reader.line(at, line, raw.get(at + 1).copied().unwrap_or_default(), &raw);
    }
    reader.document
}

struct Reader {
    document: Document,
    fence: Option<Fence>,
    comment: bool,
    /// The line up to which a table in HTML that does not end is not looked for again.
    unclosed: usize,
    section: usize,
    block: u32,
    /// Whether the line before is a drawn one inside of printed text.
    ruled: bool,
}

impl Reader {
    fn new(path: &str) -> Self {
        let root = Section { line: 1, level: 0, title: String::new(), quantities: Vec::new(), parent: None };
        let document =
            Document { path: path.to_owned(), lines: Vec::new(), sections: vec![root], tables: Vec::new() };
        Self { document, fence: None, comment: false, unclosed: 0, section: 0, block: 0, ruled: false }
    }

    /// Reads one line, or a whole table; returns how many lines that took.
    fn line(&mut self, index: usize, line: &str, next: &str, all: &[&str]) -> usize {
        let number = number(index);
        let trimmed = line.trim();
        if let Some(fence) = &self.fence {
            if trimmed.starts_with(&fence.marker) && trimmed.trim_start_matches(['`', '~']).is_empty() {
                self.fence = None;
                self.block += 1;
            } else if fence.is_text {
                self.content(number, line, Kind::Fenced);
            }
            return 1;
        }
        if self.is_comment(trimmed) {
            return 1;
        }
        if let Some(fence) = opening(trimmed) {
            if fence.is_text {
                self.document.tables.extend(columns::tables(all, index + 1, &fence.marker, self.section));
            }
            self.fence = Some(fence);
            self.block += 1;
            return 1;
        }
        if let Some((level, title)) = heading(trimmed) {
            self.open(number, level, title);
            return 1;
        }
        if trimmed.contains('|') && delimiter(next) {
            return self.table(index, all);
        }
        if starts_table(trimmed) && index >= self.unclosed {
            match html::rows(all, index) {
                Some((rows, lines)) if rows.len() >= 2 => {
                    self.html_table(rows);
                    return lines;
                }
                // One row lays out a page and is read as text.
                Some(_) => {}
                None => self.unclosed = index + html::MOST_LINES,
            }
        }
        let indented = line.len() - line.trim_start().len() >= 4;
        if let Some(level) = underline(trimmed, next).filter(|_| !indented) {
            self.open(number, level, trimmed);
            return 2;
        }
        self.content(number, line, Kind::Text);
        1
    }

    fn is_comment(&mut self, trimmed: &str) -> bool {
        if self.comment {
            self.comment = !trimmed.contains("-->");
            return true;
        }
        let opens = trimmed.starts_with("<!--");
        self.comment = opens && !trimmed.contains("-->");
        opens
    }

    fn open(&mut self, line: u32, level: u8, title: &str) {
        let title = without_mark(&in_digits(plain(title))).0;
        let mut parent = self.section;
        while let Some(section) = self.document.sections.get(parent).filter(|s| s.level >= level) {
            parent = section.parent.unwrap_or_default();
        }
        let quantities = quantities(&title);
        self.section = self.document.sections.len();
        self.block += 1;
        self.document.sections.push(Section { line, level, title, quantities, parent: Some(parent) });
    }

    fn table(&mut self, index: usize, all: &[&str]) -> usize {
        let header = all.get(index).map(|line| row(number(index), line)).unwrap_or_default();
        let mut rows = Vec::new();
        let mut at = index + 2;
        while let Some(line) = all.get(at).filter(|line| line.contains('|') && !line.trim().is_empty()) {
            rows.push(row(number(at), line));
            at += 1;
        }
        self.block += 1;
        self.key_values(&header, &rows);
        self.document.tables.push(Table { section: self.section, header, rows });
        at - index
    }

    fn html_table(&mut self, rows: Vec<Row>) {
        let mut rows = rows.into_iter();
        let header = rows.next().unwrap_or_default();
        self.block += 1;
        self.document.tables.push(Table { section: self.section, header, rows: rows.collect() });
    }

    /// A table of two columns without a header, or with one of values, holds labels and their values.
    fn key_values(&mut self, header: &Row, rows: &[Row]) {
        let empty = header.cells.iter().all(|cell| cell.trim().is_empty());
        let unnamed =
            header.cells.len() == 2 && (empty || header.cell(1).trim().eq_ignore_ascii_case("value"));
        for row in rows.iter().filter(|_| unnamed) {
            let text = format!("{}: {}", row.cell(0), row.cell(1));
            self.content(row.line, &text, Kind::Item);
        }
    }

    fn content(&mut self, number: u32, line: &str, kind: Kind) {
        let line = badge(line).unwrap_or(line);
        let trimmed = line.trim();
        let indent = line.len() - line.trim_start().len();
        let printed = kind == Kind::Fenced || indent >= 4 && !self.in_list();
        if trimmed.is_empty() || is_rule(trimmed) {
            self.ruled = printed && trimmed.len() >= 3;
            self.block += u32::from(kind == Kind::Text && (trimmed.is_empty() || !printed));
            return;
        }
        // Text that is set off by spaces, with columns, reads as if it were fenced.
        let kind = if printed && trimmed.contains("  ") && !item(trimmed).0 { Kind::Fenced } else { kind };
        let ruled = std::mem::take(&mut self.ruled);
        // A quotation is no comparison: `> 61 of 96 are done`.
        let mut quoted = trimmed;
        while let Some(rest) = quoted.strip_prefix("> ").filter(|_| kind == Kind::Text) {
            quoted = rest.trim_start();
        }
        let trimmed = quoted;
        let (bullet, rest) = item(trimmed.trim_start_matches(['>', ' ']));
        let is_item = kind == Kind::Text && bullet;
        if kind == Kind::Text && !is_item && indent < 4 {
            if let Some((level, title)) = pseudo_heading(trimmed) {
                self.open(number, level, title);
                return;
            }
            self.close_labels();
        }
        let (text, mark, boxed) = without_mark(&in_digits(plain(if bullet { rest } else { trimmed })));
        let text = without_bar(text);
        let (label, value) = match labelled(&text) {
            (None, value) if is_item => {
                dashed(&text).or_else(|| leaders(&text, kind)).unwrap_or((None, value))
            }
            (None, value) => leaders(&text, kind).unwrap_or((None, value)),
            found => found,
        };
        self.document.lines.push(Line {
            number,
            kind: if is_item { Kind::Item } else { kind },
            indent,
            mark,
            boxed,
            ruled,
            quantities: quantities(&text),
            text,
            label,
            value,
            section: self.section,
            block: self.block,
        });
    }

    /// Whether the last line belongs to a list, so that what is set in belongs to its items.
    fn in_list(&self) -> bool {
        let last = self.document.lines.last();
        last.is_some_and(|line| {
            line.section == self.section
                && (line.kind == Kind::Item || line.kind == Kind::Text && line.indent > 0)
        })
    }

    /// A line of prose ends the list below a bold label.
    fn close_labels(&mut self) {
        if let Some(section) = self.document.sections.get(self.section).filter(|s| s.level == 8) {
            self.section = section.parent.unwrap_or_default();
            self.block += 1;
        }
    }
}

/// The text of a line that is an image of the score: `![Readiness 92/100](badge.svg)`.
fn badge(line: &str) -> Option<&str> {
    let (text, address) = line.trim().strip_prefix("![")?.split_once("](")?;
    let lower = text.to_lowercase();
    let tells = lower.starts_with("readiness") || lower.starts_with("score") || lower.starts_with("overall");
    (tells && address.ends_with(')') && !address.contains("](")).then_some(text)
}

fn starts_table(trimmed: &str) -> bool {
    trimmed.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("<table"))
}

fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
