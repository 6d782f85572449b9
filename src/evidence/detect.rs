//! Which format a file is in, told by its content alone.
//!
//! Each format has one line in [`Format::ALL`] and one arm in each `match` below it.

use super::bytes::Text;
use super::json::Shape;
use super::measurements::metrics_json;
use super::reading::Reading;
use super::test_results::{
    behave_json, ctrf, cucumber_json, cucumber_messages, dart_json, go_test_json, gtest_json, jest_json,
    junit, libtest_json, mocha_json, mochawesome_json, playwright_json, pytest_json_report, pytest_reportlog,
    rspec_json, tap,
};
use crate::model::input::{Content, Kind};

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JUnit XML, all dialects.
    Junit,
    /// CTRF, the Common Test Report Format.
    Ctrf,
    /// `go test -json`.
    GoTestJson,
    /// libtest and nextest, one event per line.
    LibtestJson,
    /// The JSON reporter of Dart and Flutter.
    DartJson,
    /// Cucumber messages.
    CucumberMessages,
    /// Cucumber's older `json` formatter.
    CucumberJson,
    /// behave's `json` formatter.
    BehaveJson,
    /// Mocha's `json` reporter.
    MochaJson,
    /// Mochawesome.
    MochawesomeJson,
    /// Playwright's `json` reporter.
    PlaywrightJson,
    /// Jest's `--json`, Vitest's `json` reporter.
    JestJson,
    /// `RSpec`'s `json` formatter.
    RspecJson,
    /// pytest-json-report.
    PytestJsonReport,
    /// pytest-reportlog.
    PytestReportlog,
    /// `--gtest_output=json`.
    GtestJson,
    /// The Test Anything Protocol.
    Tap,
    /// `readiness.metrics.json`.
    Metrics,
}

impl Format {
    /// All formats, in the order in which they are asked.
    pub const ALL: [Self; 18] = [
        Self::Junit,
        Self::Ctrf,
        Self::GoTestJson,
        Self::LibtestJson,
        Self::DartJson,
        Self::CucumberMessages,
        Self::CucumberJson,
        Self::BehaveJson,
        Self::MochaJson,
        Self::MochawesomeJson,
        Self::PlaywrightJson,
        Self::JestJson,
        Self::RspecJson,
        Self::PytestJsonReport,
        Self::PytestReportlog,
        Self::GtestJson,
        Self::Tap,
        Self::Metrics,
    ];

