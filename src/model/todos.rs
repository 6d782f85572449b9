//! Markers of unfinished work in comments: TODO, FIXME, XXX, HACK.

use std::sync::Arc;

/// One marker.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Todo {
    /// Repository path.
    pub path: Arc<str>,
    /// 1-based.
    pub line: u32,
    /// From the marker to the end of its line: `TODO(#12): retry`.
    pub text: Arc<str>,
    /// Whether it names an issue.
    pub tracked: bool,
}

/// All markers of a checkout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TodoReport {
    /// By path and line.
    pub todos: Vec<Todo>,
    /// Files whose comments were looked at.
    pub files: u64,
    /// Files that were not, for their size.
    pub too_large: u64,
    /// Why the markers cannot be trusted to be all.
    pub problem: Option<String>,
}

impl TodoReport {
    /// How many name no issue.
    pub fn untracked(&self) -> u64 {
        untracked(&self.todos)
    }
}

/// How many of `todos` name no issue.
pub fn untracked(todos: &[Todo]) -> u64 {
    todos.iter().filter(|todo| !todo.tracked).count() as u64
}

/// Markers of the head, and which of them are new. Lists are complete; outputs cut them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TodosSection {
    /// In files that the change touches and not on the base; those that name no issue come first.
    pub new: Vec<Todo>,
    /// All others, by path and line.
    pub others: Vec<Todo>,
    /// How many the base has.
    pub base: Option<u64>,
    /// Why nobody knows which are new; all are in `others` then.
    pub undecided: Option<&'static str>,
    /// Files whose comments were looked at.
    pub files: u64,
    /// Files that were not, for their size.
    pub too_large: u64,
    /// Why the markers cannot be trusted to be all.
    pub problem: Option<String>,
    /// Whether a required check looks at new markers.
    pub gated: bool,
}

impl TodosSection {
    /// How many there are.
    pub fn count(&self) -> u64 {
        (self.new.len() + self.others.len()) as u64
    }

    /// How many of them name no issue.
    pub fn untracked(&self) -> u64 {
        untracked(&self.new) + untracked(&self.others)
    }
}
