//! The values after the keys.

use std::borrow::Cow;

use super::super::number;

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

/// A record that the bytes ahead begin with, and how long its line is.
pub(super) enum Ahead {
    Line(u32, u32),
    Branch(u32, (u32, u32), bool),
}

/// The plain `DA` or `BRDA` whose whole line `bytes` begin with, so that nobody needs to look for its end.
pub(super) fn ahead(bytes: &[u8]) -> Option<(Ahead, usize)> {
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
    Some((record, bytes.len() - behind_end(rest)?.len()))
}

/// Line and hits of plain `DA:12,3` or `DA:12,3,checksum`; all unusual ones are left to the slow way.
pub(super) fn plain_data(rest: &[u8]) -> Option<(u32, u32)> {
    let (line, rest) = short_number(rest)?;
    let (hits, rest) = short_number(behind_comma(rest)?)?;
    (line > 0 && matches!(rest.first(), None | Some(b','))).then_some((line, hits))
}

/// Line, block, branch and whether it was taken of plain `BRDA:12,0,1,3`, also with the flags `e` and `f`; all unusual
/// ones are left to the slow way.
pub(super) fn plain_branch(rest: &[u8]) -> Option<(u32, (u32, u32), bool)> {
    leading_branch(rest).filter(|(_, rest)| rest.is_empty()).map(|(branch, _)| branch)
}

/// Line, block and branch, whether it was taken, and what follows.
type LeadingBranch<'a> = ((u32, (u32, u32), bool), &'a [u8]);

fn leading_branch(rest: &[u8]) -> Option<LeadingBranch<'_>> {
    let (line, rest) = short_number(rest)?;
    let block = match behind_comma(rest)? {
        [b'e' | b'f', block @ ..] => block,
        block => block,
    };
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

/// A number as it would be written again.
fn plain_number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (value, rest) = short_number(bytes)?;
    (bytes.first() != Some(&b'0') || bytes.len() == rest.len() + 1).then_some((value, rest))
}

/// Up to nine digits, which cannot overflow.
#[inline]
fn short_number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (mut value, mut rest) = (0_u32, bytes);
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        value = value.wrapping_mul(10).wrapping_add(u32::from(digit - b'0'));
        rest = after;
    }
    let is_short = (1..10).contains(&(bytes.len() - rest.len()));
    is_short.then_some((value, rest))
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
mod tests {
    use super::*;

    #[test]
    fn plain_data_is_read_fast_and_everything_else_is_left_alone() {
        assert_eq!(plain_data(b"12,3"), Some((12, 3)));
        assert_eq!(plain_data(b"12,3,md5=="), Some((12, 3)));
        assert_eq!(plain_data(b"123456789,999999999"), Some((123_456_789, 999_999_999)));
        for slow in
            [&b"0,1"[..], b"-5,1", b"1,-1", b"4294967295,0", b"1,1.5e3", b"1", b"1,", b",1", b"1, 2", b""]
        {
            assert_eq!(plain_data(slow), None);
        }
    }

    #[test]
    fn plain_branches_are_read_as_the_slow_way_reads_them() {
        assert_eq!(plain_branch(b"12,0,1,3"), Some((12, (0, 1), true)));
        assert_eq!(plain_branch(b"12,e3,10,0"), Some((12, (3, 10), false)));
        assert_eq!(plain_branch(b"12,0,1,-"), Some((12, (0, 1), false)));
        for plain in [&b"12,0,1,3"[..], b"0,f3,0,0", b"7,0,1,-", b"7,2,33,999999999"] {
            let (line, (block, branch), taken) = plain_branch(plain).unwrap();
            let slow = super::branch(plain).unwrap();
            assert_eq!(branch_line(slow.line), Some(line));
            assert_eq!(slow.name, format!("{block},{branch}").as_bytes());
            assert_eq!(slow.taken == Taken::Yes, taken);
            assert!(!slow.is_unreachable);
        }
        for other in
            ["1,U0,0,1", "1,00,0,1", "1,0,01,1", "1,0,x,1", "1,0,1,2 ", "1,0,1", "1,ef0,0,1", "1,0,0,1,1"]
        {
            assert_eq!(plain_branch(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn whole_lines_ahead_are_taken_and_all_others_left_alone() {
        let taken = |bytes: &'static [u8]| {
            ahead(bytes).map(|(record, length)| match record {
                Ahead::Line(line, hits) => (line, u64::from(hits), length),
                Ahead::Branch(line, (block, branch), taken) => {
                    (line, u64::from(block * 100 + branch * 10 + u32::from(taken)), length)
                }
            })
        };
        assert_eq!(taken(b"DA:12,3\nDA:13,1\n"), Some((12, 3, 8)));
        assert_eq!(taken(b"DA:1,0\r\n"), Some((1, 0, 8)));
        assert_eq!(taken(b"BRDA:7,1,2,5\nDA"), Some((7, 121, 13)));
        assert_eq!(taken(b"BRDA:7,e0,1,-\n"), Some((7, 10, 14)));
        for other in [
            &b"DA:12,3"[..],
            b"DA:12,3,md5\n",
            b"DA:0,1\n",
            b"DA:1,1 \n",
            b"DA:1234567890,1\n",
            b"BRDA:7,0,jump,1\n",
            b"BRDA:7,0,1,\n",
            b"BRDA:7,0,1,-",
            b" DA:1,1\n",
            b"LF:2\n",
            b"",
        ] {
            assert_eq!(taken(other), None);
        }
    }

    #[test]
    fn a_branch_is_known_by_block_and_text() {
        let all = |record: &'static [u8]| {
            let branch = branch(record).unwrap();
            (text(branch.name).into_owned(), branch.taken, branch.is_unreachable)
        };
        assert_eq!(all(b"5,0,1,-"), ("0,1".into(), Taken::No, false));
        assert_eq!(all(b"5,e0,1,0"), ("0,1".into(), Taken::No, false));
        assert_eq!(all(b"5,eU12,1,7"), ("12,1".into(), Taken::Yes, true));
        assert_eq!(
            all(b"3,0,jump to line 4, or not,1"),
            ("0,jump to line 4, or not".into(), Taken::Yes, false)
        );
        assert_eq!(all(b"3,else,x,None"), ("else,x".into(), Taken::Unknown, false));
        for wrong in [&b"5,0,1"[..], b"5", b""] {
            assert_eq!(branch(wrong), None);
        }
    }

    #[test]
    fn names_may_hold_commas_and_follow_an_end_line() {
        assert_eq!(function_name(b"10,f"), Some(&b"f"[..]));
        assert_eq!(function_name(b"10,20,f(int, int)"), Some(&b"f(int, int)"[..]));
        assert_eq!(function_name(b"10,f<1, 2>(int)"), Some(&b"f<1, 2>(int)"[..]));
        assert_eq!(function_name(b"10,42"), Some(&b"42"[..]));
        assert_eq!(function_name(b"10"), None);
    }
}
