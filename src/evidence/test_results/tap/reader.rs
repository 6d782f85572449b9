//! Walks over the lines of a TAP stream.

use std::io::BufRead;

use super::line::{Directive, Line, Point, line, point};
use crate::evidence::bytes::Place;
use crate::evidence::json::scaled;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::tally::Tally;
use crate::evidence::test_results::assembly::{Assembly, Draft, SuiteId};
use crate::evidence::text_lines::TextLines;
use crate::model::input::Problem;
use crate::model::tests::{Outcome, TestReport};

const MILLISECOND: u64 = 1_000_000;

/// Whether `head` begins a TAP stream: a version, or a plan and numbered points, among whatever else was printed.
pub(crate) fn looks_like(head: &str) -> bool {
    if head.trim_start().starts_with(['<', '{']) {
        return false;
    }
    let mut plan = false;
    let mut bare = 0;
    for text in head.lines() {
        match line(text) {
            Line::Version | Line::BailOut(_) | Line::Plan { skip: Some(_), .. } => return true,
            Line::Plan { .. } => plan = true,
            Line::Point(point) if plan || point.number.is_some() => return true,
            // `ok` and a tab begin lines of `go test`.
            Line::Point(_) if text.contains('-') && !text.contains('\t') => bare += 1,
            _ => {}
        }
        if bare > 1 {
            return true;
        }
    }
    plan && head.lines().count() == 1
}

/// Reads one TAP stream.
pub(crate) fn read(text: impl BufRead) -> Reading<TestReport> {
    let mut lines = TextLines::new(text);
    let mut stream = Stream::default();
    let ended = stream.read(&mut lines);
    stream.flush();
    stream.check_plan();
    let numbers = stream.unordered.warning(|count| {
        format!(
            "{count} test points are out of order or repeat a number, the first one here; all are counted"
        )
    });
    let mut problems = lines.problems();
    problems.extend(numbers);
    stream.report.finish(ended, problems)
}

/// The point that was read last, and what follows it.
struct Pending {
    point: Point,
    message: Option<String>,
    /// A comment right behind the point may explain it.
    comments: bool,
}

#[derive(Default)]
struct Stream {
    report: Assembly,
    pending: Option<Pending>,
    /// Indentation of the block of YAML that is open.
    yaml: Option<usize>,
    /// The message of a block of YAML stands on the next line.
    message_follows: bool,
    planned: u64,
    plans: u64,
    seen: u64,
    bailed_out: bool,
    /// Version 14 escapes hashes and backslashes in descriptions; before it they mean themselves.
    escapes: bool,
    unordered: Tally,
}

impl Stream {
    fn read<R: BufRead>(&mut self, lines: &mut TextLines<R>) -> Result<(), Stop> {
        while let Some(text) = lines.next_line()? {
            self.line(&text.text, lines.number());
        }
        Ok(())
    }

    fn line(&mut self, text: &str, number: u64) {
        if self.yaml.is_some() && self.in_yaml(text) {
            return;
        }
        match line(text) {
            Line::Plan { points, skip } => self.plan(points, skip),
            Line::Point(point) => self.point(point, number),
            Line::BailOut(reason) => self.bail_out(&reason),
            Line::Comment(comment) => self.comment(&comment),
            Line::Yaml(indent) => self.yaml = Some(indent),
            Line::Version => self.escapes |= text.trim_end().ends_with(" 14"),
            Line::Other => {
                if let Some(pending) = &mut self.pending {
                    pending.comments &= text.starts_with(char::is_whitespace);
                }
            }
        }
    }

    fn plan(&mut self, points: u64, skip: Option<String>) {
        self.plans += 1;
        self.planned = self.planned.saturating_add(points);
        if let Some(reason) = skip.filter(|reason| !reason.is_empty()) {
            self.report.warn(Problem::warning(format!("no test was run: {reason}")));
        }
    }

    fn point(&mut self, point: Point, line: u64) {
        self.flush();
        self.seen += 1;
        // With several plans the numbers begin again.
        if self.plans < 2 && point.number.is_some_and(|number| number != self.seen) {
            self.unordered.add(|| Place { line, column: 1 });
        }
        self.pending = Some(Pending { point, message: None, comments: true });
    }

