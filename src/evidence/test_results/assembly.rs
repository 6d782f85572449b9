//! Puts one test report together: suites become paths, repeated names share memory, totals are compared.
//!
//! Suites may be named after their cases were read: keys of JSON objects come in any order.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::message::first_line;
use super::names::Names;
use super::trace::{Frames, MAX_TRACED};
use crate::evidence::bytes::Place;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::tally::Tally;
use crate::model::input::Problem;
use crate::model::order;
use crate::model::tests::{CaseDetail, CaseId, Frame, Outcome, SuiteError, TestCase, TestCounts, TestReport};

/// How much the paths of nested suites may repeat of their parents' paths, in bytes. Beyond it, suites are not told
/// from their parents; real files stay far below.
const MAX_REPEATED: usize = 32 << 20;

/// A suite of the report that is being put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct SuiteId(usize);

impl SuiteId {
    /// Outside of all suites.
    pub(super) const ROOT: Self = Self(0);
}

/// One case, borrowed from where it was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft<'a> {
    pub(super) suite: SuiteId,
    pub(super) class: Option<&'a str>,
    pub(super) name: &'a str,
    /// The matrix cell, which a converted run names.
    pub(super) cell: Option<&'a str>,
    pub(super) outcome: Outcome,
    pub(super) flaky: bool,
    /// Nanoseconds.
    pub(super) duration: Option<u64>,
    /// Any text; its first line is kept.
    pub(super) message: Option<&'a str>,
    /// More text, of which only the frames of a stack trace are kept.
    pub(super) trace: Option<&'a str>,
    pub(super) file: Option<&'a str>,
    pub(super) line: Option<u32>,
}

impl<'a> Draft<'a> {
    /// A passed case, outside of all suites.
    pub(super) fn named(name: &'a str) -> Self {
        Self {
            suite: SuiteId::ROOT,
            class: None,
            name,
            cell: None,
            outcome: Outcome::Passed,
            flaky: false,
            duration: None,
            message: None,
            trace: None,
            file: None,
            line: None,
        }
    }

    /// The frames in what a failing case says.
    fn frames(&self) -> Vec<Frame> {
        let mut frames = Frames::default();
        for text in [self.message, self.trace].into_iter().flatten() {
            frames.push(text);
            frames.end_line();
        }
        frames.finish()
    }
}

/// The totals that the file itself gives; absent ones are not compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Claimed {
    pub(super) total: Option<u64>,
    pub(super) passed: Option<u64>,
    /// Failed and errored.
    pub(super) failing: Option<u64>,
    pub(super) skipped: Option<u64>,
}

impl Claimed {
    /// Adds the totals of another part of the file.
    pub(super) fn add(&mut self, other: Self) {
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
    fn differing(&self, counts: &TestCounts) -> Option<(String, String)> {
        let pairs = [
            (self.total, counts.total, "tests"),
            (self.passed, counts.passed, "passed"),
            (self.failing, counts.failing(), "failed"),
            (self.skipped, counts.skipped, "skipped"),
        ];
        let differing = pairs.iter().filter_map(|(claimed, listed, word)| {
            let claimed = claimed.filter(|claimed| claimed != listed)?;
            Some((format!("{claimed} {word}"), format!("{listed} {word}")))
        });
        let (claimed, listed): (Vec<String>, Vec<String>) = differing.unzip();
        (!claimed.is_empty()).then(|| (claimed.join(", "), listed.join(", ")))
    }
}

#[derive(Debug, Default)]
struct Suite {
    parent: Option<SuiteId>,
    title: String,
    file: Option<Arc<str>>,
}

/// A report that is being put together.
#[derive(Debug)]
pub(super) struct Assembly {
    suites: Vec<Suite>,
    by_title: HashMap<String, SuiteId>,
    cases: Vec<TestCase>,
    /// The suite of each case.
    homes: Vec<SuiteId>,
    failing: u64,
    names: Names,
    errors: Vec<(SuiteId, String)>,
    problems: Vec<Problem>,
    unknown: (Tally, String),
    pub(super) claimed: Claimed,
    pub(super) producer: Option<String>,
}

impl Default for Assembly {
    fn default() -> Self {
        Self {
            suites: vec![Suite::default()],
            by_title: HashMap::new(),
            cases: Vec::new(),
            homes: Vec::new(),
            failing: 0,
            names: Names::default(),
            errors: Vec::new(),
            problems: Vec::new(),
            unknown: (Tally::default(), String::new()),
            claimed: Claimed::default(),
            producer: None,
        }
    }
}

impl Assembly {
    /// A report of `producer`.
    pub(super) fn by(producer: &str) -> Self {
        Self { producer: Some(producer.to_owned()), ..Self::default() }
    }

