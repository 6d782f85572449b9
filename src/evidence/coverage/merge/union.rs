//! Reports that become one, each as it arrives.

use super::files::Files;
use crate::model::coverage::{ClaimedTotals, CoverageReport};
use crate::model::order;

/// All `reports` as one. What a single producer claims does not speak for the union and is dropped.
pub fn union(reports: impl IntoIterator<Item = CoverageReport>) -> CoverageReport {
    let mut union = Union::default();
    reports.into_iter().for_each(|report| union.add(report));
    union.finish()
}

/// A union that grows report by report, so that no two of them need to be there at once.
#[derive(Debug, Default)]
pub struct Union {
    files: Files,
    /// Roots and claims of each report: all of them speak for one that is alone.
    roots: Vec<String>,
    claimed: ClaimedTotals,
    reports: usize,
}

impl Union {
    /// Takes in `report`.
    pub fn add(&mut self, report: CoverageReport) {
        for (path, file) in report.files {
            self.files.add(path, file);
        }
        self.roots.extend(report.roots);
        self.claimed = report.claimed;
        self.reports += 1;
    }

    /// Whether there was no report.
    pub fn is_empty(&self) -> bool {
        self.reports == 0
    }

    /// All reports as one.
    pub fn finish(self) -> CoverageReport {
        let Self { files, roots, claimed, reports } = self;
        let files = files.finish();
        if reports == 1 {
            return CoverageReport { files, roots, claimed };
        }
        let roots = order::set(roots).into_iter().collect();
        CoverageReport { files, roots, claimed: ClaimedTotals::default() }
    }
}
