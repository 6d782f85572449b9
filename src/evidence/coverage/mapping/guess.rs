//! Rewritings of the beginnings of paths: learned from files that match, guessed for the reader's `paths:` rule.

use std::collections::HashMap;

use super::outcome::Outcome;
use super::suffix::Found;
use super::tree::Tree;
use crate::model::order;

/// `to` in place of `from` at the beginning of a path; both end with `/` or are empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Rewriting {
    pub(super) from: String,
    pub(super) to: String,
}

impl Rewriting {
    /// What leads from a report path to a repository path: all that their ends do not share.
    pub(super) fn between(report: &str, repository: &str) -> Self {
        let parts = report.rsplit('/').zip(repository.rsplit('/')).take_while(|(a, b)| a == b);
        let shared = parts.map(|(part, _)| part.len() + 1).sum::<usize>().saturating_sub(1);
        let before =
            |path: &str| path.get(..path.len().saturating_sub(shared)).unwrap_or_default().to_owned();
        Self { from: before(report), to: before(repository) }
    }

    fn apply(&self, path: &str) -> Option<String> {
        path.strip_prefix(&self.from).map(|rest| format!("{}{rest}", self.to))
    }
}

/// Rewritings by how many files they map, most first.
pub(super) struct Rewritings(Vec<(usize, Rewriting)>);

/// More ways than this to write a project's paths into one report are noise.
const MAX_REWRITINGS: usize = 32;

impl Rewritings {
    /// The rewritings of the files that were found.
    pub(super) fn learn<'a>(found: impl Iterator<Item = (&'a String, &'a Outcome)>) -> Self {
        Self::count(found.filter_map(|(path, outcome)| match outcome {
            Outcome::File(file) => Some(Rewriting::between(path, file)),
            _ => None,
        }))
    }

    fn count(all: impl Iterator<Item = Rewriting>) -> Self {
        let mut counts: HashMap<Rewriting, usize> = HashMap::new();
        for rewriting in all {
            *counts.entry(rewriting).or_default() += 1;
        }
        let mut ranked: Vec<_> = counts.into_iter().map(|(rewriting, count)| (count, rewriting)).collect();
        order::sort_by(&mut ranked, |(a, left), (b, right)| b.cmp(a).then_with(|| left.cmp(right)));
        ranked.truncate(MAX_REWRITINGS);
        Self(ranked)
    }

    /// The file that the most frequent fitting rewriting leads to.
    pub(super) fn apply(&self, path: &str, tree: &Tree) -> Outcome {
        let mut fitting = self.0.iter().filter_map(|(count, rewriting)| {
            rewriting.apply(path).filter(|file| tree.contains(file)).map(|file| (*count, file))
        });
        let Some((most, file)) = fitting.next() else { return Outcome::Unmatched };
        match fitting.next() {
            Some((count, other)) if count == most && other != file => Outcome::Ambiguous,
            _ => Outcome::File(file),
        }
    }
}

/// How many paths a guess looks at.
const MAX_GUESSED: usize = 200;

/// The rule that would map most of the `unmatched` paths. Rules change beginnings, so for files whose names the
/// repository does not hold there is none.
pub(super) fn rule(unmatched: &[String], tree: &Tree) -> Option<Rewriting> {
    let by_name =
        unmatched.iter().take(MAX_GUESSED).filter_map(|path| match tree.index().that_shares(path, 1)? {
            Found::One(file) => Some(Rewriting::between(path, file)),
            Found::Several => None,
        });
    let likely = Rewritings::count(by_name).0.into_iter().next().map(|(_, rewriting)| rewriting);
    likely.filter(|rule| rule.from != rule.to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rewriting_is_what_the_ends_do_not_share() {
        for (report, repository, from, to) in [
            ("/ci/x/src/a.rs", "src/a.rs", "/ci/x/", ""),
            ("shop/cart.py", "src/shop/cart.py", "", "src/"),
            ("example.com/m/a.go", "svc/a.go", "example.com/m/", "svc/"),
            ("a.rs", "a.rs", "", ""),
        ] {
            let expected = Rewriting { from: from.into(), to: to.into() };
            assert_eq!(Rewriting::between(report, repository), expected);
        }
    }

    #[test]
    fn the_rule_is_guessed_from_the_ends_of_paths_and_from_nothing_else() {
        let tree =
            Tree::new(vec!["src/cart.py".into(), "src/till.py".into(), "a/x/m.py".into(), "m.py".into()]);
        let guess =
            |paths: &[&str]| rule(&paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>(), &tree);
        let expected = Rewriting { from: "/x/build/".into(), to: "src/".into() };
        assert_eq!(guess(&["/x/build/cart.py", "/x/build/till.py"]), Some(expected));
        let expected = Rewriting { from: "/mnt/".into(), to: "a/".into() };
        assert_eq!(guess(&["/mnt/x/m.py"]), Some(expected));
        assert_eq!(guess(&["/x/build/a.py", "/x/build/lib/b.py"]), None);
        assert_eq!(guess(&["other.py"]), None);
        assert_eq!(guess(&["src/new.py"]), None);
    }
}
