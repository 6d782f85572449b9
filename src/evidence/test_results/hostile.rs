//! What every reader of this kind must stand: cut files, other types, other tools, depth.

use std::io::BufReader;

use super::super::detect::claimants;
use super::super::reading::Reading;
use super::*;
use crate::model::input::InputState;
use crate::model::tests::TestReport;

type Read = fn(&[u8]) -> Reading<TestReport>;

/// A fixture with the format that it is in.
struct Sample {
    format: &'static str,
    read: Read,
    /// The same over a source that gives three bytes at once.
    in_pieces: Read,
    text: &'static str,
}

macro_rules! sample {
    ($format:literal, $reader:ident, $file:literal) => {
        Sample {
            format: $format,
            read: |bytes| $reader::read(bytes),
            in_pieces: |bytes| $reader::read(BufReader::with_capacity(3, bytes)),
            text: include_str!(concat!("../../../tests/fixtures/test_results/", $file)),
        }
    };
}

/// One document each, cases in lists.
fn documents() -> Vec<Sample> {
    vec![
        sample!("ctrf", ctrf, "ctrf/pytest-json-ctrf-0.6.1-mixed.json"),
        sample!("rspec-json", rspec_json, "rspec-json/rspec-3.12.0-mixed.json"),
        sample!("jest-json", jest_json, "jest-json/jest-30.5.2-broken-file.json"),
        sample!("jest-json", jest_json, "jest-json/vitest-4.1.12-broken-file.json"),
        sample!("gtest-json", gtest_json, "gtest-json/googletest-1.12.1-mixed.json"),
        sample!("mocha-json", mocha_json, "mocha-json/mocha-12.0.3-hooks-and-retries.json"),
        sample!("mochawesome-json", mochawesome_json, "mochawesome-json/mochawesome-8.1.1-hooks.json"),
        sample!("playwright-json", playwright_json, "playwright-json/playwright-1.65.1-mixed.json"),
        sample!(
            "pytest-json-report",
            pytest_json_report,
            "pytest-json-report/pytest-json-report-1.5.0-mixed.json"
        ),
        sample!("behave-json", behave_json, "behave-json/behave-1.3.3-mixed.json"),
        sample!("cucumber-json", cucumber_json, "cucumber-json/cucumber-js-12.9.0-retry.json"),
    ]
}

/// One event or line after the other.
fn streams() -> Vec<Sample> {
    vec![
        sample!("pytest-reportlog", pytest_reportlog, "pytest-reportlog/pytest-reportlog-1.0.0-mixed.jsonl"),
        sample!("cucumber-messages", cucumber_messages, "cucumber-messages/cucumber-js-12.9.0-retry.ndjson"),
        sample!("dart-json", dart_json, "dart-json/hand-made-mixed.json"),
        sample!("go-test-json", go_test_json, "go-test-json/go-1.19.8-build-and-panic.json"),
        sample!("libtest-json", libtest_json, "libtest-json/nextest-0.9.143-retries.json"),
        sample!("libtest-json", libtest_json, "libtest-json/libtest-1.97.0-nightly-mixed.json"),
        sample!("tap", tap, "tap/perl-5.36.0-subtest.tap"),
        sample!("tap", tap, "tap/bats-1.8.2-mixed.tap"),
        sample!("tap", tap, "tap/vitest-4.1.12-nested.tap"),
        sample!("subunit", subunit, "subunit/python-subunit-1.4.4-mixed-v1.txt"),
    ]
}

fn cases(reading: &Reading<TestReport>) -> usize {
    reading.value.as_ref().map_or(0, |report| report.cases.len())
}

#[test]
fn every_fixture_is_claimed_by_its_own_format_alone() {
    for sample in documents().iter().chain(&streams()) {
        assert_eq!(claimants(sample.text), [sample.format]);
    }
}

#[test]
fn pieces_of_any_size_give_the_same_reading() {
    for Sample { format, read, in_pieces, text } in documents().into_iter().chain(streams()) {
        assert_eq!(in_pieces(text.as_bytes()), read(text.as_bytes()), "{format}");
    }
}

