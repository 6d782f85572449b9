//! `CppUnit`'s `XmlOutputter`: failed tests first, then the others.
//!
//! <https://freedesktop.org/wiki/Software/cppunit/>. Names hold their class: `CartTest::adds`.

use super::assembly::{Assembly, Claimed, Draft};
use super::fields;
use super::walk::Walk;
use crate::evidence::bytes::Text;
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::{Cursor, Tag};
use crate::model::tests::{Outcome, TestReport};

/// Whether a file that begins like this is a report of `CppUnit`. TRX has the same root and other elements.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    head.root == Some("TestRun") && head.text.contains("<FailedTests") && !head.text.contains("TeamTest")
}

/// Reads one file.
pub(crate) fn read(text: &mut Text) -> Reading<TestReport> {
    let mut walk = Walk::new(Cursor::new(text), Assembly::by("CppUnit"));
    let ended = read_all(&mut walk);
    walk.finish(ended)
}

/// What a start tag opens.
enum Element {
    Failed,
    Passed,
    Statistics,
    Through,
    Other,
}

impl Element {
    fn of(tag: &Tag<'_>) -> Self {
        match tag.name() {
            _ if tag.is_foreign() => Self::Other,
            "FailedTest" => Self::Failed,
            "Test" => Self::Passed,
            "Statistics" => Self::Statistics,
            "TestRun" | "FailedTests" | "SuccessfulTests" => Self::Through,
            _ => Self::Other,
        }
    }
}

fn read_all(walk: &mut Walk<'_>) -> Result<(), Stop> {
    while let Some(element) = walk.start(Element::of)? {
        match element {
            Element::Failed => failed(walk)?,
            Element::Passed => {
                let [name, time] = fields::read(&mut walk.cursor, ["Name", "Time"])?;
                let duration = walk.duration(time.as_deref());
                walk.report.add(&Draft { duration, ..Draft::named(name.as_deref().unwrap_or_default()) });
            }
            Element::Statistics => {
                let [tests, failing] = fields::read(&mut walk.cursor, ["Tests", "FailuresTotal"])?;
                let count = |text: Option<String>| text.and_then(|text| text.parse().ok());
                let claimed = Claimed { total: count(tests), failing: count(failing), ..Claimed::default() };
                walk.report.claimed.add(claimed);
            }
            Element::Through => {}
            Element::Other => walk.cursor.skip_element()?,
        }
    }
    Ok(())
}

fn failed(walk: &mut Walk<'_>) -> Result<(), Stop> {
    let wanted = ["Name", "FailureType", "File", "Line", "Message", "Time"];
    let [name, kind, file, line, message, time] = fields::read(&mut walk.cursor, wanted)?;
    let is_error = kind.as_deref() == Some("Error");
    let duration = walk.duration(time.as_deref());
    walk.report.add(&Draft {
        outcome: if is_error { Outcome::Errored } else { Outcome::Failed },
        duration,
        message: message.as_deref(),
        file: file.as_deref(),
        line: line.and_then(|line| line.parse().ok()),
        ..Draft::named(name.as_deref().unwrap_or_default())
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::view::{file, view};

    fn read(text: &str) -> String {
        view(&super::read(&mut file(text)))
    }

    #[test]
    fn failed_tests_come_first() {
        insta::assert_snapshot!(read(include_str!("../../../tests/fixtures/test_results/cppunit/cppunit-1.15.1-mixed.xml")), @r#"
        measured, CppUnit, 0 suites
        failed [] `Cart::sums` @cart.cc:13 "equality assertion failed"
        errored [] `Cart::throws` "uncaught exception of type std::exception (or derived)."
        failed [] `Cart::fails` @cart.cc:15 "forced failure"
        passed [] `Cart::adds`
        "#);
    }

    #[test]
    fn what_is_claimed_is_compared_and_a_cut_file_keeps_its_tests() {
        insta::assert_snapshot!(read(
            "<TestRun><FailedTests/><SuccessfulTests><Test id='1'><Name>a</Name><Time>0.5</Time></Test></SuccessfulTests>\
             <Statistics><Tests>3</Tests><FailuresTotal>1</FailuresTotal></Statistics></TestRun>"), @"
        measured, CppUnit, 0 suites
        passed [] `a` 500000000ns
        suite error [] the file says 3 tests, 1 failed; it lists 1 test, 0 failed
        warning the file says 3 tests, 1 failed; it lists 1 test, 0 failed
        ");
    }

    #[test]
    fn a_cut_file_keeps_its_complete_tests() {
        insta::assert_snapshot!(read(
            "<TestRun><FailedTests><FailedTest><Name>a</Name></FailedTest><FailedTest><Name>b</Name>"), @"
        incomplete, CppUnit, 0 suites
        failed [] `a`
        error 1:88 the file ends before `</FailedTest>`; it was cut short
        ");
    }
}
