//! Ticks that the rest of the document denies: a count that is not full, and a sentence that says "never" or "not yet".

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Line, Mark};
use crate::audit::quantity::{Limit, Quantity, Unit};
use crate::audit::rules::ratio::fractions;
use crate::audit::rules::sentence::{Sentence, sentences};
use crate::audit::table::{Row, Table};
use crate::audit::words::{mentions, same_word, words};
use crate::model::audit::Rule;
use crate::model::exact::whole;
use num_traits::Zero as _;

/// Ticks and denials that are held against each other; a document with more is none that a person wrote.
const MOST: usize = 300;

/// What says that something has not happened.
const DENIALS: [&str; 32] = [
    "has not been",
    "have not been",
    "was never",
    "were never",
    "has never",
    "have never",
    "not yet",
    "never been",
    "yet to be",
    "still to be",
    "remains to be",
    "not run yet",
    "not started",
    "has not started",
    "does not exist",
    "do not exist",
    "still missing",
    "is missing",
    "are missing",
    "not in place",
    "not written",
    "not tested",
    "not rehearsed",
    "still outstanding",
    "is outstanding",
    "noch nie",
    "noch nicht",
    "steht aus",
    "steht noch aus",
    "nie geprobt",
    "nie getestet",
    "hasn't been",
];

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let ticked: Vec<&Line> =
        facts.document.lines.iter().filter(|line| line.mark == Some(Mark::Done)).take(MOST).collect();
    for line in ticked.iter().filter(|line| line.boxed) {
        not_full(line, findings);
        now(line, findings);
    }
    for table in &facts.document.tables {
        for row in &table.rows {
            unfinished(table, row, findings);
        }
    }
    if ticked.iter().any(|line| line.boxed) {
        by_sentence(facts, &ticked, findings);
    }
}

/// `[x] Screenshots for 4 of 6 device classes`.
fn not_full(line: &Line, findings: &mut Findings) {
    let lower = line.text.to_lowercase();
    let fine = [
        "at least",
        "target",
        "threshold",
        "minimum",
        "required",
        "limit",
        "goal",
        "top",
        "phase",
        "step",
        "part",
        "score",
        "rating",
        "rated",
        "points",
        "needed",
        "need",
        "above",
        "agreed",
        "rest",
        "others",
        "other",
        "waived",
        "accepted",
        "enough",
        "tier",
        "level",
        "pass",
        "passed",
        "passing",
        "passes",
        "cases",
        "survey",
        "below",
        "gate",
    ];
    let all = fractions(&line.text, &line.quantities);
    let [(part, total, start, end)] = all.as_slice() else { return };
    let after = line.text.get(*end..).unwrap_or_default().trim_start();
    let noun = after.starts_with(char::is_alphabetic) || after.starts_with(')') || after.is_empty();
    let more = line.quantities.iter().filter(|q| q.start >= *end || q.end <= *start).count();
    if part < total
        && part.is_integer()
        && total.is_integer()
        && noun
        && more == 0
        && !mentions(&lower, &fine)
    {
        let said = line.between(*start, *end).to_owned();
        report(line.number, format!("ticked, and {said} of it is there"), Some(said), findings);
    }
}

/// `[x] Zero differing tables (now 4)`, `[x] All partners informed (2 open)`.
fn now(line: &Line, findings: &mut Findings) {
    let lower = line.text.to_lowercase();
    let Some((before, inside)) =
        lower.rsplit_once('(').and_then(|(before, rest)| Some((before, rest.strip_suffix(')')?)))
    else {
        return;
    };
    let nothing =
        ["zero", "no", "0", "keine", "none"].iter().any(|word| before.split(' ').next() == Some(*word));
    let all = mentions(before, &["all", "every", "each", "alle"]);
    let [count] = &*crate::audit::quantity::quantities(inside) else { return };
    if !is_count(count) || count.low.is_zero() {
        return;
    }
    let still = ["now ", "currently ", "still ", "today ", "derzeit ", "noch "]
        .iter()
        .any(|word| inside.starts_with(word));
    let left = ["open", "left", "missing", "remaining", "outstanding", "to go", "offen"];
    let open = inside.get(count.end..).is_some_and(|rest| mentions(rest, &left));
    if nothing && (still || open) || all && open {
        report(
            line.number,
            format!("ticked, and its bracket says `{inside}`"),
            Some(inside.to_owned()),
            findings,
        );
    }
}

