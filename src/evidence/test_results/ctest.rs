//! `CTest`'s `Test.xml`, as it is sent to `CDash`.
//!
//! <https://cmake.org/cmake/help/latest/manual/ctest.1.html>. Tests that did not run are skipped. When that is for
//! another reason than a skip rule (no executable, a failed fixture), `CTest` fails, so it is a suite error as well.

use super::assembly::{Assembly, Draft, SuiteId};
use super::attributes::owned;
use super::message::FirstLine;
use super::story::push_bounded;
use super::walk::Walk;
use crate::evidence::bytes::Text;
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::{Cursor, Event, Tag};
use crate::model::tests::{Outcome, TestReport};

/// Completion states of tests that were to run and could not; others are `Disabled`, `SKIP_RETURN_CODE=77` and the like.
pub(super) const NEVER_STARTED: [&str; 7] = [
    "Unable to find executable",
    "Fixture dependency failed",
    "Failed to start",
    "Missing Configuration",
    "Required Files Missing",
    "Insufficient resources",
    "Invalid resource spec file",
];

/// Whether a file that begins like this is a `Test.xml`; `Build.xml` and `Coverage.xml` have the same root.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    head.root == Some("Site") && head.text.contains("<Testing")
}

/// Reads one file.
pub(crate) fn read(text: &mut Text) -> Reading<TestReport> {
    let mut walk = Walk::new(Cursor::new(text), Assembly::default());
    let ended = read_all(&mut walk);
    walk.finish(ended)
}

/// One test as far as it is read.
#[derive(Debug, Default)]
struct Test {
    status: String,
    name: Option<String>,
    time: Option<String>,
    exit: Option<String>,
    completion: Option<String>,
    /// What a failed test wrote, for the places in it.
    output: String,
}

/// What a start tag opens.
enum Element {
    Test(Test),
    Producer(Option<String>),
    Through,
    Other,
}

fn read_all(walk: &mut Walk<'_>) -> Result<(), Stop> {
    while let Some(element) = walk.start(Element::of)? {
        match element {
            Element::Test(mut test) => {
                let place = walk.cursor.place();
                test.read(&mut walk.cursor)?;
                let duration = walk.duration(test.time.as_deref());
                let outcome = test.outcome();
                let outcome = outcome.unwrap_or_else(|| walk.report.unknown_outcome(&test.status, place));
                test.add(&mut walk.report, outcome, duration);
            }
            Element::Producer(generator) => walk.report.name_producer(generator.as_deref(), None),
            Element::Through => {}
            Element::Other => walk.cursor.skip_element()?,
        }
    }
    Ok(())
}

impl Element {
    fn of(tag: &Tag<'_>) -> Self {
        match tag.name() {
            "Site" => Self::Producer(owned(tag, "Generator")),
            "Testing" => Self::Through,
            "Test" => {
                Self::Test(Test { status: owned(tag, "Status").unwrap_or_default(), ..Test::default() })
            }
            _ => Self::Other,
        }
    }
}

impl Test {
    /// Reads to the end of the test.
    fn read(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Stop> {
        let outside = cursor.depth().saturating_sub(1);
        let (mut line, mut measurement) = (FirstLine::default(), String::new());
        let mut listening = false;
        while cursor.depth() > outside {
            match cursor.next()? {
                Event::Start(tag) => {
                    let name = tag.name();
                    if let "Name" | "NamedMeasurement" | "Measurement" = name {
                        measurement = owned(&tag, "name").unwrap_or_else(|| name.to_owned());
                    }
                    listening = matches!(name, "Name" | "Value");
                }
                Event::Text(text) if listening => {
                    line.push(&text);
                    if measurement == "Measurement" && self.status == "failed" {
                        push_bounded(&mut self.output, &text);
                    }
                }
                Event::End(_) if listening => {
                    listening = false;
                    self.set(&measurement, std::mem::take(&mut line).finish());
                }
                Event::Text(_) | Event::End(_) => {}
                Event::Eof => break,
            }
        }
        Ok(())
    }

    fn set(&mut self, measurement: &str, value: Option<String>) {
        match measurement {
            "Name" => self.name = value,
            "Execution Time" => self.time = value,
            "Exit Code" => self.exit = value,
            "Completion Status" => self.completion = value,
            _ => {}
        }
    }

    fn outcome(&self) -> Option<Outcome> {
        Some(match (self.status.as_str(), self.exit.as_deref()) {
            ("passed", _) => Outcome::Passed,
            ("failed", None | Some("Failed")) => Outcome::Failed,
            // Timeouts and signals.
            ("failed", Some(_)) => Outcome::Errored,
            ("notrun", _) => Outcome::Skipped,
            _ => return None,
        })
    }

    fn add(&self, report: &mut Assembly, outcome: Outcome, duration: Option<u64>) {
        let name = self.name.as_deref().unwrap_or_default();
        let completion = self.completion.as_deref();
        let wanted = completion.is_some_and(|why| why.starts_with("SKIP_") || why == "Disabled");
        if outcome == Outcome::Skipped && !wanted {
            let why = completion.unwrap_or("no reason given");
            report.suite_error(SuiteId::ROOT, &format!("{name} did not run: {why}"));
        }
        let message = if outcome == Outcome::Skipped { completion } else { self.exit.as_deref() };
        report.add(&Draft { outcome, duration, message, trace: Some(&self.output), ..Draft::named(name) });
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::{file, view};

    fn read(text: &str) -> String {
        view(&super::read(&mut file(text)))
    }

    fn test(status: &str, name: &str, measurements: &[(&str, &str)]) -> String {
        let named = |(name, value): &(&str, &str)| {
            format!("<NamedMeasurement name='{name}'><Value>{value}</Value></NamedMeasurement>")
        };
        let inside = measurements.iter().map(named).collect::<Vec<_>>().concat();
        format!(
            "<Test Status='{status}'><Name>{name}</Name><Results>{inside}<Measurement><Value>out</Value></Measurement></Results></Test>"
        )
    }

    #[test]
    fn what_did_not_run_for_want_of_something_is_a_suite_error() {
        let tests = [
            test("passed", "a", &[("Execution Time", "0.5"), ("Exit Code", "Completed")]),
            test("failed", "b", &[("Exit Code", "Failed")]),
            test("failed", "c", &[("Exit Code", "SEGFAULT")]),
            test("notrun", "d", &[("Completion Status", "SKIP_RETURN_CODE=77")]),
            test("notrun", "e", &[("Completion Status", "Unable to find executable")]),
            test("odd", "f", &[]),
        ]
        .concat();
        let list = "<TestList><Test>./a</Test></TestList>";
        insta::assert_snapshot!(read(&format!("<Site Generator='ctest-3.25.1'><Testing>{list}{tests}</Testing></Site>")), @r#"
        measured, ctest-3.25.1, 0 suites
        passed [] `a` 500000000ns
        failed [] `b` "Failed"
        errored [] `c` "SEGFAULT"
        skipped [] `d` "SKIP_RETURN_CODE=77"
        skipped [] `e` "Unable to find executable"
        errored [] `f`
        suite error [] e did not run: Unable to find executable
        warning 1:1118 1 cases have outcomes that are not known, the first one is `odd`; counted as errored
        "#);
    }

    #[test]
    fn a_cut_file_keeps_its_complete_tests() {
        let text = format!("<Site><Testing>{}<Test Status='passed'><Name>b</Name>", test("passed", "a", &[]));
        insta::assert_snapshot!(read(&text), @"
        incomplete, unknown producer, 0 suites
        passed [] `a`
        error 1:159 the file ends before `</Test>`; it was cut short
        ");
    }
}
