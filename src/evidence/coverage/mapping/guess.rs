//! Rewritings of the beginnings of paths: learned from files that match, guessed for the reader's `paths:` rule.

use std::collections::HashMap;

use super::resolve::Outcome;
use super::suffix::Found;
use super::tree::Tree;

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
        ranked.sort_unstable_by(|(a, left), (b, right)| b.cmp(a).then_with(|| left.cmp(right)));
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

/// The rule that would most likely map `unmatched` paths.
pub(super) fn rule(unmatched: &[String], tree: &Tree) -> Option<Rewriting> {
    let by_name = unmatched.iter().take(MAX_GUESSED).filter_map(|path| {
        let name = path.rsplit('/').next()?;
        match tree.index().that_ends_with(name)? {
            Found::One(file) => Some(Rewriting::between(path, file)),
            Found::Several => None,
        }
    });
    let likely = Rewritings::count(by_name).0.into_iter().next().map(|(_, rewriting)| rewriting);
    likely
        .or_else(|| Some(Rewriting { from: common_folder(unmatched)?, to: String::new() }))
        .filter(|rule| rule.from != rule.to)
}

/// The folder, with its `/`, that all paths lie in.
fn common_folder(paths: &[String]) -> Option<String> {
    let (first, rest) = paths.split_first()?;
    let mut folder = first.rsplit_once('/')?.0;
    while !rest.iter().all(|path| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))) {
        folder = folder.rsplit_once('/')?.0;
    }
    Some(format!("{folder}/"))
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
    fn the_rule_is_guessed_from_file_names_else_from_the_common_folder() {
        let tree = Tree::new(vec!["src/cart.py".into(), "src/till.py".into()]);
        let guess = rule(&["/x/build/cart.py".into(), "/x/build/till.py".into()], &tree).unwrap();
        assert_eq!(guess, Rewriting { from: "/x/build/".into(), to: "src/".into() });
        let guess = rule(&["/x/build/a.py".into(), "/x/build/lib/b.py".into()], &tree).unwrap();
        assert_eq!(guess, Rewriting { from: "/x/build/".into(), to: String::new() });
        assert_eq!(rule(&["other.py".into()], &tree), None);
    }
}
