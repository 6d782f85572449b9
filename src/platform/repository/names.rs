//! Names of objects.

use gix_hash::ObjectId;
use sha1::{Digest as _, Sha1};

/// The kinds of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Blob,
    Tree,
    Commit,
    Tag,
}

impl Kind {
    /// The kind with this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::Blob, Self::Tree, Self::Commit, Self::Tag].into_iter().find(|kind| kind.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Blob => "blob",
            Self::Tree => "tree",
            Self::Commit => "commit",
            Self::Tag => "tag",
        }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// The name of an object that holds `data`.
pub(super) fn name_of(kind: Kind, data: &[u8]) -> ObjectId {
    let mut hash = Sha1::new();
    hash.update(format!("{kind} {}\0", data.len()));
    hash.update(data);
    ObjectId::Sha1(hash.finalize().into())
}

/// A name in full.
pub(super) fn parse(digits: &[u8]) -> Option<ObjectId> {
    ObjectId::from_hex(digits).ok().filter(|_| digits.len() == 40)
}

/// Whether `text` may be the beginning of a name, as people shorten them.
pub(super) fn is_short(text: &str) -> bool {
    (4..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit())
}
