//! Mutants and what became of them; all three formats come to the same numbers.
//!
//! score = detected / (detected + undetected), where detected is killed or timed out. Mutants that did not compile or
//! were left out on purpose are no part of it. The numbers of several files add up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::numbers::Numbers;
use crate::evidence::bytes::Place;
use crate::evidence::reading::{Reading, Stop};
use crate::model::input::{Content, Problem};
use crate::model::metric::Better;
use crate::model::mutation::{Mutant, MutantCounts, MutationRun};
use crate::model::order;

/// Most undetected mutants of one file that are listed; all are counted.
const MOST: usize = 5000;
/// Longest path and longest description, in characters.
const LONGEST: usize = 300;

/// What became of a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// A test failed.
    Killed,
    /// The tests did not end.
    TimedOut,
    /// No test failed.
    Survived,
    /// No test runs it.
    NotCovered,
    /// Not valid, or left out on purpose.
    LeftOut,
    /// Not tried yet.
    Pending,
}

/// Mutants by their fate, and those that nothing noticed.
#[derive(Debug, Default)]
pub(super) struct Mutants {
    counts: MutantCounts,
    undetected: Vec<Mutant>,
    pub(super) pending: u64,
}

impl Mutants {
    /// Counts one; `mutant` is asked only for one that is listed.
    pub(super) fn add(&mut self, fate: Fate, mutant: impl FnOnce() -> Mutant) {
        let counts = &mut self.counts;
        let count = match fate {
            Fate::Killed => &mut counts.killed,
            Fate::TimedOut => &mut counts.timed_out,
            Fate::Survived => &mut counts.survived,
            Fate::NotCovered => &mut counts.not_covered,
            Fate::LeftOut => &mut counts.left_out,
            Fate::Pending => &mut self.pending,
        };
        *count += 1;
        if matches!(fate, Fate::Survived | Fate::NotCovered) && self.undetected.len() < MOST {
            self.undetected.push(Mutant { covered: fate == Fate::Survived, ..mutant() });
        }
    }

    /// The reading with its numbers; without any valid mutant there are none.
    pub(super) fn finish(
        self,
        tool: &str,
        mut numbers: Numbers,
        (ended, problems): (Result<(), Stop>, Vec<Problem>),
    ) -> Reading<Content> {
        self.put(&mut numbers);
        let Self { counts, undetected, .. } = self;
        let run = MutationRun { tool: tool.to_owned(), counts, undetected };
        numbers.finish(ended, problems).map(|numbers| Content::Mutation(numbers, run))
    }

    fn put(&self, numbers: &mut Numbers) {
        let (counts, place) = (self.counts, Place::START);
        if counts.valid() == 0 {
            return;
        }
        numbers.put_share("mutation.score", (counts.detected(), counts.valid()), Better::Higher, place);
        numbers.put_sum("mutation.total", counts.valid(), Some(Better::Higher), place);
        numbers.put_sum("mutation.killed", counts.killed, Some(Better::Higher), place);
        numbers.put_sum("mutation.timeout", counts.timed_out, None, place);
        numbers.put_sum("mutation.survived", counts.survived, Some(Better::Lower), place);
        numbers.put_sum("mutation.not-covered", counts.not_covered, Some(Better::Lower), place);
        numbers.put_sum("mutation.left-out", counts.left_out, None, place);
    }
}

/// A mutant at its place; long words of a tool are cut.
pub(super) fn mutant(path: Option<&str>, line: Option<u32>, what: &str) -> Mutant {
    let short = |text: &str| -> Arc<str> { text.chars().take(LONGEST).collect::<String>().into() };
    let what = what.lines().next().unwrap_or_default().trim();
    Mutant { path: path.map(short), line, what: short(what), covered: true }
}

