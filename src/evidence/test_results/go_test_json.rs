//! `go test -json`: one event per line, of test2json.
//!
//! <https://pkg.go.dev/cmd/test2json>. Suites are packages; a test and each of its subtests are cases. A test that
//! started and has no end is failed, except a subtest whose root passed, of which Go loses events.

use std::collections::HashMap;
use std::io::BufRead;

use super::assembly::{Assembly, Draft};
use super::trace::Frames;
use crate::evidence::json::{Line, Lines, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::order;
use crate::model::tests::{Outcome, TestReport};

const SECOND: u64 = 1_000_000_000;

/// Whether this is the shape of a stream of `go test -json`.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.records().iter().any(|record| {
        record.has("Action") && ["Package", "Test", "Time", "ImportPath"].iter().any(|key| record.has(key))
    })
}

/// Reads one stream of `go test -json`.
pub(crate) fn read(text: impl BufRead) -> Reading<TestReport> {
    let mut lines = Lines::new(text);
    let mut stream = Stream::default();
    stream.report.producer = Some("go test".to_owned());
    let ended = stream.read(&mut lines);
    stream.report.finish(ended, lines.problems())
}

/// One run of one test.
#[derive(Default)]
struct Test {
    position: usize,
    message: Option<String>,
    file: Option<(String, u32)>,
    /// Of a panic.
    frames: Frames,
}

/// What is known of one package while it runs.
#[derive(Default)]
struct Package {
    /// Tests that run, by name; in order of their start, as a test may run again.
    running: HashMap<String, Test>,
    /// Positions of tests that never ended.
    abandoned: Vec<(String, usize)>,
    /// Root tests that passed last.
    passed: HashMap<String, bool>,
    failing: u64,
    message: Option<String>,
}

#[derive(Default)]
struct Stream {
    report: Assembly,
    packages: HashMap<String, Package>,
    /// Packages in the order in which they were seen.
    order: Vec<String>,
}

impl Stream {
    fn read<R: BufRead>(&mut self, lines: &mut Lines<R>) -> Result<(), Stop> {
        let mut ended = Ok(());
        loop {
            match lines.next_line() {
                Ok(Some(Line::Record(event))) => self.event(&event),
                Ok(Some(Line::Text(text))) => self.text(&text),
                Ok(None) => break,
                Err(stop) => {
                    ended = Err(stop);
                    break;
                }
            }
        }
        for name in self.order.clone() {
            self.close(&name);
        }
        ended
    }

    /// Lines that are no events tell of builds that failed: `FAIL example.com/shop [build failed]`.
    fn text(&mut self, text: &str) {
        let package =
            text.strip_prefix("FAIL\t").and_then(|rest| rest.split_once(" [")).map(|(name, _)| name);
        if let Some(name) = package {
            let suite = self.report.suite(name);
            self.report.suite_error(suite, text);
        }
    }

    fn event(&mut self, event: &Value) {
        let action = event.get("Action").text().unwrap_or_default();
        if action == "build-output" || action == "build-fail" {
            return self.build(event, action);
        }
        let name = event.get("Package").text().unwrap_or_default();
        if !self.packages.contains_key(name) {
            self.order.push(name.to_owned());
            self.packages.insert(name.to_owned(), Package::default());
        }
        match (event.text_of("Test"), action) {
            (Some(test), "run") => {
                self.run(name, test);
            }
            (Some(test), "output") => self.test_output(name, test, event),
            (Some(test), "pass" | "fail" | "skip" | "bench") => self.test_end(name, test, event),
            (None, "output") => self.package_output(name, event),
            (None, "fail") => self.package_failed(name, event),
            (None, "pass" | "skip") => self.close(name),
            _ => {}
        }
    }

    /// Since Go 1.24 builds have events of their own, by import path, and the package's failure refers to them.
    fn build(&mut self, event: &Value, action: &str) {
        let path = event.get("ImportPath").text().unwrap_or_default();
        let output = event.get("Output").text().unwrap_or_default();
        let package = self.packages.entry(build_key(path)).or_default();
        if action == "build-output" && !output.starts_with('#') && package.message.is_none() {
            package.message = Some(output.to_owned());
        }
    }

