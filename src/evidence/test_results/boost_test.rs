//! Boost.Test: its XML log (`<TestLog>`) and its detailed XML report (`<TestResult>`).
//!
//! <https://www.boost.org/doc/libs/release/libs/test/doc/html/boost_test/test_output.html>. The rules:
//!
//! * The report says how each case ended. The log lists what happened in it: an error, a fatal error or an exception
//!   fails it, also where the program expects failures, which the log does not tell.
//! * An error outside of all cases is a suite error, and so is a suite that failed while nothing in it did.
//! * Cases are in the log from the level `test_suite` on, and in the report at the level `detailed`.

use super::assembly::{Assembly, Claimed, Draft};
use super::attributes::{owned, stands_at, sum};
use super::fields;
use super::open_suites::OpenSuites;
use super::story::Story;
use super::walk::{Step, Walk};
use crate::evidence::bytes::Text;
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::{Cursor, Event, Tag};
use crate::model::tests::{Outcome, TestReport};

/// Whether a file that begins like this was written by Boost.Test.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    matches!(head.root, Some("TestLog" | "TestResult"))
}

/// Reads one file.
pub(crate) fn read(text: &mut Text) -> Reading<TestReport> {
    let mut reader = Reader {
        walk: Walk::new(Cursor::new(text), Assembly::by("Boost.Test")),
        open: OpenSuites::default(),
    };
    let ended = reader.walk();
    reader.walk.finish(ended)
}

struct Reader<'t> {
    walk: Walk<'t>,
    open: OpenSuites,
}

/// What a start tag opens.
enum Element {
    Suite(Box<Suite>),
    Case(Box<Case>),
    /// What fails a case, with its kind and place.
    Fault(Outcome, Option<(String, u32)>),
    /// In microseconds.
    Time,
    Through,
    Other,
}

/// The tag of a suite.
struct Suite {
    name: String,
    file: Option<String>,
    failed: bool,
    claimed: Claimed,
}

/// One case as far as it is read.
struct Case {
    name: String,
    place: Option<(String, u32)>,
    /// As the report says it.
    result: Option<String>,
    is_skipped: bool,
    message: Option<String>,
    fault: Option<Outcome>,
    time: Option<String>,
}

impl Reader<'_> {
    fn walk(&mut self) -> Result<(), Stop> {
        // Suites of the report that failed, by the depth of their start tags.
        let mut failed = Vec::new();
        while let Some(step) = self.walk.step(Element::of)? {
            let Step::Start(element) = step else {
                self.close(&mut failed);
                continue;
            };
            match element {
                Element::Suite(suite) => self.open(&suite, &mut failed),
                Element::Case(case) => self.case(*case)?,
                Element::Fault(..) => {
                    let story = Story::read(&mut self.walk.cursor)?;
                    let message = story.message.unwrap_or_default();
                    self.walk.report.suite_error(self.open.innermost(), &message);
                }
                Element::Through => {}
                Element::Time | Element::Other => self.walk.cursor.skip_element()?,
            }
        }
        Ok(())
    }

    fn open(&mut self, suite: &Suite, failed: &mut Vec<usize>) {
        let depth = self.walk.cursor.depth();
        // Suites repeat the totals of those inside of them.
        if depth == 2 {
            self.walk.report.claimed.add(suite.claimed);
        }
        let opened = self.open.open(&mut self.walk.report, &suite.name, depth);
        self.walk.report.place_suite(opened, suite.file.as_deref().unwrap_or_default());
        if suite.failed {
            failed.push(depth);
        }
    }

    fn close(&mut self, failed: &mut Vec<usize>) {
        let depth = self.walk.cursor.depth();
        let silent = self.open.is_silent(&self.walk.report);
        let Some(suite) = self.open.close(depth) else { return };
        if failed.pop_if(|suite| *suite > depth).is_some() && silent {
            self.walk.report.suite_error(suite, "failed, though nothing inside of it did");
        }
    }

    fn case(&mut self, mut case: Case) -> Result<(), Stop> {
        let at = self.walk.cursor.place();
        case.read(&mut self.walk.cursor)?;
        let outcome = match case.result.as_deref() {
            Some(result) => result_of(result).unwrap_or_else(|| self.walk.report.unknown_outcome(result, at)),
            None if case.is_skipped => Outcome::Skipped,
            None => case.fault.unwrap_or(Outcome::Passed),
        };
        let duration = self.walk.duration(case.time.as_deref());
        let (file, line) = case.place.unzip();
        self.walk.report.add(&Draft {
            suite: self.open.innermost(),
            outcome,
            duration,
            message: case.message.as_deref(),
            file: file.as_deref(),
            line,
            ..Draft::named(&case.name)
        });
        Ok(())
    }
}

impl Element {
    fn of(tag: &Tag<'_>) -> Self {
        match tag.name() {
            _ if tag.is_foreign() => Self::Other,
            "TestLog" | "TestResult" => Self::Through,
            "TestSuite" => Self::Suite(Box::new(Suite::of(tag))),
            "TestCase" => Self::Case(Box::new(Case::of(tag))),
            "Error" | "FatalError" => Self::Fault(Outcome::Failed, stands_at(tag)),
            "Exception" => Self::Fault(Outcome::Errored, stands_at(tag)),
            "TestingTime" => Self::Time,
            _ => Self::Other,
        }
    }
}

impl Suite {
    fn of(tag: &Tag<'_>) -> Self {
        let result = owned(tag, "result").and_then(|result| result_of(&result));
        Self {
            name: owned(tag, "name").unwrap_or_default(),
            file: owned(tag, "file"),
            failed: result.is_some_and(Outcome::is_failing),
            claimed: Claimed {
                passed: sum(tag, &["test_cases_passed", "test_cases_passed_with_warnings"]),
                // Aborted cases are among the failed ones; disabled ones are not listed.
                failing: sum(tag, &["test_cases_failed"]),
                ..Claimed::default()
            },
        }
    }
}

