//! What a file says about itself, compared with what it lists.

use crate::model::tests::TestCounts;
use crate::model::words::counted;

/// The totals that the file itself gives; absent ones are not compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Claimed {
    pub(crate) total: Option<u64>,
    pub(crate) passed: Option<u64>,
    /// Failed and errored.
    pub(crate) failing: Option<u64>,
    pub(crate) skipped: Option<u64>,
}

impl Claimed {
    /// Adds the totals of another part of the file.
    pub(crate) fn add(&mut self, other: Self) {
        let sum = |a: Option<u64>, b: Option<u64>| match (a, b) {
            (None, None) => None,
            _ => Some(a.unwrap_or(0).saturating_add(b.unwrap_or(0))),
        };
        self.total = sum(self.total, other.total);
        self.passed = sum(self.passed, other.passed);
        self.failing = sum(self.failing, other.failing);
        self.skipped = sum(self.skipped, other.skipped);
    }

    /// The totals that differ: `18 tests, 6 failed` as claimed and as listed.
    pub(super) fn differing(&self, counts: &TestCounts) -> Option<(String, String)> {
        let pairs = [
            (self.total, counts.total, "test"),
            (self.passed, counts.passed, "passed"),
            (self.failing, counts.failing(), "failed"),
            (self.skipped, counts.skipped, "skipped"),
        ];
        let differing = pairs.iter().filter_map(|(claimed, listed, word)| {
            let claimed = claimed.filter(|claimed| claimed != listed)?;
            Some((said(claimed, word), said(*listed, word)))
        });
        let (claimed, listed): (Vec<String>, Vec<String>) = differing.unzip();
        (!claimed.is_empty()).then(|| (claimed.join(", "), listed.join(", ")))
    }
}

/// `18 tests`, `1 test`, `6 failed`.
fn said(number: u64, word: &str) -> String {
    if word == "test" { counted(number, word) } else { format!("{number} {word}") }
}