    fn run(&mut self, package: &str, test: &str) -> usize {
        let suite = self.report.suite(package);
        let position = self.report.add(&Draft { suite, ..Draft::named(test) });
        let Some(package) = self.packages.get_mut(package) else { return position };
        let run = Test { position, ..Test::default() };
        if let Some(before) = package.running.insert(test.to_owned(), run) {
            package.abandoned.push((test.to_owned(), before.position));
        }
        position
    }

    fn test_output(&mut self, package: &str, test: &str, event: &Value) {
        let running = self.packages.get_mut(package).and_then(|package| package.running.get_mut(test));
        let Some(running) = running else { return };
        let line = event.get("Output").text().unwrap_or_default().trim();
        if line.contains(".go:") {
            running.frames.push(line);
            running.frames.end_line();
        }
        if running.message.is_some()
            || line.is_empty()
            || ["=== ", "--- "].iter().any(|mark| line.starts_with(mark))
        {
            return;
        }
        running.file = place(line);
        running.message = Some(line.to_owned());
    }

    fn test_end(&mut self, package: &str, test: &str, event: &Value) {
        let action = event.get("Action").text().unwrap_or_default();
        let known = self.packages.get(package).is_some_and(|package| package.running.contains_key(test));
        if !known {
            // A benchmark is measured, not tested.
            if action == "bench" {
                return;
            }
            self.run(package, test);
        }
        let Some(package) = self.packages.get_mut(package) else { return };
        let Some(run) = package.running.remove(test) else { return };
        let outcome = match action {
            "fail" => Outcome::Failed,
            "skip" => Outcome::Skipped,
            _ => Outcome::Passed,
        };
        package.failing += u64::from(outcome == Outcome::Failed);
        if !test.contains('/') {
            package.passed.insert(test.to_owned(), outcome == Outcome::Passed);
        }
        self.report.end(run.position, outcome, event.nanoseconds("Elapsed", SECOND));
        if outcome != Outcome::Passed {
            self.report.explain(run.position, run.message.as_deref(), run.file);
            self.report.trace(run.position, run.frames);
        }
    }

    fn package_output(&mut self, name: &str, event: &Value) {
        let Some(package) = self.packages.get_mut(name) else { return };
        let line = event.get("Output").text().unwrap_or_default().trim();
        let says_nothing = matches!(line, "" | "PASS" | "FAIL") || line.starts_with("coverage: ");
        let panics = line.starts_with("panic: ");
        if !says_nothing && (package.message.is_none() || panics) {
            package.message = Some(line.to_owned());
        }
    }

    /// A package that fails without a failing test did not build, or panicked outside of its tests.
    fn package_failed(&mut self, name: &str, event: &Value) {
        self.close(name);
        let build = event.text_of("FailedBuild").and_then(|path| self.packages.get(&build_key(path)));
        let compiler = build.and_then(|build| build.message.clone());
        let Some(package) = self.packages.get_mut(name) else { return };
        if package.failing == 0 {
            let said = compiler.or_else(|| package.message.take());
            let suite = self.report.suite(name);
            self.report
                .suite_error(suite, said.as_deref().unwrap_or("the package failed outside of its tests"));
        }
        package.failing = 0;
    }

    /// Tests that did not end by the end of their package have failed.
    fn close(&mut self, name: &str) {
        let Some(package) = self.packages.get_mut(name) else { return };
        let mut left: Vec<(String, Test)> = package.running.drain().collect();
        let abandoned = package.abandoned.drain(..);
        left.extend(abandoned.map(|(test, position)| (test, Test { position, ..Test::default() })));
        order::sort_by_key(&mut left, |(_, test)| test.position);
        for (test, run) in left {
            let root = test.split('/').next().unwrap_or_default();
            if root != test && package.passed.get(root) == Some(&true) {
                continue;
            }
            package.failing += 1;
            self.report.end(run.position, Outcome::Failed, None);
            let message = run.message.as_deref().unwrap_or("started and did not finish");
            self.report.explain(run.position, Some(message), run.file);
            self.report.trace(run.position, run.frames);
        }
    }
}