    /// The name in JSON and in policies.
    pub fn name(self) -> &'static str {
        match self {
            Self::Junit => "junit",
            Self::Ctrf => "ctrf",
            Self::GoTestJson => "go-test-json",
            Self::LibtestJson => "libtest-json",
            Self::DartJson => "dart-json",
            Self::CucumberMessages => "cucumber-messages",
            Self::CucumberJson => "cucumber-json",
            Self::BehaveJson => "behave-json",
            Self::MochaJson => "mocha-json",
            Self::MochawesomeJson => "mochawesome-json",
            Self::PlaywrightJson => "playwright-json",
            Self::JestJson => "jest-json",
            Self::RspecJson => "rspec-json",
            Self::PytestJsonReport => "pytest-json-report",
            Self::PytestReportlog => "pytest-reportlog",
            Self::GtestJson => "gtest-json",
            Self::Tap => "tap",
            Self::Metrics => "metrics",
        }
    }

    /// What it speaks about.
    pub fn kind(self) -> Kind {
        match self {
            Self::Metrics => Kind::Measurements,
            _ => Kind::Tests,
        }
    }

    /// Whether a file that looks like this is in this format.
    fn fits(self, look: &Look<'_>, shape: &Shape, head: &str) -> bool {
        match self {
            Self::Junit => matches!(look, Look::Xml("testsuites" | "testsuite" | "testrun")),
            Self::Ctrf => ctrf::looks_like(shape),
            Self::GoTestJson => go_test_json::looks_like(shape),
            Self::LibtestJson => libtest_json::looks_like(shape),
            Self::DartJson => dart_json::looks_like(shape),
            Self::CucumberMessages => cucumber_messages::looks_like(shape),
            Self::CucumberJson => cucumber_json::looks_like(shape),
            Self::BehaveJson => behave_json::looks_like(shape),
            Self::MochaJson => mocha_json::looks_like(shape),
            Self::MochawesomeJson => mochawesome_json::looks_like(shape),
            Self::PlaywrightJson => playwright_json::looks_like(shape),
            Self::JestJson => jest_json::looks_like(shape),
            Self::RspecJson => rspec_json::looks_like(shape),
            Self::PytestJsonReport => pytest_json_report::looks_like(shape),
            Self::PytestReportlog => pytest_reportlog::looks_like(shape),
            Self::GtestJson => gtest_json::looks_like(shape),
            Self::Tap => tap::looks_like(head),
            Self::Metrics => matches!(look, Look::Json(keys) if keys.contains(&"metrics")),
        }
    }

    /// All formats that a file which begins with `head` could be in; more than one is a mistake of a format.
    #[cfg(test)]
    pub(super) fn claimants(head: &str) -> Vec<Self> {
        let (look, shape) = (Look::at(head), Shape::of(head));
        Self::ALL.into_iter().filter(|format| format.fits(&look, &shape, head)).collect()
    }

    /// Reads `text` as this format.
    pub fn read(self, text: &mut Text) -> Reading<Content> {
        match self {
            Self::Junit => junit::read(text).map(Content::Tests),
            Self::Ctrf => ctrf::read(text).map(Content::Tests),
            Self::GoTestJson => go_test_json::read(text).map(Content::Tests),
            Self::LibtestJson => libtest_json::read(text).map(Content::Tests),
            Self::DartJson => dart_json::read(text).map(Content::Tests),
            Self::CucumberMessages => cucumber_messages::read(text).map(Content::Tests),
            Self::CucumberJson => cucumber_json::read(text).map(Content::Tests),
            Self::BehaveJson => behave_json::read(text).map(Content::Tests),
            Self::MochaJson => mocha_json::read(text).map(Content::Tests),
            Self::MochawesomeJson => mochawesome_json::read(text).map(Content::Tests),
            Self::PlaywrightJson => playwright_json::read(text).map(Content::Tests),
            Self::JestJson => jest_json::read(text).map(Content::Tests),
            Self::RspecJson => rspec_json::read(text).map(Content::Tests),
            Self::PytestJsonReport => pytest_json_report::read(text).map(Content::Tests),
            Self::PytestReportlog => pytest_reportlog::read(text).map(Content::Tests),
            Self::GtestJson => gtest_json::read(text).map(Content::Tests),
            Self::Tap => tap::read(text).map(Content::Tests),
            Self::Metrics => metrics_json::read(text).map(Content::Measurements),
        }
    }
}

/// The format of a file that begins with `head`.
pub fn detect(head: &str) -> Option<Format> {
    let look = Look::at(head);
    let shape = Shape::of(head);
    Format::ALL.into_iter().find(|format| format.fits(&look, &shape, head))
}

/// What the beginning of a file looks like, for a message: "an XML file with the root `<html>`".
pub fn describe(head: &str) -> String {
    match Look::at(head) {
        Look::Xml(root) => format!("an XML file with the root element `<{root}>`"),
        Look::Json(keys) if keys.is_empty() => "a JSON object without keys".to_owned(),
        Look::Json(keys) => format!("a JSON object with the keys `{}`", keys.join("`, `")),
        Look::JsonList => "a JSON list".to_owned(),
        Look::Binary => "binary data".to_owned(),
        Look::Text(line) => format!("text that begins with `{line}`"),
        Look::Nothing => "nothing".to_owned(),
    }
}

