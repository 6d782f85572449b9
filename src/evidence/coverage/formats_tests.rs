//! What holds for the readers of all formats.

use proptest::prelude::*;

use super::*;
use crate::evidence::bytes;
use crate::evidence::coverage::shown::shown;
use crate::model::coverage::CoverageReport;
use crate::model::input::InputState;

/// A small report of each format that has no test of its own elsewhere for what is asked here.
static SAMPLES: [(&str, &str); 19] = [
    ("go-cover", "mode: set\nm/a.go:1.2,3.4 2 1\nm/a.go:3.4,5.2 1 0\n"),
    (
        "gcov",
        "        -:    0:Source:a.c\n        1:    1:int f()\nbranch  0 taken 1\n    #####:    2:  g();\n",
    ),
    (
        "coverage-py-json",
        r#"{"meta": {"show_contexts": false}, "files": {"a.py": {"executed_lines": [1, 2], "missing_lines": [4],
            "executed_branches": [[2, -1]], "missing_branches": [[2, 4]], "functions": {"f": {"executed_lines": [2]}}}},
            "totals": {"covered_lines": 2, "num_statements": 3}}"#,
    ),
    (
        "istanbul",
        r#"{"a.js": {"path": "a.js", "statementMap": {"0": {"start": {"line": 1, "column": 0}, "end": {"line": 1}}},
            "fnMap": {"0": {"name": "f"}}, "branchMap": {"0": {"type": "if", "loc": {"start": {"line": 1}}}},
            "s": {"0": 1}, "f": {"0": 0}, "b": {"0": [1, 0]}}}"#,
    ),
    (
        "istanbul-summary",
        r#"{"total": {"lines": {"total": 4, "covered": 3, "pct": 75}}, "a.js": {"lines": {"total": 4, "covered": 3}}}"#,
    ),
    (
        "llvm-cov",
        r#"{"data": [{"files": [{"filename": "a.rs", "segments": [[1, 1, 2, true, true, false], [3, 2, 0, false, false, false]],
            "branches": [[1, 2, 1, 3, 1, 0, 0, 0, 4]]}],
            "functions": [{"count": 1, "filenames": ["a.rs"], "regions": [[1, 1, 3, 2, 1, 0, 0, 0]]}]}]}"#,
    ),
    (
        "simplecov",
        r#"{"a": {"coverage": {"a.rb": {"lines": [1, null, 0], "branches": {"[:if, 0, 3, 4, 3, 20]": {"[:then, 1]": 1}}}}}}"#,
    ),
    (
        "xccov",
        r#"{"lineCoverage": 0.5, "targets": [{"files": [{"path": "a.m", "coveredLines": 1, "executableLines": 2}]}]}"#,
    ),
    (
        "tarpaulin",
        r#"{"files": [{"path": ["/", "a.rs"], "traces": [{"line": 1, "stats": {"Line": 1}}]}], "covered": 1}"#,
    ),
    (
        "gcov-json",
        r#"{"gcc_version": "14", "files": [{"file": "a.c", "lines": [{"line_number": 1, "count": 1,
            "branches": [{"count": 1}]}], "functions": [{"name": "f", "execution_count": 1}]}]}"#,
    ),
    (
        "gcovr",
        r#"{"gcovr/format_version": "1", "files": [{"file": "a.c", "lines": [{"line_number": 1, "count": 1}],
            "functions": [{"name": "f", "lineno": 1, "execution_count": 1}]}]}"#,
    ),
    (
        "coveralls",
        r#"{"source_files": [{"name": "a.ex", "coverage": [null, 1, 0], "branches": [2, 0, 0, 1]}]}"#,
    ),
    ("codecov", r#"{"coverage": {"a.py": {"1": 1, "2": "1/2", "3": null}, "b.py": [null, 1, true, 0]}}"#),
    (
        "coverlet",
        r#"{"m.dll": {"a.cs": {"C": {"f()": {"Lines": {"1": 1}, "Branches": [{"Line": 1, "Hits": 1}]}}}}}"#,
    ),
    (
        "covdir",
        r#"{"children": {"src": {"children": {"a.c": {"coverage": [-1, 1, 0]}}}}, "linesCovered": 1, "linesTotal": 2}"#,
    ),
    (
        "kcov",
        r#"{"files": [{"file": "a.sh", "percent_covered": "50", "covered_lines": "1", "total_lines": "2"}]}"#,
    ),
    (
        "devel-cover",
        r#"{"runs": [], "summary": {"a.pm": {"statement": {"covered": 1, "total": 2}}, "Total": {}}}"#,
    ),
    ("v-cover", r#"{"file": "a.v", "fhash": "a1", "npoints": 2, "points": [3, 4]}"#),
    ("simplecov", r#"{"files": [{"filename": "a.rb", "coverage": [1, null, 0]}], "metrics": {}}"#),
];

fn detect(text: &str) -> Vec<&'static str> {
    let head = Head::of(text);
    FORMATS.iter().filter(|format| (format.looks_like)(&head)).map(|format| format.name).collect()
}

fn read(name: &str, text: &str) -> Reading<CoverageReport> {
    let format = FORMATS.iter().find(|format| format.name == name).unwrap();
    let mut text = bytes::open(Box::new(std::io::Cursor::new(text.to_owned()))).ok().unwrap();
    (format.read)(&mut text).map(|content| match content {
        Content::Coverage(report) => report,
        Content::CoverageHalf(half) => v_cover::join([&half]).0,
        other => panic!("{name} is {other:?}"),
    })
}

#[test]
fn exactly_one_format_claims_a_report() {
    for (name, text) in SAMPLES {
        assert_eq!(detect(text), [name], "{text}");
    }
}

#[test]
fn no_format_claims_what_is_no_coverage() {
    for head in [
        "",
        "[]",
        "null",
        "{\"a\": 1}",
        "[{\"scriptId\": \"5\", \"functions\": [{\"ranges\": []}]}]",
        "##teamcity[blockOpened name='x']",
        "{\"numTotalTests\": 1, \"testResults\": [], \"coverageMap\": {}}",
        "{\"files\": [{\"name\": \"a\", \"size\": 1}]}",
        "{\"coverage\": {}}",
        "<html>",
        "mode: fast\n",
        "12:30:45 started\n",
        "{\"lines\": {\"total\": 3}}",
    ] {
        assert!(detect(head).is_empty(), "{head}");
    }
    assert!(detect(&"[".repeat(1 << 16)).is_empty());
    assert!(detect(&"{\"a\":".repeat(1 << 13)).is_empty());
}

#[test]
fn samples_hold_what_they_say() {
    let all: Vec<String> =
        SAMPLES.iter().map(|(name, text)| format!("{name}: {}", shown(&read(name, text)))).collect();
    insta::assert_snapshot!(all.join("\n"), @r"
    go-cover: measured
    m/a.go [(1, 1), (2, 1), (3, 1), (4, 0), (5, 0)] statements 2/3
    gcov: measured
    a.c [(1, 1), (2, 0)] branches 1/1
    coverage-py-json: measured
    a.py [(1, 1), (2, 1), (4, 0)] branches 1/2 functions 1/1
    istanbul: measured
    a.js [(1, 1)] branches 1/2 functions 0/1 statements 1/1
    istanbul-summary: measured
    a.js 3/4
    llvm-cov: measured
    a.rs [(1, 2), (2, 2), (3, 2)] branches 1/2 functions 1/1
    simplecov: measured
    a.rb [(1, 1), (3, 0)] branches 1/1
    xccov: measured
    a.m 1/2
    tarpaulin: measured
    /a.rs [(1, 1)]
    gcov-json: measured
    a.c [(1, 1)] branches 1/1 functions 1/1
    gcovr: measured
    a.c [(1, 1)] functions 1/1
    coveralls: measured
    a.ex [(2, 1), (3, 0)] branches 1/1
    codecov: measured
    a.py [(1, 1), (2, 1)]
    b.py [(1, 1), (2, 1), (3, 0)]
    coverlet: measured
    a.cs [(1, 1)] branches 1/1 functions 1/1
    covdir: measured
    src/a.c [(2, 1), (3, 0)]
    kcov: measured
    a.sh 1/2
    devel-cover: measured
    a.pm 0/0 statements 1/2
    v-cover: measured
    a.v [(3, 0), (4, 0)]
    simplecov: measured
    a.rb [(1, 1), (3, 0)]
    ");
}

#[test]
fn a_json_report_that_is_cut_anywhere_is_never_measured() {
    for (name, text) in SAMPLES.iter().skip(2) {
        for end in 1..text.len() {
            let Some(cut) = text.get(..end) else { continue };
            let reading = read(name, cut);
            assert_eq!(reading.state, InputState::Incomplete, "{cut}");
            let problem = reading.problems.last().unwrap();
            assert!(problem.line.is_some() && problem.column.is_some(), "{cut}");
        }
    }
}

/// Every number of `text` replaced by `other`.
fn with_numbers(text: &str, other: &str) -> String {
    let mut changed = String::new();
    let mut in_number = false;
    for c in text.chars() {
        if !c.is_ascii_digit() {
            changed.push(c);
        } else if !in_number {
            changed.push_str(other);
        }
        in_number = c.is_ascii_digit();
    }
    changed
}

#[test]
fn absurd_numbers_cost_no_more_than_their_record() {
    for (name, text) in SAMPLES {
        for number in ["0", "18446744073709551616", "4294967295", "1e400", "1.5"] {
            let changed = with_numbers(text, number);
            let reading = read(name, &changed);
            let totals = reading.value.map(|report| report.totals()).unwrap_or_default();
            let held = totals.lines.covered <= totals.lines.total;
            assert!(held, "{changed}");
        }
    }
}

#[test]
fn values_of_another_kind_are_left_out() {
    for (name, text) in SAMPLES.iter().skip(2) {
        for other in ["{}", "[]", "null", "\"x\"", "[[[[]]]]", "{\"a\": {\"b\": {}}}"] {
            for (from, to) in [("1", other), ("[1, 2]", other), ("{\"0\": 1}", other)] {
                let changed = text.replace(from, to);
                let reading = read(name, &changed);
                let said = !reading.problems.is_empty();
                assert!(reading.state == InputState::Measured || said, "{changed}");
            }
        }
    }
}

#[test]
fn nesting_without_end_is_refused() {
    for (name, text) in SAMPLES.iter().skip(2) {
        let open = text.len() - 1;
        let deep = format!("{}, \"deep\": {}", text.get(..open).unwrap(), "[".repeat(1 << 20));
        let reading = read(name, &deep);
        assert_eq!(reading.state, InputState::Invalid, "{name}");
        assert!(reading.problems.iter().any(|problem| problem.message.contains("nested deeper")), "{name}");
    }
}

proptest! {
    #[test]
    fn damage_anywhere_is_survived(
        sample in 0..SAMPLES.len(),
        at in 0..400_usize,
        damage in "[\\[\\]{}\",:0-9a-z\\\\ -]{0,4}",
        length in 0..6_usize,
    ) {
        let (name, text) = SAMPLES[sample];
        let at = at.min(text.len());
        let (before, rest) = text.split_at(at);
        let (_, behind) = rest.split_at(length.min(rest.len()));
        let damaged = format!("{before}{damage}{behind}");
        let reading = read(name, &damaged);
        prop_assert!(reading.state == InputState::Measured || !reading.problems.is_empty());
    }

    #[test]
    fn any_text_is_survived_by_every_reader(text in "(?s).{0,200}") {
        for format in &FORMATS {
            let reading = read(format.name, &text);
            prop_assert!(reading.state == InputState::Measured || !reading.problems.is_empty(), "{}", format.name);
        }
    }
}
