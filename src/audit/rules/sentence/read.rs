//! Sentences with their numbers, read over the lines of a block.

use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, worded};
use crate::audit::table::is_date;
use crate::model::audit::Rule;

/// A line that is shorter than this was not broken by an editor.
const WRAPPED: usize = 60;
/// More bytes than a sentence has.
const LONGEST: usize = 2000;

/// A sentence with the lines that it stands on.
pub(in crate::audit::rules) struct Sentence {
    pub(in crate::audit::rules) text: String,
    pub(in crate::audit::rules) quantities: Vec<Quantity>,
    /// The quantities, and the numbers written as words.
    pub(super) numbers: Vec<Quantity>,
    /// Where each line begins in the text.
    lines: Vec<(usize, u32)>,
}

impl Sentence {
    pub(in crate::audit::rules) fn line(&self, at: usize) -> u32 {
        self.lines.iter().rev().find(|(start, _)| *start <= at).map_or(1, |(_, line)| *line)
    }

    pub(in crate::audit::rules) fn said(&self, quantity: &Quantity) -> &str {
        self.text.get(quantity.start..quantity.end).unwrap_or_default()
    }

    /// What stands between two places, in lower case and trimmed.
    pub(in crate::audit::rules) fn between(&self, from: usize, to: usize) -> String {
        self.text.get(from..to).unwrap_or_default().trim().to_lowercase()
    }

    pub(in crate::audit::rules) fn after(&self, quantity: &Quantity) -> String {
        self.between(quantity.end, self.text.len())
    }

    pub(in crate::audit::rules) fn report(
        &self,
        (rule, wrong): (Rule, &Quantity),
        message: &str,
        computed: String,
        findings: &mut Findings,
    ) {
        let line = self.line(wrong.start);
        let said = self.said(wrong).to_owned();
        if !findings.repeats(line, &said) {
            findings.add(rule, line, format!("{message} {computed}, not {said}"), (said, Some(computed)));
        }
    }
}

/// Sentences with numbers.
pub(in crate::audit::rules) fn sentences(block: &[Line]) -> Vec<Sentence> {
    let mut found = prose(block);
    found.retain(|sentence| !sentence.quantities.is_empty());
    found
}

/// All sentences.
pub(in crate::audit::rules) fn prose(block: &[Line]) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut open = Vec::new();
    for (line, next) in block.iter().zip(block.iter().skip(1).map(Some).chain([None])) {
        let mut rest = line.text.as_str();
        while let Some(at) = end_of_sentence(rest) {
            let (sentence, further) = rest.split_at_checked(at).unwrap_or((rest, ""));
            open.push((line.number, sentence));
            found.extend(joined(&mut open));
            rest = further;
        }
        open.push((line.number, rest));
        let ended =
            end_of_sentence(&format!("{} X", rest.trim_end())).is_some_and(|at| at >= rest.trim_end().len());
        let goes_on = next.is_some_and(|next| next.kind == Kind::Text && line.kind != Kind::Fenced)
            && line.text.len() >= WRAPPED
            && !ended;
        if !goes_on {
            found.extend(joined(&mut open));
        }
    }
    found
}

/// Behind a point, a question or an exclamation that a space follows and no short word precedes.
fn end_of_sentence(text: &str) -> Option<usize> {
    text.match_indices(['.', '!', '?']).map(|(at, _)| at + 1).find(|at| {
        let (before, after) = text.split_at_checked(*at).unwrap_or((text, ""));
        if !after.starts_with(' ') {
            return false;
        }
        let word = before.split_whitespace().next_back().unwrap_or_default();
        let counts = word.ends_with("%.")
            || word.ends_with(").")
            || word.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit());
        let known = [
            "e.g.", "i.e.", "vs.", "no.", "nr.", "max.", "min.", "ca.", "etc.", "incl.", "fig.", "sec.",
            "bzw.", "art.",
        ];
        let starts = after.trim_start().starts_with(char::is_uppercase);
        word.len() > 4 || counts || starts && word.len() > 2 && !known.contains(&word.to_lowercase().as_str())
    })
}

fn joined(pieces: &mut Vec<(u32, &str)>) -> Option<Sentence> {
    let (mut text, mut lines) = (String::new(), Vec::new());
    for (line, piece) in pieces.drain(..) {
        if !text.is_empty() {
            text.push(' ');
        }
        lines.push((text.len(), line));
        text.push_str(piece.trim());
    }
    // What is longer was not written as a sentence.
    if text.len() > LONGEST {
        return None;
    }
    let (quantities, mut numbers) = (quantities(&text), worded(&text));
    numbers.retain(|number| !is_date(&text, number) && !is_name(&text, number));
    (!text.is_empty()).then_some(Sentence { text, quantities, numbers, lines })
}

/// Whether a number is the name of something: `week 10`, `step 3`.
fn is_name(text: &str, number: &Quantity) -> bool {
    let before = text.get(..number.start).unwrap_or_default().trim_end().to_lowercase();
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let named = [
        "week", "weeks", "sprint", "phase", "wave", "run", "step", "stage", "release", "version", "part",
        "chapter", "section", "page", "line", "row", "level", "tier", "class", "option", "gate", "action",
        "actions", "number", "no", "day", "days",
    ];
    number.unit == Unit::None
        && before.len() == text.get(..number.start).map_or(0, |t| t.trim_end().len())
        && named.contains(&word)
        && before.ends_with(word)
}

/// A whole number of things, as it is.
pub(super) fn is_count(quantity: &Quantity) -> bool {
    quantity.is_point()
        && quantity.over.is_none()
        && matches!(quantity.unit, Unit::None | Unit::Money)
        && quantity.limit == Limit::Exactly
        && !quantity.signed
        && quantity.decimals == 0
}

/// The word that a number counts.
pub(super) fn noun(sentence: &Sentence, quantity: &Quantity) -> String {
    let after = sentence.after(quantity);
    after.split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty()).unwrap_or_default().to_owned()
}
