//! Ticks, rows with a state, and labels with one.

use super::MOST;
use crate::audit::facts::Facts;
use crate::audit::outline::{Kind, Line, Mark};
use crate::audit::table::{Row, Table};
use crate::audit::words::{mentions, words};

/// Something that is said to be done.
pub(super) struct Claim {
    pub(super) line: u32,
    /// All of what is done.
    pub(super) text: String,
    /// The words of its name: what stands before "at", "with", a bracket.
    pub(super) head: Vec<String>,
    /// What else the line or the row says of it.
    pub(super) rest: Vec<String>,
}

/// Words for a state and for what one does to get there: they name nothing.
const STATES: [&str; 44] = [
    "done",
    "tested",
    "rehearsed",
    "executed",
    "passed",
    "set",
    "up",
    "ready",
    "place",
    "working",
    "available",
    "exists",
    "finished",
    "completed",
    "written",
    "run",
    "reviewed",
    "approved",
    "signed",
    "held",
    "created",
    "implemented",
    "performed",
    "tried",
    "documented",
    "automated",
    "configured",
    "enabled",
    "defined",
    "live",
    "active",
    "pass",
    "getestet",
    "durchgeführt",
    "geprobt",
    "erstellt",
    "geprüft",
    "fertig",
    "erledigt",
    "eingerichtet",
    "abgeschlossen",
    "geschrieben",
    "aktiv",
    "geübt",
];

/// Whether a cell or a value begins with a word for what is over.
pub(super) fn is_done(text: &str) -> bool {
    let lower = text.to_lowercase();
    let first = lower.trim().split([',', '(', ';', '–', '—', '.']).next().unwrap_or_default().trim();
    let name = first.trim_matches(|c: char| !c.is_alphanumeric());
    let over = [
        "done",
        "complete",
        "completed",
        "finished",
        "fertig",
        "erledigt",
        "abgeschlossen",
        "yes",
        "ja",
        "100 %",
        "100%",
        "implemented",
        "fulfilled",
        "erfüllt",
        "ready",
        "verified",
        "in place",
        "live",
        "bereit",
        "closed",
        "signed",
        "approved",
    ];
    over.contains(&name)
        || over.contains(&first)
        || matches!(first, "✅" | "✔" | "☑" | "✅ done" | "[x]" | "x")
}

pub(super) fn all(facts: &Facts<'_>) -> Vec<Claim> {
    let document = facts.document;
    let mut found: Vec<Claim> = document.lines.iter().filter_map(of_line).take(MOST).collect();
    let mut lead = "";
    let listed = document.lines.iter().filter(|line| {
        if line.kind == Kind::Text {
            lead = line.text.strip_suffix(':').unwrap_or_default();
        }
        let title = document.titles(line.section).next().unwrap_or_default();
        let title = if lead.is_empty() { title } else { lead }.to_lowercase();
        let over = matches!(
            title.trim(),
            "done"
                | "completed"
                | "finished"
                | "already done"
                | "erledigt"
                | "fertig"
                | "what is done"
                | "what's done"
                | "done so far"
                | "complete"
                | "was erledigt ist"
                | "was fertig ist"
                | "what works"
                | "finished so far"
        );
        over && line.kind == Kind::Item && line.mark.is_none() && line.indent < 2
    });
    // "Monitoring: done. Backup: done." in one line of prose.
    for line in document.lines.iter().filter(|line| line.kind == Kind::Text && line.text.contains(": ")) {
        let pieces = line.text.split_inclusive(". ").skip_while(|_| line.text.matches(": ").count() < 2);
        let done = pieces
            .filter_map(|piece| piece.split_once(": "))
            .filter(|(_, value)| is_done(value) && value.len() <= 20);
        found.extend(done.map(|(name, _)| claim(line.number, name, Vec::new())));
    }
    found.extend(listed.map(|line| claim(line.number, &line.text, Vec::new())));
    for table in &document.tables {
        if let Some(state) = state_column(table) {
            found.extend(
                table.rows.iter().filter(|row| is_done(row.cell(state))).map(|row| of_row(row, state)),
            );
        }
        found.truncate(MOST);
    }
    found
}

pub(super) fn state_column(table: &Table) -> Option<usize> {
    let heads =
        ["status", "state", "done", "done?", "complete", "completed", "ready", "stand", "erledigt", "fertig"];
    (1..table.header.cells.len()).find(|c| mentions(&table.header.cell(*c).to_lowercase(), &heads))
}

fn of_line(line: &Line) -> Option<Claim> {
    let ticked = line.mark == Some(Mark::Done) && line.boxed;
    let short = line.kind == Kind::Item || line.value.len() <= 30;
    let labelled = line.mark.is_none() && short && line.label.is_some() && is_done(&line.value);
    if ticked {
        let rest = line.text.split_once([';', '(', ',']).map(|(_, rest)| rest.to_owned());
        return Some(claim(line.number, &line.text, rest.into_iter().collect()));
    }
    let label = line.label.as_deref().filter(|_| labelled)?;
    Some(claim(line.number, label, vec![line.value.clone()]))
}

fn of_row(row: &Row, state: usize) -> Claim {
    let name = usize::from(!row.cell(0).contains(char::is_alphabetic) || row.cell(0).len() <= 3);
    let name = if name == state { 0 } else { name };
    let rest = (0..row.cells.len()).filter(|cell| *cell != name).map(|cell| row.cell(cell).to_owned());
    claim(row.line, row.cell(name), rest.collect())
}

fn claim(line: u32, text: &str, rest: Vec<String>) -> Claim {
    Claim { line, text: text.to_owned(), head: head(text), rest }
}

/// The words of a name, without those for a state.
pub(super) fn head(text: &str) -> Vec<String> {
    let ends = [
        " (",
        ",",
        ":",
        ";",
        " — ",
        " – ",
        " - ",
        " at ",
        " with ",
        " for ",
        " in ",
        " on ",
        " by ",
        " to ",
        " from ",
        " über ",
        " mit ",
        " für ",
        " im ",
        " under ",
        " after ",
        " against ",
        " over ",
    ];
    let lower = text.to_lowercase();
    let end = ends.iter().filter_map(|end| lower.find(end)).min().unwrap_or(lower.len());
    names(lower.get(..end).unwrap_or_default())
}

/// The words of a text that name something.
pub(super) fn names(text: &str) -> Vec<String> {
    let mut found = words(text);
    found.retain(|word| !STATES.contains(&word.as_str()));
    found
}
