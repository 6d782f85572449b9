//! The XML log of Check, the unit test framework for C.
//!
//! <https://libcheck.github.io/check/doc/check_html/check_4.html#XML-Logging>. Its root is called as that of JUnit. A
//! looped test writes one `<test>` for each iteration, all of one name, and a test that died has no duration.

use super::assembly::{Assembly, Draft, SuiteId};
use super::attributes::owned;
use super::fields;
use super::walk::Walk;
use crate::evidence::bytes::Text;
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::{Cursor, Tag};
use crate::model::tests::{Outcome, TestReport};

/// Whether a file that begins like this was written by Check; before version 0.9.9 it had no namespace.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    const MARKS: [&str; 2] = ["check.sourceforge.net/ns", "<suite>"];
    // Output of a test may hold another report.
    let own = head.text.split("<testcase").next().unwrap_or_default();
    head.root == Some("testsuites")
        && !own.contains("<testsuite ")
        && MARKS.iter().any(|mark| own.contains(mark))
}

/// Reads one file.
pub(crate) fn read(text: &mut Text) -> Reading<TestReport> {
    let mut walk = Walk::new(Cursor::new(text), Assembly::by("Check"));
    let ended = read_all(&mut walk);
    walk.finish(ended)
}

/// What a start tag opens.
enum Element {
    Suite,
    Title,
    /// With its result.
    Test(String),
    Through,
    Other,
}

impl Element {
    fn of(tag: &Tag<'_>) -> Self {
        match tag.name() {
            _ if tag.is_foreign() => Self::Other,
            "suite" => Self::Suite,
            "title" => Self::Title,
            "test" => Self::Test(owned(tag, "result").unwrap_or_default()),
            "testsuites" => Self::Through,
            _ => Self::Other,
        }
    }
}

fn read_all(walk: &mut Walk<'_>) -> Result<(), Stop> {
    let mut suite = SuiteId::ROOT;
    while let Some(element) = walk.start(Element::of)? {
        match element {
            Element::Suite => suite = walk.report.open_suite(SuiteId::ROOT),
            Element::Title => {
                let title = fields::text(&mut walk.cursor)?;
                walk.report.name_suite(suite, title.as_deref().unwrap_or_default());
            }
            Element::Test(result) => test(walk, suite, &result)?,
            Element::Through => {}
            Element::Other => walk.cursor.skip_element()?,
        }
    }
    Ok(())
}

fn test(walk: &mut Walk<'_>, suite: SuiteId, result: &str) -> Result<(), Stop> {
    let place = walk.cursor.place();
    let wanted = ["id", "fn", "description", "duration", "message"];
    let [id, at, group, duration, message] = fields::read(&mut walk.cursor, wanted)?;
    let outcome = match result {
        "success" => Outcome::Passed,
        "failure" => Outcome::Failed,
        "error" => Outcome::Errored,
        _ => walk.report.unknown_outcome(result, place),
    };
    let duration = walk.duration(duration.as_deref().filter(|duration| !duration.starts_with('-')));
    let (file, line) = at.as_deref().and_then(|at| at.rsplit_once(':')).unzip();
    walk.report.add(&Draft {
        suite,
        class: group.as_deref(),
        outcome,
        duration,
        message: message.as_deref(),
        file,
        line: line.and_then(|line| line.parse().ok()),
        ..Draft::named(id.as_deref().unwrap_or_default())
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
    fn iterations_of_a_loop_are_cases_of_one_name() {
        insta::assert_snapshot!(read(include_str!("../../../tests/fixtures/test_results/check-xml/check-0.15.2-mixed.xml")), @r#"
        measured, Check, 2 suites
        passed [Cart] (core) `adds` 14000ns @cart.c:3
        failed [Cart] (core) `sums` @cart.c:4 "1 is <not> 2 & so"
        errored [Cart] (core) `dies` @cart.c:5 "Received signal 6 (Aborted)"
        passed [Cart] (core) `rounds` 13000ns @cart.c:6
        failed [Cart] (core) `rounds` @cart.c:6 "Assertion '_i != 1' failed: _i == 1, 1 == 1"
        passed [Cart] (core) `rounds` 10000ns @cart.c:6
        passed [Taxes] (core) `adds` 10000ns @cart.c:3
        "#);
    }

    #[test]
    fn odd_results_are_errors_and_a_cut_file_keeps_its_tests() {
        insta::assert_snapshot!(read(
            "<testsuites><suite><title>a</title><test result='odd'><id>b</id><fn>c:x</fn><duration>now</duration></test>\
             <test><id/></test><test result='success'>"), @"
        incomplete, Check, 1 suites
        errored [a] `b` @c
        errored [a] ``
        warning 1:36 2 cases have outcomes that are not known, the first one is `odd`; counted as errored
        warning 1:101 a duration is no number of seconds; counted as unknown
        error 1:149 the file ends before `</test>`; it was cut short
        ");
    }
}
