//! A document as lines, sections and tables, each with its line number.
//!
//! Readiness documents lean on lines more than on Markdown's blocks: two labels on two lines are two statements, even
//! where Markdown joins them. So this reads line by line; blocks only say what belongs together.

use super::inline::plain;
use super::quantity::{Quantity, quantities};
use super::table::{Row, Table, delimiter, row};

/// What a tick or a box before a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// `✅`, `[x]`.
    Done,
    /// `[ ]`.
    Open,
    /// `🔄`, `⏳`.
    Progress,
    /// `⚠️`.
    Warning,
    /// `❌`.
    Failed,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Prose.
    Text,
    /// A list item.
    Item,
    /// Inside a fence without a language.
    Fenced,
}

/// One line that says something.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// From 1.
    pub(super) number: u32,
    /// Prose, item or fenced.
    pub(super) kind: Kind,
    /// Spaces before it.
    pub(super) indent: usize,
    /// Its first tick or box.
    pub(super) mark: Option<Mark>,
    /// Whether the mark is a box, `[x]`: a state and not an ornament.
    pub(super) boxed: bool,
    /// As it reads, without list marker and mark.
    pub(super) text: String,
    /// What stands before the first colon.
    pub(super) label: Option<String>,
    /// What stands after it; the whole text without a label.
    pub(super) value: String,
    /// The innermost section.
    pub(super) section: usize,
    /// Lines without an empty line between them share a block.
    pub(super) block: u32,
    /// The quantities of the text.
    pub(super) quantities: Vec<Quantity>,
}

impl Line {
    /// The label in lower case, empty without one.
    pub(super) fn key(&self) -> String {
        self.label.as_deref().unwrap_or_default().to_lowercase()
    }

    /// Quantities after the label.
    pub(super) fn values(&self) -> impl Iterator<Item = &Quantity> {
        let from = self.text.len() - self.value.len();
        self.quantities.iter().filter(move |q| q.end > from)
    }

    /// The text, for those who look at quantities by their place in it.
    pub(super) fn value_text(&self) -> String {
        self.text.clone()
    }

    /// Quantities after the label, at their places in the whole text.
    pub(super) fn value_quantities(&self) -> Vec<Quantity> {
        self.values().cloned().collect()
    }

    /// What stands between two quantities, or after the last.
    pub(super) fn between(&self, from: usize, to: usize) -> &str {
        self.text.get(from..to).unwrap_or_default()
    }
}

/// A heading and what stands below it. Bold lines and bold labels head sections, too.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// The line of the heading.
    pub(super) line: u32,
    /// 0 for the document, 1..=6 for headings, 7 for bold lines, 8 for labels with a list.
    pub(super) level: u8,
    /// As it reads.
    pub(super) title: String,
    /// Its quantities.
    pub(super) quantities: Vec<Quantity>,
    /// The section around it.
    pub(super) parent: Option<usize>,
}

/// A whole document.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// As given.
    pub(super) path: String,
    /// All lines that say something, but for headings and tables.
    pub(super) lines: Vec<Line>,
    /// The first is the document itself.
    pub(super) sections: Vec<Section>,
    /// All tables.
    pub(super) tables: Vec<Table>,
}

impl Document {
    /// Whether `section` is `ancestor` or stands below it.
    pub(super) fn is_within(&self, section: usize, ancestor: usize) -> bool {
        let mut at = Some(section);
        while let Some(index) = at {
            if index == ancestor {
                return true;
            }
            at = self.sections.get(index).and_then(|section| section.parent);
        }
        false
    }

    /// The lines of a section and all sections below it.
    pub(super) fn lines_within(&self, ancestor: usize) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| self.is_within(line.section, ancestor))
    }

    /// The titles of a section and those around it, from the inside.
    pub(super) fn titles(&self, section: usize) -> impl Iterator<Item = &str> {
        std::iter::successors(self.sections.get(section), |section| self.sections.get(section.parent?))
            .map(|section| section.title.as_str())
    }

    /// Lines in runs that share a block.
    pub(super) fn blocks(&self) -> impl Iterator<Item = &[Line]> {
        self.lines.chunk_by(|a, b| a.block == b.block && a.section == b.section)
    }
}

