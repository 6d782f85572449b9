//! Halves of coverage reports: some producers write what can run and what ran into files of their own.

use std::collections::BTreeMap;

/// One half.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CoverageHalf {
    /// The places in one source file that are counted.
    Points {
        /// What counters call this file.
        id: String,
        /// As the producer names it.
        path: String,
        /// The 1-based line of each point; 0 where there is none.
        lines: Vec<u32>,
    },
    /// Hits by the name of a file and the number of a point, from 0. Points that never ran are missing.
    Counters(BTreeMap<String, BTreeMap<u32, u32>>),
}

impl CoverageHalf {
    /// "12 points of `src/cart.v`", "40 counters".
    pub fn holds(&self) -> String {
        match self {
            Self::Points { path, lines, .. } => format!("{} points of {path}", lines.len()),
            Self::Counters(all) => format!("{} counters", all.values().map(BTreeMap::len).sum::<usize>()),
        }
    }
}
