//! Pipe tables.

use num_traits::Signed as _;

use super::inline::plain;
use super::quantity::{Quantity, Unit, quantities};
use crate::model::exact::whole;

/// A table with its header.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// The section it stands in.
    pub(super) section: usize,
    /// The first row.
    pub(super) header: Row,
    /// The other rows.
    pub(super) rows: Vec<Row>,
}

/// One row.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// Its line.
    pub(super) line: u32,
    /// As they read, marks included.
    pub(super) cells: Vec<String>,
}

impl Row {
    /// The text of a cell, empty beyond the last.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// The number that a cell is about: nothing stands before it.
    pub(super) fn number(&self, column: usize) -> Option<Quantity> {
        let cell = self.cell(column);
        let first = quantities(cell).into_iter().next()?;
        let before = cell.get(..first.start)?;
        // At the start of a cell a minus is no bullet.
        let minus =
            cell.starts_with(['-', '−']) && first.signed && first.start == 0 && first.low.is_positive();
        let first =
            if minus { Quantity { low: -&first.high, high: -&first.low, ..first.clone() } } else { first };
        (!before.contains(char::is_alphanumeric) && !is_date(cell, &first)).then_some(first)
    }

    /// Whether a cell says that there is nothing.
    pub(super) fn is_empty(&self, column: usize) -> bool {
        let cell = self.cell(column).to_lowercase();
        matches!(
            cell.trim(),
            "" | "-" | "–" | "—" | "n/a" | "na" | "none" | "tbd" | "baseline" | "?" | "todo" | "pending"
        )
    }

    /// Whether this row is a total, by its first cell.
    pub(super) fn is_total(&self) -> bool {
        let first = (0..2).map(|column| self.cell(column).trim()).find(|cell| !cell.is_empty());
        let name = first.unwrap_or_default().to_lowercase();
        let name = name.trim_matches(|c: char| !c.is_alphanumeric());
        matches!(
            name,
            "total"
                | "totals"
                | "sum"
                | "overall"
                | "grand total"
                | "overall score"
                | "total score"
                | "overall total"
                | "all"
                | "weighted total"
                | "weighted score"
                | "weighted average"
                | "average"
                | "mean"
                | "combined"
                | "both"
                | "together"
                | "altogether"
        ) || name.starts_with("total (")
            || name.starts_with("overall (")
    }
}

/// Whether a number is the day of a month: `7 Sep`.
pub(super) fn is_date(text: &str, quantity: &Quantity) -> bool {
    let after = text.get(quantity.end..).unwrap_or_default().trim_start_matches(['.', ' ']);
    let word = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
    let short = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];
    let full = [
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "januar",
        "februar",
        "märz",
        "mai",
        "juni",
        "juli",
        "oktober",
        "dezember",
    ];
    let name = after.get(..word).unwrap_or_default().to_lowercase();
    let known = short.contains(&name.as_str()) || full.contains(&name.as_str());
    quantity.unit == Unit::None && quantity.high <= whole(31) && known
}

impl Table {
    /// The first column whose header holds one of `words`.
    pub(super) fn column(&self, words: &[&str]) -> Option<usize> {
        let fits = |cell: &String| {
            let cell = cell.to_lowercase();
            words.iter().any(|word| cell.contains(word))
        };
        self.header.cells.iter().position(fits)
    }

    /// Rows before the first total.
    pub(super) fn body(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().take_while(|row| !row.is_total())
    }

    /// The total, if the table ends with one.
    pub(super) fn total(&self) -> Option<&Row> {
        let at = self.rows.iter().position(Row::is_total)?;
        (at > 0 && self.rows.iter().skip(at).all(Row::is_total)).then(|| self.rows.get(at)).flatten()
    }
}

/// Whether a line is the row of dashes below a header.
pub(super) fn delimiter(line: &str) -> bool {
    let line = line.trim();
    line.contains('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// Splits a row into cells; bars in code and escaped bars are text.
pub(super) fn row(line: u32, text: &str) -> Row {
    let text = text.trim();
    let text = text.strip_prefix('|').unwrap_or(text);
    let text = text.strip_suffix('|').unwrap_or(text);
    let mut cells = vec![String::new()];
    let (mut code, mut escaped) = (false, false);
    for character in text.chars() {
        if character == '|' && !code && !escaped {
            cells.push(String::new());
            continue;
        }
        code ^= character == '`';
        escaped = character == '\\';
        if let Some(cell) = cells.last_mut() {
            cell.push(character);
        }
    }
    Row { line, cells: cells.iter().map(|cell| plain(cell)).collect() }
}
