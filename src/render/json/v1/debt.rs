//! Mutation testing and markers in the documents.

use serde::Serialize;

use crate::model::exact::ratio;
use crate::model::mutation::{Mutant, MutantCounts, MutationReport};
use crate::model::todos::{Todo, TodosSection};

use super::number::Number;

/// One tool's mutants.
#[derive(Serialize)]
pub(super) struct Mutation<'a> {
    tool: &'a str,
    #[serde(flatten)]
    counts: Mutants,
    base: Option<Mutants>,
    new_undetected: Option<usize>,
    undetected: Vec<Undetected<'a>>,
}

#[derive(Serialize)]
struct Mutants {
    score: Option<Number>,
    total: u64,
    killed: u64,
    timeout: u64,
    survived: u64,
    not_covered: u64,
    left_out: u64,
}

impl From<MutantCounts> for Mutants {
    fn from(counts: MutantCounts) -> Self {
        Self {
            score: ratio(counts.detected(), counts.valid()).as_ref().map(Number::of),
            total: counts.valid(),
            killed: counts.killed,
            timeout: counts.timed_out,
            survived: counts.survived,
            not_covered: counts.not_covered,
            left_out: counts.left_out,
        }
    }
}

impl<'a> From<&'a MutationReport> for Mutation<'a> {
    fn from(report: &'a MutationReport) -> Self {
        Self {
            tool: &report.run.tool,
            counts: report.run.counts.into(),
            base: report.base.map(Mutants::from),
            new_undetected: report.new,
            undetected: report.run.undetected.iter().map(Undetected::from).collect(),
        }
    }
}

#[derive(Serialize)]
struct Undetected<'a> {
    path: Option<&'a str>,
    line: Option<u32>,
    mutation: &'a str,
    covered: bool,
}

impl<'a> From<&'a Mutant> for Undetected<'a> {
    fn from(mutant: &'a Mutant) -> Self {
        let Mutant { path, line, what, covered } = mutant;
        Self { path: path.as_deref(), line: *line, mutation: what, covered: *covered }
    }
}

/// Markers in comments.
#[derive(Serialize)]
pub(super) struct Todos<'a> {
    count: u64,
    untracked: u64,
    base: Option<u64>,
    files: u64,
    too_large: u64,
    problem: Option<&'a str>,
    new: Option<Vec<Marker<'a>>>,
    others: Vec<Marker<'a>>,
}

impl<'a> From<&'a TodosSection> for Todos<'a> {
    fn from(section: &'a TodosSection) -> Self {
        let all = |todos: &'a [Todo]| todos.iter().map(Marker::from).collect();
        Self {
            count: section.count(),
            untracked: section.untracked(),
            base: section.base,
            files: section.files,
            too_large: section.too_large,
            problem: section.problem.as_deref(),
            new: section.undecided.is_none().then(|| all(&section.new)),
            others: all(&section.others),
        }
    }
}

/// One marker.
#[derive(Serialize)]
pub(super) struct Marker<'a> {
    path: &'a str,
    line: u32,
    text: &'a str,
    tracked: bool,
}

impl<'a> From<&'a Todo> for Marker<'a> {
    fn from(todo: &'a Todo) -> Self {
        Self { path: &todo.path, line: todo.line, text: &todo.text, tracked: todo.tracked }
    }
}
