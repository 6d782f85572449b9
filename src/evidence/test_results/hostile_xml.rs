//! What every reader of an XML format must stand: cut files, pieces, odd attributes, missing ones.
#![expect(
    clippy::string_slice,
    reason = "places come from the text itself, and a test that cuts wrongly fails"
)]

use std::io::{BufReader, Cursor, Read};

use super::super::bytes::open;
use super::super::detect::{claimants, detect};
use super::super::reading::Reading;
use crate::model::input::{Content, InputState};
use crate::model::tests::TestReport;

/// A fixture with the format that it is in.
struct Sample {
    format: &'static str,
    text: &'static str,
}

macro_rules! sample {
    ($format:literal, $file:literal) => {
        Sample {
            format: $format,
            text: include_str!(concat!("../../../tests/fixtures/test_results/", $format, "/", $file)),
        }
    };
}

fn samples() -> [Sample; 14] {
    [
        sample!("boost-test", "boost-1.74.0-log.xml"),
        sample!("boost-test", "boost-1.74.0-log-of-errors.xml"),
        sample!("boost-test", "boost-1.74.0-report.xml"),
        sample!("catch2-xml", "catch2-2.13.10-may-fail.xml"),
        sample!("check-xml", "check-0.15.2-mixed.xml"),
        sample!("cppunit", "cppunit-1.15.1-mixed.xml"),
        sample!("ctest", "ctest-3.25.1-not-run.xml"),
        sample!("junit", "phpunit-9.6.7-data-sets.xml"),
        sample!("junit", "nextest-0.9.143-flaky-and-reruns.xml"),
        sample!("nunit", "nunit-2.6.4-mixed.xml"),
        sample!("qtest", "qt-5.15.8-mixed.xml"),
        sample!("qtest", "qt-5.15.8-light.xml"),
        sample!("robot", "robot-7.5-mixed.xml"),
        sample!("testng", "testng-6.9.12-mixed.xml"),
    ]
}

fn read(format: &str, source: impl Read + Send + 'static) -> Reading<TestReport> {
    let mut text = open(Box::new(source)).unwrap();
    let known = super::formats::FORMATS.iter().find(|known| known.name == format).unwrap();
    (known.read)(&mut text).map(|content| match content {
        Content::Tests(report) => report,
        other => unreachable!("a test format reads tests: {other:?}"),
    })
}

fn read_text(format: &str, text: &str) -> Reading<TestReport> {
    read(format, Cursor::new(text.as_bytes().to_vec()))
}

/// Cases and suite errors.
fn found(reading: &Reading<TestReport>) -> (usize, usize) {
    reading.value.as_ref().map_or((0, 0), |report| (report.cases.len(), report.suite_errors.len()))
}

/// Where the values of attributes stand, with the byte where each attribute begins.
fn attributes(text: &str) -> Vec<(usize, usize, usize)> {
    let mut spans = Vec::new();
    // The declaration is read before any format.
    let mut from = text.find("?>").unwrap_or(0);
    while let Some(at) = text[from..].find("=\"").map(|at| from + at) {
        let end = at + 2 + text[at + 2..].find('"').unwrap();
        let name = text[..at].rfind([' ', '\t', '\n']).unwrap();
        spans.push((name, at + 2, end));
        from = end + 1;
    }
    spans
}

#[test]
fn every_fixture_is_claimed_by_its_own_format_alone() {
    for Sample { format, text } in samples() {
        assert_eq!(claimants(text), [format]);
        assert_eq!(detect(text).map(|known| known.name), Some(format));
    }
}

#[test]
fn pieces_of_any_size_give_the_same_reading() {
    for Sample { format, text } in samples() {
        let pieces = BufReader::with_capacity(3, text.as_bytes());
        assert_eq!(read(format, pieces), read_text(format, text), "{format}");
    }
}

#[test]
fn a_cut_file_is_not_measured_and_never_loses_a_complete_case() {
    for Sample { format, text } in samples() {
        let whole = read_text(format, text);
        assert_eq!(whole.state, InputState::Measured, "{format}");
        let mut before = 0;
        let end = text.trim_end().len();
        for cut in (1..end).step_by(83).filter(|cut| text.is_char_boundary(*cut)) {
            let reading = read_text(format, &text[..cut]);
            assert_ne!(reading.state, InputState::Measured, "{format} cut at {cut}");
            let (cases, _) = found(&reading);
            assert!(cases >= before, "{format} cut at {cut} has {cases} cases, {before} before");
            before = cases;
        }
        assert!(found(&whole).0 >= before, "{format}");
    }
}

#[test]
fn an_odd_or_missing_attribute_never_costs_a_case() {
    for Sample { format, text } in samples() {
        let (expected, _) = found(&read_text(format, text));
        for (begin, from, to) in attributes(text) {
            let changed = ["", "-1e999&#0;\u{202e}"].map(|odd| [&text[..from], odd, &text[to..]].concat());
            let missing = [&text[..begin], &text[to + 1..]].concat();
            for hostile in changed.iter().chain([&missing]) {
                let (cases, _) = found(&read_text(format, hostile));
                assert!(cases >= expected, "{format} loses a case with another `{}`", &text[begin..to]);
            }
        }
    }
}

#[test]
fn a_foreign_element_or_depth_never_panics() {
    for Sample { format, text } in samples() {
        for (at, _) in text.match_indices('<').step_by(7) {
            for odd in ["<a>", "</a>", "<![CDATA[", "<!--", "<a b='", "&"] {
                read_text(format, &[&text[..at], odd, &text[at..]].concat());
            }
        }
        let root = text.find("<T").or(text.find("<t")).unwrap_or(0);
        read_text(format, &[&text[..root], &"<a>".repeat(20_000), &text[root..]].concat());
    }
}
