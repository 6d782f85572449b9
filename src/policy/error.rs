//! What can be wrong with a policy: where it is, what was found, what is allowed.

use std::borrow::Cow;
use std::fmt;

use super::suggest;

/// A place in the policy's text; both 1-based, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
}

/// A policy that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// The file, or whatever else the text came from.
    pub origin: String,
    /// Where in it; absent for problems of the text as a whole.
    pub place: Option<Place>,
    /// What is wrong.
    pub problem: Problem,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)?;
        if let Some(place) = self.place {
            write!(f, ":{}:{}", place.line, place.column)?;
        }
        write!(f, ": {}", self.problem)
    }
}

impl std::error::Error for PolicyError {}

impl PolicyError {
    /// What to do about it.
    pub fn help(&self) -> Option<Cow<'_, str>> {
        self.problem.help()
    }
}

/// One kind of mistake each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// More text than any policy needs.
    #[error("the policy has {bytes} bytes, the limit is {limit}")]
    TooLong {
        /// Found.
        bytes: usize,
        /// Allowed.
        limit: usize,
    },
    /// Aliases unfold into more than any policy needs.
    #[error("the policy unfolds into more than {limit} values")]
    TooManyValues {
        /// Allowed.
        limit: usize,
    },
    /// Brackets enough to make a YAML reader crawl.
    #[error("the policy has more than {limit} opening brackets")]
    TooManyBrackets {
        /// Allowed.
        limit: usize,
    },
    /// No document, or only comments.
    #[error("the policy is empty")]
    Empty,
    /// Not YAML, or a value of the wrong type.
    #[error("{}", cut(.detail))]
    Unreadable {
        /// As the YAML reader says it.
        detail: String,
    },
    /// A key that nobody knows.
    #[error("unknown field `{}`; allowed here: {}", cut(.key), list(.allowed))]
    UnknownKey {
        /// As written.
        key: String,
        /// All that may stand here.
        allowed: Vec<String>,
    },
    /// The same key again.
    #[error("duplicate field `{}`", cut(.key))]
    DuplicateKey {
        /// As written.
        key: String,
    },
    /// A key that must be there.
    #[error("`{}` has no `{key}`", cut(.within))]
    Missing {
        /// What has to be written.
        key: &'static str,
        /// Where it is missing.
        within: String,
        /// An example, or why it is needed.
        hint: &'static str,
    },
    /// A value that is not allowed.
    #[error("`{}` is `{}`; allowed is {allowed}", cut(.key), cut(.found))]
    Value {
        /// Its key.
        key: String,
        /// As written.
        found: String,
        /// In words.
        allowed: Cow<'static, str>,
    },
    /// A name that has to be one of several.
    #[error("unknown {what} `{}`; known: {}", cut(.found), list(.known))]
    UnknownName {
        /// "metric", "condition".
        what: &'static str,
        /// As written.
        found: String,
        /// All of them.
        known: Vec<String>,
    },
    /// Values that are fine alone and make no sense together.
    #[error("{message}")]
    Contradiction {
        /// What does not go together.
        message: String,
        /// What to write instead.
        way_out: Cow<'static, str>,
    },
}

/// Whoever runs the program has no folder `docs`.
const PAGE: &str =
    concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/policy.md shows every key with an example");

/// Text from the file, short enough for a message.
fn cut(text: &str) -> Cow<'_, str> {
    const MOST: usize = 200;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

fn list(words: &[String]) -> String {
    const MOST: usize = 40;
    let shown = words.iter().take(MOST).map(|word| format!("`{}`", cut(word))).collect::<Vec<_>>().join(", ");
    if words.len() > MOST { format!("{shown}, …") } else { shown }
}

fn did_you_mean<'a>(found: &str, known: &'a [String]) -> Option<Cow<'a, str>> {
    let word = suggest::nearest(found, known.iter().map(String::as_str))?;
    Some(Cow::Owned(format!("did you mean `{word}`?")))
}

impl Problem {
    fn help(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::TooLong { .. } | Self::TooManyValues { .. } | Self::TooManyBrackets { .. } => {
                Some(Cow::Borrowed("a policy is written by hand; check that this is the right file"))
            }
            Self::Empty => {
                Some(Cow::Borrowed("write `version: 1` and at least one dimension, or remove the file"))
            }
            Self::Unreadable { .. } => Some(Cow::Borrowed(PAGE)),
            Self::UnknownKey { key, allowed } => did_you_mean(key, allowed),
            Self::DuplicateKey { .. } => Some(Cow::Borrowed("keep one of them")),
            Self::Missing { hint, .. } => Some(Cow::Borrowed(hint)),
            Self::Value { .. } => None,
            Self::UnknownName { found, known, .. } => did_you_mean(found, known),
            Self::Contradiction { way_out, .. } => Some(Cow::Borrowed(way_out)),
        }
    }
}
