//! Lines and sections of a document.

use crate::audit::quantity::Quantity;
use crate::audit::table::Table;

/// What a tick or a box before a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::audit) enum Mark {
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
pub(in crate::audit) enum Kind {
    /// Prose.
    Text,
    /// A list item.
    Item,
    /// Inside a fence without a language.
    Fenced,
}

/// One line that says something.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Line {
    /// From 1.
    pub(in crate::audit) number: u32,
    /// Prose, item or fenced.
    pub(in crate::audit) kind: Kind,
    /// Spaces before it.
    pub(in crate::audit) indent: usize,
    /// Its first tick or box.
    pub(in crate::audit) mark: Option<Mark>,
    /// Whether the mark is a box, `[x]`: a state and not an ornament.
    pub(in crate::audit) boxed: bool,
    /// Whether a drawn line stands above it: what follows is what the lines before come to.
    pub(in crate::audit) ruled: bool,
    /// As it reads, without list marker and mark.
    pub(in crate::audit) text: String,
    /// What stands before the first colon.
    pub(in crate::audit) label: Option<String>,
    /// What stands after it; the whole text without a label.
    pub(in crate::audit) value: String,
    /// The innermost section.
    pub(in crate::audit) section: usize,
    /// Lines without an empty line between them share a block.
    pub(in crate::audit) block: u32,
    /// The quantities of the text.
    pub(in crate::audit) quantities: Vec<Quantity>,
}

impl Line {
    /// The label in lower case, empty without one.
    pub(in crate::audit) fn key(&self) -> String {
        self.label.as_deref().unwrap_or_default().to_lowercase()
    }

    /// Quantities after the label.
    pub(in crate::audit) fn values(&self) -> impl Iterator<Item = &Quantity> {
        let from = self.text.len() - self.value.len();
        self.quantities.iter().filter(move |q| q.end > from)
    }

    /// The quantity right behind one of `labels` and a colon, anywhere in the line: `Owner: us. Duration: 8 weeks.`
    pub(in crate::audit) fn labelled(&self, labels: &[&str]) -> Option<&Quantity> {
        let lower = self.text.to_lowercase();
        let is_label = |before: &str| {
            let named = before.trim_end().strip_suffix(':').unwrap_or_default().trim_end();
            let starts = |before: &str| before.is_empty() || before.ends_with(['.', ';', '|', '·', ',']);
            labels.iter().any(|label| named.strip_suffix(label).is_some_and(|rest| starts(rest.trim_end())))
        };
        self.quantities.iter().find(|q| lower.get(..q.start).is_some_and(is_label))
    }

    /// The text, for those who look at quantities by their place in it.
    pub(in crate::audit) fn value_text(&self) -> String {
        self.text.clone()
    }

    /// Quantities after the label, at their places in the whole text.
    pub(in crate::audit) fn value_quantities(&self) -> Vec<Quantity> {
        self.values().cloned().collect()
    }

    /// What stands between two quantities, or after the last.
    pub(in crate::audit) fn between(&self, from: usize, to: usize) -> &str {
        self.text.get(from..to).unwrap_or_default()
    }
}

/// A heading and what stands below it. Bold lines and bold labels head sections, too.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Section {
    /// The line of the heading.
    pub(in crate::audit) line: u32,
    /// 0 for the document, 1..=6 for headings, 7 for bold lines, 8 for labels with a list.
    pub(in crate::audit) level: u8,
    /// As it reads.
    pub(in crate::audit) title: String,
    /// Its quantities.
    pub(in crate::audit) quantities: Vec<Quantity>,
    /// The section around it.
    pub(in crate::audit) parent: Option<usize>,
}

/// A whole document.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Document {
    /// As given.
    pub(in crate::audit) path: String,
    /// All lines that say something, but for headings and tables.
    pub(in crate::audit) lines: Vec<Line>,
    /// The first is the document itself.
    pub(in crate::audit) sections: Vec<Section>,
    /// All tables.
    pub(in crate::audit) tables: Vec<Table>,
}

impl Document {
    /// Whether `section` is `ancestor` or stands below it.
    pub(in crate::audit) fn is_within(&self, section: usize, ancestor: usize) -> bool {
        let mut at = Some(section);
        while let Some(index) = at {
            if index == ancestor {
                return true;
            }
            at = self.sections.get(index).and_then(|section| section.parent);
        }
        false
    }

    /// The lines from a number on; they stand in the order of their numbers.
    pub(in crate::audit) fn lines_from(&self, number: u32) -> &[Line] {
        let at = self.lines.partition_point(|line| line.number < number);
        self.lines.get(at..).unwrap_or_default()
    }

    /// The lines of a section and all sections below it, which stand together.
    pub(in crate::audit) fn lines_within(&self, ancestor: usize) -> impl Iterator<Item = &Line> {
        let start = self.sections.get(ancestor).map_or(u32::MAX, |section| section.line);
        let lines = self.lines_from(start).iter();
        lines.take_while(move |line| self.is_within(line.section, ancestor))
    }

    /// The lines of a section alone.
    pub(in crate::audit) fn lines_of(&self, section: usize) -> impl Iterator<Item = &Line> {
        self.lines_within(section).filter(move |line| line.section == section)
    }

    /// The section around a section.
    pub(in crate::audit) fn parent(&self, section: usize) -> Option<usize> {
        self.sections.get(section)?.parent
    }

    /// The titles of a section and those around it, from the inside.
    pub(in crate::audit) fn titles(&self, section: usize) -> impl Iterator<Item = &str> {
        std::iter::successors(self.sections.get(section), |section| self.sections.get(section.parent?))
            .map(|section| section.title.as_str())
    }

    /// Lines in runs that share a block.
    pub(in crate::audit) fn blocks(&self) -> impl Iterator<Item = &[Line]> {
        self.lines.chunk_by(|a, b| a.block == b.block && a.section == b.section)
    }
}
