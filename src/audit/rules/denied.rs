//! Ticks that the rest of the document denies: a count that is not full, and a sentence that says "never" or "not yet".

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Line, Mark};
use crate::audit::quantity::{Limit, Quantity, Unit};
use crate::audit::rules::ratio::fractions;
use crate::audit::rules::sentence::{Sentence, prose};
use crate::audit::table::Table;
use crate::audit::words::{mentions, same_word, words};
use crate::model::audit::Rule;
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
    let lines = ticked.iter().filter(|line| line.boxed).map(|line| (line.number, line.text.as_str()));
    let rows = facts.document.tables.iter().flat_map(|table| {
        let state = column(table, &["status", "state", "done"]);
        table.rows.iter().filter(move |row| state.is_some_and(|at| is_done(row.cell(at)))).map(|row| {
            let name = usize::from(!row.cell(0).contains(char::is_alphabetic));
            (row.line, row.cell(name))
        })
    });
    let claims: Vec<(u32, &str)> = lines.chain(rows).take(MOST).collect();
    if !claims.is_empty() {
        by_sentence(facts, &claims, findings);
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
    let counts = crate::audit::quantity::quantities(inside);
    let Some(count) = counts.first().filter(|_| counts.iter().filter(|count| is_count(count)).count() == 1)
    else {
        return;
    };
    if !is_count(count) || count.low.is_zero() {
        return;
    }
    let still = ["now ", "currently ", "still ", "today ", "derzeit ", "noch "]
        .iter()
        .any(|word| inside.starts_with(word));
    // `for 240 branches (so far 96)`
    let so_far = inside.contains("so far") || inside.contains("bisher");
    let whole = crate::audit::quantity::quantities(before);
    let part = so_far && whole.iter().any(|all| is_count(all) && all.low > count.low);
    if part {
        report(
            line.number,
            format!("ticked, and its bracket says `{inside}`"),
            Some(inside.to_owned()),
            findings,
        );
    }
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

/// The first column with one of `words` in its header.
fn column(table: &Table, words: &[&str]) -> Option<usize> {
    (1..table.header.cells.len()).find(|c| mentions(&table.header.cell(*c).to_lowercase(), words))
}

fn is_done(cell: &str) -> bool {
    let cell = cell.to_lowercase();
    let name = cell.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(name, "done" | "complete" | "completed" | "finished" | "fertig" | "erledigt")
        || cell.trim() == "✅"
}

fn report(line: u32, message: String, computed: Option<String>, findings: &mut Findings) {
    if !findings.has(Rule::ClaimWithoutEvidence, line) {
        findings.add(Rule::ClaimWithoutEvidence, line, message, ("done".to_owned(), computed));
    }
}

/// `[x] Restore rehearsed` and "A restore has never been rehearsed".
fn by_sentence(facts: &Facts<'_>, claims: &[(u32, &str)], findings: &mut Findings) {
    let mut denied = 0;
    for block in facts.document.blocks() {
        for sentence in sentences_of(block) {
            if denied >= MOST {
                return;
            }
            denied += 1;
            for (line, text) in claims {
                let own = *line == sentence.1;
                if !own && is_denied(text, &sentence.0) && !findings.has(Rule::ClaimWithoutEvidence, *line) {
                    let message = format!("done here, and line {} says `{}`", sentence.1, sentence.0.trim());
                    report(*line, message, Some("not done".to_owned()), findings);
                }
            }
        }
    }
}

/// The sentences of a block that deny something, with their lines; a label goes with the sentences behind it.
fn sentences_of(block: &[Line]) -> Vec<(String, u32)> {
    let mut found = Vec::new();
    let text: Vec<(String, u32)> =
        prose(block).iter().map(|s: &Sentence| (s.text.clone(), s.line(0))).collect();
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
fn is_denied(text: &str, sentence: &str) -> bool {
    let state =
        ["place", "done", "ready", "set", "up", "working", "available", "exists", "finished", "completed"];
    let mut own = words(text.split('(').next().unwrap_or_default());
    own.retain(|word| !state.contains(&word.as_str()));
    let said = words(sentence);
    let found = own.iter().filter(|word| said.iter().any(|other| same_word(word, other))).count();
    // `Rehearsal 1` is not `rehearsal 2`.
    let numbers = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric());
        parts.filter(|part| part.contains(|c: char| c.is_ascii_digit())).map(str::to_lowercase).collect()
    };
    let told = numbers(sentence);
    let same = numbers(text.split('(').next().unwrap_or_default()).iter().all(|number| told.contains(number));
    same && own.len() >= 2 && found == own.len() || same && own.len() >= 4 && found + 1 == own.len()
}
