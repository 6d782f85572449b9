//! The pull request as it is now, and our own comments in it.

use super::marker::Marker;
use crate::model::commit::Sha;

/// A pull request as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// Neither closed nor merged.
    pub open: bool,
    /// Its newest commit.
    pub head: Sha,
    /// Own comments of the asked-for name, oldest first.
    pub own: Vec<OwnComment>,
}

/// A comment that this token wrote before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnComment {
    /// For the REST API.
    pub id: u64,
    /// For people.
    pub url: Option<String>,
    /// Without the marker.
    pub text: String,
    /// Who wrote it when.
    pub marker: Marker,
}

impl OwnComment {
    /// A comment of the own author as one called `name`. A marker counts only there: anybody can copy one.
    pub(in crate::forge) fn called(name: &str, id: u64, url: Option<String>, body: &str) -> Option<Self> {
        let (text, marker) = Marker::split(body)?;
        (marker.name == name).then(|| Self { id, url, text: text.to_owned(), marker })
    }
}
