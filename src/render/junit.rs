//! A run of tests as JUnit XML, the one form that every tool reads.
//!
//! What JUnit can say comes back the same when it is read: suite paths, classes, names, outcomes, flakiness, durations,
//! messages, files and lines. What it cannot:
//!
//! * The matrix cell of a case that several cells have is in an attribute of ours, `cell`.
//! * Control characters are spelled out, as on screens: XML has no way to write most of them, and readers take a line
//!   break in an attribute for a space.
//! * A failure outside of any case has no element in what quick-junit writes. It becomes a suite that claims an error
//!   and lists no case; what it said stands in `<system-err>`.

use std::borrow::Cow;
use std::fmt::Write as _;

use quick_junit::{NonSuccessKind, Report, SerializeError, TestCase, TestCaseStatus, TestRerun, TestSuite};

use super::escape::{is_unprintable, spelled};
use super::wording::exact_decimal;
use crate::model::tests::{CaseDetail, Outcome, SuiteError, TestCase as Case, TestReport};

/// Digits of a nanosecond in a second.
const NANOSECOND_DIGITS: u32 = 9;

/// `run` as one JUnit document: a `<testsuite>` for each suite, named by its path.
pub fn junit(run: &TestReport) -> Result<String, SerializeError> {
    let mut report = Report::new(run.producer.as_deref().map_or(Cow::Borrowed("readiness"), text));
    for cases in run.cases.chunk_by(|a, b| a.id.suite == b.id.suite) {
        report.add_test_suite(suite(cases));
    }
    for error in &run.suite_errors {
        report.add_test_suite(failed_suite(error));
    }
    report.to_string().map(|xml| printable(&xml))
}

fn suite(cases: &[Case]) -> TestSuite {
    let mut suite = TestSuite::new(cases.first().map_or(Cow::Borrowed(""), |case| text(&case.id.suite)));
    let total = cases.iter().filter_map(|case| case.duration).fold(0, u64::saturating_add);
    suite.extra.insert("time".into(), seconds(total).into());
    suite.add_test_cases(cases.iter().map(test_case));
    suite
}

fn test_case(case: &Case) -> TestCase {
    let nothing = CaseDetail::default();
    let detail = case.detail.as_deref().unwrap_or(&nothing);
    let mut written = TestCase::new(text(&case.id.name), status(case, detail.message.as_deref()));
    if let Some(class) = &case.id.class {
        written.set_classname(text(class));
    }
    // Its own field for the time is rounded to milliseconds.
    let attributes = [
        ("time", case.duration.map(seconds)),
        ("file", detail.file.as_deref().map(|file| text(file).into_owned())),
        ("line", detail.line.map(|line| line.to_string())),
        ("cell", case.id.cell.as_deref().map(|cell| text(cell).into_owned())),
    ];
    for (name, value) in attributes {
        written.extra.extend(value.map(|value| (name.into(), value.into())));
    }
    written
}

fn status(case: &Case, message: Option<&str>) -> TestCaseStatus {
    let mut status = match case.outcome {
        Outcome::Passed if case.flaky => {
            let mut status = TestCaseStatus::success();
            let mut attempt = TestRerun::new(NonSuccessKind::Failure);
            attempt.message = message.map(|message| text(message).into());
            status.add_rerun(attempt);
            return status;
        }
        Outcome::Passed => return TestCaseStatus::success(),
        Outcome::Failed => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Outcome::Errored => TestCaseStatus::non_success(NonSuccessKind::Error),
        Outcome::Skipped => TestCaseStatus::skipped(),
    };
    if let Some(message) = message {
        status.set_message(text(message));
    }
    status
}

/// A suite whose claim nothing in it redeems, so that no reader takes it for a success.
fn failed_suite(error: &SuiteError) -> TestSuite {
    let mut suite = TestSuite::new(text(&error.suite));
    suite.errors = 1;
    suite.set_system_err(text(&error.message));
    suite
}

/// Seconds with as many digits as it takes.
fn seconds(nanoseconds: u64) -> String {
    exact_decimal(nanoseconds, NANOSECOND_DIGITS)
}

/// `text` with everything spelled out that XML, or quick-junit, would drop.
fn text(text: &str) -> Cow<'_, str> {
    spelled(text, |c| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// References for characters that XML can hold and that would hide or steer what is printed. All text of others
/// stands in attributes and in text, where a reference means the same.
fn printable(xml: &str) -> String {
    let mut shown = String::with_capacity(xml.len());
    for character in xml.chars() {
        if is_unprintable(character) && character != '\n' {
            // Writing into a string cannot fail.
            let _ = write!(shown, "&#x{:x};", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn every_outcome_has_its_element() {
        insta::assert_snapshot!(junit(&sample::run()).unwrap(), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="readiness" tests="5" skipped="1" failures="1" errors="2">
            <testsuite name="shop/cart" tests="5" skipped="1" errors="1" failures="1" time="5.000000004">
                <testcase name="adds &lt;one&gt; &amp; &quot;two&quot; ]]&gt;"/>
                <testcase name="retries" classname="Cart" time="1.250000001" file="tests/cart.py">
                    <flakyFailure message="timed out">
                    </flakyFailure>
                </testcase>
                <testcase name="sums\u{7}" classname="Cart" time="1.250000001" file="tests/cart.py" line="7">
                    <failure message="1 is not 2&#x202e;"/>
                </testcase>
                <testcase name="loads" classname="Cart" time="1.250000001">
                    <error/>
                </testcase>
                <testcase name="rounds" classname="Cart" time="1.250000001" file="tests/cart.py">
                    <skipped message="not yet"/>
                </testcase>
            </testsuite>
            <testsuite name="shop/db" tests="0" skipped="0" errors="1" failures="0">
                <system-err>no database</system-err>
            </testsuite>
        </testsuites>
        "#);
    }
}