/// Builds share the map of packages under names that no package has.
fn build_key(path: &str) -> String {
    format!("build {path}")
}

/// The place in `sum_test.go:12: got 3`.
fn place(line: &str) -> Option<(String, u32)> {
    let (file, rest) = line.split_once(".go:")?;
    let number = rest.split(':').next()?.parse().ok()?;
    (!file.contains(char::is_whitespace)).then(|| (format!("{file}.go"), number))
}

#[cfg(test)]
mod tests {
    use super::super::view::view;
    use super::*;

    const GO_BUILD_AND_PANIC: &[u8] =
        include_bytes!("../../../tests/fixtures/test_results/go-test-json/go-1.19.8-build-and-panic.json");

    #[test]
    fn packages_that_do_not_build_or_exit_are_suite_errors() {
        insta::assert_snapshot!(view(&read(GO_BUILD_AND_PANIC)), @r#"
        measured, go test, 3 suites
        passed [example.com/shop/late] `TestOk` 0ns
        passed [example.com/shop/shop] `TestAdds` 0ns
        failed [example.com/shop/shop] `TestSums` 0ns
        passed [example.com/shop/shop] `TestSums/small` 0ns
        failed [example.com/shop/shop] `TestSums/large` 0ns @cart_test.go:8 "cart_test.go:8: got 3"
        skipped [example.com/shop/shop] `TestTaxes` 0ns @cart_test.go:10 "cart_test.go:10: no tax yet"
        failed [example.com/shop/shop] `TestZPanics` 0ns "panic: boom [recovered]"
        suite error [example.com/shop/bad] FAIL	example.com/shop/bad [build failed]
        suite error [example.com/shop/late] FAIL	example.com/shop/late	0.008s
        "#);
    }

    #[test]
    fn builds_of_newer_versions_say_why() {
        let text = concat!(
            r##"{"ImportPath":"a [a.test]","Action":"build-output","Output":"# a [a.test]\n"}"##,
            "\n",
            r#"{"ImportPath":"a [a.test]","Action":"build-output","Output":"./a_test.go:5:20: undefined: b\n"}"#,
            "\n",
            r#"{"ImportPath":"a [a.test]","Action":"build-fail"}"#,
            "\n",
            r#"{"Action":"start","Package":"a"}"#,
            "\n",
            r#"{"Action":"output","Package":"a","Output":"FAIL\ta [build failed]\n"}"#,
            "\n",
            r#"{"Action":"fail","Package":"a","Elapsed":0,"FailedBuild":"a [a.test]"}"#,
            "\n"
        );
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        measured, go test, 1 suites
        suite error [a] ./a_test.go:5:20: undefined: b
        ");
    }

    #[test]
    fn tests_without_an_end_have_failed_unless_their_root_passed() {
        let text = concat!(
            r#"{"Action":"run","Package":"a","Test":"T"}{"Action":"run","Package":"a","Test":"T/x"}"#,
            "\n",
            r#"{"Action":"pass","Package":"a","Test":"T","Elapsed":"0.25"}"#,
            "\n",
            r#"{"Action":"run","Package":"a","Test":"U"}"#,
            "\n",
            r#"{"Action":"run","Package":"a","Test":"U"}"#,
            "\n",
            r#"{"Action":"output","Package":"a","Test":"U","Output":"    u_test.go:7: got 3\n"}"#,
            "\n",
            r#"{"Action":"run","Package":"b","Test":"V"}"#,
            "\n",
            r#"{"Action":"pass","Package":"b","Te"#
        );
        insta::assert_snapshot!(view(&read(text.as_bytes())), @r#"
        incomplete, go test, 2 suites
        passed [a] `T` 250000000ns
        passed [a] `T/x`
        failed [a] `U` "started and did not finish"
        failed [a] `U` @u_test.go:7 "u_test.go:7: got 3"
        failed [b] `V` "started and did not finish"
        error 7:35 the file ends inside of a JSON value; it was cut short
        "#);
    }
}
