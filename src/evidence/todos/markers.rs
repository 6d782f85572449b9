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
/// Bytes behind a marker that are looked at.
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
            if let Some(found) = marker(content).filter(|_| todos.len() < most) {
                let passed = memchr_iter(b'\n', text.get(counted..at).unwrap_or_default()).count();
                line = line.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
                counted = at;
                let tracked = names_an_issue(&found);
                let text = found.chars().take(LONGEST_TEXT).collect::<String>();
                todos.push(Todo { path: path.clone(), line, text: text.trim_end().into(), tracked });
            }
            at += content.len() + 1;
        }
    });
    todos
}

/// The first marker of a comment's line with what follows it. One between quotes is spoken of, and marks nothing.
fn marker(line: &[u8]) -> Option<String> {
    let stands_alone = |at: usize, word: &str| {
        let before = at.checked_sub(1).and_then(|last| line.get(last));
        let after = line.get(at + word.len());
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        !before.is_some_and(|byte| is_part(byte) || b"`'\"".contains(byte)) && !after.is_some_and(is_part)
    };
    let of_word =
        |word: &&'static str| memmem::find_iter(line, word.as_bytes()).find(|at| stands_alone(*at, word));
    let at = WORDS.iter().filter_map(of_word).min()?;
    let tail = line.get(at..).unwrap_or_default();
    let tail = tail.get(..LONGEST_LINE.min(tail.len())).unwrap_or_default();
    Some(String::from_utf8_lossy(tail).trim_end().to_owned())
}

/// Whether the text of a marker names an issue: `#12`, `GH-12`, the address of one, or a tracker's `ABC-12` right behind
/// the marker.
fn names_an_issue(text: &str) -> bool {
    let number = |text: &str| {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let next = text.chars().nth(digits);
        (1..=9).contains(&digits) && !next.is_some_and(char::is_alphanumeric)
    };
    let behind = |sign: &'static str| text.split(sign).skip(1);
    let address = |start| behind(start).any(is_issue_page);
    let key = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let key = key.trim_start_matches(|c: char| " ([:-#".contains(c));
    let tracker = key.split_once('-').is_some_and(|(project, digits)| {
        let shape = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        let is_key = project.len() >= 2 && project.chars().all(shape) && !STANDARDS.contains(&project);
        is_key && project.starts_with(|c: char| c.is_ascii_uppercase()) && number(digits)
    });
    tracker
        || behind("#").any(number)
        || behind("GH-").any(number)
        || address("http://")
        || address("https://")
}

/// Whether an address, from its host on, is that of an issue: one of its known pages with a number behind it.
fn is_issue_page(address: &str) -> bool {
    let address = address.split(char::is_whitespace).next().unwrap_or_default();
    ISSUE_PAGES.iter().any(|page| {
        address.split_once(page).is_some_and(|(_, rest)| rest.contains(|c: char| c.is_ascii_digit()))
    })
}
