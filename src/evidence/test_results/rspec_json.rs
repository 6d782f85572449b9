//! `RSpec`'s JSON formatter: one JSON document, cases in `examples`.
//!
//! <https://github.com/rspec/rspec/blob/main/rspec-core/lib/rspec/core/formatters/json_formatter.rb>.

use std::io::BufRead;

use super::assembly::{Assembly, Claimed, Draft, SuiteId};
use super::documents;
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::tests::{Outcome, TestReport};

const SECOND: u64 = 1_000_000_000;

/// Whether this is the shape of a document of `RSpec`.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["examples", "summary.example_count"])
        || shape.has_all(&["examples[].full_description", "examples[].status"])
        || shape.has_all(&["examples", "version"]) && (shape.has("seed") || shape.has("messages"))
}

/// Reads one document of `RSpec`.
pub(crate) fn read(text: impl BufRead) -> Reading<TestReport> {
    documents::read(text, Assembly::default(), document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let mut listed = false;
    let mut messages = Value::Null;
    let mut outside = 0;
    json.object(|json, key| {
        match key {
            "version" => report.name_producer(Some("rspec"), json.text()?.as_deref()),
            "messages" => messages = json.value()?,
            "examples" => {
                listed |= json.records(&mut |example, place| case(example, place, report))?;
            }
            "summary" => {
                let summary = json.value()?;
                report.claimed = claimed(&summary);
                outside = summary.get("errors_outside_of_examples_count").count().unwrap_or(0);
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    json.end()?;
    outside_errors(&messages, outside, report);
    report.require_list(listed, "examples")
}

/// Errors while loading files stand among the messages, which hold notes too.
fn outside_errors(messages: &Value, count: u64, report: &mut Assembly) {
    let texts = messages.list().iter().filter_map(Value::text);
    let errors: Vec<&str> = texts.filter(|text| text.trim_start().starts_with("An error occurred")).collect();
    for error in &errors {
        report.suite_error(SuiteId::ROOT, error);
    }
    if errors.is_empty() && count > 0 {
        report.suite_error(SuiteId::ROOT, &format!("{count} errors occurred outside of examples"));
    }
}

fn claimed(summary: &Value) -> Claimed {
    let count = |key: &str| summary.get(key).count();
    Claimed {
        total: count("example_count"),
        passed: None,
        failing: count("failure_count"),
        skipped: count("pending_count"),
    }
}

fn case(example: &Value, place: Place, report: &mut Assembly) {
    let status = example.get("status").text().unwrap_or_default();
    let outcome = match status {
        "passed" => Outcome::Passed,
        "failed" => Outcome::Failed,
        "pending" => Outcome::Skipped,
        _ => report.unknown_outcome(status, place),
    };
    let name = example.get("description").text().unwrap_or_default();
    let full = example.get("full_description").text().unwrap_or(name);
    let file = example.text_of("file_path").map(|file| file.trim_start_matches("./"));
    let suite = report.suite(file.unwrap_or_default());
    let exception = example.get("exception");
    let trace = exception.get("backtrace").lines();
    report.add(&Draft {
        suite,
        class: full.strip_suffix(name).map(str::trim_end),
        outcome,
        duration: example.nanoseconds("run_time", SECOND),
        message: exception
            .text_of("message")
            .or_else(|| exception.text_of("class"))
            .or_else(|| example.text_of("pending_message")),
        trace: Some(&trace),
        file,
        line: example.line_of("line_number"),
        ..Draft::named(name)
    });
}

#[cfg(test)]
mod tests {
    use super::super::view::view;
    use super::*;

    const RSPEC_MIXED: &[u8] =
        include_bytes!("../../../tests/fixtures/test_results/rspec-json/rspec-3.12.0-mixed.json");
    const RSPEC_ERROR_OUTSIDE: &[u8] =
        include_bytes!("../../../tests/fixtures/test_results/rspec-json/rspec-3.12.0-error-outside.json");

    #[test]
    fn examples_are_read_with_their_groups() {
        insta::assert_snapshot!(view(&read(RSPEC_MIXED)), @r#"
        measured, rspec 3.12.0, 1 suites
        passed [cart_spec.rb] (cart) `adds` 113670ns @cart_spec.rb:2
        failed [cart_spec.rb] (cart) `sums` 25483647ns @cart_spec.rb:3 "expected: 2"
        skipped [cart_spec.rb] (cart) `taxes` 10719ns @cart_spec.rb:4 "Temporarily skipped with xit"
        skipped [cart_spec.rb] (cart) `rounds` 94296ns @cart_spec.rb:5 "later"
        failed [cart_spec.rb] (cart empty) `is empty` 52884ns @cart_spec.rb:6 "bad"
        "#);
    }

    #[test]
    fn errors_outside_of_examples_are_no_good_news() {
        insta::assert_snapshot!(view(&read(RSPEC_ERROR_OUTSIDE)), @"
        measured, rspec 3.12.0, 0 suites
        suite error [] An error occurred while loading ./broken_spec.rb.
        ");
    }

    #[test]
    fn odd_values_cost_no_example() {
        let text = r#"{"version":3,"examples":[{"description":[],"full_description":1,"status":"passed","run_time":"x","line_number":-1},{}],
                "summary":{"example_count":"two","failure_count":5}}"#;
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        measured, rspec 3, 0 suites
        passed [] (1) ``
        errored [] ``
        suite error [] the file says 5 failed; it lists 1 failed
        warning the file says 5 failed; it lists 1 failed
        warning 1:116 1 cases name no outcome, the first one here; counted as errored
        ");
    }
}
