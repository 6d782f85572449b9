//! The tags of a piece of text, found while somebody else still reads what comes before it.
//!
//! The outline of a tag depends on nothing but its own text. So it does not matter whether what looks like a tag here
//! is one, or stands in a comment: the cursor asks for the places where it has come upon a tag itself.

use std::ops::Range;

use memchr::{memchr_iter, memchr2};

use super::start_tag::{Outline, outline};
use super::tag::{Span, short};
use crate::evidence::bytes::{Prepared, Text};

/// What looks like a tag in one piece of text, in order.
#[derive(Default)]
pub(super) struct Outlines {
    tags: Vec<Known>,
    spans: Vec<Span>,
    /// All tags before this one were passed.
    next: usize,
    /// Where in the text the piece is.
    piece: Range<usize>,
}

/// A tag that was found ahead.
#[derive(Clone, Copy)]
struct Known {
    at: u32,
    /// From here to the tag there is nothing but text that means what is written.
    text: u32,
    tag: KnownTag,
    /// Where its attributes end; they begin where those of the tag before end.
    spans: u32,
}

#[derive(Clone, Copy)]
pub(super) enum KnownTag {
    Start(Outline),
    /// The end of the name and of the tag.
    End(u32, u32),
}

/// What lies at a place of the text.
pub(super) enum Ahead {
    /// A tag, and where its attributes are.
    Tag(KnownTag, Range<u32>),
    /// So many bytes of text that means what is written.
    Text(usize),
}

impl Outlines {
    /// A piece with more such as are none is text, in which looking for tags is of no use.
    const MOST_BROKEN: usize = 100;

    /// Those of `piece`, without such as are cut, broken or worth a warning.
    fn of(piece: &str, room: Self) -> Self {
        let Self { mut tags, mut spans, .. } = room;
        tags.clear();
        spans.clear();
        let (mut end, mut text, mut broken) = (0, 0, 0);
        for at in memchr_iter(b'<', piece.as_bytes()) {
            if at < end {
                continue;
            }
            let ahead = piece.get(at..).unwrap_or_default();
            let before = spans.len();
            let Some((tag, length)) = known(ahead, &mut spans) else {
                spans.truncate(before);
                // Nothing that comes before the next tag is only text.
                text = usize::MAX;
                broken += usize::from(ahead.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic));
                if broken > Self::MOST_BROKEN {
                    break;
                }
                continue;
            };
            let is_plain =
                piece.as_bytes().get(text..at).is_some_and(|text| memchr2(b'&', b']', text).is_none());
            let text_from = short(if is_plain { text } else { at });
            tags.push(Known { at: short(at), text: text_from, tag, spans: short(spans.len()) });
            end = at + length as usize;
            text = end;
        }
        Self { tags, spans, ..Self::default() }
    }

    /// As [`Outlines::of`], for [`Text::prepare`].
    pub(super) fn prepared(piece: &str, room: Option<Prepared>) -> Prepared {
        let room = room.and_then(|room| room.downcast().ok()).unwrap_or_default();
        Box::new(Self::of(piece, *room))
    }

    /// Goes on to those of the piece that `text` has come to; false when nothing was found ahead there.
    pub(super) fn go_on(&mut self, text: &mut Text) -> bool {
        if text.offset() < self.piece.end {
            return text.offset() >= self.piece.start;
        }
        let Some((prepared, piece)) = text.prepared() else { return false };
        let Ok(next) = prepared.downcast::<Self>() else { return false };
        let used = std::mem::replace(self, Self { piece, next: 0, ..*next });
        text.give_back(Box::new(used));
        true
    }

    /// What lies at `offset` of the text. To be asked in ascending order.
    #[inline]
    pub(super) fn at(&mut self, offset: usize) -> Option<Ahead> {
        let at = short(offset - self.piece.start);
        while self.tags.get(self.next)?.at < at {
            self.next += 1;
        }
        let known = self.tags.get(self.next)?;
        if known.at > at {
            return (known.text <= at).then_some(Ahead::Text((known.at - at) as usize));
        }
        let before = self.next.checked_sub(1).and_then(|before| self.tags.get(before));
        Some(Ahead::Tag(known.tag, before.map_or(0, |before| before.spans)..known.spans))
    }

    /// The attributes that [`Outlines::at`] speaks of.
    #[inline]
    pub(super) fn spans(&self, range: Range<u32>) -> &[Span] {
        self.spans.get(range.start as usize..range.end as usize).unwrap_or_default()
    }
}

/// The tag that `text` begins with and its length, unless it is cut, broken or worth a warning.
fn known(text: &str, spans: &mut Vec<Span>) -> Option<(KnownTag, u32)> {
    match text.as_bytes().get(1)? {
        b'/' => {
            let end = 2 + memchr2(b'>', b'<', text.as_bytes().get(2..)?)?;
            let name = text.get(2..end)?.trim_ascii_end();
            text.as_bytes().get(end).filter(|byte| **byte == b'>')?;
            Some((KnownTag::End(short(2 + name.len()), short(end + 1)), short(end + 1)))
        }
        letter if letter.is_ascii_alphabetic() => {
            let mut is_odd = false;
            let outline = outline(text, spans, |_, _| is_odd = true).ok()?;
            (!is_odd).then_some((KnownTag::Start(outline), outline.length))
        }
        _ => None,
    }
}
