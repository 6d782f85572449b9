//! Markers in comments, and the issues that they name.

use std::sync::Arc;

use memchr::{memchr_iter, memmem};

use super::comments::comments;
use super::languages;
use super::rules::is_generated;
use crate::model::todos::Todo;

/// Written like this, as words of their own.
const WORDS: [&str; 4] = ["TODO", "FIXME", "XXX", "HACK"];
/// Characters of a marker's text that are kept.
const LONGEST_TEXT: usize = 200;
/// Bytes before and behind a marker that are looked at.
const LONGEST_LINE: usize = 2000;
/// A text with a zero byte among so many first ones is no text.
const BINARY: usize = 8000;
/// What addresses of issues have in them.
const ISSUE_PAGES: [&str; 10] = [
    "/issues/",
    "/issue/",
    "/pull/",
    "/pulls/",
    "/pull-requests/",
    "/merge_requests/",
    "/work_items/",
    "/discussions/",
    "/browse/",
    "show_bug.cgi?id=",
];
/// What looks like an issue of a tracker, `ABC-123`, and names a standard.
const STANDARDS: [&str; 8] = ["UTF", "SHA", "ISO", "RFC", "CVE", "IEEE", "MD", "ANSI"];

/// The markers in the comments of `text`, the file `path`: the first of each line, at most `most`. None in a file whose
/// language is not known, or that is generated or binary.
pub fn markers(path: &str, text: &[u8], most: usize) -> Vec<Todo> {
    let mut todos = Vec::new();
    let Some(language) = languages::of(path) else { return todos };
    let beginning = text.get(..BINARY.min(text.len())).unwrap_or_default();
    let marked = WORDS.iter().any(|word| memmem::find(text, word.as_bytes()).is_some());
    if !marked || beginning.contains(&0) || is_generated(beginning) {
        return todos;
    }
    let path: Arc<str> = path.into();
    let (mut line, mut counted) = (1_u32, 0);
    comments(text, language, &mut |start, comment| {
        let mut at = start;
        for content in comment.split(|byte| *byte == b'\n') {
            if let Some((before, found)) = marker(content).filter(|_| todos.len() < most) {
                let passed = memchr_iter(b'\n', text.get(counted..at).unwrap_or_default()).count();
                line = line.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
                counted = at;
                // Of several comments on one line the first marker counts.
                if todos.last().is_none_or(|last: &Todo| last.line != line) {
                    let tracked = names_an_issue(&found) || refers_to_an_issue(&before);
                    let text = found.chars().take(LONGEST_TEXT).collect::<String>();
                    todos.push(Todo { path: path.clone(), line, text: text.trim_end().into(), tracked });
                }
            }
            at += content.len() + 1;
        }
    });
    todos
}

/// What stands before the first marker of a comment's line, and the marker with what follows it. One between quotes is
/// spoken of, and marks nothing; nor does one that is a part of a name or a pattern: `file.XXX`, `XXX-XX-XXXX`.
fn marker(line: &[u8]) -> Option<(String, String)> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let joins = |byte: Option<&u8>, next: Option<&u8>| {
        byte.is_some_and(|byte| b"-./".contains(byte)) && next.is_some_and(is_part)
    };
    let stands_alone = |at: usize, word: &str| {
        let back = |steps: usize| at.checked_sub(steps).and_then(|place| line.get(place));
        let ahead = |steps: usize| line.get(at + word.len() + steps);
        let is_spoken_of = back(1).is_some_and(|byte| b"`'\"".contains(byte));
        !back(1).is_some_and(is_part)
            && !ahead(0).is_some_and(is_part)
            && !is_spoken_of
            && !joins(back(1), back(2))
            && !joins(ahead(0).filter(|byte| **byte == b'.' || word == "XXX"), ahead(1))
    };
    let of_word =
        |word: &&'static str| memmem::find_iter(line, word.as_bytes()).find(|at| stands_alone(*at, word));
    let at = WORDS.iter().filter_map(of_word).min()?;
    let (head, tail) = line.split_at_checked(at)?;
    let head = head.get(head.len().saturating_sub(LONGEST_LINE)..).unwrap_or_default();
    let tail = tail.get(..LONGEST_LINE.min(tail.len())).unwrap_or_default();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end().to_owned();
    Some((text(head), text(tail)))
}

/// Whether a marker with its text names an issue: refers to one, or has a tracker's `ABC-12` right behind the marker.
fn names_an_issue(text: &str) -> bool {
    let key = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let key = key.trim_start_matches(|c: char| " ([:-#".contains(c));
    let tracker = key.split_once('-').is_some_and(|(project, digits)| {
        let shape = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        let is_key = project.len() >= 2 && project.chars().all(shape) && !STANDARDS.contains(&project);
        is_key && project.starts_with(|c: char| c.is_ascii_uppercase()) && is_number(digits)
    });
    tracker || refers_to_an_issue(text)
}

/// Whether `text` has `#12`, `GH-12` or the address of an issue in it. `#123456` behind the word colour is none.
fn refers_to_an_issue(text: &str) -> bool {
    let signs = || text.match_indices('#').filter_map(|(at, _)| text.split_at_checked(at));
    let behind = |sign: &'static str| text.split(sign).skip(1);
    let address = |start| behind(start).any(is_issue_page);
    signs().any(|(before, sign)| is_number(sign.trim_start_matches('#')) && !ends_with_colour(before))
        || behind("GH-").any(is_number)
        || address("http://")
        || address("https://")
}

/// Whether `text` begins with the number of an issue, which has at most nine digits and does not begin with a zero.
fn is_number(text: &str) -> bool {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let next = text.get(digits..).and_then(|rest| rest.chars().next());
    (1..=9).contains(&digits) && !text.starts_with('0') && !next.is_some_and(char::is_alphanumeric)
}

fn ends_with_colour(before: &str) -> bool {
    let before = before.trim_end_matches([' ', ':', '=', '(', '"', '\'', '`']).to_ascii_lowercase();
    ["color", "colors", "colour", "colours"].iter().any(|word| before.ends_with(word))
}

/// Whether an address, from its host on, is that of an issue: one of its known pages with a number behind it.
fn is_issue_page(address: &str) -> bool {
    let address = address.split(char::is_whitespace).next().unwrap_or_default();
    ISSUE_PAGES.iter().any(|page| {
        address.split_once(page).is_some_and(|(_, rest)| rest.contains(|c: char| c.is_ascii_digit()))
    })
}