/// Reads `text`.
pub(super) fn read(path: &str, text: &str) -> Document {
    let raw: Vec<&str> = text.lines().collect();
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
    section: usize,
    block: u32,
}

/// An open fence: its marker, and whether it holds text of no language.
struct Fence {
    marker: String,
    is_text: bool,
}

impl Reader {
    fn new(path: &str) -> Self {
        let root = Section { line: 1, level: 0, title: String::new(), quantities: Vec::new(), parent: None };
        let document =
            Document { path: path.to_owned(), lines: Vec::new(), sections: vec![root], tables: Vec::new() };
        Self { document, fence: None, comment: false, section: 0, block: 0 }
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
        if let Some(level) = underline(trimmed, next) {
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
        let title = without_mark(&plain(title)).0;
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

    /// A table of two columns without a header holds labels and their values.
    fn key_values(&mut self, header: &Row, rows: &[Row]) {
        let unnamed = header.cells.len() == 2 && header.cells.iter().all(|cell| cell.trim().is_empty());
        for row in rows.iter().filter(|_| unnamed) {
            let text = format!("{}: {}", row.cell(0), row.cell(1));
            self.content(row.line, &text, Kind::Item);
        }
    }

    fn content(&mut self, number: u32, line: &str, kind: Kind) {
        let trimmed = line.trim();
        if trimmed.is_empty() || is_rule(trimmed) {
            self.block += u32::from(kind == Kind::Text);
            return;
        }
        let indent = line.len() - line.trim_start().len();
        let (bullet, rest) = item(trimmed.trim_start_matches(['>', ' ']));
        let is_item = kind == Kind::Text && bullet;
        if kind == Kind::Text && !is_item && indent < 4 {
            if let Some((level, title)) = pseudo_heading(trimmed) {
                self.open(number, level, title);
                return;
            }
            self.close_labels();
        }
        let (text, mark, boxed) = without_mark(&plain(if bullet { rest } else { trimmed }));
        let (label, value) = match labelled(&text) {
            (None, value) if is_item => dashed(&text).unwrap_or((None, value)),
            found => found,
        };
        self.document.lines.push(Line {
            number,
            kind: if is_item { Kind::Item } else { kind },
            indent,
            mark,
            boxed,
            quantities: quantities(&text),
            text,
            label,
            value,
            section: self.section,
            block: self.block,
        });
    }

    /// A line of prose ends the list below a bold label.
    fn close_labels(&mut self) {
        if let Some(section) = self.document.sections.get(self.section).filter(|s| s.level == 8) {
            self.section = section.parent.unwrap_or_default();
            self.block += 1;
        }
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

fn opening(trimmed: &str) -> Option<Fence> {
    let sign = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = trimmed.trim_start_matches(sign);
    let length = trimmed.len() - info.len();
    if length < 3 || info.contains('`') {
        return None;
    }
    let is_text = matches!(info.trim(), "" | "text" | "txt" | "plain" | "plaintext");
    Some(Fence { marker: trimmed.get(..length)?.to_owned(), is_text })
}

fn heading(trimmed: &str) -> Option<(u8, &str)> {
    let title = trimmed.trim_start_matches('#');
    let level = u8::try_from(trimmed.len() - title.len()).ok().filter(|level| (1..=6).contains(level))?;
    title.starts_with(' ').then(|| (level, title.trim().trim_end_matches('#')))
}

fn underline(trimmed: &str, next: &str) -> Option<u8> {
    let next = next.trim();
    let all = |sign: char| next.len() >= 3 && next.chars().all(|c| c == sign);
    let prose = !trimmed.is_empty() && !item(trimmed).0 && !trimmed.contains(": ") && !is_rule(trimmed);
    match (prose, all('='), all('-')) {
        (true, true, _) => Some(1),
        (true, _, true) => Some(2),
        _ => None,
    }
}

/// A bold line is a heading, a bold label without a value heads the list below it.
fn pseudo_heading(trimmed: &str) -> Option<(u8, &str)> {
    let inside = trimmed.strip_prefix("**")?;
    let (title, after) = inside.split_once("**")?;
    match after.trim() {
        "" if title.ends_with(':') => Some((8, title.trim_end_matches(':'))),
        "" => Some((7, title)),
        ":" => Some((8, title)),
        rest if rest.starts_with('(') && rest.ends_with("):") => Some((8, trimmed.trim_end_matches(':'))),
        _ => None,
    }
}

fn is_rule(trimmed: &str) -> bool {
    trimmed
        .chars()
        .all(|c| matches!(c, '-' | '_' | '*' | '=' | '━' | '─' | '═' | '╌' | '\u{fffd}' | ' ' | '+'))
}

/// Whether a line is a list item, and its text.
fn item(trimmed: &str) -> (bool, &str) {
    if let Some(rest) = ["- ", "* ", "+ ", "• "].iter().find_map(|bullet| trimmed.strip_prefix(bullet)) {
        return (true, rest.trim_start());
    }
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let after = trimmed.get(digits..).unwrap_or_default();
    let text = after.strip_prefix(". ").or_else(|| after.strip_prefix(") "));
    match text {
        Some(text) if (1..4).contains(&digits) => (true, text.trim_start()),
        _ => (false, trimmed),
    }
}

/// Takes marks out of a text; the first one counts.
fn without_mark(text: &str) -> (String, Option<Mark>, bool) {
    for (box_, mark) in [("[x] ", Mark::Done), ("[X] ", Mark::Done), ("[ ] ", Mark::Open)] {
        if let Some(rest) = text.strip_prefix(box_) {
            return (without_mark_signs(rest).0, Some(mark), true);
        }
    }
    let (text, mark) = without_mark_signs(text);
    (text, mark, false)
}

fn without_mark_signs(text: &str) -> (String, Option<Mark>) {
    let mark = text.chars().find_map(sign);
    let kept: String = text.chars().filter(|c| sign(*c).is_none()).collect();
    (kept.trim().to_owned(), mark)
}

fn sign(character: char) -> Option<Mark> {
    match character {
        '✅' | '✔' | '☑' | '✓' => Some(Mark::Done),
        '☐' => Some(Mark::Open),
        '🔄' | '⏳' | '🚧' => Some(Mark::Progress),
        '⚠' => Some(Mark::Warning),
        '❌' | '✗' | '✘' => Some(Mark::Failed),
        _ => None,
    }
}

/// `Core engine - 85%`: the dash before a number is as good as a colon.
fn dashed(text: &str) -> Option<(Option<String>, String)> {
    let (at, dash) = [" — ", " – ", " - "].iter().find_map(|dash| text.find(dash).map(|at| (at, dash)))?;
    let (label, value) = (text.get(..at)?.trim(), text.get(at + dash.len()..)?.trim_start());
    let number = value.trim_start_matches(['~', '≈']).starts_with(|c: char| c.is_ascii_digit());
    let name = label.ends_with(|c: char| c.is_alphabetic() || c == ')') && label.len() <= 60;
    (number && name).then(|| (Some(label.to_owned()), value.to_owned()))
}

/// What stands before and after the first colon that ends a word.
fn labelled(text: &str) -> (Option<String>, String) {
    let at = text.char_indices().find_map(|(at, c)| {
        let after = text.get(at + 1..).unwrap_or_default();
        (c == ':' && (after.is_empty() || after.starts_with(' '))).then_some(at)
    });
    match at.and_then(|at| Some((text.get(..at)?, text.get(at + 1..)?))) {
        Some((label, value)) if !label.is_empty() && label.len() <= 100 => {
            (Some(label.trim().to_owned()), value.trim_start().to_owned())
        }
        _ => (None, text.to_owned()),
    }
}