/// Gives mutants their paths in the repository. `files` answers with the file behind each path; a path that it knows
/// none for stays.
pub fn settle(runs: &mut [MutationRun], files: impl FnOnce(&[String]) -> Vec<Option<String>>) {
    let all = runs.iter().flat_map(|run| &run.undetected);
    let paths: BTreeSet<String> =
        all.filter_map(|mutant| mutant.path.as_deref().map(str::to_owned)).collect();
    let paths: Vec<String> = paths.into_iter().collect();
    let found = files(&paths);
    let known = paths.into_iter().zip(found).filter_map(|(path, file)| Some((path, file?.into())));
    let known: BTreeMap<String, Arc<str>> = order::map(known);
    for mutant in runs.iter_mut().flat_map(|run| &mut run.undetected) {
        let file = mutant.path.as_deref().and_then(|path| known.get(path));
        mutant.path = file.cloned().or(mutant.path.take());
    }
}

/// All runs of a tool as one, each with its undetected mutants by place.
pub fn merge(runs: Vec<MutationRun>) -> Vec<MutationRun> {
    let mut merged: Vec<MutationRun> = Vec::new();
    for run in runs {
        match merged.iter_mut().find(|known| known.tool == run.tool) {
            Some(known) => {
                known.counts = known.counts.with(run.counts);
                known.undetected.extend(run.undetected);
            }
            None => merged.push(run),
        }
    }
    for run in &mut merged {
        order::sort(&mut run.undetected);
    }
    order::sort_by(&mut merged, |one, other| one.tool.cmp(&other.tool));
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::read::read_input;

    fn undetected(text: &'static str) -> String {
        let input = read_input(String::new(), 0, Box::new(text.as_bytes()));
        let Some(Content::Mutation(_, run)) = input.content else { panic!("{:?}", input.problems) };
        let said = run.undetected.iter().map(|mutant| {
            let place = mutant.path.as_deref().map(|path| format!("{path}:{:?}", mutant.line));
            format!("{} {} {}", place.unwrap_or_default(), mutant.what, mutant.covered)
        });
        std::iter::once(format!("{} of {}", run.tool, run.counts.valid()))
            .chain(said)
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn survivors_have_their_places() {
        insta::assert_snapshot!(undetected(include_str!("../../../tests/fixtures/measurements/pit/hand-made-mutations.xml")), @r"
        pit of 5
        shop/Cart.java:Some(7) MathMutator in add true
        shop/Cart.java:Some(7) MathMutator in add false
        ");
        insta::assert_snapshot!(undetected(include_str!("../../../tests/fixtures/measurements/stryker/stryker-8-mixed.json")), @r#"
        stryker of 16
        add.js:Some(1) EqualityOperator: n > 85 true
        add.js:Some(1) ConditionalExpression: true true
        add.js:Some(1) EqualityOperator: n >= 50 true
        add.js:Some(1) StringLiteral: "" true
        add.js:Some(2) BlockStatement: {} true
        add.js:Some(2) ArithmeticOperator: a - 1 true
        "#);
        insta::assert_snapshot!(undetected(include_str!("../../../tests/fixtures/measurements/cargo-mutants/cargo-mutants-27.1.0-mixed.json")), @r"
        cargo-mutants of 7
        src/lib.rs:Some(19) replace > with == in free true
        src/lib.rs:Some(19) replace > with >= in free true
        ");
    }

    #[test]
    fn files_of_one_tool_are_one_run_on_the_repositorys_paths() {
        let run = |path, line| MutationRun {
            tool: "pit".to_owned(),
            counts: MutantCounts { survived: 1, ..MutantCounts::default() },
            undetected: vec![mutant(Some(path), Some(line), "x")],
        };
        let mut runs = vec![run("shop/B.java", 2), run("x/A.java", 1)];
        settle(&mut runs, |paths| {
            paths.iter().map(|path| path.strip_prefix("shop/").map(|path| format!("src/{path}"))).collect()
        });
        let merged = merge(runs);
        let places: Vec<_> =
            merged[0].undetected.iter().map(|mutant| mutant.path.as_deref().unwrap()).collect();
        assert_eq!((merged.len(), merged[0].counts.survived, places), (1, 2, vec!["src/B.java", "x/A.java"]));
    }
}
