//! A findings report that is being put together.

use std::sync::Arc;

use super::{fingerprint, severity};
use crate::evidence::bytes::Place;
use crate::evidence::json::Value;
use crate::evidence::message::first_line;
use crate::evidence::names::Names;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::tally::Tally;
use crate::model::findings::{Finding, FindingsReport, Level, SecuritySeverity, Statement, ToolRun};
use crate::model::input::{InputState, Problem};

/// Most findings of one file: GitHub takes 25 000 of each of 20 runs.
const MAX_FINDINGS: usize = 500_000;
/// Most statements and tools of one file.
const MAX_ENTRIES: usize = 20_000;
/// Longest rule, path or package, in bytes.
const LONGEST_NAME: usize = 4096;

/// One finding as a reader sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft<'a> {
    pub(super) rule: &'a str,
    pub(super) level: Level,
    pub(super) severity: Option<SecuritySeverity>,
    pub(super) path: Option<&'a str>,
    pub(super) line: Option<u32>,
    pub(super) message: &'a str,
    pub(super) package: Option<&'a str>,
    /// What tells it from others of its rule and file; the message when there is nothing better.
    pub(super) key: Option<&'a str>,
    pub(super) suppressed: Option<&'a str>,
}

impl<'a> Draft<'a> {
    /// A finding of `rule` that says `message`; the rest is added by struct update.
    pub(super) fn new(rule: &'a str, level: Level, message: &'a str) -> Self {
        Self {
            rule,
            level,
            severity: None,
            path: None,
            line: None,
            message,
            package: None,
            key: None,
            suppressed: None,
        }
    }

    /// A vulnerability `rule` of `package`. One whose severity nobody knows counts as an error: it is one all the same.
    pub(super) fn vulnerability(rule: &'a str, severity: Option<SecuritySeverity>, message: &'a str) -> Self {
        Self { severity, ..Self::new(rule, severity.map_or(Level::Error, SecuritySeverity::level), message) }
    }
}

/// A report that is being put together.
#[derive(Debug, Default)]
pub(super) struct Assembly {
    report: FindingsReport,
    names: Names,
    tool: Arc<str>,
    problems: Vec<Problem>,
    odd_severity: Tally,
    odd_record: Tally,
    /// What the file itself counts.
    claimed: Option<u64>,
    failed: bool,
}

impl Assembly {
    /// A report by `tool`, which counts as having run once [`Self::ran`] says so.
    pub(super) fn by(tool: &str) -> Self {
        Self { tool: Arc::from(tool), ..Self::default() }
    }

    /// The findings that follow are by `tool`.
    pub(super) fn set_tool(&mut self, tool: &str) {
        self.tool = self.names.share(shortened(tool));
    }

    /// The tool looked to the end.
    pub(super) fn ran(&mut self) {
        self.note_run(None);
    }

    /// The tool looked to the end, unless its report has no main `list`.
    pub(super) fn ran_over(&mut self, listed: bool, list: &str) -> Result<(), Stop> {
        if !listed {
            return Err(without(list));
        }
        self.ran();
        Ok(())
    }

    /// The tool did not look, or not to the end: why.
    pub(super) fn failed(&mut self, reason: impl Into<String>) {
        let reason = reason.into();
        let who = if self.tool.is_empty() { "the tool".to_owned() } else { format!("`{}`", self.tool) };
        self.problems.push(Problem::error(format!("{who} {reason}")));
        self.failed = true;
        self.note_run(Some(reason));
    }

    fn note_run(&mut self, failure: Option<String>) {
        if self.report.runs.len() < MAX_ENTRIES {
            self.report.runs.push(ToolRun { tool: Arc::clone(&self.tool), failure });
        }
    }

    /// What the file says about how many findings it has.
    pub(super) fn claim(&mut self, count: Option<u64>) {
        let sum = count.map(|count| self.claimed.unwrap_or(0).saturating_add(count));
        self.claimed = sum.or(self.claimed);
    }

