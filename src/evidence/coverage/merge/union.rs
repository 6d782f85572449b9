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
    /// The first report while it is alone: nothing needs to be united then, and its roots and claims speak for it.
    alone: Option<CoverageReport>,
    files: Files,
    roots: Vec<String>,
    reports: usize,
}

impl Union {
    /// Takes in `report`.
    pub fn add(&mut self, report: CoverageReport) {
        self.reports += 1;
        if self.reports == 1 {
            self.alone = Some(report);
            return;
        }
        for report in self.alone.take().into_iter().chain([report]) {
            for (path, file) in report.files {
                self.files.add(path, file);
            }
            self.roots.extend(report.roots);
        }
    }

    /// Whether there was no report.
    pub fn is_empty(&self) -> bool {
        self.reports == 0
    }

    /// All reports as one.
    pub fn finish(self) -> CoverageReport {
        if let Some(report) = self.alone {
            return report;
        }
        let roots = order::set(self.roots).into_iter().collect();
        CoverageReport { files: self.files.finish(), roots, claimed: ClaimedTotals::default() }
    }
}
