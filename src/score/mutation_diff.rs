//! Mutants that no test notices, beside those of the base, by file and change: one that only moved is not new.

use std::collections::BTreeMap;

use super::Situation;
use crate::model::mutation::{Mutant, MutationReport, MutationRun};

/// All runs of the head, each beside the base's run of the same tool.
pub(super) fn compare(situation: &Situation<'_>) -> Vec<MutationReport> {
    let base = situation.baseline.map(|baseline| baseline.evidence.mutation.as_slice()).unwrap_or_default();
    let of_tool = |run: &MutationRun| base.iter().find(|base| base.tool == run.tool);
    situation.evidence.mutation.iter().map(|run| beside(run, of_tool(run))).collect()
}

fn beside(run: &MutationRun, base: Option<&MutationRun>) -> MutationReport {
    let Some(base) = base else { return MutationReport { run: run.clone(), new: None, base: None } };
    let key = |mutant: &Mutant| (mutant.path.clone(), mutant.what.clone());
    let mut before: BTreeMap<_, u64> = BTreeMap::new();
    for mutant in &base.undetected {
        *before.entry(key(mutant)).or_default() += 1;
    }
    let is_new = |mutant: &Mutant| match before.get_mut(&key(mutant)).filter(|left| **left > 0) {
        Some(left) => {
            *left -= 1;
            false
        }
        None => true,
    };
    let (new, known): (Vec<Mutant>, Vec<Mutant>) = run.undetected.iter().cloned().partition(is_new);
    let count = new.len();
    let undetected = new.into_iter().chain(known).collect();
    MutationReport {
        run: MutationRun { undetected, ..run.clone() },
        new: Some(count),
        base: Some(base.counts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::mutation::MutantCounts;

    fn run(places: &[(u32, &str)]) -> MutationRun {
        let mutant = |(line, what): &(u32, &str)| Mutant {
            path: Some("a.rs".into()),
            line: Some(*line),
            what: (*what).into(),
            covered: true,
        };
        MutationRun {
            tool: "pit".to_owned(),
            counts: MutantCounts { survived: places.len() as u64, ..MutantCounts::default() },
            undetected: places.iter().map(mutant).collect(),
        }
    }

    #[test]
    fn new_survivors_come_first_and_moved_ones_are_not_new() {
        let report = beside(&run(&[(1, "x"), (2, "y"), (3, "y")]), Some(&run(&[(9, "x"), (8, "y")])));
        let lines: Vec<_> = report.run.undetected.iter().filter_map(|mutant| mutant.line).collect();
        assert_eq!((lines, report.new), (vec![3, 1, 2], Some(1)));
        assert_eq!(beside(&run(&[(1, "x")]), None).new, None);
    }
}