    /// A warning on the file.
    pub(super) fn warn(&mut self, message: impl Into<String>) {
        self.problems.push(Problem::warning(message));
    }

    /// A problem with its place, if there is one.
    pub(super) fn note(&mut self, problem: Option<Problem>) {
        self.problems.extend(problem);
    }

    /// A record that is no finding at all, as it has no fields.
    pub(super) fn odd_record(&mut self, place: Place) {
        self.odd_record.add(|| place);
    }

    /// The severity that `rated` says; an odd one is said.
    pub(super) fn severity(&mut self, rated: severity::Rated, place: Place) -> Option<SecuritySeverity> {
        if rated == severity::Rated::Odd {
            self.odd_severity.add(|| place);
        }
        rated.severity()
    }

    /// Adds a finding of the tool.
    pub(super) fn add(&mut self, draft: &Draft<'_>, place: Place) -> Result<(), Stop> {
        too_many(self.report.findings.len(), place)?;
        let message = first_line(draft.message).unwrap_or_default();
        let fingerprint = match draft.key {
            Some(key) => fingerprint::of_key(key),
            None => fingerprint::of_message(&message),
        };
        let path = draft.path.map(file_name).filter(|path| !path.is_empty());
        let finding = Finding {
            tool: Arc::clone(&self.tool),
            rule: self.names.share(shortened(draft.rule)),
            level: draft.level,
            severity: draft.severity,
            path: path.map(|path| self.names.share(&path)),
            line: draft.line,
            message: self.names.share(&message),
            package: draft.package.map(|package| self.names.share(shortened(package))),
            fingerprint,
            suppressed: draft.suppressed.map(|reason| self.reason(reason)),
        };
        self.report.findings.push(finding);
        Ok(())
    }

    /// A reason for a suppression, shared.
    pub(super) fn reason(&mut self, reason: &str) -> Arc<str> {
        let reason = first_line(reason);
        self.names.share(reason.as_deref().unwrap_or("suppressed"))
    }

    /// A name, shared.
    pub(super) fn name(&mut self, name: &str) -> Arc<str> {
        self.names.share(shortened(name))
    }

    /// A path, shared, in the spelling that findings have.
    pub(super) fn path(&mut self, written: &str) -> Arc<str> {
        self.names.share(&file_name(written))
    }

    /// The findings from the `first` on, to put right what stood behind them in the file.
    pub(super) fn since(&mut self, first: usize) -> &mut [Finding] {
        self.report.findings.get_mut(first..).unwrap_or_default()
    }

    /// How many findings there are so far.
    pub(super) fn len(&self) -> usize {
        self.report.findings.len()
    }

    /// Adds a statement on a vulnerability.
    pub(super) fn state(&mut self, statement: Statement) {
        if self.report.statements.len() < MAX_ENTRIES {
            self.report.statements.push(statement);
        }
    }

    /// The reading. A file that ran and found nothing is `empty` and keeps its tools; one whose tool failed is
    /// `incomplete` when there is something of it to keep, else `invalid`.
    pub(super) fn finish(
        mut self,
        ended: Result<(), Stop>,
        blemishes: Vec<Problem>,
    ) -> Reading<FindingsReport> {
        self.compare_claim(ended.is_ok());
        let said = [
            self.odd_severity
                .said("a severity is neither a known word nor a score of 0 to 10; counted as unknown"),
            self.odd_record.said("a record is no object and was left out"),
        ];
        let mut problems = blemishes;
        problems.append(&mut self.problems);
        problems.extend(said.into_iter().flatten());
        let empty = self.report.findings.is_empty() && self.report.statements.is_empty();
        let Err(stop) = ended else {
            let state = match (self.failed, empty) {
                (true, true) => InputState::Invalid,
                (true, false) => InputState::Incomplete,
                (false, true) => InputState::Empty,
                (false, false) => InputState::Measured,
            };
            return Reading { value: Some(self.report), state, problems };
        };
        if !self.failed {
            self.note_run(Some(format!("left a file that is {}", stop.state.name())));
        }
        Reading::stopped(Some(self.report), problems, stop)
    }

