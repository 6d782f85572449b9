//! Tables whose columns line up.

use std::fmt::Display;

use super::style::{Color, Tone};

/// A cell with more characters stands out of its column, which it does not widen for all others.
const WIDEST: usize = 100;

/// One cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    text: String,
    tone: Tone,
    right: bool,
}

/// Text, to the left.
pub(super) fn text(text: impl Into<String>) -> Cell {
    Cell { text: text.into(), ..Cell::default() }
}

/// A number, to the right.
pub(super) fn number(number: impl Display) -> Cell {
    Cell { text: format!("{number}"), right: true, ..Cell::default() }
}

impl Cell {
    /// The same cell in another tone.
    pub(super) fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    fn width(&self) -> usize {
        self.text.chars().count()
    }
}

/// Rows of cells; the first may be a heading, `rule` draws a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table with a faint heading.
    pub(super) fn with_heading(cells: Vec<Cell>) -> Self {
        Self { rows: vec![cells.into_iter().map(|cell| cell.tone(Tone::Faint)).collect()] }
    }

    pub(super) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// One line per row, indented by two.
    pub(super) fn lines(&self, color: Color) -> Vec<String> {
        let widths = self.widths();
        self.rows.iter().map(|row| line(row, &widths, color)).collect()
    }

    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let cells = |column| self.rows.iter().filter_map(move |row| row.get(column)).map(Cell::width);
        let width = |column| cells(column).filter(|width| *width <= WIDEST).max();
        (0..columns).map(|column| width(column).unwrap_or(0)).collect()
    }
}

fn line(row: &[Cell], widths: &[usize], color: Color) -> String {
    let mut line = String::new();
    for (cell, width) in row.iter().zip(widths) {
        let padding = " ".repeat(width.saturating_sub(cell.width()));
        let painted = cell.tone.paint(&cell.text, color);
        let (before, after) = if cell.right { (padding.as_str(), "") } else { ("", padding.as_str()) };
        line.extend(["  ", before, &painted, after]);
    }
    line.truncate(line.trim_end().len());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_endless_cell_does_not_widen_the_column_of_all_others() {
        let mut table = Table::default();
        table.row(vec![text("a".repeat(WIDEST + 1)), text("x")]);
        table.row(vec![text("bb"), text("y")]);
        table.row(vec![text("c"), text("z")]);
        let lines = table.lines(Color::Plain);
        assert_eq!(lines[1..], ["  bb  y", "  c   z"]);
        assert!(lines[0].ends_with("a  x"));
    }
}
