//! xUnit.net's own XML: `<assembly>` of version 1, `<assemblies>` of versions 2 and 3.
//!
//! <https://xunit.net/docs/format-xml-v2>. Collections are not part of a case's identity: their names may hold
//! generated ids. Errors outside of tests, and failures of a whole `<class>`, are suite errors.

use super::assembly::{Assembly, Claimed, Draft, SuiteId};
use super::attributes::{assembly_name, count, owned};
use super::story::Story;
use super::walk::Walk;
use crate::evidence::bytes::Text;
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::{Cursor, Tag};
use crate::model::tests::{Outcome, TestReport};

/// Whether a file that begins like this is a report of xUnit.net. Windows manifests have the root `<assembly>`, too.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    const MARKS: [&str; 3] = ["test-framework=", "run-date=", "<collection"];
    match head.root {
        Some("assemblies") => true,
        Some("assembly") => MARKS.iter().any(|mark| head.text.contains(mark)),
        _ => false,
    }
}

/// Reads one file.
pub(crate) fn read(text: &mut Text) -> Reading<TestReport> {
    let mut reader = Reader { walk: Walk::new(Cursor::new(text), Assembly::default()), suite: SuiteId::ROOT };
    let ended = reader.walk();
    reader.walk.finish(ended)
}

struct Reader<'t> {
    walk: Walk<'t>,
    /// The assembly that is open.
    suite: SuiteId,
}

/// What a start tag opens.
enum Element {
    Assembly { name: String, framework: Option<String>, claimed: Claimed },
    Container,
    Test(Box<Test>),
    Error(String),
    Other,
}

/// The tag of a test.
struct Test {
    name: String,
    class: Option<String>,
    result: String,
    time: Option<String>,
    file: Option<String>,
    line: Option<u32>,
}

impl Reader<'_> {
    fn walk(&mut self) -> Result<(), Stop> {
        while let Some(element) = self.walk.start(Element::of)? {
            match element {
                Element::Container => {}
                Element::Assembly { name, framework, claimed } => {
                    self.suite = self.walk.report.suite(assembly_name(&name));
                    self.walk.report.name_producer(framework.as_deref(), None);
                    self.walk.report.claimed.add(claimed);
                }
                Element::Test(test) => self.test(&test)?,
                Element::Error(title) => self.error(&title)?,
                Element::Other => self.walk.cursor.skip_element()?,
            }
        }
        Ok(())
    }

    fn test(&mut self, test: &Test) -> Result<(), Stop> {
        let place = self.walk.cursor.place();
        let duration = self.walk.duration(test.time.as_deref());
        let story = Story::of_case(&mut self.walk.cursor, &["failure", "reason"])?;
        let outcome = match test.result.as_str() {
            "Pass" => Outcome::Passed,
            "Fail" => Outcome::Failed,
            "Skip" | "NotRun" => Outcome::Skipped,
            other => self.walk.report.unknown_outcome(other, place),
        };
        let traced = story.place.as_ref().map(|(file, line)| (file.as_str(), *line));
        let stated = test.file.as_deref();
        self.walk.report.add(&Draft {
            suite: self.suite,
            class: test.class.as_deref(),
            outcome,
            duration,
            message: story.message.as_deref(),
            trace: Some(&story.trace),
            file: stated.or(traced.map(|(file, _)| file)),
            line: if stated.is_some() { test.line } else { traced.map(|(_, line)| line) },
            ..Draft::named(&test.name)
        });
        Ok(())
    }

    fn error(&mut self, title: &str) -> Result<(), Stop> {
        let story = Story::read(&mut self.walk.cursor)?;
        let message = match (title, story.message) {
            ("", message) => message.unwrap_or_default(),
            (title, None) => title.to_owned(),
            (title, Some(message)) => format!("{title}: {message}"),
        };
        self.walk.report.suite_error(self.suite, &message);
        Ok(())
    }
}

