//! A start tag from `<` to `>`, and its attributes, found in a single pass.

use memchr::memchr3;

use super::bytes::{SPECIAL, class, end_of_name, skip_space};
use super::fault::{Blemish, Fault, Trouble};
use super::names::{local, shown};
use super::reference;
use super::tag::{Range, Span, short};
use crate::model::order;

/// The outline of a start tag, small because it is handed on often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outline {
    /// End of the name, which begins at 1.
    pub(super) name: u32,
    /// Where the name begins behind its prefix.
    pub(super) local: u32,
    /// Bytes from `<` to `>`.
    pub(super) length: u32,
    /// `<a/>`.
    pub(super) empty: bool,
    /// An attribute may declare a namespace.
    pub(super) declares: bool,
}

/// Finds the end of the tag that `text` begins with, and its attributes, which come behind the `spans` that are there.
pub(super) fn outline(
    text: &str,
    spans: &mut Vec<Span>,
    mut note: impl FnMut(Blemish, usize),
) -> Result<Outline, Trouble> {
    let (bytes, before) = (text.as_bytes(), spans.len());
    let name = end_of_name(bytes, 1)?;
    let mut at = name;
    loop {
        at = skip_space(bytes, at)?;
        match (byte(bytes, at)?, bytes.get(at + 1)) {
            (b'>', _) => return finished(text, spans.get(before..).unwrap_or_default(), (name, at + 1)),
            (b'/', Some(b'>')) => {
                return finished(text, spans.get(before..).unwrap_or_default(), (name, at + 2));
            }
            (b'/', None) => return Err(Trouble::More),
            (b'<', _) => return Err(Trouble::Fault(at, Fault::UnclosedTag(shown(slice(text, 1, name))))),
            _ => at = attribute(text, at, spans, &mut note)?,
        }
    }
}

/// Reads one attribute at `at`; gives the offset behind it.
fn attribute(
    text: &str,
    at: usize,
    spans: &mut Vec<Span>,
    note: &mut impl FnMut(Blemish, usize),
) -> Result<usize, Trouble> {
    let bytes = text.as_bytes();
    let name_end = end_of_name(bytes, at)?;
    let unquoted = || Trouble::Fault(at, Fault::Unquoted(shown(slice(text, at, name_end.max(at + 1)))));
    let equals = skip_space(bytes, name_end)?;
    if byte(bytes, equals)? != b'=' || name_end == at {
        return Err(unquoted());
    }
    let quote = skip_space(bytes, equals + 1)?;
    if !matches!(byte(bytes, quote)?, b'"' | b'\'') {
        return Err(unquoted());
    }
    let plain = end_of_plain_value(bytes, quote);
    let end = plain.map_or_else(|| end_of_value(text, quote, note), Ok)?;
    spans.push(Span {
        name: Range::new(at, name_end),
        value: Range::new(quote + 1, end),
        is_plain: plain.is_some(),
    });
    Ok(end + 1)
}

/// The offset of the quote that closes the value opened at `open`, if the value means what is written, as most do.
#[inline]
fn end_of_plain_value(bytes: &[u8], open: usize) -> Option<usize> {
    /// Bytes that are looked at one by one: a search that is made for long texts takes longer to begin.
    const SHORT: usize = 8;
    let quote = *bytes.get(open)?;
    let value = bytes.get(open + 1..)?;
    let is_special = |byte: &u8| *byte == quote || class(*byte) & SPECIAL != 0;
    if let Some(end) = value.iter().take(SHORT).position(is_special) {
        return (value.get(end) == Some(&quote)).then_some(open + 1 + end);
    }
    let end = memchr3(quote, b'&', b'<', value)?;
    let is_plain =
        value.get(end) == Some(&quote) && memchr3(b'\n', b'\t', b'\r', value.get(..end)?).is_none();
    is_plain.then_some(open + 1 + end)
}

/// The offset of the quote that closes the value opened at `open`; checks the references in between.
fn end_of_value(text: &str, open: usize, note: &mut impl FnMut(Blemish, usize)) -> Result<usize, Trouble> {
    let bytes = text.as_bytes();
    let quote = byte(bytes, open)?;
    let (mut at, mut references, mut less) = (open + 1, false, None);
    loop {
        at += memchr3(quote, b'&', b'<', bytes.get(at..).unwrap_or_default()).ok_or(Trouble::More)?;
        match byte(bytes, at)? {
            b'&' => references = true,
            b'<' => less = less.or(Some(at)),
            _ => break,
        }
        at += 1;
    }
    if let Some(place) = less {
        note(Blemish::Less, place);
    }
    if references {
        reference::check(slice(text, open + 1, at), |what, offset| note(what, open + 1 + offset))
            .map_err(|(offset, fault)| Trouble::Fault(open + 1 + offset, fault))?;
    }
    Ok(at)
}

/// The outline of a tag whose name and whose whole end at these offsets.
#[inline]
fn finished(text: &str, spans: &[Span], (name, length): (usize, usize)) -> Result<Outline, Trouble> {
    if let Some(span) = duplicate(text, spans) {
        return Err(Trouble::Fault(span.name.offsets().start, Fault::Duplicate(shown(span.name(text)))));
    }
    Ok(Outline {
        name: short(name),
        local: short(name - local(slice(text, 1, name)).len()),
        length: short(length),
        empty: text.as_bytes().get(length - 2) == Some(&b'/'),
        declares: spans.iter().any(|span| span.may_declare(text)),
    })
}

/// An attribute whose name stood before. Few are compared with each other, many are sorted.
fn duplicate(text: &str, spans: &[Span]) -> Option<Span> {
    const FEW: usize = 16;
    if spans.len() <= FEW {
        let mut marks = 0;
        let same = |(index, span): (usize, &Span)| {
            let (mark, known) = (span.mark(text), marks);
            marks |= mark;
            if known & mark == 0 {
                return None;
            }
            let before = spans.get(..index).unwrap_or_default();
            before.iter().any(|other| other.has_name_of(*span, text)).then_some(*span)
        };
        return spans.iter().enumerate().find_map(same);
    }
    let mut sorted: Vec<Span> = spans.to_vec();
    order::sort_by_key(&mut sorted, |span| (span.name(text), span.name.from));
    let pair = |pair: &[Span]| match pair {
        [one, other] if one.name(text) == other.name(text) => Some(*other),
        _ => None,
    };
    sorted.windows(2).find_map(pair)
}

#[inline]
fn slice(text: &str, from: usize, to: usize) -> &str {
    text.get(from..text.ceil_char_boundary(to)).unwrap_or_default()
}

#[inline]
fn byte(bytes: &[u8], at: usize) -> Result<u8, Trouble> {
    bytes.get(at).copied().ok_or(Trouble::More)
}
