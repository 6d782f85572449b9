//! Whatever the format is, a failing case keeps the places that its text and stack name.

use std::io::Cursor;

use super::super::bytes::open;
use super::super::detect::detect;
use crate::model::input::Content;

/// The stated place and the frames of the only case in `text`.
fn places(text: &str) -> (&'static str, String) {
    let format = detect(text).unwrap();
    let mut text = open(Box::new(Cursor::new(text.as_bytes().to_vec()))).unwrap();
    let Some(Content::Tests(report)) = (format.read)(&mut text).value else { panic!("{}", format.name) };
    assert_eq!(report.cases.len(), 1, "{}", format.name);
    let detail = report.cases[0].detail.as_deref().cloned().unwrap_or_default();
    let stated = detail.file.map(|file| match detail.line {
        Some(line) => format!("@{file}:{line}"),
        None => format!("@{file}"),
    });
    let frames = detail.frames.iter().map(|frame| format!("{}:{}", frame.file, frame.line));
    (format.name, stated.into_iter().chain(frames).collect::<Vec<_>>().join(" "))
}

/// Format, text, and the stated place with the frames behind it.
const SAMPLES: [(&str, &str, &str); 10] = [
    (
        "rspec-json",
        r#"{"version":"3","examples":[{"description":"d","full_description":"d","status":"failed","file_path":"./a_spec.rb","line_number":3,
            "exception":{"message":"m","backtrace":["/w/lib/a.rb:5:in `x'","/w/a_spec.rb:4:in `y'"]}}],"summary":{"example_count":1}}"#,
        "@a_spec.rb:3 /w/lib/a.rb:5 /w/a_spec.rb:4",
    ),
    (
        "playwright-json",
        r#"{"config":{"projects":[]},"suites":[{"title":"a.ts","file":"a.ts","specs":[{"title":"t","tests":[{"status":"unexpected","results":[{"status":"failed",
            "error":{"message":"E","location":{"file":"/w/help.ts","line":9,"column":1},"stack":"Error: E\n    at /w/a.ts:4:5"},"errors":[]}]}]}]}]}"#,
        "@a.ts /w/help.ts:9 /w/a.ts:4",
    ),
    (
        "jest-json",
        r#"{"numTotalTests":1,"numTotalTestSuites":1,"testResults":[{"name":"/w/a.test.js","assertionResults":[{"title":"t","status":"failed",
            "failureMessages":["Error: no\n    at Object.f (/w/src/a.js:3:4)"]}]}]}"#,
        "@/w/a.test.js /w/src/a.js:3",
    ),
    (
        "mocha-json",
        r#"{"stats":{"passes":0},"tests":[{"title":"t","fullTitle":"t","err":{"message":"no","stack":"Error: no\n    at f (test/a.js:3:4)"}}]}"#,
        "test/a.js:3",
    ),
    (
        "dart-json",
        concat!(
            r#"{"type":"start","protocolVersion":"0.1.1"}"#,
            "\n",
            r#"{"type":"suite","suite":{"id":0,"path":"test/a_test.dart"}}"#,
            "\n",
            r#"{"type":"testStart","test":{"id":1,"name":"t","suiteID":0,"line":3}}"#,
            "\n",
            r#"{"type":"error","testID":1,"error":"E","stackTrace":"package:shop/a.dart 7:3  f\ntest/a_test.dart 4:3  main.<fn>\n"}"#,
            "\n",
            r#"{"type":"testDone","testID":1,"result":"failure"}"#,
            "\n",
            r#"{"type":"done","success":false}"#,
            "\n"
        ),
        "@test/a_test.dart:3 lib/a.dart:7 test/a_test.dart:4",
    ),
    (
        "go-test-json",
        concat!(
            r#"{"Action":"run","Package":"p","Test":"T"}"#,
            "\n",
            r#"{"Action":"output","Package":"p","Test":"T","Output":"panic: boom\n"}"#,
            "\n",
            r#"{"Action":"output","Package":"p","Test":"T","Output":"\t/usr/local/go/src/testing/testing.go:1526 +0x24e\n"}"#,
            "\n",
            r#"{"Action":"output","Package":"p","Test":"T","Output":"\t/w/p/a_test.go:12 +0x1d\n"}"#,
            "\n",
            r#"{"Action":"fail","Package":"p","Test":"T"}"#,
            "\n",
            r#"{"Action":"fail","Package":"p"}"#,
            "\n"
        ),
        "/w/p/a_test.go:12",
    ),
    (
        "behave-json",
        r#"[{"keyword":"Feature","location":"f/a.feature:1","elements":[{"name":"s","status":"failed","location":"f/a.feature:3",
            "steps":[{"result":{"error_message":["Traceback:","  File \"f/steps/a.py\", line 7, in step","E"]}}]}]}]"#,
        "@f/a.feature:3 f/steps/a.py:7",
    ),
    (
        "gtest-json",
        r#"{"testsuites":[{"name":"S","testsuite":[{"name":"t","file":"a_test.cc","line":3,"failures":[{"failure":"a_test.cc:9\nExpected"}]}]}]}"#,
        "@a_test.cc:3 a_test.cc:9",
    ),
    (
        "ctest",
        "<Site><Testing><Test Status='failed'><Name>t</Name><Results><Measurement><Value>a_test.cc:9: Failure\nx</Value></Measurement></Results></Test></Testing></Site>",
        "a_test.cc:9",
    ),
    ("tap", "1..1\nnot ok 1 - t\n# (in test file a.bats, line 2)\n", "a.bats:2"),
];

#[test]
fn places_of_failures_are_kept() {
    for (format, text, expected) in SAMPLES {
        assert_eq!(places(text), (format, expected.to_owned()));
    }
}
