//! The values after the keys.

use std::borrow::Cow;

use super::super::number;
use crate::evidence::digits;

/// What a record speaks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// `SF`
    Source,
    /// `end_of_record`
    End,
    /// `DA`
    Line,
    /// `BRDA`
    Branch,
    /// `FN`
    Function,
    /// `FNDA`
    FunctionData,
    /// `FNL`
    FunctionLine,
    /// `FNA`
    FunctionAlias,
    /// `LF`
    LinesFound,
    /// `LH`
    LinesHit,
    /// One that says nothing that counts.
    Other,
}

/// The key in front of the colon; nothing for an unknown one.
pub(super) fn key(bytes: &[u8]) -> Option<Key> {
    // Byte by byte: comparing whole texts one after the other takes longer than all else about a record.
    Some(match bytes {
        [b'B', b'R', b'D', b'A'] => Key::Branch,
        [b'F', b'N'] => Key::Function,
        [b'F', b'N', b'D', b'A'] => Key::FunctionData,
        [b'F', b'N', b'L'] => Key::FunctionLine,
        [b'F', b'N', b'A'] => Key::FunctionAlias,
        [b'D', b'A'] => Key::Line,
        [b'S', b'F'] => Key::Source,
        [b'L', b'F'] => Key::LinesFound,
        [b'L', b'H'] => Key::LinesHit,
        [b'e', ..] if bytes == b"end_of_record" => Key::End,
        [b'T', b'N']
        | [b'V', b'E', b'R']
        | [b'B', b'R', b'F' | b'H']
        | [b'F', b'N', b'F' | b'H']
        | [b'M', b'C', b'D', b'C']
        | [b'M', b'C', b'F' | b'H'] => Key::Other,
        _ => return None,
    })
}

/// A field of a record as text; bytes that are no UTF-8 do not cost the record.
pub(super) fn text(field: &[u8]) -> Cow<'_, str> {
    match str::from_utf8(field) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(field),
    }
}

/// A line number; 0, which some tools write for the end of a function, is one for branches.
pub(super) fn branch_line(field: &[u8]) -> Option<u32> {
    match short_number(field) {
        Some((line, [])) => Some(line),
        _ => text(field).trim().parse().ok(),
    }
}

/// `a,b` at the first comma.
pub(super) fn split(field: &[u8]) -> Option<(&[u8], &[u8])> {
    let (before, after) = field.split_at_checked(memchr::memchr(b',', field)?)?;
    Some((before, after.get(1..)?))
}

/// A record that the bytes ahead begin with.
pub(super) enum Ahead {
    Line(u32, u32),
    Branch(u32, (u32, u32), bool),
}

/// The plain `DA` or `BRDA` whose whole line `bytes` begin with, so that nobody needs to look for its end, and what
/// follows.
#[inline]
pub(super) fn ahead(bytes: &[u8]) -> Option<(Ahead, &[u8])> {
    let (record, rest) = match bytes {
        [b'D', b'A', b':', rest @ ..] => {
            let (line, rest) = short_number(rest)?;
            let (hits, rest) = short_number(behind_comma(rest)?)?;
            if line == 0 {
                return None;
            }
            (Ahead::Line(line, hits), rest)
        }
        [b'B', b'R', b'D', b'A', b':', rest @ ..] => {
            let ((line, name, taken), rest) = leading_branch(rest)?;
            (Ahead::Branch(line, name, taken), rest)
        }
        _ => return None,
    };
    Some((record, behind_end(rest)?))
}

/// Line and hits of plain `DA:12,3` or `DA:12,3,checksum`; all unusual ones are left to the slow way.
pub(super) fn plain_data(rest: &[u8]) -> Option<(u32, u32)> {
    let (line, rest) = short_number(rest)?;
    let (hits, rest) = short_number(behind_comma(rest)?)?;
    (line > 0 && matches!(rest.first(), None | Some(b','))).then_some((line, hits))
}

/// Line, block and branch, whether it was taken, and what follows.
type LeadingBranch<'a> = ((u32, (u32, u32), bool), &'a [u8]);

