//! Remarks on files: failed cases, new findings, new lines that did not run and new markers, new failures first.

use super::repository::Repository;
use crate::forge::github::check_run::{Annotation, Level};
use crate::model::findings::{self, Finding};
use crate::model::report::{CaseNote, Report};
use crate::model::todos::Todo;
use crate::render::escape::command::{data, property};
use crate::render::escape::{shorten, visible};

/// Characters of a message; GitHub takes 64 KB.
const MESSAGE_MAX: usize = 2000;
/// Characters of a title; GitHub takes 255.
const TITLE_MAX: usize = 200;

/// All remarks, most important first.
#[derive(Default)]
pub(super) struct Found(Vec<Annotation>);

impl Found {
    /// The `limit` most important ones.
    pub(super) fn first(&self, limit: usize) -> &[Annotation] {
        self.0.get(..limit.min(self.0.len())).unwrap_or_default()
    }

    /// A sentence about those beyond `limit`; empty when there are none.
    pub(super) fn omitted(&self, limit: usize) -> String {
        match self.0.len().saturating_sub(limit) {
            0 => String::new(),
            more => format!("\n\n{more} further annotations are left out."),
        }
    }
}

/// The remarks of `report` on files that are in the repository: GitHub shows them on no others.
pub(super) fn of(repository: &Repository, report: &Report) -> Found {
    let tests = report.tests.as_ref();
    let failures = |pick: fn(&crate::model::report::TestsReport) -> &Vec<CaseNote>| {
        tests.map(pick).into_iter().flatten()
    };
    let cases = failures(|tests| &tests.new_failures)
        .map(|note| (note, "new failure"))
        .chain(failures(|tests| &tests.still_failing).map(|note| (note, "still failing")));
    let mut all: Vec<_> = cases.filter_map(|(note, what)| failure(repository, note, what)).collect();
    let patch = report.coverage.as_ref().and_then(|coverage| coverage.patch.as_ref());
    all.extend(new_findings(repository, report));
    for (path, file) in patch.into_iter().flat_map(|patch| &patch.files) {
        if repository.holds(path) {
            all.extend(ranges(&file.missed).into_iter().map(|range| missed(path, range)));
        }
    }
    all.extend(new_todos(repository, report));
    Found(all)
}

fn failure(repository: &Repository, note: &CaseNote, what: &str) -> Option<Annotation> {
    let path = note.detail.file.as_deref()?.trim_start_matches("./");
    if !repository.holds(path) {
        return None;
    }
    let line = note.detail.line.unwrap_or(1).max(1);
    Some(Annotation {
        path: path.to_owned(),
        start_line: line,
        end_line: line,
        annotation_level: Level::Failure,
        message: plain(note.detail.message.as_deref().unwrap_or("no message"), MESSAGE_MAX),
        title: plain(&format!("{what}: {}", note.id.name), TITLE_MAX),
    })
}

/// New findings on lines that the change adds; all new ones when nobody knows which it does.
fn new_findings(repository: &Repository, report: &Report) -> Vec<Annotation> {
    let found = report.findings.iter().flat_map(|section| {
        let wanted = section.on_added_lines.unwrap_or(section.new.len());
        section.new.iter().take(wanted)
    });
    found.filter_map(|finding| new_finding(repository, finding)).collect()
}

fn new_finding(repository: &Repository, finding: &Finding) -> Option<Annotation> {
    let path = finding.path.as_deref().filter(|path| repository.holds(path))?;
    let line = finding.line?;
    let serious = finding.level == findings::Level::Error;
    Some(Annotation {
        path: path.to_owned(),
        start_line: line,
        end_line: line,
        annotation_level: if serious { Level::Failure } else { Level::Warning },
        message: plain(&finding.message, MESSAGE_MAX),
        title: plain(&format!("new finding: {} {}", finding.tool, finding.rule), TITLE_MAX),
    })
}

/// New markers, only where they can fail the gate: elsewhere nobody has to do anything about them.
fn new_todos(repository: &Repository, report: &Report) -> Vec<Annotation> {
    let section = report.todos.as_ref().filter(|section| section.gated);
    let todos = section.into_iter().flat_map(|section| &section.new);
    let held = todos.filter(|todo| repository.holds(&todo.path));
    let annotation = |todo: &Todo| Annotation {
        path: todo.path.to_string(),
        start_line: todo.line,
        end_line: todo.line,
        annotation_level: Level::Notice,
        message: plain(&todo.text, MESSAGE_MAX),
        title: if todo.tracked { "new TODO marker" } else { "new untracked TODO marker" }.to_owned(),
    };
    held.map(annotation).collect()
}

fn missed(path: &str, (first, last): (u32, u32)) -> Annotation {
    let message = if first == last {
        format!("the new line {first} did not run")
    } else {
        format!("the new lines {first} to {last} did not run")
    };
    Annotation {
        path: path.to_owned(),
        start_line: first,
        end_line: last,
        annotation_level: Level::Warning,
        message,
        title: "not covered".to_owned(),
    }
}

/// Consecutive lines as ranges.
fn ranges(lines: &[u32]) -> Vec<(u32, u32)> {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for line in lines {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*line) => *last = *line,
            _ => ranges.push((*line, *line)),
        }
    }
    ranges
}

/// One visible line; characters beyond the basic plane are spelled out, as the API loses them.
fn plain(text: &str, limit: usize) -> String {
    let seen = visible(text);
    let basic = |c: char| if c > '\u{ffff}' { format!("\\u{{{:x}}}", u32::from(c)) } else { c.to_string() };
    shorten(&seen.chars().map(basic).collect::<String>(), limit).into_owned()
}

/// The line that makes the runner show `annotation`.
pub(super) fn command(annotation: &Annotation) -> String {
    let level = match annotation.annotation_level {
        Level::Failure => "error",
        Level::Warning => "warning",
        Level::Notice => "notice",
    };
    format!(
        "::{level} file={},line={},endLine={},title={}::{}\n",
        property(&annotation.path),
        annotation.start_line,
        annotation.end_line,
        property(&annotation.title),
        data(&annotation.message)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consecutive_lines_are_one_remark() {
        assert_eq!(ranges(&[3, 4, 5, 9, 11, 12]), [(3, 5), (9, 9), (11, 12)]);
        assert_eq!(ranges(&[]), []);
    }

    #[test]
    fn new_markers_are_remarked_on_only_where_they_can_fail_the_gate() {
        let mut report = crate::render::sample::report();
        let listed = Repository::Listed(["shop/cart.py".to_owned()].into());
        let said = |report: &Report| new_todos(&listed, report).iter().map(command).collect::<String>();
        assert_eq!(said(&report), "");
        report.todos.as_mut().unwrap().gated = true;
        insta::assert_snapshot!(said(&report), @"::notice file=shop/cart.py,line=22,endLine=22,title=new untracked TODO marker::TODO: round `half` up | @everyone <!-- x -->");
    }

    #[test]
    fn no_name_becomes_a_command() {
        let hostile = Annotation {
            path: "a,b::c.py".into(),
            title: plain("new failure: x\n::set-output name=a::b \u{1f600}", TITLE_MAX),
            ..missed("", (1, 2))
        };
        insta::assert_snapshot!(command(&hostile), @r"::warning file=a%2Cb%3A%3Ac.py,line=1,endLine=2,title=new failure%3A x %3A%3Aset-output name=a%3A%3Ab \u{1f600}::the new lines 1 to 2 did not run");
    }
}
