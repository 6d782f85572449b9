//! What inputs say by being there: their dates, and whether all that the policy expects came.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::model::input::{Input, InputState, Kind};
use crate::model::order;
use crate::model::words::counted;
use crate::policy::Expectation;

/// The oldest date of each kind.
pub(super) fn dates(inputs: &[Input]) -> Vec<(Kind, Timestamp)> {
    let mut dates: Vec<(Kind, Timestamp)> = Vec::new();
    for input in inputs {
        let (Some(kind), Some(date)) = (input.kind, input.origin.dated()) else { continue };
        match dates.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, oldest)) => *oldest = date.min(*oldest),
            None => dates.push((kind, date)),
        }
    }
    dates
}

/// What is missing of an expectation, for each kind that its files speak about; for all kinds when there is no file.
pub(super) fn shortfall(expected: &Expectation, inputs: &[Input]) -> Vec<(Kind, String)> {
    let matching: Vec<&Input> = inputs.iter().filter(|input| expected.files.matches(&input.path)).collect();
    let usable = |input: &&&Input| matches!(input.state, InputState::Measured | InputState::Empty);
    let found = matching.iter().filter(usable).count() as u64;
    if found >= expected.count {
        return Vec::new();
    }
    let known = order::set(matching.iter().filter_map(|input| input.kind));
    let kinds = if known.is_empty() {
        BTreeSet::from([Kind::Tests, Kind::Coverage, Kind::Findings, Kind::Measurements])
    } else {
        known
    };
    let message = format!(
        "{}: {found} of {} matching `{}` read",
        expected.name,
        counted(expected.count, "file"),
        expected.files.patterns.join("`, `")
    );
    kinds.into_iter().map(|kind| (kind, message.clone())).collect()
}