/// A plain `BRDA:12,0,1,3`, also with the flags `e` and `f`; all unusual ones are left to the slow way.
fn leading_branch(rest: &[u8]) -> Option<LeadingBranch<'_>> {
    let (line, rest) = short_number(rest)?;
    let block = behind_comma(rest)?;
    let block = if let [b'e' | b'f', number @ ..] = block { number } else { block };
    let (block, rest) = plain_number(block)?;
    let (branch, rest) = plain_number(behind_comma(rest)?)?;
    let (taken, rest) = match behind_comma(rest)? {
        [b'-', rest @ ..] => (false, rest),
        count => short_number(count).map(|(count, rest)| (count > 0, rest))?,
    };
    Some(((line, (block, branch), taken), rest))
}

/// What follows a comma; a pattern, as a call for a prefix of one byte takes longer than all else about a record.
#[inline]
fn behind_comma(bytes: &[u8]) -> Option<&[u8]> {
    match bytes {
        [b',', rest @ ..] => Some(rest),
        _ => None,
    }
}

/// What follows the end of a line, and of a record that ends there.
#[inline]
fn behind_end(bytes: &[u8]) -> Option<&[u8]> {
    match bytes {
        [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] => Some(rest),
        _ => None,
    }
}

/// A number as it would be written again; most have one digit.
#[inline]
fn plain_number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    match bytes {
        [digit @ b'0'..=b'9', rest @ ..] if matches!(rest, [b',', ..]) => {
            Some((u32::from(digit - b'0'), rest))
        }
        _ => longer_number(bytes),
    }
}

fn longer_number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (value, rest) = short_number(bytes)?;
    (bytes.first() != Some(&b'0') || bytes.len() == rest.len() + 1).then_some((value, rest))
}

/// Up to nine digits, which cannot overflow.
#[inline]
fn short_number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (value, count) = digits::leading(bytes).filter(|(_, count)| *count < 10)?;
    Some((u32::try_from(value).ok()?, bytes.get(count..)?))
}

/// A branch of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Branch<'a> {
    pub(super) line: &'a [u8],
    /// Block without flags, comma, branch: what tells it from the other branches of the line.
    pub(super) name: &'a [u8],
    pub(super) taken: Taken,
    /// Marked `U`: its producer knows that it cannot be reached and leaves it out of its own totals.
    pub(super) is_unreachable: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Yes,
    No,
    /// Neither `-` nor a count.
    Unknown,
}

/// `line,[e|f|U]block,branch,taken`. The branch may be any text with commas, so `taken` follows the last one.
pub(super) fn branch(rest: &[u8]) -> Option<Branch<'_>> {
    let (line, rest) = split(rest)?;
    let last = memchr::memrchr(b',', rest)?;
    let (name, taken) = (rest.get(..last)?, rest.get(last + 1..)?);
    let block = name.get(..memchr::memchr(b',', name)?)?;
    let flags = block.iter().take_while(|byte| matches!(byte, b'e' | b'f' | b'U')).count();
    let has_number = block.get(flags).is_some_and(u8::is_ascii_digit);
    let flags = if has_number { flags } else { 0 };
    let is_unreachable = block.get(..flags)?.contains(&b'U');
    Some(Branch { line, name: name.get(flags..)?, taken: taken_of(taken), is_unreachable })
}

fn taken_of(field: &[u8]) -> Taken {
    match field.trim_ascii() {
        b"-" | b"0" => Taken::No,
        [b'1'..=b'9'] => Taken::Yes,
        other => match number::hits(&text(other)) {
            Some(0) => Taken::No,
            Some(_) => Taken::Yes,
            None => Taken::Unknown,
        },
    }
}

/// The name in `start,[end,]name`; names may hold commas.
pub(super) fn function_name(rest: &[u8]) -> Option<&[u8]> {
    let (_, rest) = split(rest)?;
    let is_end = |field: &[u8]| !field.is_empty() && field.iter().all(u8::is_ascii_digit);
    match split(rest) {
        Some((end, name)) if is_end(end) => Some(name),
        _ => Some(rest),
    }
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