    /// The reading of a document of statements, which no tool ran for.
    pub(super) fn finish_statements(
        mut self,
        ended: Result<(), Stop>,
        blemishes: Vec<Problem>,
    ) -> Reading<FindingsReport> {
        let mut problems = blemishes;
        problems.append(&mut self.problems);
        let value = (!self.report.statements.is_empty()).then_some(self.report);
        match ended {
            Ok(()) => Reading::complete(value, problems),
            Err(stop) => Reading::stopped(value, problems, stop),
        }
    }

    fn compare_claim(&mut self, whole: bool) {
        let listed =
            self.report.findings.iter().filter(|finding| finding.suppressed.is_none()).count() as u64;
        if let Some(claimed) = self.claimed.filter(|claimed| whole && *claimed != listed) {
            self.warn(format!("the file says {claimed} findings; it lists {listed}"));
        }
    }
}

/// An error when one more than `count` findings would be beyond the limit.
fn too_many(count: usize, place: Place) -> Result<(), Stop> {
    if count < MAX_FINDINGS {
        return Ok(());
    }
    let problem = Problem::error(format!(
        "more than {MAX_FINDINGS} findings; let the tool report fewer rules, or split the file"
    ));
    Err(Stop::invalid(problem.at(place.line, place.column)))
}

/// The name of an installed package, and the name with its version: `openssl@1.0.2`.
pub(super) fn installed(package: &Value) -> (&str, String) {
    let name = package.text_of("name").unwrap_or_default();
    (name, format!("{name}@{}", package.text_of("version").unwrap_or_default()))
}

/// The error that a file without its main list ends with.
pub(super) fn without(list: &str) -> Stop {
    let message =
        format!("the report has no list `{list}`; its tool did not finish, or wrote another format");
    Stop::invalid(Problem::error(message).at(1, 1))
}

/// A path as it stands in a file name: no scheme, no percent signs, one kind of slash.
fn file_name(written: &str) -> String {
    let written = shortened(written.trim());
    match written.strip_prefix("file:") {
        None if !written.contains('%') => written.replace('\\', "/"),
        None => decoded(written),
        Some(rest) => {
            let path = decoded(rest);
            let path = path
                .strip_prefix("//")
                .map_or(path.as_str(), |path| path.strip_prefix("localhost").unwrap_or(path));
            // A drive needs no root before it.
            let drive = path.strip_prefix('/').filter(|rest| rest.get(1..2) == Some(":"));
            drive.unwrap_or(path).to_owned()
        }
    }
}

/// A URI's path with its escapes resolved; what is no escape stays.
fn decoded(written: &str) -> String {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        let escape = behind
            .get(..2)
            .filter(|_| *byte == b'%')
            .and_then(|digits| u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(escape.unwrap_or(*byte));
        rest = behind.get(if escape.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn shortened(name: &str) -> &str {
    name.get(..name.floor_char_boundary(LONGEST_NAME)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_beyond_the_limit_are_refused_with_it() {
        assert_eq!(too_many(499_999, Place::START), Ok(()));
        let stop = too_many(500_000, Place { line: 7, column: 3 }).unwrap_err();
        assert!(stop.problem.message.starts_with("more than 500000 findings"), "{}", stop.problem.message);
        assert_eq!((stop.problem.line, stop.problem.column), (Some(7), Some(3)));
    }

    #[test]
    fn uris_become_paths() {
        for (written, path) in [
            ("file:///home/a/src/my%20file.c", "/home/a/src/my file.c"),
            ("file:///C:/a/b.cs", "C:/a/b.cs"),
            ("src\\a.c", "src/a.c"),
            ("src/100%.c", "src/100%.c"),
            ("src/%e4%f6", "src/\u{fffd}\u{fffd}"),
        ] {
            assert_eq!(file_name(written), path);
        }
    }
}
