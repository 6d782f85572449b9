//! Version 1: lines such as `test: name` and `failure: name [`, among whatever else was printed.

use std::io::BufRead;

use super::cases::Cases;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::text_lines::TextLines;
use crate::model::input::Problem;
use crate::model::tests::{Outcome, TestReport};

/// Whether a test begins and ends in `head`.
pub(super) fn looks_like(head: &str) -> bool {
    let mut begun = None;
    head.lines().any(|line| match command(line) {
        Some((None, name)) => {
            begun = Some(name);
            false
        }
        Some((Some(_), rest)) => begun == Some(details(rest).0),
        None => false,
    })
}

/// Reads a stream of lines.
pub(super) fn read(text: impl BufRead) -> Reading<TestReport> {
    let mut lines = TextLines::new(text);
    let mut cases = Cases::default();
    let ended = read_all(&mut lines, &mut cases);
    cases.finish(ended, lines.problems())
}

fn read_all<R: BufRead>(lines: &mut TextLines<R>, cases: &mut Cases) -> Result<(), Stop> {
    while let Some(line) = lines.next_line()? {
        match command(&line.text) {
            Some((None, name)) => cases.begin(name, None),
            Some((Some(outcome), rest)) => {
                let (name, form) = details(rest);
                if !line.whole && !cases.is_running(name) {
                    return Err(cut("a line", lines.number()));
                }
                if let Some(parts) = form {
                    tell(lines, cases, (name, parts))?;
                }
                cases.end(name, outcome, None);
            }
            None => {}
        }
    }
    Ok(())
}

/// The outcome that a line tells, or none where a test begins; and what follows.
fn command(line: &str) -> Option<(Option<Outcome>, &str)> {
    let (word, rest) = line.split_once(": ")?;
    let outcome = match word {
        "test" | "testing" => None,
        "success" | "successful" => Some(Outcome::Passed),
        "failure" | "uxsuccess" => Some(Outcome::Failed),
        "error" => Some(Outcome::Errored),
        "skip" | "xfail" => Some(Outcome::Skipped),
        _ => return None,
    };
    Some((outcome, rest.trim()))
}

/// How details follow a test's name.
#[derive(Clone, Copy)]
enum Form {
    Plain,
    /// Attachments: type, name, then chunks with their sizes.
    Parts,
}

fn details(rest: &str) -> (&str, Option<Form>) {
    if let Some(name) = rest.strip_suffix(" [ multipart") {
        (name, Some(Form::Parts))
    } else if let Some(name) = rest.strip_suffix(" [") {
        (name, Some(Form::Plain))
    } else {
        (rest, None)
    }
}

/// Reads the details of a test up to the bracket that closes them.
fn tell<R: BufRead>(
    lines: &mut TextLines<R>,
    cases: &mut Cases,
    (name, form): (&str, Form),
) -> Result<(), Stop> {
    // Lines of a part's head, and bytes of its chunk, that are still to come.
    let (mut head, mut left) = (0, 0);
    while let Some(line) = lines.next_line()? {
        let text = line.text.as_str();
        match form {
            _ if text == "]" && left == 0 => return Ok(()),
            Form::Plain => cases.tell(name, &format!("{text}\n")),
            Form::Parts if left > text.len() => {
                left -= text.len() + 1;
                cases.tell(name, &format!("{text}\n"));
            }
            Form::Parts if left > 0 => {
                let (last, size) = text.split_at(text.floor_char_boundary(left));
                cases.tell(name, last);
                left = chunk(size);
            }
            Form::Parts if text.starts_with("Content-Type:") => head = 1,
            Form::Parts if head > 0 => head -= 1,
            Form::Parts => left = chunk(text),
        }
    }
    Err(cut("details", lines.number()))
}

fn cut(inside: &str, line: u64) -> Stop {
    Stop::incomplete(
        Problem::error(format!("the stream ends inside of {inside}; it was cut short")).at(line, 1),
    )
}

/// The size of a chunk, which stands in front of it; 0 behind the last one.
fn chunk(size: &str) -> usize {
    usize::from_str_radix(size, 16).unwrap_or(0)
}
