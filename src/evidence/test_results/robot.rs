//! Robot Framework's `output.xml`.
//!
//! <https://docs.robotframework.org/docs/parsing_results>. A test's own `<status>` says how it ended; those of its
//! keywords do not. A suite that failed while no test in it did is a suite error.

use super::assembly::{Assembly, Draft};
use super::attributes::{Durations, owned};
use super::open_suites::OpenSuites;
use super::story::Story;
use crate::evidence::bytes::Text;
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::{Cursor, Event};
use crate::model::tests::{Outcome, TestReport};

/// Whether a file that begins like this is an `output.xml`.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    head.root == Some("robot")
}

/// Reads one file.
pub(crate) fn read(text: &mut Text) -> Reading<TestReport> {
    let mut reader = Reader {
        cursor: Cursor::new(text),
        report: Assembly::default(),
        open: OpenSuites::default(),
        durations: Durations::default(),
    };
    let ended = reader.walk();
    reader.durations.report(&mut reader.report);
    reader.report.finish(ended, reader.cursor.problems())
}

struct Reader<'t> {
    cursor: Cursor<'t>,
    report: Assembly,
    open: OpenSuites,
    durations: Durations,
}

/// What a start tag opens.
enum Element {
    Root(Option<String>),
    Suite(String, String),
    Test(String, Option<u32>),
    /// Of a suite.
    Status(String),
    Other,
}

/// The `<status>` of a test.
struct Status {
    word: String,
    elapsed: Option<String>,
}

impl Reader<'_> {
    fn walk(&mut self) -> Result<(), Stop> {
        loop {
            match self.element()? {
                None => return Ok(()),
                Some(Element::Root(generator)) => self.report.name_producer(generator.as_deref(), None),
                Some(Element::Suite(name, source)) => self.open(&name, &source),
                Some(Element::Test(name, line)) => self.test(&name, line)?,
                Some(Element::Status(word)) => self.conclude(&word)?,
                Some(Element::Other) => self.cursor.skip_element()?,
            }
        }
    }

    /// The next start tag; `None` at the end of the file.
    fn element(&mut self) -> Result<Option<Element>, Stop> {
        loop {
            match self.cursor.next()? {
                Event::Eof => return Ok(None),
                Event::Text(_) => {}
                Event::End(_) => {
                    let depth = self.cursor.depth();
                    self.open.close(depth);
                }
                Event::Start(tag) => {
                    let text = |name| owned(&tag, name).unwrap_or_default();
                    return Ok(Some(match tag.name() {
                        "robot" => Element::Root(owned(&tag, "generator")),
                        "suite" => Element::Suite(text("name"), text("source")),
                        "test" => Element::Test(text("name"), text("line").parse().ok()),
                        "status" => Element::Status(text("status")),
                        _ => Element::Other,
                    }));
                }
            }
        }
    }

    fn open(&mut self, name: &str, source: &str) {
        let suite = self.open.open(&mut self.report, name, self.cursor.depth());
        self.report.place_suite(suite, source);
    }

    /// The innermost suite's own status.
    fn conclude(&mut self, word: &str) -> Result<(), Stop> {
        let story = Story::read(&mut self.cursor)?;
        if word == "FAIL" && self.open.is_silent(&self.report) {
            let message = story.message.unwrap_or_else(|| "failed, though no test in it did".to_owned());
            self.report.suite_error(self.open.innermost(), &message);
        }
        Ok(())
    }

    fn test(&mut self, name: &str, line: Option<u32>) -> Result<(), Stop> {
        let place = self.cursor.place();
        let (status, story) = self.status()?;
        let duration = self.durations.nanoseconds(status.elapsed.as_deref(), &mut self.cursor);
        let outcome = match status.word.as_str() {
            "PASS" => Outcome::Passed,
            "FAIL" => Outcome::Failed,
            "SKIP" | "NOT RUN" => Outcome::Skipped,
            word => self.report.unknown_outcome(word, place),
        };
        self.report.add(&Draft {
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
        let mut found = (Status { word: String::new(), elapsed: None }, Story::default());
        loop {
            let status = match self.cursor.next()? {
                Event::End(_) | Event::Eof => return Ok(found),
                Event::Text(_) => continue,
                Event::Start(tag) if tag.name() == "status" => Some(Status {
                    word: owned(&tag, "status").unwrap_or_default(),
                    elapsed: owned(&tag, "elapsed"),
                }),
                Event::Start(_) => None,
            };
            match status {
                Some(status) => found = (status, Story::read(&mut self.cursor)?),
                None => self.cursor.skip_element()?,
            }
        }
    }
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
