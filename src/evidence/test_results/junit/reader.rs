//! The walk through a file.

use std::sync::Arc;

use super::attributes::CaseAttributes;
use super::case::{Conclusion, Note, Results};
use super::producer;
use super::suites::{Listed, Open, Suites};
use crate::evidence::bytes::{Place, Text, Wanted};
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::tally::Tally;
use crate::evidence::test_results::check_xml;
use crate::evidence::test_results::duration::{self, Duration};
use crate::evidence::test_results::names::Names;
use crate::evidence::test_results::trace::{Frames, MAX_TRACED};
use crate::evidence::xml::{Cursor, Event, Tag};
use crate::model::input::{InputState, Problem};
use crate::model::tests::{CaseDetail, CaseId, Outcome, SuiteError, TestCase, TestReport};

/// Whether a file that begins like this is a JUnit report. Check has the root `<testsuites>`, too.
pub fn looks_like(head: &Head<'_>) -> bool {
    matches!(head.root, Some("testsuites" | "testsuite" | "testrun")) && !check_xml::looks_like(head)
}

/// Reads a JUnit file.
pub fn read(text: &mut Text) -> Reading<TestReport> {
    let wanted = text.wanted();
    let mut reader = Reader {
        cursor: Cursor::new(text),
        report: TestReport::default(),
        suites: Suites::default(),
        names: Names::default(),
        signals: 0,
        wanted,
        oddities: Oddities::default(),
        root: None,
        stranger: None,
    };
    let stop = reader.walk().err();
    reader.finish(stop)
}

struct Reader<'t> {
    cursor: Cursor<'t>,
    report: TestReport,
    suites: Suites,
    names: Names,
    /// Failures, errors and failed attempts listed so far.
    signals: u64,
    wanted: Wanted,
    oddities: Oddities,
    /// Where the first root begins.
    root: Option<Place>,
    /// The first element below the root that no JUnit file has.
    stranger: Option<String>,
}

/// What is read and worth a word.
#[derive(Debug, Default)]
struct Oddities {
    durations: Tally,
    guessed: Tally,
    tolerated: Tally,
    nested: Tally,
}

/// What a start tag opens.
enum Element {
    Container(Open, Option<&'static str>),
    Case(TestCase, CaseStart),
    SuiteError(Note),
    Other(Option<String>),
}

/// What a case's tag says beside the case itself.
struct CaseStart {
    duration: Duration,
    status: Option<Outcome>,
    /// The case holds nothing, as most that pass.
    is_empty: bool,
}

impl Reader<'_> {
    fn walk(&mut self) -> Result<(), Stop> {
        loop {
            let element = match self.cursor.next()? {
                Event::Eof => return Ok(()),
                Event::Text(_) => continue,
                Event::End(_) => {
                    self.close()?;
                    continue;
                }
                Event::Start(tag) => Element::of(&tag, &mut self.names, &self.suites, self.wanted),
            };
            match element {
                Element::Container(open, tool) => self.open(open, tool),
                Element::Case(case, start) => self.case(case, &start)?,
                Element::SuiteError(note) => self.suite_error(note)?,
                Element::Other(name) => {
                    self.stranger = self.stranger.take().or(name);
                    self.cursor.skip_element()?;
                }
            }
        }
    }

    fn listed(&self) -> Listed {
        Listed { signals: self.signals, errors: self.report.suite_errors.len() }
    }

    fn open(&mut self, open: Open, tool: Option<&str>) {
        self.root.get_or_insert_with(|| self.cursor.place());
        self.report.suites += u64::from(open.is_suite());
        if self.report.producer.is_none() {
            self.report.producer = tool.map(str::to_owned);
        }
        self.suites.open(open, self.listed());
    }

    fn close(&mut self) -> Result<(), Stop> {
        let closed = self.suites.close().map_err(|error| {
            let place = self.cursor.place();
            Stop::invalid(Problem::error(error.to_string()).at(place.line, place.column))
        })?;
        if let Some(suite) = closed.filter(|suite| suite.hides_failures(self.listed())) {
            self.report.suite_errors.push(SuiteError { message: suite.claims.unlisted(), suite: suite.path });
        }
        Ok(())
    }

    fn case(&mut self, mut case: TestCase, start: &CaseStart) -> Result<(), Stop> {
        let odd = match start.duration {
            Duration::Odd => Some(&mut self.oddities.durations),
            Duration::Guessed(_) => Some(&mut self.oddities.guessed),
            Duration::Known(_) | Duration::Absent => None,
        };
        if let Some(odd) = odd {
            odd.add(|| self.cursor.place());
        }
        let results = if start.is_empty {
            self.cursor.skip_element()?;
            Results::default()
        } else {
            self.results()?
        };
        let signals = results.signals;
        let conclusion = results.conclude(start.status);
        self.signals += signals.max(u64::from(conclusion.outcome.is_failing()));
        if let Some(message) = conclusion.never_started(start.status) {
            let message = format!("{} did not run: {message}", case.id.name);
            self.report.suite_errors.push(SuiteError { suite: Arc::clone(&case.id.suite), message });
        }
        conclude(&mut case, conclusion, self.signals);
        if self.wanted == Wanted::Totals && !case.outcome.is_failing() {
            case.detail = None;
        }
        self.report.cases.push(case);
        Ok(())
    }

