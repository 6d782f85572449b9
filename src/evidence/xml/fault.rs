//! What can be wrong with XML: faults end the reading, blemishes are repaired with a warning.

use crate::evidence::bytes::Place;
use crate::evidence::tally::Tally;
use crate::model::input::Problem;
use crate::model::order;

/// Deepest nesting of elements.
pub(super) const MAX_DEPTH: usize = 1000;
/// Largest tag with its attributes, in bytes.
pub(super) const MAX_TAG: usize = 16 << 20;

/// Not well-formed, or beyond a limit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("the file ends {0}; it was cut short")]
    Cut(String),
    #[error("no root element found")]
    NoRoot,
    #[error("`</{found}>` closes `<{open}>`")]
    Mismatched { open: String, found: String },
    #[error("`</{0}>` closes nothing")]
    Unopened(String),
    #[error("a second document with another root, `<{found}>` after `<{first}>`")]
    OtherRoot { first: String, found: String },
    #[error("an XML declaration may only stand at the beginning of the document")]
    Declaration,
    #[error("elements are nested deeper than {MAX_DEPTH}")]
    Depth,
    #[error("a tag is larger than {MAX_TAG} bytes")]
    TagSize,
    #[error("`<{0}` begins no tag; write `&lt;` for a literal `<`")]
    Markup(char),
    #[error("`<` inside the tag `<{0}`; the `>` before it is missing")]
    UnclosedTag(String),
    #[error("attribute `{0}` has no value in quotes")]
    Unquoted(String),
    #[error("attribute `{0}` stands twice in this tag")]
    Duplicate(String),
    #[error("`--` inside a comment")]
    Comment,
    #[error("entity `&{0};` is not defined; only the five of XML itself are read")]
    Entity(String),
    #[error("`&#{0};` is no character reference")]
    Reference(String),
}

/// Damage that is repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blemish {
    TextOutside,
    SecondDocument,
    CdataEnd,
    Character,
    Ampersand,
    Less,
    Declarations,
}

/// Blemishes so far: one warning for each kind, at its first place.
#[derive(Debug, Default)]
pub(super) struct Blemishes {
    tallies: [Tally; 7],
}

impl Blemishes {
    pub(super) fn add(&mut self, blemish: Blemish, place: impl FnOnce() -> Place) {
        if let Some(tally) = self.tallies.get_mut(blemish as usize) {
            tally.add(place);
        }
    }

    pub(super) fn problems(&self) -> Vec<Problem> {
        let messages = [
            "text outside of the document; left out",
            "another document follows in the same file; read as well",
            "`]]>` in text should be `]]&gt;`",
            "a reference to a character that XML does not allow",
            "a bare `&` should be `&amp;`",
            "a bare `<` in an attribute should be `&lt;`",
            "the document type declares entities or attributes; it is never applied",
        ];
        let said = self.tallies.iter().zip(messages).filter_map(|(tally, message)| tally.said(message));
        let mut problems: Vec<Problem> = said.collect();
        order::sort_by_key(&mut problems, Problem::place);
        problems
    }
}

/// Why there is no outline.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The text ends before the tag does.
    More,
    /// Not well-formed, at this offset.
    Fault(usize, Fault),
}
