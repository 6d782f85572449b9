//! What a document says about its files in two places: how long they take to read, and what is in them.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Quantity, Unit, shown_range};
use crate::audit::words::{mentions, words};
use crate::model::audit::Rule;
use crate::model::words::with_noun;

/// Reading times that are kept for comparison.
const MOST: usize = 500;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    read_times(facts, findings);
    places(facts, findings);
}

/// The only file that a text names.
fn file(text: &str) -> Option<&str> {
    let mut files = text
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '·' | '/')))
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| is_file(word));
    let first = files.next()?;
    files.next().is_none().then_some(first)
}

fn is_file(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(name, end)| {
        !name.is_empty() && (2..=5).contains(&end.len()) && end.chars().all(|c| c.is_ascii_lowercase())
    })
}

/// The file that a section is about: `File: NAME`.
fn file_of<'a>(facts: &'a Facts<'_>, section: usize) -> Option<&'a str> {
    let line = facts.document.lines.iter().find(|line| line.section == section && line.key() == "file")?;
    file(&line.value)
}

/// `Read time: 10 minutes` below a file, and "Read FILE (15 min)".
fn read_times(facts: &Facts<'_>, findings: &mut Findings) {
    let mut seen: Vec<(&str, Quantity, u32)> = Vec::new();
    for line in &facts.document.lines {
        let mut minutes = line.quantities.iter().filter(|q| q.unit == Unit::Minutes);
        let (Some(time), None) = (minutes.next(), minutes.next()) else { continue };
        let below = mentions(&line.key(), &["read time", "reading time"])
            .then(|| file_of(facts, line.section))
            .flatten();
        let reads = line.text.to_lowercase().starts_with("read ");
        let Some(name) = below.or_else(|| file(&line.text).filter(|_| reads)) else { continue };
        let apart = |other: &Quantity| other.high < time.low || time.high < other.low;
        if let Some((_, other, at)) = seen.iter().find(|(known, other, _)| *known == name && apart(other)) {
            let minutes = |q: &Quantity| with_noun(&shown_range(&q.low, &q.high), "minute");
            let message =
                format!("`{name}` takes {} to read here and {} in line {at}", minutes(time), minutes(other));
            findings.add(Rule::Timeline, line.number, message, (minutes(time), Some(minutes(other))));
        }
        if seen.len() < MOST {
            seen.push((name, time.clone(), line.number));
        }
    }
}

/// "The timeline is in FILE" where the list of what FILE contains lacks it, and that of another file has it.
fn places(facts: &Facts<'_>, findings: &mut Findings) {
    let contents: Vec<(&str, &Line)> = facts
        .document
        .lines
        .iter()
        .filter(|line| line.key() == "contains")
        .filter_map(|line| Some((file_of(facts, line.section)?, line)))
        .collect();
    for line in &facts.document.lines {
        for sentence in line.text.split(". ") {
            let Some((subject, place)) = sentence.split_once(" is in ") else { continue };
            let (subject, Some(name)) = (words(subject), file(place)) else { continue };
            let [thing] = subject.as_slice() else { continue };
            let holds = |line: &Line| words(&line.value).contains(thing);
            let own = contents.iter().find(|(known, _)| *known == name);
            let other = contents.iter().find(|(known, line)| *known != name && holds(line));
            if let (Some((_, own)), Some((right, at))) = (own, other)
                && !holds(own)
            {
                let message = format!(
                    "line {} lists what `{name}` contains, without this; by line {} it is in `{right}`",
                    own.number, at.number
                );
                findings.add(
                    Rule::ClaimWithoutEvidence,
                    line.number,
                    message,
                    (name.to_owned(), Some((*right).to_owned())),
                );
            }
        }
    }
}