    fn bail_out(&mut self, reason: &str) {
        self.flush();
        self.bailed_out = true;
        self.report.suite_error(SuiteId::ROOT, &format!("bail out: {reason}"));
    }

    fn comment(&mut self, comment: &str) {
        let Some(pending) = self.pending.as_mut().filter(|pending| pending.comments) else { return };
        if comment.starts_with("Subtest") {
            pending.comments = false;
        } else if !comment.is_empty() && !is_total(comment) && pending.message.is_none() {
            pending.message = Some(comment.to_owned());
        }
    }

    /// Whether `text` belongs to the open block. A test point ends a block that nobody closed.
    fn in_yaml(&mut self, text: &str) -> bool {
        let content = text.trim_start();
        let indent = text.len() - content.len();
        let closes = content.trim_end() == "..." && Some(indent) <= self.yaml;
        if closes || (indent == 0 && point(content).is_some_and(|point| point.number.is_some())) {
            self.yaml = None;
            self.message_follows = false;
            return closes;
        }
        let outermost = self.yaml.is_some_and(|indent| indent <= 4);
        if let Some(pending) = self.pending.as_mut().filter(|_| outermost) {
            self.message_follows = explain(pending, content.trim_end(), self.message_follows);
        }
        true
    }

    /// Adds the point that was read last.
    fn flush(&mut self) {
        self.yaml = None;
        self.message_follows = false;
        let Some(Pending { point, message, .. }) = self.pending.take() else { return };
        let outcome = match (point.directive, point.ok) {
            (Some(Directive::Skip), _) | (Some(Directive::Todo), false) => Outcome::Skipped,
            (_, true) => Outcome::Passed,
            (_, false) => Outcome::Failed,
        };
        let unescaped = point.description.replace("\\#", "#").replace("\\\\", "\\");
        let name = if self.escapes { unescaped } else { point.description };
        let reason = Some(point.reason.as_str()).filter(|reason| !reason.is_empty());
        self.report.add(&Draft {
            outcome,
            duration: point.duration,
            message: reason.or(message.as_deref()),
            ..Draft::named(&name)
        });
    }

    /// As `prove` sees it: a plan that does not hold is a failure, and so is no plan.
    fn check_plan(&mut self) {
        let (planned, seen) = (self.planned, self.seen);
        if self.plans > 1 {
            let message = format!("the stream holds {} plans; their sum, {planned}, is taken", self.plans);
            self.report.warn(Problem::warning(message));
        }
        let message = match self.plans {
            _ if self.bailed_out => return,
            0 => format!("no plan (`1..{seen}`): nobody knows whether all tests ran"),
            _ if planned != seen => format!("the plan says {planned} tests; the stream holds {seen}"),
            _ => return,
        };
        self.report.suite_error(SuiteId::ROOT, &message);
        self.report.warn(Problem::warning(message));
    }
}

