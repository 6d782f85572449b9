//! Tables of fixed width, as tools print them: columns two spaces or more apart.

use super::shapes::is_rule;
use crate::audit::table::{Row, Table};

/// The tables of the fenced text that begins in line `from` and ends at `fence`.
pub(super) fn tables(all: &[&str], from: usize, fence: &str, section: usize) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut open: Option<Table> = None;
    for (at, line) in all.iter().enumerate().skip(from) {
        if line.trim().starts_with(fence) {
            break;
        }
        let row = Row { line: u32::try_from(at + 1).unwrap_or(u32::MAX), cells: cells(line) };
        match &mut open {
            _ if is_rule(line.trim()) => {}
            Some(table) if table.header.cells.len() == row.cells.len() && numbers(&row) => {
                table.rows.push(row);
            }
            _ => {
                tables.extend(open.take());
                open = heads(&row).then(|| Table { section, header: row, rows: Vec::new() });
            }
        }
    }
    tables.extend(open);
    tables.retain(|table| table.rows.len() >= 2);
    tables
}

fn cells(line: &str) -> Vec<String> {
    line.trim().split("  ").map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect()
}

/// Names without numbers.
fn heads(row: &Row) -> bool {
    row.cells.len() >= 3 && row.cells.iter().all(|cell| cell.starts_with(char::is_alphabetic))
}

/// A number in every column but the first.
fn numbers(row: &Row) -> bool {
    row.cells
        .iter()
        .skip(1)
        .all(|cell| cell.trim_start_matches(['+', '-', '~']).starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::tables;

    #[test]
    fn a_printed_table_has_rows_and_columns() {
        let text = [
            "Suite    Passed  Failed",
            "unit        10       2",
            "-----",
            "TOTAL       10       2",
            "done",
            "```",
            "x  1  2",
        ];
        let found = tables(&text, 0, "```", 0);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(found[0].total().map(|row| row.cell(1)), Some("10"));
    }
}