/// The outline of the beginning of a file.
#[derive(Debug, PartialEq, Eq)]
enum Look<'a> {
    /// By the root element's name without prefix.
    Xml(&'a str),
    /// A JSON object by its first keys, at most eight.
    Json(Vec<&'a str>),
    JsonList,
    Binary,
    /// By the first line that is not blank, at most 60 characters.
    Text(&'a str),
    Nothing,
}

impl<'a> Look<'a> {
    fn at(head: &'a str) -> Self {
        let start = head.trim_start();
        if start.is_empty() {
            return Self::Nothing;
        }
        if start.starts_with('{') {
            return Self::Json(keys(start));
        }
        if start.starts_with('[')
            && start.get(1..).is_some_and(|rest| rest.trim_start().starts_with(['{', '[', '"']))
        {
            return Self::JsonList;
        }
        if let Some(root) = root(head) {
            return Self::Xml(root);
        }
        let odd = start.chars().take(512).filter(|c| *c == '\0' || *c == char::REPLACEMENT_CHARACTER).count();
        if odd > 0 {
            return Self::Binary;
        }
        let line = start.lines().next().unwrap_or_default().trim_end();
        Self::Text(line.get(..line.floor_char_boundary(60)).unwrap_or_default())
    }
}

/// The name of the root element. Text before it may be log lines, so an XML declaration or a known root is looked for
/// behind it.
fn root(head: &str) -> Option<&str> {
    const KNOWN: [&str; 3] = ["<?xml", "<testsuites", "<testsuite"];
    let mut rest = head.trim_start();
    if !rest.starts_with('<') {
        let found = KNOWN.iter().filter_map(|known| rest.find(known)).min()?;
        rest = rest.get(found..)?;
    }
    loop {
        rest = rest.trim_start();
        rest = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")?.1
        } else if let Some(instruction) = rest.strip_prefix("<?") {
            instruction.split_once("?>")?.1
        } else if rest.starts_with("<!") {
            behind_document_type(rest)?
        } else {
            break;
        };
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(name.len());
    let name = name.get(..end)?;
    let first = name.chars().next()?;
    (first.is_alphabetic() || first == '_').then(|| name.rsplit(':').next().unwrap_or(name))
}

/// What follows `<!DOCTYPE …>` with its internal subset.
fn behind_document_type(text: &str) -> Option<&str> {
    let mut brackets = 0_u32;
    for (at, c) in text.char_indices() {
        match c {
            '[' => brackets += 1,
            ']' => brackets = brackets.saturating_sub(1),
            '>' if brackets == 0 => return text.get(at + 1..),
            _ => {}
        }
    }
    None
}

/// The first keys of the object that `text` begins with; those of inner objects are left out.
fn keys(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut rest) = (0_u32, text);
    while let Some(at) = rest.find(['{', '}', '[', ']', '"']) {
        let (_, token) = rest.split_at(at);
        rest = token.get(1..).unwrap_or_default();
        match token.chars().next() {
            Some('{' | '[') => depth += 1,
            Some('"') => {
                let Some(end) = end_of_string(rest) else { break };
                let (string, behind) = rest.split_at(end);
                rest = behind.get(1..).unwrap_or_default();
                if depth == 1 && rest.trim_start().starts_with(':') && found.len() < 8 {
                    found.push(string);
                }
            }
            _ => depth = depth.saturating_sub(1),
        }
        if depth == 0 {
            break;
        }
    }
    found
}

/// The offset of the quote that ends a JSON string.
fn end_of_string(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let end = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        end
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_content() {
        let junit = [
            "<testsuites/>",
            "\n <?xml version='1.0'?><!-- > --><!DOCTYPE a [<!ENTITY b '>'>]><testsuite name='a'>",
            "<j:testsuites xmlns:j='u'>",
            "> npm test\n<1 s>\n<?xml version='1.0'?>\n<testsuites>",
        ];
        for head in junit {
            assert_eq!(detect(head), Some(Format::Junit), "{head}");
        }
        assert_eq!(detect("{\"$schema\": \"x\", \"metrics\": [{\"id\": 1}"), Some(Format::Metrics));
        for head in ["{\"a\": {\"metrics\": []}}", "<html>", "TN:", "", "[1]", "<test-run>"] {
            assert_eq!(detect(head), None, "{head}");
        }
    }

    #[test]
    fn other_files_are_described() {
        assert_eq!(describe("<!DOCTYPE html><html lang='en'>"), "an XML file with the root element `<html>`");
        assert_eq!(
            describe("{\"a\\\"b\": 1, \"c\": {\"d\": 2}, \"e\": []}"),
            "a JSON object with the keys `a\\\"b`, `c`, `e`"
        );
        assert_eq!(describe("\u{fffd}PNG\0"), "binary data");
        assert_eq!(describe("\nversion https://x\noid"), "text that begins with `version https://x`");
    }

    #[test]
    fn every_format_has_its_own_name() {
        let names: std::collections::BTreeSet<_> = Format::ALL.iter().map(|format| format.name()).collect();
        assert_eq!(names.len(), Format::ALL.len());
    }
}