    /// A new suite inside of `parent`; [`Assembly::name_suite`] gives it a name.
    pub(super) fn open_suite(&mut self, parent: SuiteId) -> SuiteId {
        self.suites.push(Suite { parent: Some(parent), ..Suite::default() });
        SuiteId(self.suites.len() - 1)
    }

    /// Gives `suite` its name.
    pub(super) fn name_suite(&mut self, suite: SuiteId, title: &str) {
        if let Some(suite) = self.suites.get_mut(suite.0) {
            title.clone_into(&mut suite.title);
        }
    }

    /// The file of the cases in `suite` that name none themselves.
    pub(super) fn place_suite(&mut self, suite: SuiteId, file: &str) {
        if let Some(suite) = self.suites.get_mut(suite.0).filter(|_| !file.is_empty()) {
            suite.file = Some(file.into());
        }
    }

    /// The outermost suite called `title`; no title is no suite.
    pub(super) fn suite(&mut self, title: &str) -> SuiteId {
        if title.is_empty() {
            return SuiteId::ROOT;
        }
        if let Some(known) = self.by_title.get(title) {
            return *known;
        }
        let suite = self.open_suite(SuiteId::ROOT);
        self.name_suite(suite, title);
        self.by_title.insert(title.to_owned(), suite);
        suite
    }

