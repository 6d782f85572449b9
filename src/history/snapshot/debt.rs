//! Undetected mutants and markers in comments to and from the wire.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::history::wire::v1;
use crate::model::mutation::{Mutant, MutantCounts, MutationRun};
use crate::model::todos::{Todo, TodoReport};

pub(super) fn run_to_wire(run: &MutationRun) -> v1::Mutation {
    let MutantCounts { killed, timed_out, survived, not_covered, left_out } = run.counts;
    let mutant = |Mutant { path, line, what, covered }: Mutant| (path, line, what, covered);
    v1::Mutation {
        tool: run.tool.clone(),
        counts: [killed, timed_out, survived, not_covered, left_out],
        undetected: run.undetected.iter().cloned().map(mutant).collect(),
    }
}

pub(super) fn run_from_wire(wire: v1::Mutation) -> MutationRun {
    let [killed, timed_out, survived, not_covered, left_out] = wire.counts;
    let mutant = |(path, line, what, covered)| Mutant { path, line, what, covered };
    MutationRun {
        tool: wire.tool,
        counts: MutantCounts { killed, timed_out, survived, not_covered, left_out },
        undetected: wire.undetected.into_iter().map(mutant).collect(),
    }
}

/// Markers that may not be all are not remembered: nothing could be compared with them.
pub(super) fn todos_to_wire(report: &TodoReport) -> Option<BTreeMap<Arc<str>, Vec<v1::Todo>>> {
    let mut files: BTreeMap<Arc<str>, Vec<v1::Todo>> = BTreeMap::new();
    for Todo { path, line, text, tracked } in report.todos.iter().cloned() {
        files.entry(path).or_default().push((line, text, tracked));
    }
    report.problem.is_none().then_some(files)
}

pub(super) fn todos_from_wire(wire: BTreeMap<Arc<str>, Vec<v1::Todo>>) -> TodoReport {
    let of_file = |(path, todos): (Arc<str>, Vec<v1::Todo>)| {
        let todo = move |(line, text, tracked)| Todo { path: path.clone(), line, text, tracked };
        todos.into_iter().map(todo)
    };
    TodoReport { todos: wire.into_iter().flat_map(of_file).collect(), ..TodoReport::default() }
}
