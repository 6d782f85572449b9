//! The tags of a piece of text, found while somebody else still reads what comes before it.
//!
//! The outline of a tag depends on nothing but its own text. So it does not matter whether what looks like a tag here
//! is one, or stands in a comment: the cursor asks for the places where it has come upon a tag itself.

use std::any::Any;

use memchr::memchr_iter;

use super::tag::{Outline, Span, outline};

/// What looks like a tag in one piece of text, in order.
pub(super) struct Outlines {
    tags: Vec<Found>,
    spans: Vec<Span>,
    /// All tags before this one were passed.
    next: usize,
}

struct Found {
    at: usize,
    outline: Outline,
    /// Where its attributes end; they begin where those of the tag before end.
    spans: usize,
}

impl Outlines {
    /// A piece with more such as are none is text, in which looking for tags is of no use.
    const MOST_BROKEN: usize = 100;

    /// Those of `piece`, without such as are cut, broken or worth a warning.
    pub(super) fn of(piece: &str) -> Self {
        // Room for what is usual, so that the lists seldom grow.
        let tags = Vec::with_capacity(piece.len() / 64);
        let mut found = Self { tags, spans: Vec::with_capacity(piece.len() / 32), next: 0 };
        let mut spans = Vec::new();
        let (mut end, mut broken) = (0, 0);
        for at in memchr_iter(b'<', piece.as_bytes()) {
            let tag = piece.get(at..).unwrap_or_default();
            if at < end || !tag.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
                continue;
            }
            let mut is_odd = false;
            match outline(tag, &mut spans, |_, _| is_odd = true) {
                Ok(outline) if !is_odd => {
                    end = at + outline.length;
                    found.spans.extend_from_slice(&spans);
                    found.tags.push(Found { at, outline, spans: found.spans.len() });
                }
                _ => broken += 1,
            }
            if broken > Self::MOST_BROKEN {
                break;
            }
        }
        found
    }

    /// As [`Outlines::of`], for [`Text::prepare`](crate::evidence::bytes::Text::prepare).
    pub(super) fn prepared(piece: &str) -> Box<dyn Any + Send> {
        Box::new(Self::of(piece))
    }

    /// The tag that begins at `at`, with its attributes. To be asked in ascending order.
    #[inline]
    pub(super) fn take(&mut self, at: usize) -> Option<(Outline, &[Span])> {
        while self.tags.get(self.next)?.at < at {
            self.next += 1;
        }
        let tag = self.tags.get(self.next).filter(|tag| tag.at == at)?;
        let before = self.next.checked_sub(1).and_then(|before| self.tags.get(before));
        let from = before.map_or(0, |before| before.spans);
        Some((tag.outline, self.spans.get(from..tag.spans)?))
    }
}
