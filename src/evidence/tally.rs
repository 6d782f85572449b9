//! Oddities of one kind: the first place, and how many there are. A file with a million of them gives one warning.

use super::bytes::Place;
use crate::model::input::Problem;

/// The first place of one kind of oddity, and how many there are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    first: Option<Place>,
    count: u64,
}

impl Tally {
    /// Counts one; `place` is asked for the first one only.
    pub fn add(&mut self, place: impl FnOnce() -> Place) {
        self.add_all(1, place);
    }

    /// Counts so many, the first of them at `place`.
    pub fn add_all(&mut self, count: u64, place: impl FnOnce() -> Place) {
        if self.first.is_none() && count > 0 {
            self.first = Some(place());
        }
        self.count += count;
    }

    /// One warning at the first place, or none when nothing was counted; `message` gets the count.
    pub fn warning(self, message: impl FnOnce(u64) -> String) -> Option<Problem> {
        let place = self.first?;
        Some(Problem::warning(message(self.count)).at(place.line, place.column))
    }

    /// One warning at the first place; says how often, when more than once.
    pub fn said(self, message: &str) -> Option<Problem> {
        self.warning(|count| match count {
            1 => message.to_owned(),
            _ => format!("{message} ({count} times, the first one here)"),
        })
    }
}
