//! Jest's report, which speaks of two kinds of evidence when it was asked for coverage.

use super::bytes::Text;
use super::coverage::istanbul;
use super::format::Format;
use super::reading::Reading;
use super::test_results::jest_json;
use crate::model::input::{Content, InputState, Kind, Problem};
use crate::model::order;

/// Jest's `--json`, Vitest's `json` reporter.
pub static FORMATS: [Format; 1] = [Format {
    name: "jest-json",
    kind: Kind::Tests,
    looks_like: |head| jest_json::looks_like(&head.shape),
    read,
}];

fn read(text: &mut Text) -> Reading<Content> {
    let mut map = istanbul::Inner::default();
    let tests = jest_json::read_with(text, |json| map.read(json));
    let Some(coverage) = map.finish() else { return tests.map(Content::Tests) };
    let mut problems = tests.problems;
    problems.extend(coverage.problems);
    order::sort_by_key(&mut problems, Problem::place);
    let is_measured = tests.state == InputState::Empty && coverage.value.is_some();
    let state = if is_measured { InputState::Measured } else { tests.state };
    let value = match (tests.value, coverage.value) {
        (Some(tests), Some(coverage)) => Some(Content::TestsAndCoverage(tests, coverage)),
        (tests, coverage) => tests.map(Content::Tests).or(coverage.map(Content::Coverage)),
    };
    Reading { value, state, problems }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::bytes;

    fn reading(text: &str) -> Reading<Content> {
        read(&mut bytes::open(Box::new(std::io::Cursor::new(text.to_owned()))).ok().unwrap())
    }

    const TESTS: &str = r#""numTotalTests": 1, "testResults": [{"name": "a.test.js", "status": "passed",
        "assertionResults": [{"title": "sums", "status": "passed"}]}]"#;
    const MAP: &str =
        r#""coverageMap": {"a.js": {"statementMap": {"0": {"start": {"line": 2}}}, "s": {"0": 1}}}"#;

    #[test]
    fn tests_and_coverage_of_one_file_are_both_read() {
        for text in [format!("{{{TESTS}, {MAP}}}"), format!("{{{MAP}, {TESTS}}}")] {
            let reading = reading(&text);
            assert_eq!(reading.state, InputState::Measured, "{:?}", reading.problems);
            let content = reading.value.unwrap();
            assert_eq!(content.tests().unwrap().cases.len(), 1);
            assert_eq!(content.coverage().unwrap().totals().lines.total, 1);
        }
    }

    #[test]
    fn a_report_without_a_map_holds_tests_alone() {
        for text in [format!("{{{TESTS}}}"), format!("{{{TESTS}, \"coverageMap\": null}}")] {
            assert!(matches!(reading(&text).value, Some(Content::Tests(_))), "{text}");
        }
    }

    #[test]
    fn a_map_that_is_cut_short_keeps_the_tests_before_it() {
        let whole = format!("{{{TESTS}, {MAP}}}");
        let cut = whole.get(..whole.len() - 12).unwrap();
        let reading = reading(cut);
        assert_eq!(reading.state, InputState::Incomplete);
        assert_eq!(reading.value.unwrap().tests().unwrap().cases.len(), 1);
    }
}
