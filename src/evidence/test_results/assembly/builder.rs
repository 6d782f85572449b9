//! The report that is being put together, case by case.

use std::sync::Arc;

use super::suites::Suites;
use super::{Claimed, Draft, SuiteId};
use crate::evidence::bytes::Place;
use crate::evidence::reading::Stop;
use crate::evidence::tally::Tally;
use crate::evidence::test_results::message::first_line;
use crate::evidence::test_results::names::Names;
use crate::evidence::test_results::trace::{Frames, MAX_TRACED};
use crate::model::input::Problem;
use crate::model::tests::{CaseDetail, CaseId, Outcome, TestCase, TestCounts};

/// A report that is being put together.
#[derive(Debug, Default)]
pub(crate) struct Assembly {
    pub(super) suites: Suites,
    pub(super) cases: Vec<TestCase>,
    /// The suite of each case.
    pub(super) homes: Vec<SuiteId>,
    failing: u64,
    pub(super) names: Names,
    pub(super) errors: Vec<(SuiteId, String)>,
    pub(super) problems: Vec<Problem>,
    /// Outcomes that the format does not know, with the first one.
    pub(super) unknown: (Tally, String),
    pub(crate) claimed: Claimed,
    pub(crate) producer: Option<String>,
}

impl Assembly {
    /// A report of `producer`.
    pub(crate) fn by(producer: &str) -> Self {
        Self { producer: Some(producer.to_owned()), ..Self::default() }
    }

    /// A new suite inside of `parent`; [`Assembly::name_suite`] gives it a name.
    pub(crate) fn open_suite(&mut self, parent: SuiteId) -> SuiteId {
        self.suites.open(parent)
    }

    /// Gives `suite` its name.
    pub(crate) fn name_suite(&mut self, suite: SuiteId, title: &str) {
        self.suites.name(suite, title);
    }

    /// The file of the cases in `suite` that name none themselves.
    pub(crate) fn place_suite(&mut self, suite: SuiteId, file: &str) {
        self.suites.place(suite, file);
    }

    /// The outermost suite called `title`; no title is no suite.
    pub(crate) fn suite(&mut self, title: &str) -> SuiteId {
        self.suites.titled(title)
    }

    /// Adds a case and gives its position, by which it is found again.
    pub(crate) fn add(&mut self, draft: &Draft<'_>) -> usize {
        let says_something = draft.flaky || draft.outcome != Outcome::Passed;
        let message = draft.message.filter(|_| says_something).and_then(first_line);
        let file = draft.file.filter(|file| !file.is_empty()).map(|file| self.names.share(file));
        let is_traced = draft.outcome.is_failing() && self.failing < MAX_TRACED;
        let frames = if is_traced { draft.frames() } else { Vec::new() };
        let detail = self.names.detail(CaseDetail { message, file, line: draft.line, frames });
        let class = draft.class.filter(|class| !class.is_empty()).map(|class| self.names.share(class));
        let cell = draft.cell.filter(|cell| !cell.is_empty()).map(|cell| self.names.share(cell));
        let case = TestCase {
            id: CaseId { suite: self.names.share(""), class, name: draft.name.into(), cell },
            outcome: draft.outcome,
            flaky: draft.flaky && draft.outcome == Outcome::Passed,
            duration: draft.duration,
            detail,
        };
        self.failing += u64::from(draft.outcome.is_failing());
        self.cases.push(case);
        self.homes.push(draft.suite);
        self.cases.len() - 1
    }

    /// The outcome of the case at `position`.
    pub(crate) fn outcome(&self, position: usize) -> Option<Outcome> {
        self.cases.get(position).map(|case| case.outcome)
    }

    /// The case at `position` ended so, which was not known when it was added.
    pub(crate) fn end(&mut self, position: usize, outcome: Outcome, duration: Option<u64>) {
        let Some(case) = self.cases.get_mut(position) else { return };
        self.failing += u64::from(outcome.is_failing());
        self.failing -= u64::from(case.outcome.is_failing());
        case.outcome = outcome;
        case.flaky &= outcome == Outcome::Passed;
        case.duration = duration.or(case.duration);
    }

    /// The class of the case at `position`, which some files tell far from the case.
    pub(crate) fn classify(&mut self, position: usize, class: &str) {
        let class = self.names.share(class);
        if let Some(case) = self.cases.get_mut(position) {
            case.id.class = Some(class);
        }
    }

    /// What the case at `position` says about itself.
    pub(crate) fn explain(&mut self, position: usize, message: Option<&str>, place: Option<(String, u32)>) {
        let Some(case) = self.cases.get_mut(position) else { return };
        let detail = Arc::make_mut(case.detail.get_or_insert_default());
        detail.message = message.and_then(first_line);
        if let Some((file, line)) = place {
            detail.file = Some(self.names.share(&file));
            detail.line = Some(line);
        }
    }

    /// The source files and lines that the case at `position` names, when it is a failing one.
    pub(crate) fn trace(&mut self, position: usize, frames: Frames) {
        let is_traced = self.failing <= MAX_TRACED;
        let case = self.cases.get_mut(position).filter(|case| is_traced && case.outcome.is_failing());
        let frames = frames.finish();
        if let Some(case) = case.filter(|_| !frames.is_empty()) {
            Arc::make_mut(case.detail.get_or_insert_default()).frames = frames;
        }
    }

    /// A failure outside of all cases.
    pub(crate) fn suite_error(&mut self, suite: SuiteId, message: &str) {
        let message = first_line(message).unwrap_or_else(|| "failed without saying why".to_owned());
        self.errors.push((suite, message));
    }

    /// Something odd.
    pub(crate) fn warn(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// An outcome that the format does not know; such a case is errored, never good news.
    pub(crate) fn unknown_outcome(&mut self, word: &str, place: Place) -> Outcome {
        let (tally, first) = &mut self.unknown;
        tally.add(|| {
            *first = first_line(word).unwrap_or_default();
            place
        });
        Outcome::Errored
    }

    /// Counts of the cases so far.
    pub(crate) fn counts(&self) -> TestCounts {
        TestCounts::of(&self.cases)
    }

    /// Failing cases so far.
    pub(crate) fn counts_failing(&self) -> u64 {
        self.failing
    }

    /// The tool that wrote the file; the first one named stays.
    pub(crate) fn name_producer(&mut self, name: Option<&str>, version: Option<&str>) {
        let Some(name) = name.and_then(first_line) else { return };
        let version = version.and_then(first_line).map(|version| format!(" {version}")).unwrap_or_default();
        self.producer.get_or_insert(format!("{name}{version}"));
    }

    /// A document without its list of cases is not what it looks like; nothing of it is evidence.
    pub(crate) fn require_list(&self, listed: bool, path: &str) -> Result<(), Stop> {
        if listed || !self.errors.is_empty() {
            return Ok(());
        }
        let message = format!("no list at `{path}`, where the cases should be");
        Err(Stop::invalid(Problem::error(message).at(1, 1)))
    }

    /// Whether neither a case nor an error was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.cases.is_empty() && self.errors.is_empty()
    }

    /// Number of failures outside of cases so far.
    pub(crate) fn suite_errors(&self) -> usize {
        self.errors.len()
    }
}
