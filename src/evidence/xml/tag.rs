//! One start tag: its name and attributes, found in a single pass.

use std::borrow::Cow;

use memchr::memchr3;

use super::fault::{Blemish, Fault};
use super::names::{local, shown};
use super::reference;
use crate::model::order;

/// Where one attribute stands in its tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    name: Range,
    value: Range,
    /// The value is known to mean what is written.
    is_plain: bool,
}

/// A part of a tag; none is longer than [`MAX_TAG`](super::fault::MAX_TAG), so that short numbers do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    from: u32,
    to: u32,
}

/// An offset into a tag, in half the room; see [`Range`].
#[inline]
pub(super) fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Range {
    #[inline]
    fn new(from: usize, to: usize) -> Self {
        Self { from: short(from), to: short(to) }
    }

    #[inline]
    fn offsets(self) -> std::ops::Range<usize> {
        self.from as usize..self.to as usize
    }
}

impl Span {
    #[inline]
    pub(super) fn name(self, tag: &str) -> &str {
        tag.get(self.name.offsets()).unwrap_or_default()
    }

    /// Whether this may be a namespace declaration.
    #[inline]
    pub(super) fn may_declare(self, tag: &str) -> bool {
        matches!(self.name_bytes(tag), [b'x', b'm', b'l', b'n', b's', ..])
    }

    /// Bytes are cheaper to compare: nobody asks where their characters begin.
    #[inline]
    fn name_bytes(self, tag: &str) -> &[u8] {
        tag.as_bytes().get(self.name.offsets()).unwrap_or_default()
    }

    /// Whether both names are the same; most that have one length begin differently.
    #[inline]
    fn has_name_of(self, other: Self, tag: &str) -> bool {
        let (one, other) = (self.name_bytes(tag), other.name_bytes(tag));
        one.len() == other.len() && one.first() == other.first() && one == other
    }

    /// One of 64 bits, which names that differ rarely share.
    #[inline]
    fn mark(self, tag: &str) -> u64 {
        let name = self.name_bytes(tag);
        let end = |byte: Option<&u8>| u32::from(byte.copied().unwrap_or_default());
        1 << ((end(name.first()) + 3 * end(name.last()) + self.name.to - self.name.from) % u64::BITS)
    }

    #[inline]
    pub(super) fn value(self, tag: &str) -> &str {
        tag.get(self.value.offsets()).unwrap_or_default()
    }

    #[inline]
    fn as_value(self, tag: &str) -> Value<'_> {
        Value { written: self.value(tag), is_plain: self.is_plain }
    }
}

/// A start tag. Its text stays where it was read; nothing is copied or decoded before it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Tag<'a> {
    pub(super) source: &'a str,
    /// Without its prefix.
    pub(super) name: &'a str,
    pub(super) spans: &'a [Span],
    pub(super) foreign: bool,
    pub(super) empty: bool,
}

impl<'a> Tag<'a> {
    /// Whether the element is written as `<name …/>`, so that it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.empty
    }

    /// The name without its prefix.
    #[inline]
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// Whether the element is in another namespace than the root element.
    #[inline]
    pub fn is_foreign(&self) -> bool {
        self.foreign
    }

    /// All attributes in document order, by their full name.
    #[inline]
    pub fn attributes(&self) -> impl Iterator<Item = (&'a str, Value<'a>)> + use<'a> {
        let source = self.source;
        self.spans.iter().map(move |span| (span.name(source), span.as_value(source)))
    }

    /// The value of the attribute `name`, decoded.
    #[inline]
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let named = |span: &&Span| span.name_bytes(self.source) == name.as_bytes();
        self.spans.iter().find(named).map(|span| span.as_value(self.source).decoded())
    }
}

/// The value of an attribute as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value<'a> {
    written: &'a str,
    is_plain: bool,
}

impl<'a> Value<'a> {
    /// As written, with references.
    #[inline]
    pub fn raw(self) -> &'a str {
        self.written
    }

    /// With references replaced and line breaks as spaces.
    #[inline]
    pub fn decoded(self) -> Cow<'a, str> {
        if self.is_plain { Cow::Borrowed(self.written) } else { reference::attribute(self.written) }
    }
}

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

/// Why there is no outline.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The text ends before the tag does.
    More,
    /// Not well-formed, at this offset.
    Fault(usize, Fault),
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

#[inline]
fn skip_space(bytes: &[u8], from: usize) -> Result<usize, Trouble> {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter().position(|byte| class(*byte) & SPACE == 0).map(|at| from + at).ok_or(Trouble::More)
}

#[inline]
fn end_of_name(bytes: &[u8], from: usize) -> Result<usize, Trouble> {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter().position(|byte| class(*byte) & NAME_END != 0).map(|at| from + at).ok_or(Trouble::More)
}

/// White space between attributes.
const SPACE: u8 = 1;
/// Ends the name of an element or attribute.
const NAME_END: u8 = 2;
/// Makes a value mean something else than what is written.
const SPECIAL: u8 = 4;

/// What each byte means in a tag: one look-up is cheaper than a row of comparisons.
#[expect(
    clippy::indexing_slicing,
    reason = "the compiler computes it, and would refuse an index out of bounds"
)]
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        let space = if byte.is_ascii_whitespace() { SPACE | NAME_END } else { 0 };
        let end = if matches!(byte, b'=' | b'>' | b'/' | b'<' | b'"' | b'\'') { NAME_END } else { 0 };
        let special = if byte < b' ' || matches!(byte, b'&' | b'<') { SPECIAL } else { 0 };
        classes[byte as usize] = space | end | special;
        byte += 1;
    }
    classes
};

#[inline]
fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or_default()
}
