//! Text in comments and job summaries, as GitHub's Markdown reads it.
//!
//! Text that is not ours goes into code spans, where GitHub resolves no mention, reference, emoji or link
//! (<https://docs.github.com/en/get-started/writing-on-github>). Sentences of ours that quote such text go through
//! [`prose`], which leaves plain words alone and puts everything else into code spans.

use std::fmt::Write;

use super::{shorten, visible};

/// Where a code span stands; cells of tables split at `|` before code spans are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Paragraphs, lists, summaries.
    Text,
    /// A table's cell.
    Cell,
}

/// `text` as a code span of at most `limit` characters.
pub fn code(text: &str, limit: usize, place: Place) -> String {
    let shown = visible(text);
    let shown = shorten(&shown, limit);
    match place {
        _ if shown.trim().is_empty() => String::from("`(empty)`"),
        // A backslash before the bar would escape the escape; entities mean the same in every table parser.
        Place::Cell if shown.contains('|') => entities(&shown),
        _ => span(&shown),
    }
}

/// A fence one longer than the longest run of backticks inside; the padding is dropped by the reader again.
fn span(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let padded = longest > 0 || (text.starts_with(' ') && text.ends_with(' '));
    let pad = if padded { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn entities(text: &str) -> String {
    let mut escaped = String::from("<code>");
    for character in text.chars() {
        if character.is_ascii_punctuation() {
            // Writing into a string cannot fail.
            let _ = write!(escaped, "&#{};", u32::from(character));
        } else {
            escaped.push(character);
        }
    }
    escaped + "</code>"
}

/// A sentence of ours, which may quote other people's text in backticks: plain words stay, quoted text and every
/// word that Markdown or GitHub could take for more than a word become code spans.
pub fn prose(text: &str, place: Place) -> String {
    let shown = visible(text);
    let parts = shown.split('`').enumerate().map(|(index, part)| {
        let quoted = index % 2 == 1 && !part.trim().is_empty();
        if quoted { code(part, QUOTED, place) } else { words(part, place, index == 0) }
    });
    join(parts)
}

/// Longest quotation inside a sentence.
const QUOTED: usize = 200;

/// Two code spans must not touch: their fences would run into one.
fn join(parts: impl Iterator<Item = String>) -> String {
    let mut joined = String::new();
    for part in parts {
        if joined.ends_with('`') && part.starts_with('`') {
            joined.push(' ');
        }
        joined.push_str(&part);
    }
    joined
}

fn words(text: &str, place: Place, begins: bool) -> String {
    let words = text.split(' ').enumerate().map(|(index, word)| match word {
        "<" => String::from("&lt;"),
        ">" => String::from("&gt;"),
        "&" => String::from("&amp;"),
        _ if begins && index == 0 && is_block_start(word) => code(word, QUOTED, place),
        _ if is_plain(word) => word.to_owned(),
        _ => code(word, QUOTED, place),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Whether `word` means nothing but itself: no mention, reference, object name, address, emoji, markup, list item.
fn is_plain(word: &str) -> bool {
    let plain =
        |c: char| c.is_ascii_alphanumeric() || ".,;:%'\"()/+-?!=".contains(c) || "…–—−≥≤→·×".contains(c);
    word.chars().all(plain) && !is_reference(word) && word.matches(':').count() < 2
}

/// What GitHub or Markdown turns into a link: hexadecimal object names, `GH-12`, web addresses.
fn is_reference(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let object = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|run| run.len() >= 7 && run.bytes().all(|b| b.is_ascii_hexdigit()));
    let issue = lower.split("gh-").skip(1).any(|after| after.starts_with(|c: char| c.is_ascii_digit()));
    object || issue || lower.contains("://") || lower.contains("www.")
}

/// What starts a list, a rule or an underlined heading at the beginning of a line.
fn is_block_start(word: &str) -> bool {
    let marks = !word.is_empty() && word.chars().all(|c| "+-=".contains(c));
    let numbered = word
        .strip_suffix(['.', ')'])
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    marks || numbered
}
