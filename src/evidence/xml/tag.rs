//! One start tag: its name and attributes, found in a single pass.

use std::borrow::Cow;

use super::reference;

/// Where one attribute stands in its tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) name: Range,
    pub(super) value: Range,
    /// The value is known to mean what is written.
    pub(super) is_plain: bool,
}

/// A part of a tag; none is longer than [`MAX_TAG`](super::fault::MAX_TAG), so that short numbers do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) from: u32,
    to: u32,
}

/// An offset into a tag, in half the room; see [`Range`].
#[inline]
pub(super) fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Range {
    #[inline]
    pub(super) fn new(from: usize, to: usize) -> Self {
        Self { from: short(from), to: short(to) }
    }

    #[inline]
    pub(super) fn offsets(self) -> std::ops::Range<usize> {
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
    pub(super) fn has_name_of(self, other: Self, tag: &str) -> bool {
        let (one, other) = (self.name_bytes(tag), other.name_bytes(tag));
        one.len() == other.len() && one.first() == other.first() && one == other
    }

    /// One of 64 bits, which names that differ rarely share.
    #[inline]
    pub(super) fn mark(self, tag: &str) -> u64 {
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
