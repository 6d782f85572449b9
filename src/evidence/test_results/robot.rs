//! Robot Framework's `output.xml`.
//!
//! <https://docs.robotframework.org/docs/parsing_results>. A test's own `<status>` says how it ended; those of its
//! keywords do not. A suite that failed while no test in it did is a suite error.

use super::assembly::{Assembly, Draft};
use super::attributes::owned;
use super::duration::known;
use super::open_suites::OpenSuites;
use super::story::Story;
use super::walk::{Step, Walk};
use crate::evidence::bytes::Text;
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::{Cursor, Tag};
use crate::model::tests::{Outcome, TestReport};

/// In nanoseconds.
const DAY: u64 = 24 * 3600 * 1_000_000_000;

/// Whether a file that begins like this is an `output.xml`.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    head.root == Some("robot")
}

/// Reads one file.
pub(crate) fn read(text: &mut Text) -> Reading<TestReport> {
    let mut reader =
        Reader { walk: Walk::new(Cursor::new(text), Assembly::default()), open: OpenSuites::default() };
    let ended = reader.walk();
    reader.walk.finish(ended)
}

struct Reader<'t> {
    walk: Walk<'t>,
    open: OpenSuites,
}

/// What a start tag opens.
enum Element {
    Root(Option<String>),
    Suite(String, String),
    Test(String, Option<u32>),
    /// Of a suite or a test.
    Status(Status),
    Other,
}

/// A `<status>`.
#[derive(Default)]
struct Status {
    word: String,
    elapsed: Option<String>,
}

impl Reader<'_> {
    fn walk(&mut self) -> Result<(), Stop> {
        while let Some(step) = self.walk.step(Element::of)? {
            let Step::Start(element) = step else {
                self.open.close(self.walk.cursor.depth());
                continue;
            };
            match element {
                Element::Root(generator) => self.walk.report.name_producer(generator.as_deref(), None),
                Element::Suite(name, source) => self.open(&name, &source),
                Element::Test(name, line) => self.test(&name, line)?,
                Element::Status(status) => self.conclude(&status.word)?,
                Element::Other => self.walk.cursor.skip_element()?,
            }
        }
        Ok(())
    }

    fn open(&mut self, name: &str, source: &str) {
        let suite = self.open.open(&mut self.walk.report, name, self.walk.cursor.depth());
        self.walk.report.place_suite(suite, source);
    }

    /// The innermost suite's own status.
    fn conclude(&mut self, word: &str) -> Result<(), Stop> {
        let story = Story::read(&mut self.walk.cursor)?;
        if word == "FAIL" && self.open.is_silent(&self.walk.report) {
            let message = story.message.unwrap_or_else(|| "failed, though no test in it did".to_owned());
            self.walk.report.suite_error(self.open.innermost(), &message);
        }
        Ok(())
    }

    fn test(&mut self, name: &str, line: Option<u32>) -> Result<(), Stop> {
        let place = self.walk.cursor.place();
        let (status, story) = self.status()?;
        let duration = self.walk.duration(status.elapsed.as_deref());
        let outcome = match status.word.as_str() {
            "PASS" => Outcome::Passed,
            "FAIL" => Outcome::Failed,
            "SKIP" | "NOT RUN" => Outcome::Skipped,
            word => self.walk.report.unknown_outcome(word, place),
        };
        self.walk.report.add(&Draft {
            suite: self.open.innermost(),
            outcome,
            duration,
            message: story.message.as_deref(),
            trace: Some(&story.trace),
            line,
            ..Draft::named(name)
        });
        Ok(())
    }

    /// Reads to the end of a test; its status is a child of its own.
    fn status(&mut self) -> Result<(Status, Story), Stop> {
        let mut found = (Status::default(), Story::default());
        while let Some(child) = self.walk.child(Element::of)? {
            match child {
                Element::Status(status) => found = (status, Story::read(&mut self.walk.cursor)?),
                _ => self.walk.cursor.skip_element()?,
            }
        }
        Ok(found)
    }
}

impl Element {
    fn of(tag: &Tag<'_>) -> Self {
        let text = |name| owned(tag, name).unwrap_or_default();
        match tag.name() {
            "robot" => Self::Root(owned(tag, "generator")),
            "suite" => Self::Suite(text("name"), text("source")),
            "test" => Self::Test(text("name"), text("line").parse().ok()),
            "status" => {
                let elapsed = owned(tag, "elapsed").or_else(|| elapsed(&text("starttime"), &text("endtime")));
                Self::Status(Status { word: text("status"), elapsed })
            }
            _ => Self::Other,
        }
    }
}

/// Seconds between two times such as `20260102 10:00:00.250`, which versions before 7 write, at most a day apart.
fn elapsed(start: &str, end: &str) -> Option<String> {
    let time = |text: &str| known(text.split_once(' ')?.1);
    let (start, end) = (time(start)?, time(end)?);
    // Past midnight the clock begins again.
    let nanos = end.checked_sub(start).or_else(|| (end + DAY).checked_sub(start))?;
    Some(format!("{nanos}ns"))
}

#[cfg(test)]
mod tests {
    use super::super::view::{file, view};

    fn read(text: &str) -> String {
        view(&super::read(&mut file(text)))
    }

    #[test]
    fn a_test_ends_as_its_own_status_says() {
        let text = "<robot generator='Robot 7.5'><suite name='Shop' source='/s'><suite name='Cart' source='/s/cart.robot'>
            <test name='a' line='3'><kw><status status='FAIL'>no</status></kw><status status='PASS' elapsed='0.5'/></test>
            <test name='b' line='7'><kw/><status status='FAIL'>1 is not 2\nmore</status></test>
            <test name='c'><status status='SKIP'>later</status></test><test name='d'/>
            <status status='FAIL'/></suite><status status='FAIL'/></suite></robot>";
        insta::assert_snapshot!(read(text), @r#"
        measured, Robot 7.5, 1 suites
        passed [Shop/Cart] `a` 500000000ns @/s/cart.robot:3
        failed [Shop/Cart] `b` @/s/cart.robot:7 "1 is not 2"
        skipped [Shop/Cart] `c` @/s/cart.robot "later"
        errored [Shop/Cart] `d` @/s/cart.robot
        warning 5:71 1 cases name no outcome, the first one here; counted as errored
        "#);
    }

    #[test]
    fn versions_before_7_tell_two_times() {
        let status =
            |start, end| format!("<status status='PASS' starttime='20260101 {start}' endtime='{end}'/>");
        let text = format!(
            "<robot><suite name='A'><test name='a'>{}</test><test name='b'>{}</test><test name='c'>{}</test></suite></robot>",
            status("10:00:00.250", "20260101 10:01:00.500"),
            status("23:59:59.000", "20260102 00:00:01.000"),
            status("9999:00:00", "N/A")
        );
        insta::assert_snapshot!(read(&text), @"
        measured, unknown producer, 1 suites
        passed [A] `a` 60250000000ns
        passed [A] `b` 2000000000ns
        passed [A] `c`
        ");
    }

    #[test]
    fn a_suite_that_fails_alone_is_a_suite_error_and_a_cut_file_keeps_its_tests() {
        let text = "<robot><suite name='A'><test name='a'><status status='PASS'/></test><status status='FAIL'>down</status></suite>";
        insta::assert_snapshot!(read(text), @"
        incomplete, unknown producer, 1 suites
        passed [A] `a`
        suite error [A] down
        error 1:112 the file ends before `</robot>`; it was cut short
        ");
        insta::assert_snapshot!(read("<robot><suite name='A'/></robot>"), @"empty");
    }
}
