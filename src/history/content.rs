//! Names of contents: what git calls a blob's object name, so that every store finds an older content by it.

use std::fmt;

use sha1::{Digest as _, Sha1};

/// Git's object name of a file's content: 40 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId(String);

impl ContentId {
    /// The name of `content`; see <https://git-scm.com/book/en/v2/Git-Internals-Git-Objects>.
    pub fn of(content: &[u8]) -> Self {
        let mut hash = Sha1::new();
        hash.update(format!("blob {}\0", content.len()));
        hash.update(content);
        let digits = |byte: &u8| [byte >> 4, byte & 15].map(|half| char::from_digit(half.into(), 16));
        Self(hash.finalize().iter().flat_map(digits).flatten().collect())
    }

    /// Accepts only a well-formed name: it becomes part of paths and URLs.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 40 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| Self(text.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ContentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_git_gives() {
        // `git hash-object --stdin` over nothing and over "hello\n".
        assert_eq!(ContentId::of(b"").as_str(), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
        assert_eq!(ContentId::of(b"hello\n").as_str(), "ce013625030ba8dba906f756967f9e9ca394464a");
    }

    #[test]
    fn only_well_formed_names_are_taken() {
        assert!(ContentId::parse("ce013625030ba8dba906f756967f9e9ca394464a").is_some());
        for wrong in ["", "../../etc/passwd", "CE013625030ba8dba906f756967f9e9ca394464a"] {
            assert_eq!(ContentId::parse(wrong), None, "{wrong}");
        }
    }
}