/// `tests 4`, `pass 2`: totals that many tools write as comments.
fn is_total(comment: &str) -> bool {
    let number = comment.split_once(' ').map(|(_, number)| number.trim());
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Takes the keys that matter out of a line of YAML; the answer is whether a message begins on the next line.
fn explain(pending: &mut Pending, content: &str, message_follows: bool) -> bool {
    if message_follows && !content.is_empty() {
        pending.message = Some(content.to_owned());
        return false;
    }
    let Some((key, value)) = content.split_once(':') else { return message_follows };
    let value = value.trim();
    match key {
        "duration_ms" => pending.point.duration = scaled(value, MILLISECOND).or(pending.point.duration),
        "message" | "error" if pending.message.is_none() => {
            let text = value.trim_matches(['"', '\'']);
            if matches!(value, "|" | "|-" | "|+" | ">" | ">-" | ">+") {
                return true;
            }
            if !text.is_empty() {
                pending.message = Some(text.to_owned());
            }
        }
        _ => {}
    }
    message_follows
}

#[cfg(test)]
mod tests {
    use super::super::super::view::view;
    use super::*;

    const PERL_SUBTEST: &[u8] =
        include_bytes!("../../../../tests/fixtures/test_results/tap/perl-5.36.0-subtest.tap");
    const VITEST_NESTED: &[u8] =
        include_bytes!("../../../../tests/fixtures/test_results/tap/vitest-4.1.12-nested.tap");
    const BATS_MIXED: &[u8] =
        include_bytes!("../../../../tests/fixtures/test_results/tap/bats-1.8.2-mixed.tap");
    const BATS_MIXED_13: &[u8] =
        include_bytes!("../../../../tests/fixtures/test_results/tap/bats-1.8.2-mixed-13.tap");
    const MOCHA_HOOKS: &[u8] =
        include_bytes!("../../../../tests/fixtures/test_results/tap/mocha-12.0.3-hooks.tap");

    #[test]
    fn points_of_the_outermost_level_are_cases() {
        insta::assert_snapshot!(view(&read(PERL_SUBTEST)), @r#"
        measured, unknown producer, 0 suites
        passed [] `adds`
        failed [] `sums`
        skipped [] `` "no tax yet"
        skipped [] `rounds` "later"
        failed [] `nested`
        "#);
    }

    #[test]
    fn subtests_in_braces_are_told_by_their_parents() {
        insta::assert_snapshot!(view(&read(VITEST_NESTED)), @r#"
        measured, unknown producer, 0 suites
        failed [] `broken.vtest.ts` "Cannot find module './missing' imported from /builds/shop/vitest/broken.vtest.ts"
        failed [] `cart.vtest.ts` 26370000ns
        "#);
    }

    #[test]
    fn bats_is_read_with_messages() {
        insta::assert_snapshot!(view(&read(BATS_MIXED)), @r#"
        measured, unknown producer, 0 suites
        passed [] `adds`
        failed [] `sums` "(in test file cart.bats, line 2)"
        skipped [] `taxes` "no tax yet"
        "#);
    }

    #[test]
    fn version_13_is_read_with_messages_from_yaml() {
        insta::assert_snapshot!(view(&read(BATS_MIXED_13)), @r#"
        measured, unknown producer, 0 suites
        passed [] `adds`
        failed [] `sums` "(in test file cart.bats, line 2)"
        skipped [] `taxes` "no tax yet"
        "#);
    }

    #[test]
    fn mocha_is_read_with_its_hook() {
        insta::assert_snapshot!(view(&read(MOCHA_HOOKS)), @r#"
        measured, unknown producer, 0 suites
        passed [] `cart ✓ adds`
        failed [] `cart ✓ sums`
        skipped [] `cart ✓ taxes`
        skipped [] `cart ✓ rounds later`
        passed [] `cart ✓ retries`
        failed [] `cart ✓ empty "before all" hook: fill for "never runs"`
        "#);
    }

    #[test]
    fn a_plan_that_does_not_hold_is_no_good_news() {
        let text = "1..99999999999999999999\nok 1 a\n";
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        measured, unknown producer, 0 suites
        passed [] `a`
        suite error [] the plan says 18446744073709551615 tests; the stream holds 1
        warning the plan says 18446744073709551615 tests; the stream holds 1
        ");
    }

    #[test]
    fn no_plan_is_no_good_news_and_numbers_may_repeat() {
        let text = "ok 3 c\nok 1 a\nok 1 a again\nnot ok 4 d\n";
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        measured, unknown producer, 0 suites
        passed [] `c`
        passed [] `a`
        passed [] `a again`
        failed [] `d`
        suite error [] no plan (`1..4`): nobody knows whether all tests ran
        warning no plan (`1..4`): nobody knows whether all tests ran
        warning 1:1 3 test points are out of order or repeat a number, the first one here; all are counted
        ");
    }

    #[test]
    fn a_bail_out_is_no_good_news() {
        let text = "1..4\nok 1 - a\n  Bail out! Database is gone\n";
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        measured, unknown producer, 0 suites
        passed [] `a`
        suite error [] bail out: Database is gone
        ");
    }

    #[test]
    fn a_stream_that_skips_all_is_empty() {
        let text = "1..0 # SKIP not on this system\n";
        insta::assert_snapshot!(view(&read(text.as_bytes())), @"
        empty
        warning no test was run: SKIP not on this system
        ");
    }

    #[test]
    fn escapes_are_of_version_14_and_yaml_may_stay_open() {
        let text = "TAP version 14\n1..2\nnot ok 1 - a \\# b\n  ---\n  message: |\n    first\nok 2 - c\n";
        insta::assert_snapshot!(view(&read(text.as_bytes())), @r#"
        measured, unknown producer, 0 suites
        failed [] `a # b` "first"
        passed [] `c`
        "#);
    }
}