    /// What the case that was opened last holds.
    fn results(&mut self) -> Result<Results, Stop> {
        let at = self.cursor.place();
        let results = Results::read(&mut self.cursor)?;
        if results.nested > 0 {
            self.oddities.nested.add(|| at);
        }
        if results.is_tolerated() {
            self.oddities.tolerated.add(|| at);
        }
        Ok(results)
    }

    fn suite_error(&mut self, note: Note) -> Result<(), Stop> {
        let note = note.with_body(&mut self.cursor)?;
        let suite = self.suites.innermost().map_or_else(|| Arc::from(""), |suite| Arc::clone(&suite.path));
        let message = note.message.unwrap_or_else(|| "an error outside of any case".to_owned());
        self.report.suite_errors.push(SuiteError { suite, message });
        Ok(())
    }

    fn finish(self, stop: Option<Stop>) -> Reading<TestReport> {
        let mut report = self.report;
        // There may be thousands of such reports at once.
        report.cases.shrink_to_fit();
        let mut problems = self.cursor.problems();
        problems.extend(self.oddities.problems());
        if let (None, Some(place)) = (&stop, self.root) {
            let difference = self.suites.claims().difference(report.counts());
            problems.extend(difference.map(|text| Problem::warning(text).at(place.line, place.column)));
        }
        let holds_nothing = report.cases.is_empty() && report.suite_errors.is_empty();
        if let Some(stop) = stop {
            return Reading::stopped((!holds_nothing).then_some(report), problems, stop);
        }
        if let (0, true, Some(stranger)) = (report.suites, holds_nothing, self.stranger) {
            let message =
                format!("holds `<{stranger}>` and neither `<testsuite>` nor `<testcase>`; not JUnit");
            problems.push(Problem::error(message));
            return Reading { value: None, state: InputState::Unrecognised, problems };
        }
        let state = if holds_nothing { InputState::Empty } else { InputState::Measured };
        Reading { value: Some(report), state, problems }
    }
}

impl Element {
    fn of(tag: &Tag<'_>, names: &mut Names, suites: &Suites, wanted: Wanted) -> Self {
        if tag.is_foreign() {
            return Self::Other(None);
        }
        match tag.name() {
            "testsuites" | "testsuite" | "testrun" => Self::Container(Open::of(tag), producer::guess(tag)),
            "testcase" => {
                let (case, start) = started(tag, names, suites.innermost(), wanted);
                Self::Case(case, start)
            }
            "error" | "failure" => Self::SuiteError(Note::of(tag)),
            "properties" | "system-out" | "system-err" => Self::Other(None),
            name => Self::Other(Some(name.chars().take(60).collect())),
        }
    }
}

/// The case as far as its tag tells.
fn started(tag: &Tag<'_>, names: &mut Names, suite: Option<&Open>, wanted: Wanted) -> (TestCase, CaseStart) {
    let attributes = CaseAttributes::of(tag);
    let duration = attributes.time.map_or(Duration::Absent, |time| duration::parse(&time));
    let passes = tag.is_empty() && attributes.status.is_none();
    let detail = if passes && wanted == Wanted::Totals {
        None
    } else {
        let file = attributes.file.map(|file| names.share(&file));
        let file = file.or_else(|| suite.and_then(|suite| suite.file.clone()));
        names.detail(CaseDetail { file, line: attributes.line, ..CaseDetail::default() })
    };
    let case = TestCase {
        id: CaseId {
            suite: suite.map_or_else(|| Arc::from(""), |suite| Arc::clone(&suite.path)),
            class: attributes.class.map(|class| names.share(&class)),
            name: Arc::from(&*attributes.name.unwrap_or_default()),
            cell: attributes.cell.map(|cell| names.share(&cell)),
        },
        outcome: Outcome::Passed,
        flaky: false,
        duration: match duration {
            Duration::Known(nanos) | Duration::Guessed(nanos) => Some(nanos),
            Duration::Absent | Duration::Odd => None,
        },
        detail,
    };
    (case, CaseStart { duration, status: attributes.status, is_empty: tag.is_empty() })
}

/// Gives `case` its outcome, and the message and place of what decided it; `failure` counts the failures so far.
fn conclude(case: &mut TestCase, conclusion: Conclusion, failure: u64) {
    case.outcome = conclusion.outcome;
    case.flaky = conclusion.flaky;
    let Some(note) = conclusion.note else { return };
    let frames = note.frames.filter(|_| failure <= MAX_TRACED).map(Frames::finish).unwrap_or_default();
    if note.message.is_none() && note.file.is_none() && note.line.is_none() && frames.is_empty() {
        return;
    }
    let detail = Arc::make_mut(case.detail.get_or_insert_default());
    detail.message = note.message;
    detail.frames = frames;
    // A line belongs to the file beside it: the case's own place is not mixed with the failure's.
    if detail.line.is_none() && (note.line.is_some() || detail.file.is_none()) {
        detail.line = note.line;
        detail.file = note.file.map(Into::into).or_else(|| detail.file.take());
    }
}

impl Oddities {
    fn problems(&self) -> Vec<Problem> {
        let all = [
            self.durations.said("a duration is no number of seconds; counted as unknown"),
            self.guessed.said("a duration of ten years and more; taken for nanoseconds"),
            self.tolerated.said("a case has a failure beside `<skipped>`; tolerated, so skipped"),
            self.nested.said("a case holds further cases or suites; these do not count"),
        ];
        all.into_iter().flatten().collect()
    }
}
