//! Walks over the lines of a TAP stream.

use std::io::BufRead;

use super::diagnostics::Diagnostics;
use super::line::{Directive, Line, Point, line, point};
use crate::evidence::bytes::Place;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::tally::Tally;
use crate::evidence::test_results::assembly::{Assembly, Draft, SuiteId};
use crate::evidence::text_lines::TextLines;
use crate::model::input::Problem;
use crate::model::tests::{Outcome, TestReport};

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
    said: Diagnostics,
    /// A comment right behind the point may explain it.
    comments: bool,
}

#[derive(Default)]
struct Stream {
    report: Assembly,
    pending: Option<Pending>,
    /// Indentation of the block of YAML that is open.
    yaml: Option<usize>,
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
        self.pending = Some(Pending { point, said: Diagnostics::default(), comments: true });
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
        } else {
            pending.said.comment(comment);
        }
    }

    /// Whether `text` belongs to the open block. A test point ends a block that nobody closed.
    fn in_yaml(&mut self, text: &str) -> bool {
        let content = text.trim_start();
        let indent = text.len() - content.len();
        let closes = content.trim_end() == "..." && Some(indent) <= self.yaml;
        let outermost = self.yaml.is_some_and(|indent| indent <= 4);
        let said = self.pending.as_mut().filter(|_| outermost).map(|pending| &mut pending.said);
        if closes || (indent == 0 && point(content).is_some_and(|point| point.number.is_some())) {
            said.into_iter().for_each(Diagnostics::end_yaml);
            self.yaml = None;
            return closes;
        }
        if let Some(said) = said {
            said.yaml(content.trim_end());
        }
        true
    }

    /// Adds the point that was read last.
    fn flush(&mut self) {
        self.yaml = None;
        let Some(Pending { point, said, .. }) = self.pending.take() else { return };
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
            duration: said.duration.or(point.duration),
            message: reason.or(said.message.as_deref()),
            trace: Some(&said.trace),
            // Where a point stands that holds is of no interest.
            file: said.file.as_deref().filter(|_| !point.ok),
            line: said.line.filter(|_| !point.ok),
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