    /// Adds a case and gives its position, by which it is found again.
    pub(super) fn add(&mut self, draft: &Draft<'_>) -> usize {
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
    pub(super) fn outcome(&self, position: usize) -> Option<Outcome> {
        self.cases.get(position).map(|case| case.outcome)
    }

    /// The case at `position` ended so, which was not known when it was added.
    pub(super) fn end(&mut self, position: usize, outcome: Outcome, duration: Option<u64>) {
        let Some(case) = self.cases.get_mut(position) else { return };
        self.failing += u64::from(outcome.is_failing());
        self.failing -= u64::from(case.outcome.is_failing());
        case.outcome = outcome;
        case.flaky &= outcome == Outcome::Passed;
        case.duration = duration.or(case.duration);
    }

    /// The class of the case at `position`, which some files tell far from the case.
    pub(super) fn classify(&mut self, position: usize, class: &str) {
        let class = self.names.share(class);
        if let Some(case) = self.cases.get_mut(position) {
            case.id.class = Some(class);
        }
    }

    /// What the case at `position` says about itself.
    pub(super) fn explain(&mut self, position: usize, message: Option<&str>, place: Option<(String, u32)>) {
        let Some(case) = self.cases.get_mut(position) else { return };
        let detail = Arc::make_mut(case.detail.get_or_insert_default());
        detail.message = message.and_then(first_line);
        if let Some((file, line)) = place {
            detail.file = Some(self.names.share(&file));
            detail.line = Some(line);
        }
    }

    /// A failure outside of all cases.
    pub(super) fn suite_error(&mut self, suite: SuiteId, message: &str) {
        let message = first_line(message).unwrap_or_else(|| "failed without saying why".to_owned());
        self.errors.push((suite, message));
    }

    /// Something odd.
    pub(super) fn warn(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// An outcome that the format does not know; such a case is errored, never good news.
    pub(super) fn unknown_outcome(&mut self, word: &str, place: Place) -> Outcome {
        let (tally, first) = &mut self.unknown;
        tally.add(|| {
            *first = first_line(word).unwrap_or_default();
            place
        });
        Outcome::Errored
    }

    /// Counts of the cases so far.
    pub(super) fn counts(&self) -> TestCounts {
        TestCounts::of(&self.cases)
    }

    /// Failing cases so far.
    pub(super) fn counts_failing(&self) -> u64 {
        self.failing
    }

    /// The tool that wrote the file; the first one named stays.
    pub(super) fn name_producer(&mut self, name: Option<&str>, version: Option<&str>) {
        let Some(name) = name.and_then(first_line) else { return };
        let version = version.and_then(first_line).map(|version| format!(" {version}")).unwrap_or_default();
        self.producer.get_or_insert(format!("{name}{version}"));
    }

    /// A document without its list of cases is not what it looks like; nothing of it is evidence.
    pub(super) fn require_list(&self, listed: bool, path: &str) -> Result<(), Stop> {
        if listed || !self.errors.is_empty() {
            return Ok(());
        }
        let message = format!("no list at `{path}`, where the cases should be");
        Err(Stop::invalid(Problem::error(message).at(1, 1)))
    }

    /// Whether neither a case nor an error was found.
    pub(super) fn is_empty(&self) -> bool {
        self.cases.is_empty() && self.errors.is_empty()
    }

    /// Number of failures outside of cases so far.
    pub(super) fn suite_errors(&self) -> usize {
        self.errors.len()
    }

    /// The finished report; `problems` are those of the layers below, `ended` says whether the file was read whole.
    pub(super) fn finish(mut self, ended: Result<(), Stop>, problems: Vec<Problem>) -> Reading<TestReport> {
        self.problems.extend(problems);
        let (tally, word) = std::mem::take(&mut self.unknown);
        self.problems.extend(tally.warning(|count| match word.as_str() {
            "" => format!("{count} cases name no outcome, the first one here; counted as errored"),
            _ => format!("{count} cases have outcomes that are not known, the first one is `{word}`; counted as errored"),
        }));
        if ended.is_ok() {
            self.compare_totals();
        }
        order::sort_by_key(&mut self.problems, Problem::place);
        let problems = std::mem::take(&mut self.problems);
        let report = (!self.is_empty()).then(|| self.into_report());
        match ended {
            Ok(()) => Reading::complete(report, problems),
            Err(stop) => Reading::stopped(report, problems, stop),
        }
    }

    /// Cases are the truth. A file that claims more failures than it lists is never green.
    fn compare_totals(&mut self) {
        let counts = self.counts();
        let Some((claimed, listed)) = self.claimed.differing(&counts) else { return };
        let message = format!("the file says {claimed}; it lists {listed}");
        let known = counts.failing().saturating_add(self.errors.len() as u64);
        if self.claimed.failing.is_some_and(|failing| failing > known) {
            self.suite_error(SuiteId::ROOT, &message);
        }
        self.problems.push(Problem::warning(message));
    }

    fn into_report(mut self) -> TestReport {
        let paths = self.paths();
        let path = |suite: SuiteId| paths.get(suite.0).cloned().unwrap_or_default();
        let mut used = HashSet::new();
        let mut cases = std::mem::take(&mut self.cases);
        cases.shrink_to_fit();
        for (case, suite) in cases.iter_mut().zip(&self.homes) {
            used.insert(*suite);
            case.id.suite = path(*suite);
            if let Some(file) = self.file_of(*suite) {
                match &mut case.detail {
                    Some(detail) if detail.file.is_some() => {}
                    Some(detail) => Arc::make_mut(detail).file = Some(file),
                    none => {
                        *none = self.names.detail(CaseDetail { file: Some(file), ..CaseDetail::default() });
                    }
                }
            }
        }
        used.extend(self.errors.iter().map(|(suite, _)| *suite));
        used.remove(&SuiteId::ROOT);
        let errors = self.errors.iter();
        let suite_errors = errors
            .map(|(suite, message)| SuiteError { suite: path(*suite), message: message.clone() })
            .collect();
        TestReport {
            suites: used.len() as u64,
            cases,
            suite_errors,
            producer: self.producer,
            cells: Vec::new(),
        }
    }

    /// The path of every suite; a parent stands before its children.
    fn paths(&mut self) -> Vec<Arc<str>> {
        let mut paths: Vec<Arc<str>> = Vec::with_capacity(self.suites.len());
        let mut repeated: usize = 0;
        for suite in &self.suites {
            let parent = suite.parent.and_then(|parent| paths.get(parent.0));
            let path: Arc<str> = match parent {
                Some(parent) if parent.is_empty() => suite.title.as_str().into(),
                Some(parent) if suite.title.is_empty() || repeated > MAX_REPEATED => parent.clone(),
                Some(parent) => {
                    repeated += parent.len();
                    format!("{parent}/{}", suite.title).into()
                }
                None => suite.title.as_str().into(),
            };
            paths.push(path);
        }
        paths
    }

    fn file_of(&self, suite: SuiteId) -> Option<Arc<str>> {
        let mut next = Some(suite);
        while let Some(suite) = next.and_then(|id| self.suites.get(id.0)) {
            if suite.file.is_some() {
                return suite.file.clone();
            }
            next = suite.parent;
        }
        None
    }
}