impl Case {
    fn of(tag: &Tag<'_>) -> Self {
        Self {
            name: owned(tag, "name").unwrap_or_default(),
            place: stands_at(tag),
            result: owned(tag, "result"),
            is_skipped: tag.attribute("skipped").is_some_and(|skipped| skipped == "yes"),
            message: owned(tag, "reason"),
            fault: None,
            time: None,
        }
    }

    /// Reads to the end of the case; the first thing that fails it is its message and place.
    fn read(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Stop> {
        loop {
            let element = match cursor.next()? {
                Event::End(_) | Event::Eof => return Ok(()),
                Event::Text(_) => continue,
                Event::Start(tag) => Element::of(&tag),
            };
            match element {
                Element::Fault(outcome, place) => {
                    let message = Story::read(cursor)?.message;
                    if self.fault.is_none() {
                        self.message = message;
                        self.place = place.or(self.place.take());
                    }
                    self.fault = self.fault.max(Some(outcome));
                }
                Element::Time => {
                    let time = fields::text(cursor)?;
                    self.time = time.map(|time| format!("{time}us"));
                }
                _ => cursor.skip_element()?,
            }
        }
    }
}

/// What the report says; an aborted case was stopped by what failed in it.
fn result_of(result: &str) -> Option<Outcome> {
    Some(match result {
        "passed" | "passed_with_warnings" => Outcome::Passed,
        "failed" => Outcome::Failed,
        "aborted" | "timed_out" | "invalid" => Outcome::Errored,
        "skipped" => Outcome::Skipped,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::view::{file, view};

    fn read(text: &str) -> String {
        view(&super::read(&mut file(text)))
    }

    #[test]
    fn the_log_lists_what_happened_in_each_case() {
        insta::assert_snapshot!(read(include_str!("../../../tests/fixtures/test_results/boost-test/boost-1.74.0-log.xml")), @r#"
        measured, Boost.Test, 3 suites
        passed [shop/cart] `adds` 54000ns @cart.cc:7
        failed [shop/cart] `sums` 44000ns @cart.cc:8 "1 is <not> 2"
        failed [shop/cart] `stops` 141000ns @cart.cc:9 "critical check 3 == 4 has failed [3 != 4]"
        errored [shop/cart] `throws` 122000ns @cart.cc:10 "std::runtime_error: no database"
        skipped [shop/cart] `taxes` @cart.cc "disabled"
        failed [shop/cart] `known` 46000ns @cart.cc:13 "check false has failed"
        passed [shop/cart/rounds] `_0` 51000ns @cart.cc:14
        failed [shop/cart/rounds] `_1` 44000ns @cart.cc:14 "check n != 2 has failed [2 == 2]"
        passed [shop/cart/rounds] `_2` 42000ns @cart.cc:14
        skipped [shop/cart] `ships` @cart.cc "dependency test case "cart/sums" has failed"
        passed [shop] `empty` 38000ns @cart.cc:16
        "#);
    }

    #[test]
    fn the_report_says_how_each_case_ended() {
        insta::assert_snapshot!(read(include_str!("../../../tests/fixtures/test_results/boost-test/boost-1.74.0-report.xml")), @"
        measured, Boost.Test, 3 suites
        passed [shop/cart] `adds`
        failed [shop/cart] `sums`
        errored [shop/cart] `stops`
        errored [shop/cart] `throws`
        skipped [shop/cart] `ships`
        passed [shop/cart] `known`
        passed [shop/cart/rounds] `_0`
        failed [shop/cart/rounds] `_1`
        passed [shop/cart/rounds] `_2`
        passed [shop] `empty`
        ");
    }

    #[test]
    fn a_log_of_errors_alone_is_red() {
        insta::assert_snapshot!(read(include_str!("../../../tests/fixtures/test_results/boost-test/boost-1.74.0-log-of-errors.xml")), @"
        measured, Boost.Test, 0 suites
        suite error [] 1 is <not> 2
        suite error [] critical check 3 == 4 has failed [3 != 4]
        suite error [] std::runtime_error: no database
        suite error [] check false has failed
        suite error [] check n != 2 has failed [2 == 2]
        ");
    }

    #[test]
    fn a_report_without_cases_is_red_by_its_totals() {
        insta::assert_snapshot!(read(include_str!("../../../tests/fixtures/test_results/boost-test/boost-1.74.0-report-confirm.xml")), @"
        measured, Boost.Test, 1 suites
        suite error [shop] failed, though nothing inside of it did
        suite error [] the file says 5 passed, 4 failed; it lists 0 passed, 0 failed
        warning the file says 5 passed, 4 failed; it lists 0 passed, 0 failed
        ");
    }

    #[test]
    fn a_suite_that_fails_alone_is_a_suite_error_and_a_cut_file_keeps_its_cases() {
        insta::assert_snapshot!(read(
            "<TestResult><TestSuite name='a'><TestSuite name='b' result='aborted'/><TestCase name='c' result='odd'/>\
             <TestCase name='d' result='passed'/><TestCase name='e'>"), @"
        incomplete, Boost.Test, 2 suites
        errored [a] `c`
        passed [a] `d`
        suite error [a/b] failed, though nothing inside of it did
        warning 1:71 1 cases have outcomes that are not known, the first one is `odd`; counted as errored
        error 1:159 the file ends before `</TestCase>`; it was cut short
        ");
    }
}
