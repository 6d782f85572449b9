//! Tables written as HTML.

use crate::audit::inline::plain;
use crate::audit::table::Row;

/// A table that is not closed within so many lines is none.
pub(super) const MOST_LINES: usize = 2000;

/// The rows of the table that opens in line `from`, and how many lines it takes.
pub(super) fn rows(all: &[&str], from: usize) -> Option<(Vec<Row>, usize)> {
    let mut found = Cells { rows: Vec::new(), open: false };
    for (at, line) in all.iter().enumerate().skip(from).take(MOST_LINES) {
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        if found.line(number, line) {
            found.rows.retain(|row| !row.cells.is_empty());
            return Some((found.finished(), at + 1 - from));
        }
    }
    None
}

struct Cells {
    rows: Vec<Row>,
    open: bool,
}

impl Cells {
    /// Reads one line; whether the table ends in it.
    fn line(&mut self, number: u32, line: &str) -> bool {
        let mut rest = line;
        while let Some((text, after)) = rest.split_once('<') {
            self.push(text);
            let (tag, after) = after.split_once('>').unwrap_or((after, ""));
            let name = tag.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
            match name.as_str() {
                "tr" => self.rows.push(Row { line: number, cells: Vec::new() }),
                "td" | "th" => self.cell(),
                "/td" | "/th" | "/tr" => self.open = false,
                "/table" => return true,
                _ => {}
            }
            rest = after;
        }
        self.push(rest);
        self.push(" ");
        false
    }

    fn cell(&mut self) {
        self.open = self.rows.last_mut().map(|row| row.cells.push(String::new())).is_some();
    }

    fn push(&mut self, text: &str) {
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.cells.last_mut()).filter(|_| self.open) {
            cell.push_str(text);
        }
    }

    fn finished(self) -> Vec<Row> {
        let text =
            |cell: &String| plain(&cell.replace("&nbsp;", " ").replace("&lt;", "< ").replace("&gt;", ">"));
        self.rows
            .into_iter()
            .map(|row| Row { line: row.line, cells: row.cells.iter().map(text).collect() })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn rows_are_found_by_their_tags_on_one_line_or_many() {
        let text = [
            "<table><thead><tr><th>Suite</th><th align=\"right\">Passed</th></tr></thead>",
            "<tr>",
            "<td><b>Unit</b></td>",
            "<td>9&nbsp;of 10</td></tr>",
            "</table> after",
        ];
        let (rows, lines) = rows(&text, 0).unwrap();
        assert_eq!(lines, 5);
        assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(rows[1].cells, ["Unit", "9 of 10"]);
    }

    #[test]
    fn a_table_that_does_not_end_is_none() {
        assert!(rows(&["<table>", "<tr><td>1</td></tr>"], 0).is_none());
    }
}
