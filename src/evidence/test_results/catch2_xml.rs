//! Catch2's `xml` reporter: root `<Catch>` of version 2, `<Catch2TestRun>` of version 3.
//!
//! <https://github.com/catchorg/Catch2/blob/devel/docs/reporters.md>. `<OverallResult>` says how a case ended: failures
//! that it tolerates are inside of passed ones. Without it, the run broke off in the case.

use super::assembly::{Assembly, Draft};
use super::attributes::{count, owned};
use super::message::FirstLine;
use super::walk::Walk;
use crate::evidence::bytes::Text;
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::{Cursor, Event, Tag};
use crate::model::tests::{Outcome, TestReport};

/// Whether a file that begins like this was written by Catch2.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    matches!(head.root, Some("Catch" | "Catch2TestRun"))
}

/// Reads one file.
pub(crate) fn read(text: &mut Text) -> Reading<TestReport> {
    let mut walk = Walk::new(Cursor::new(text), Assembly::by("Catch2"));
    let ended = read_all(&mut walk);
    walk.finish(ended)
}

/// One case as far as it is read.
#[derive(Default)]
struct Case {
    name: String,
    file: Option<String>,
    line: Option<u32>,
    outcome: Option<Outcome>,
    crashed: bool,
    time: Option<String>,
    message: Option<String>,
}

fn read_all(walk: &mut Walk<'_>) -> Result<(), Stop> {
    while let Some(case) = walk.start(|tag| (tag.name() == "TestCase").then(|| Case::of(tag)))? {
        let Some(mut case) = case else { continue };
        case.read(&mut walk.cursor)?;
        let duration = walk.duration(case.time.as_deref());
        let outcome = case.outcome.filter(|_| !case.crashed).unwrap_or(Outcome::Errored);
        walk.report.add(&Draft {
            outcome,
            duration,
            message: case.message.as_deref(),
            file: case.file.as_deref(),
            line: case.line,
            ..Draft::named(&case.name)
        });
    }
    Ok(())
}

impl Case {
    fn of(tag: &Tag<'_>) -> Self {
        let mut case = Self { name: owned(tag, "name").unwrap_or_default(), ..Self::default() };
        case.stands_at(tag);
        case
    }

    fn stands_at(&mut self, tag: &Tag<'_>) {
        if let Some(file) = owned(tag, "filename") {
            self.file = Some(file);
            self.line = tag.attribute("line").and_then(|line| line.parse().ok());
        }
    }

    /// Reads to the end of the case; the first thing that did not hold is its message and place.
    fn read(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Stop> {
        let outside = cursor.depth().saturating_sub(1);
        let (mut line, mut listening) = (FirstLine::default(), false);
        while cursor.depth() > outside {
            match cursor.next()? {
                Event::Start(tag) => listening = self.started(&tag),
                Event::Text(text) if listening => line.push(&text),
                Event::End(_) => {
                    listening = false;
                    self.message = self.message.take().or(std::mem::take(&mut line).finish());
                }
                Event::Text(_) => {}
                Event::Eof => break,
            }
        }
        Ok(())
    }

    /// Whether the text in `tag` is a message.
    fn started(&mut self, tag: &Tag<'_>) -> bool {
        let name = tag.name();
        match name {
            "OverallResult" => {
                self.outcome = Some(ended(tag));
                self.time = owned(tag, "durationInSeconds");
            }
            "Expression" | "Exception" | "Failure" | "FatalErrorCondition" if self.message.is_none() => {
                self.stands_at(tag);
            }
            _ => {}
        }
        self.crashed |= name == "FatalErrorCondition";
        matches!(name, "Expanded" | "Exception" | "Failure" | "FatalErrorCondition" | "Skip")
    }
}

fn ended(tag: &Tag<'_>) -> Outcome {
    match tag.attribute("success").as_deref() {
        Some("true") if count(tag, "skips").unwrap_or(0) > 0 => Outcome::Skipped,
        Some("true") => Outcome::Passed,
        _ => Outcome::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::{file, view};

    fn read(text: &str) -> String {
        view(&super::read(&mut file(text)))
    }

    #[test]
    fn cases_end_as_their_overall_result_says() {
        let text = "<Catch2TestRun name='t'><TestCase name='a' filename='t.cc' line='4'>
            <OverallResult success='true' durationInSeconds='0.25'/></TestCase>
            <TestCase name='b' filename='t.cc' line='5'><Section name='s'><Expression success='false' filename='t.cc' line='6'>
            <Original> x == 2 </Original><Expanded> 1 == 2 </Expanded></Expression><OverallResults failures='1'/></Section>
            <OverallResult success='false'/></TestCase>
            <TestCase name='c'><Skip> later </Skip><OverallResult success='true' skips='1'/></TestCase>
            <TestCase name='d'><FatalErrorCondition> SIGSEGV </FatalErrorCondition><OverallResult success='false'/></TestCase>
            <TestCase name='e'/></Catch2TestRun>";
        insta::assert_snapshot!(read(text), @r#"
        measured, Catch2, 0 suites
        passed [] `a` 250000000ns @t.cc:4
        failed [] `b` @t.cc:6 "1 == 2"
        skipped [] `c` "later"
        errored [] `d` "SIGSEGV"
        errored [] `e`
        "#);
    }

    #[test]
    fn a_cut_file_keeps_its_complete_cases() {
        let text =
            "<Catch><Group><TestCase name='a'><OverallResult success='true'/></TestCase><TestCase name='b'>";
        insta::assert_snapshot!(read(text), @"
        incomplete, Catch2, 0 suites
        passed [] `a`
        error 1:95 the file ends before `</TestCase>`; it was cut short
        ");
    }
}