fn is_count(quantity: &Quantity) -> bool {
    quantity.is_point()
        && quantity.unit == Unit::None
        && quantity.over.is_none()
        && quantity.limit == Limit::Exactly
}

/// A row that is done and whose count or progress is not full.
fn unfinished(table: &Table, row: &Row, findings: &mut Findings) {
    let done = |cell: &str| {
        let cell = cell.to_lowercase();
        let name = cell.trim_matches(|c: char| !c.is_alphanumeric());
        matches!(name, "done" | "complete" | "completed" | "finished" | "fertig" | "erledigt")
            || cell.trim() == "✅"
    };
    let column = |words: &[&str]| {
        (1..table.header.cells.len()).find(|c| mentions(&table.header.cell(*c).to_lowercase(), words))
    };
    let Some(state) = column(&["status", "state", "done"]).filter(|column| done(row.cell(*column))) else {
        return;
    };
    let Some(progress) = column(&["progress", "complete", "completion", "% done", "fortschritt"]) else {
        return;
    };
    let Some(stated) = row.number(progress).filter(|q| progress != state && q.is_point()) else { return };
    let part = match &stated.over {
        Some(over) => stated.low < *over,
        None => stated.unit == Unit::Percent && stated.low < whole(100),
    };
    if part {
        let said = row.cell(progress).to_owned();
        let message = format!("`{}` is `{}`, and its progress is {said}", row.cell(0), row.cell(state));
        report(row.line, message, Some(said), findings);
    }
}

fn report(line: u32, message: String, computed: Option<String>, findings: &mut Findings) {
    if !findings.has(Rule::ClaimWithoutEvidence, line) {
        findings.add(Rule::ClaimWithoutEvidence, line, message, ("done".to_owned(), computed));
    }
}

/// `[x] Restore rehearsed` and "A restore has never been rehearsed".
fn by_sentence(facts: &Facts<'_>, ticked: &[&Line], findings: &mut Findings) {
    let mut denied = 0;
    for block in facts.document.blocks() {
        for sentence in sentences_of(block) {
            if denied >= MOST {
                return;
            }
            denied += 1;
            for line in ticked {
                let own = line.number == sentence.1;
                if !own
                    && is_denied(line, &sentence.0)
                    && !findings.has(Rule::ClaimWithoutEvidence, line.number)
                {
                    let message =
                        format!("ticked here, and line {} says `{}`", sentence.1, sentence.0.trim());
                    report(line.number, message, Some("not done".to_owned()), findings);
                }
            }
        }
    }
}

/// The sentences of a block that deny something, with their lines; a label goes with the sentences behind it.
fn sentences_of(block: &[Line]) -> Vec<(String, u32)> {
    let mut found = Vec::new();
    let text: Vec<(String, u32)> =
        sentences(block).iter().map(|s: &Sentence| (s.text.clone(), s.line(0))).collect();
    let plain = block.iter().map(|line| (line.text.clone(), line.number));
    for (text, line) in text.into_iter().chain(plain) {
        let marked = block.iter().any(|l| l.number == line && l.mark.is_some());
        let lower = text.to_lowercase();
        let open = mentions(
            &lower,
            &["if", "until", "unless", "without", "no longer", "once", "only", "was", "anymore"],
        );
        if !marked && !open && lower.len() <= 300 && DENIALS.iter().any(|denial| mentions(&lower, &[denial]))
        {
            found.push((text, line));
        }
    }
    found
}

/// Whether a sentence speaks of all that a ticked line is about.
fn is_denied(line: &Line, sentence: &str) -> bool {
    let own = words(line.text.split('(').next().unwrap_or_default());
    let said = words(sentence);
    let found = own.iter().filter(|word| said.iter().any(|other| same_word(word, other))).count();
    own.len() >= 2 && found == own.len() || own.len() >= 4 && found + 1 == own.len()
}
