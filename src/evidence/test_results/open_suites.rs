//! Suites that are open while a file is read, and whether something failed since.

use super::assembly::{Assembly, SuiteId};

/// Suites that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct OpenSuites {
    open: Vec<Open>,
}

#[derive(Debug)]
struct Open {
    suite: SuiteId,
    /// Of its own start tag.
    depth: usize,
    /// Failing cases and suite errors when it was opened.
    before: (u64, usize),
}

impl OpenSuites {
    /// The suite that cases belong to.
    pub(super) fn innermost(&self) -> SuiteId {
        self.open.last().map_or(SuiteId::ROOT, |open| open.suite)
    }

    /// Opens a suite called `name` inside of the innermost one; its start tag is at `depth`.
    pub(super) fn open(&mut self, report: &mut Assembly, name: &str, depth: usize) -> SuiteId {
        let suite = report.open_suite(self.innermost());
        report.name_suite(suite, name);
        self.open.push(Open { suite, depth, before: failures(report) });
        suite
    }

    /// After an end tag that leads to `depth`: the suite that it closed.
    pub(super) fn close(&mut self, depth: usize) -> Option<SuiteId> {
        self.open.pop_if(|open| open.depth > depth).map(|open| open.suite)
    }

    /// Whether nothing failed since the innermost suite was opened.
    pub(super) fn is_silent(&self, report: &Assembly) -> bool {
        self.open.last().is_some_and(|open| open.before == failures(report))
    }
}

fn failures(report: &Assembly) -> (u64, usize) {
    (report.counts_failing(), report.suite_errors())
}
