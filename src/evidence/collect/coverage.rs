//! The union of coverage, on paths of the repository.

use std::collections::BTreeSet;

use crate::evidence::coverage::mapping::{Tree, to_repository};
use crate::evidence::coverage::merge::Union;
use crate::model::coverage::CoverageReport;
use crate::model::evidence::PathMatching;
use crate::policy::PathRule;

/// All coverage so far, and how its paths matched. Reports may come in any order.
#[derive(Debug, Default)]
pub(super) struct United {
    reports: Union,
    paths: Matchings,
}

/// What did not match in any of the reports, each path once.
#[derive(Debug, Default)]
struct Matchings {
    unmatched: BTreeSet<String>,
    ambiguous: BTreeSet<String>,
    total: u64,
    foreign: u64,
    /// Of several reports the first one by path speaks; one that lies nowhere comes last.
    invalid: Option<(bool, String, String)>,
    help: Option<(bool, String, String)>,
}

/// A report on paths of the repository.
pub(super) struct Mapped {
    place: String,
    report: CoverageReport,
    matching: PathMatching,
}

impl Mapped {
    /// Maps the `report` that lies at `place`, which is empty when it lies nowhere.
    pub(super) fn new(place: &str, report: CoverageReport, tree: &Tree, rules: &[PathRule]) -> Self {
        let (report, matching) = to_repository(report, place, tree, rules);
        Self { place: place.to_owned(), report, matching }
    }
}

impl United {
    /// Takes in one report.
    pub(super) fn add(&mut self, mapped: Mapped) {
        self.reports.add(mapped.report);
        self.paths.add(&mapped.place, mapped.matching);
    }

    /// One report, when there was any, and how its paths came about.
    pub(super) fn finish(self) -> (Option<CoverageReport>, PathMatching) {
        let report = (!self.reports.is_empty()).then(|| self.reports.finish());
        (report, self.paths.finish())
    }
}

impl Matchings {
    fn add(&mut self, place: &str, matching: PathMatching) {
        self.unmatched.extend(matching.unmatched);
        self.ambiguous.extend(matching.ambiguous);
        self.total += matching.total;
        self.foreign += matching.foreign;
        let at = |said: String| (place.is_empty(), place.to_owned(), said);
        self.invalid = self.invalid.take().into_iter().chain(matching.invalid.map(at)).min();
        self.help = self.help.take().into_iter().chain(matching.help.map(at)).min();
    }

    fn finish(self) -> PathMatching {
        PathMatching {
            unmatched: self.unmatched.into_iter().collect(),
            ambiguous: self.ambiguous.into_iter().collect(),
            total: self.total,
            foreign: self.foreign,
            invalid: self.invalid.map(|(_, _, said)| said),
            help: self.help.map(|(_, _, said)| said),
        }
    }
}
