//! What is odd in a coverage report and costs no more than the record it stands in.

use std::collections::BTreeMap;

use crate::evidence::bytes::Place;
use crate::evidence::tally::Tally;
use crate::model::coverage::{CoverageReport, Covered, FileCoverage};
use crate::model::input::Problem;
use crate::model::order;

/// One kind of oddity; a file with a million of a kind gives one warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Oddity {
    /// Records without a source file that they could belong to.
    NoPath,
    /// Numbers that are no line numbers: below 1, beyond 32 bits, or no numbers.
    LineNumber,
    /// Hit counts that are no counts.
    Hits,
    /// Records that cannot be read at all.
    Malformed,
    /// Lines with branches of which it is not said how many were taken.
    Branches,
    /// More branches taken than there are.
    TooManyBranches,
    /// Source files outside of every project folder.
    Outside,
    /// Records that end without saying so.
    Unterminated,
}

impl Oddity {
    fn text(self) -> &'static str {
        match self {
            Self::NoPath => "belongs to no source file; left out",
            Self::LineNumber => "no line number from 1 to 4294967295; left out",
            Self::Hits => "no hit count; taken as not run",
            Self::Malformed => "cannot be read; left out",
            Self::Branches => "does not say how many branches were taken; they are left out",
            Self::TooManyBranches => "more branches taken than there are; taken as all",
            Self::Outside => "a source file above the project; kept as a name only",
            Self::Unterminated => "has no `end_of_record`; kept",
        }
    }
}

/// The oddities of one file, each kind with its first place and text.
#[derive(Debug, Default)]
pub(super) struct Oddities(BTreeMap<Oddity, (Tally, String)>);

impl Oddities {
    /// Notes one; `found` is the text from the report that is odd.
    pub(super) fn note(&mut self, kind: Oddity, place: Place, found: &str) {
        let (tally, first) = self.0.entry(kind).or_default();
        tally.add(|| {
            first.clear();
            first.push_str(&beginning(found));
            place
        });
    }

    /// One warning per kind, in order of place.
    pub(super) fn problems(self) -> Vec<Problem> {
        let warning = |(kind, (tally, found)): (Oddity, (Tally, String))| {
            tally.warning(|count| match count {
                1 => format!("`{found}`: {}", kind.text()),
                count => format!("`{found}`: {} ({count} times, the first one here)", kind.text()),
            })
        };
        let mut problems: Vec<Problem> = self.0.into_iter().filter_map(warning).collect();
        order::sort_by_key(&mut problems, Problem::place);
        problems
    }
}

/// Says so when a producer's own totals differ from what its records hold.
pub(super) fn reconcile(report: &CoverageReport) -> Vec<Problem> {
    let files = || report.files.values();
    let lines =
        report.claimed.lines.map(|stated| (stated, files().map(FileCoverage::line_total).sum(), "lines"));
    let statements = report
        .claimed
        .statements
        .map(|stated| (stated, files().filter_map(FileCoverage::statement_total).sum(), "statements"));
    let differ = |(stated, counted, word): (Covered, Covered, &str)| {
        (stated != counted).then(|| {
            Problem::warning(format!(
                "the report states {} of {} {word} covered, its records hold {} of {} {word}; the records count",
                stated.covered, stated.total, counted.covered, counted.total
            ))
        })
    };
    [lines, statements].into_iter().flatten().filter_map(differ).collect()
}

/// Short enough for a message.
fn beginning(text: &str) -> String {
    const SHOWN: usize = 60;
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