#[test]
fn a_cut_document_is_incomplete_and_never_loses_a_complete_case() {
    for Sample { format, read, text, .. } in documents() {
        let mut before = 0;
        let end = text.trim_end().len();
        for cut in (1..end).step_by(61).filter(|cut| text.is_char_boundary(*cut)) {
            let reading = read(&text.as_bytes()[..cut]);
            assert_eq!(reading.state, InputState::Incomplete, "{format} cut at {cut}");
            let found = cases(&reading);
            assert!(found >= before, "{format} cut at {cut} has {found} cases, {before} before");
            before = found;
        }
        assert!(cases(&read(text.as_bytes())) >= before);
    }
}

#[test]
fn a_cut_stream_is_never_good_news() {
    for Sample { format, read, text, .. } in streams() {
        let whole = read(text.as_bytes());
        let last_line = text.trim_end().rfind('\n').unwrap_or_default();
        for cut in (1..last_line).step_by(61).filter(|cut| text.is_char_boundary(*cut)) {
            let reading = read(&text.as_bytes()[..cut]);
            assert!(cases(&reading) <= cases(&whole) + 1, "{format} cut at {cut}");
            let report = reading.value.unwrap_or_default();
            let green = report.suite_errors.is_empty() && report.counts().failing() == 0;
            let loud = reading.state != InputState::Measured || !reading.problems.is_empty();
            // Between two packages, suites or tests nothing tells that more were to come.
            let allowed = matches!(format, "go-test-json" | "libtest-json" | "subunit");
            assert!(!green || loud || allowed, "{format} cut at {cut} looks green");
        }
    }
}

#[test]
fn a_value_of_another_type_never_costs_a_case() {
    for Sample { format, read, text, .. } in documents() {
        let expected = cases(&read(text.as_bytes()));
        let document: serde_json::Value = serde_json::from_str(text).unwrap();
        let mut scalars = Vec::new();
        collect_scalars(&document, String::new(), &mut scalars);
        for pointer in scalars {
            for odd in [serde_json::json!([[]]), serde_json::json!({"a": null}), serde_json::json!(-1.5e300)]
            {
                let mut changed = document.clone();
                *changed.pointer_mut(&pointer).unwrap() = odd;
                let found = cases(&read(changed.to_string().as_bytes()));
                // Without its type, a background looks like a scenario.
                assert!(found >= expected, "{format} loses a case with another value at {pointer}");
            }
        }
    }
}

fn collect_scalars(value: &serde_json::Value, at: String, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(elements) => {
            for (place, element) in elements.iter().enumerate() {
                collect_scalars(element, format!("{at}/{place}"), found);
            }
        }
        serde_json::Value::Object(members) => {
            for (key, member) in members {
                collect_scalars(member, format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        _ => found.push(at),
    }
}

#[test]
fn any_order_of_keys_gives_the_same_counts() {
    for Sample { format, read, text, .. } in documents() {
        let sorted = serde_json::to_string(&sorted(serde_json::from_str(text).unwrap())).unwrap();
        let counts =
            |reading: Reading<TestReport>| reading.value.map(|report| (report.counts(), report.suites));
        assert_eq!(counts(read(sorted.as_bytes())), counts(read(text.as_bytes())), "{format}");
    }
}

fn sorted(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Array(elements) => elements.into_iter().map(sorted).collect(),
        serde_json::Value::Object(members) => {
            let members: std::collections::BTreeMap<String, serde_json::Value> =
                members.into_iter().map(|(key, member)| (key, sorted(member))).collect();
            members.into_iter().collect()
        }
        scalar => scalar,
    }
}

#[test]
fn depth_ends_in_an_error_and_not_in_the_stack() {
    for Sample { format, read, .. } in documents() {
        for (open, inside) in
            [("[", ""), ("{\"suites\":[", ""), ("{\"results\":[", ""), ("[{\"elements\":", "")]
        {
            let text = format!("{}{inside}", open.repeat(20_000));
            let reading = read(text.as_bytes());
            assert_eq!(reading.state, InputState::Invalid, "{format} {open}");
            assert_eq!(reading.value, None, "{format} {open}");
        }
    }
}

#[test]
fn other_documents_are_no_reports() {
    for Sample { format, read, .. } in documents() {
        for text in ["{}", "{\"name\": \"shop\", \"version\": \"1\"}", "3", "\"text\"", "[3, \"a\"]", ""] {
            let reading = read(text.as_bytes());
            assert_eq!(reading.value, None, "{format} {text}");
            assert_ne!(reading.state, InputState::Measured, "{format} {text}");
        }
    }
}
