//! Mutants and what became of them; all three formats come to the same numbers.
//!
//! score = detected / (detected + undetected), where detected is killed or timed out. Mutants that did not compile or
//! were left out on purpose are no part of it. The numbers of several files add up.

use super::numbers::Numbers;
use crate::evidence::bytes::Place;
use crate::model::metric::Better;

/// What became of a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// A test failed.
    Killed,
    /// The tests did not end.
    TimedOut,
    /// No test failed.
    Survived,
    /// No test runs it.
    NotCovered,
    /// Not valid, or left out on purpose.
    LeftOut,
    /// Not tried yet.
    Pending,
}

/// Mutants by their fate.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mutants {
    killed: u64,
    timed_out: u64,
    survived: u64,
    not_covered: u64,
    left_out: u64,
    pub(super) pending: u64,
}

impl Mutants {
    /// Counts one.
    pub(super) fn add(&mut self, fate: Fate) {
        let count = match fate {
            Fate::Killed => &mut self.killed,
            Fate::TimedOut => &mut self.timed_out,
            Fate::Survived => &mut self.survived,
            Fate::NotCovered => &mut self.not_covered,
            Fate::LeftOut => &mut self.left_out,
            Fate::Pending => &mut self.pending,
        };
        *count += 1;
    }

    /// Puts the numbers; nothing when no mutant is valid.
    pub(super) fn put(self, numbers: &mut Numbers) {
        let detected = self.killed + self.timed_out;
        let valid = detected + self.survived + self.not_covered;
        if valid == 0 {
            return;
        }
        let place = Place::START;
        numbers.put_share("mutation.score", (detected, valid), Better::Higher, place);
        numbers.put_sum("mutation.total", valid, Some(Better::Higher), place);
        numbers.put_sum("mutation.killed", self.killed, Some(Better::Higher), place);
        numbers.put_sum("mutation.timeout", self.timed_out, None, place);
        numbers.put_sum("mutation.survived", self.survived, Some(Better::Lower), place);
        numbers.put_sum("mutation.not-covered", self.not_covered, Some(Better::Lower), place);
        numbers.put_sum("mutation.left-out", self.left_out, None, place);
    }
}
