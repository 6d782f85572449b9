//! What every reader of this kind must stand: cut files, other types, odd numbers, other tools' files.
#![expect(
    clippy::string_slice,
    reason = "places come from the text itself, and a test that cuts wrongly fails"
)]

use std::io::Cursor;

use crate::evidence::bytes::open;
use crate::evidence::detect::claimants;
use crate::evidence::findings::formats::FORMATS;
use crate::evidence::reading::Reading;
use crate::model::findings::FindingsReport;
use crate::model::input::InputState;

/// A fixture with the format that it is in.
const SAMPLES: [(&str, &str); 13] = [
    ("sarif", include_str!("../../../tests/fixtures/findings/sarif/bandit-1.9.4-shop.sarif")),
    ("sarif", include_str!("../../../tests/fixtures/findings/sarif/ruff-0.17.6-clean.sarif")),
    ("eslint-json", include_str!("../../../tests/fixtures/findings/eslint-json/eslint-8.57.1-shop.json")),
    ("ruff-json", include_str!("../../../tests/fixtures/findings/ruff-json/ruff-0.17.6-shop.json")),
    (
        "pylint-json",
        include_str!("../../../tests/fixtures/findings/pylint-json/pylint-4.1.4-clean-json2.json"),
    ),
    ("checkstyle", include_str!("../../../tests/fixtures/findings/checkstyle/eslint-8.57.1-shop.xml")),
    (
        "cargo-audit",
        include_str!("../../../tests/fixtures/findings/cargo-audit/cargo-audit-0.22.2-shop.json"),
    ),
    ("npm-audit", include_str!("../../../tests/fixtures/findings/npm-audit/npm-11.19.1-shop.json")),
    ("npm-audit", include_str!("../../../tests/fixtures/findings/npm-audit/schema-v6-shop.json")),
    ("trivy", include_str!("../../../tests/fixtures/findings/trivy/schema-2-shop.json")),
    ("grype", include_str!("../../../tests/fixtures/findings/grype/schema-shop.json")),
    ("osv", include_str!("../../../tests/fixtures/findings/osv/schema-shop.json")),
    ("openvex", include_str!("../../../tests/fixtures/findings/openvex/spec-0.2.0-shop.json")),
];

fn read(format: &str, text: &str) -> Reading<FindingsReport> {
    let format = FORMATS.iter().find(|one| one.name == format).unwrap();
    let mut text = open(Box::new(Cursor::new(text.to_owned()))).unwrap();
    (format.read)(&mut text).map(|content| content.findings().unwrap().clone())
}

/// Whether some tool counts as having run to its end; a failure without a name spoils all.
fn believed(reading: &Reading<FindingsReport>) -> bool {
    let runs = || reading.value.iter().flat_map(|report| &report.runs);
    let failed =
        |tool: &str| runs().any(|run| run.failure.is_some() && (run.tool.is_empty() || *run.tool == *tool));
    runs().any(|run| !failed(&run.tool))
}

#[test]
fn each_file_has_one_format() {
    for (format, text) in SAMPLES {
        assert_eq!(claimants(text), [format]);
    }
}

#[test]
fn a_cut_file_is_never_taken_for_a_whole_or_a_clean_one() {
    for (format, text) in SAMPLES {
        let text = text.trim_end();
        let step = text.len() / 30 + 1;
        for end in (1..text.len()).step_by(step).filter(|end| text.is_char_boundary(*end)) {
            let reading = read(format, &text[..end]);
            assert!(reading.state.is_bad_evidence(), "{format} cut at {end}: {:?}", reading.state);
            assert!(!believed(&reading), "{format} cut at {end}");
            assert!(!reading.problems.is_empty(), "{format} cut at {end}");
        }
    }
}

#[test]
fn values_of_other_types_cost_no_file_and_no_panic() {
    for (format, text) in SAMPLES.into_iter().filter(|(format, _)| *format != "checkstyle") {
        for (from, to) in [
            ("\"", "\""),
            (": \"", ": -1, \"was\": \""),
            (":1", ":-1e999999"),
            (": 1", ": 1e400"),
            (": {", ": 7, \"was\": {"),
            (": [", ": null, \"was\": ["),
            ("\"HIGH\"", "[[[]]]"),
        ] {
            let reading = read(format, &text.replace(from, to));
            assert_ne!(reading.state, InputState::Unrecognised, "{format}");
        }
    }
}

#[test]
fn what_is_no_number_in_json_is_said_with_its_place() {
    let reading = read("sarif", "{\"runs\": [{\"results\": [{\"ruleIndex\": NaN}]}]}");
    let problem = reading.problems.last().unwrap();
    assert_eq!((reading.state, problem.line, problem.column), (InputState::Invalid, Some(1), Some(38)));
    assert!(problem.message.contains("found `N`"), "{}", problem.message);
}

#[test]
fn another_tools_file_with_the_same_keys_is_not_a_clean_scan() {
    for (format, text) in [
        ("sarif", "{\"runs\": {}}"),
        ("sarif", "{\"runs\": []}"),
        ("cargo-audit", "{\"vulnerabilities\": {\"found\": false, \"count\": 0}}"),
        ("npm-audit", "{\"auditReportVersion\": 2, \"vulnerabilities\": []}"),
        ("trivy", "{\"SchemaVersion\": 2, \"ArtifactName\": \"a\", \"Results\": {}}"),
        ("grype", "{\"matches\": {}, \"descriptor\": {\"name\": \"x\"}}"),
        ("osv", "{\"results\": 7}"),
        ("eslint-json", "{}"),
        ("ruff-json", "{}"),
        ("pylint-json", "{\"messages\": 0, \"statistics\": {}}"),
    ] {
        let reading = read(format, text);
        assert_eq!(reading.state, InputState::Invalid, "{format} {text}");
        assert!(!believed(&reading), "{format} {text}");
    }
}

#[test]
fn deep_and_long_values_are_no_harm() {
    let deep = format!("{{\"runs\":[{{\"tool\":{}1{}}}]}}", "[".repeat(20_000), "]".repeat(20_000));
    let long = format!("{{\"runs\":[{{\"results\":[{{\"ruleId\":\"{}\"}}]}}]}}", "a".repeat(1 << 20));
    for text in [deep, long] {
        let reading = read("sarif", &text);
        let rules = reading.value.iter().flat_map(|report| &report.findings);
        assert!(rules.into_iter().all(|finding| finding.rule.len() <= 4096));
    }
}