impl Element {
    fn of(tag: &Tag<'_>) -> Self {
        if tag.is_foreign() {
            return Self::Other;
        }
        match tag.name() {
            "assemblies" | "class" | "collection" | "errors" => Self::Container,
            "assembly" => Self::Assembly {
                name: owned(tag, "name").unwrap_or_default(),
                framework: owned(tag, "test-framework"),
                claimed: Claimed {
                    total: count(tag, "total"),
                    failing: count(tag, "failed"),
                    ..Claimed::default()
                },
            },
            "test" => Self::Test(Box::new(Test::of(tag))),
            "error" | "failure" => {
                let parts = [owned(tag, "type"), owned(tag, "name")];
                Self::Error(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
            }
            _ => Self::Other,
        }
    }
}

impl Test {
    fn of(tag: &Tag<'_>) -> Self {
        Self {
            name: owned(tag, "name").unwrap_or_default(),
            class: owned(tag, "type"),
            result: owned(tag, "result").unwrap_or_default(),
            time: owned(tag, "time"),
            file: owned(tag, "source-file").filter(|file| !file.is_empty()),
            line: tag.attribute("source-line").and_then(|line| line.parse().ok()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::{file, view};
    use super::*;

    fn read(text: &str) -> String {
        view(&super::read(&mut file(text)))
    }

    #[test]
    fn version_2_is_read_with_its_errors() {
        let text = r#"<assemblies><assembly name="/srv/Shop.dll" test-framework="xUnit.net 2.9" total="3" failed="1">
            <errors><error type="test-class-cleanup" name="Shop.Db"><failure exception-type="E"><message>gone</message>
            </failure></error></errors><collection name="c (id: 7)">
            <test name="a" type="Shop.T" time="0.5" result="Pass"><traits/></test>
            <test name="b" type="Shop.T" time="x" result="Fail"><failure><message><![CDATA[
              1 is not 2]]></message><stack-trace>at B() in /src/T.cs:line 4</stack-trace></failure></test>
            <test name="c" type="Shop.T" result="Skip" source-file="T.cs" source-line="9"><reason>later</reason></test>
            </collection></assembly></assemblies>"#;
        insta::assert_snapshot!(read(text), @r#"
        measured, xUnit.net 2.9, 1 suites
        passed [Shop.dll] (Shop.T) `a` 500000000ns
        failed [Shop.dll] (Shop.T) `b` @/src/T.cs:4 "1 is not 2"
        skipped [Shop.dll] (Shop.T) `c` @T.cs:9 "later"
        suite error [Shop.dll] test-class-cleanup Shop.Db: gone
        warning 5:13 a duration is no number of seconds; counted as unknown
        "#);
    }

    #[test]
    fn version_1_is_read_with_failing_classes_and_claims() {
        let text = r#"<assembly name="Shop.dll" run-date="2026-01-01" total="4" failed="3"><class name="Shop.T">
            <failure><message>no fixture</message></failure>
            <test name="a" type="Shop.T" result="Fail"/><test name="b" result="Odd"/></class></assembly>"#;
        insta::assert_snapshot!(read(text), @"
        measured, unknown producer, 1 suites
        failed [Shop.dll] (Shop.T) `a`
        errored [Shop.dll] `b`
        suite error [Shop.dll] no fixture
        warning the file says 4 tests, 3 failed; it lists 2 tests, 2 failed
        warning 3:57 1 cases have outcomes that are not known, the first one is `Odd`; counted as errored
        ");
    }

    #[test]
    fn a_cut_file_keeps_its_complete_tests() {
        let text = r#"<assemblies><assembly name="a"><collection><test name="a" result="Pass"/><test name="b" result="Pass">"#;
        insta::assert_snapshot!(read(text), @"
        incomplete, unknown producer, 1 suites
        passed [a] `a`
        error 1:103 the file ends before `</test>`; it was cut short
        ");
    }

    #[test]
    fn manifests_are_no_reports() {
        assert!(!looks_like(&Head::of("<assembly xmlns='urn:schemas-microsoft-com:asm.v1'><dependency/>")));
        assert!(looks_like(&Head::of("<assembly name='a' run-date='2026-01-01'>")));
        insta::assert_snapshot!(read("<assemblies><html/></assemblies>"), @"empty");
    }
}
