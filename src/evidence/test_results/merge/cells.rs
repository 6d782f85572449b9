//! Cases that several cells have are told apart by their cell.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::input::{Content, Input};
use crate::model::tests::{TestCase, TestReport};

/// Names the cell in the identity of cases of one plain identity, in order of their cells, when these are several.
pub(super) fn tell_apart(same: &mut [(usize, TestCase)], names: &[Arc<str>]) {
    let several = same.first().map(|(cell, _)| *cell) != same.last().map(|(cell, _)| *cell);
    for (cell, case) in same.iter_mut().filter(|_| several) {
        case.id.cell = names.get(*cell).cloned();
    }
}

/// Names the cells in `inputs` too, for those cases that `merged` tells apart: what is shown of a single file then
/// goes by the same names as what is shown of the run.
pub fn mark<'a>(inputs: impl Iterator<Item = &'a mut Input>, merged: &TestReport) {
    let apart: BTreeSet<_> =
        merged.cases.iter().filter(|case| case.id.cell.is_some()).map(|case| case.id.plain()).collect();
    for input in inputs.filter(|_| !apart.is_empty()) {
        let cell: Arc<str> = Arc::from(input.origin.cell.as_str());
        if let Some(Content::Tests(report)) = &mut input.content {
            for case in report.cases.iter_mut().filter(|case| apart.contains(&case.id.plain())) {
                case.id.cell = Some(Arc::clone(&cell));
            }
        }
    }
}
