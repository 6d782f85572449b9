//! A whole report on the files of the repository, and what to say about files that are not there.

use super::super::lexical;
use super::super::merge::Files;
use super::guess;
use super::outcome::Outcome;
use super::resolve::{self, Starts};
use super::tree::Tree;
use crate::model::coverage::CoverageReport;
use crate::model::evidence::PathMatching;
use crate::policy::PathRule;

/// `report` with repository paths: files that `tree` does not hold are left out and named. Files that become one
/// are united. `place` is where the report lies, below the root of the repository; empty when that is not known.
/// Without a tree only the `rules` apply.
pub fn to_repository(
    report: CoverageReport,
    place: &str,
    tree: &Tree,
    rules: &[PathRule],
) -> (CoverageReport, PathMatching) {
    if rules.is_empty() && tree.is_empty() {
        return (report, PathMatching::default());
    }
    let rules = Rules::new(rules);
    let paths: Vec<String> = report.files.keys().map(|path| rules.apply(path)).collect();
    let outcomes = outcomes(&paths, &Starts { roots: &report.roots, place }, tree);
    let (mut mapped, mut matching) = (Files::default(), PathMatching::default());
    let mut foreign = Vec::new();
    for ((path, file), outcome) in report.files.into_iter().zip(outcomes) {
        match outcome {
            Outcome::File(repository) => {
                mapped.add(repository, file);
            }
            Outcome::Ambiguous => matching.ambiguous.push(path),
            Outcome::Unmatched => matching.unmatched.push(path),
            Outcome::Foreign => foreign.push(path),
        }
    }
    if !tree.is_empty() {
        matching.foreign = foreign.len() as u64;
        matching.total = (paths.len() - foreign.len()) as u64;
        let missing: Vec<String> = matching.unmatched.iter().chain(&matching.ambiguous).cloned().collect();
        matching.invalid = too_few(&matching, &missing, &foreign, tree);
        matching.help = if matching.invalid.is_none() { rule(&missing, tree) } else { None };
    }
    (CoverageReport { files: mapped.finish(), roots: report.roots, claimed: report.claimed }, matching)
}

fn outcomes(paths: &[String], starts: &Starts<'_>, tree: &Tree) -> Vec<Outcome> {
    let as_written = || paths.iter().cloned().map(Outcome::File).collect();
    if tree.is_empty() {
        return as_written();
    }
    let outcomes = resolve::all(paths, starts, tree);
    let is_about_others = || !outcomes.iter().any(|outcome| matches!(outcome, Outcome::File(_)));
    if tree.is_guess() && is_about_others() { as_written() } else { outcomes }
}

/// The files of the repository behind `paths`, which other evidence than coverage names; `None` where none or several
/// fit. Without a tree nothing is known.
pub fn files_behind(paths: &[String], tree: &Tree, rules: &[PathRule]) -> Vec<Option<String>> {
    let rules = Rules::new(rules);
    let paths: Vec<String> = paths.iter().map(|path| rules.apply(&lexical::normalise(path))).collect();
    let outcomes = resolve::all(&paths, &Starts { roots: &[], place: "" }, tree).into_iter();
    let files: Vec<Option<String>> = outcomes
        .map(|outcome| match outcome {
            Outcome::File(file) => Some(file),
            Outcome::Ambiguous | Outcome::Unmatched | Outcome::Foreign => None,
        })
        .collect();
    if tree.is_guess() && files.iter().all(Option::is_none) { Vec::new() } else { files }
}

/// Says so when less than half of the files that could be the project's own are files of the repository.
fn too_few(matching: &PathMatching, missing: &[String], foreign: &[String], tree: &Tree) -> Option<String> {
    let total = matching.total;
    let matched = total - missing.len() as u64;
    if total == 0 {
        return foreign.first().map(|path| {
            let all = foreign.len();
            format!("all {all} source files in coverage reports belong to toolchains or installed packages, such as `{path}`")
        });
    }
    (matched * 2 < total).then(|| {
        let examples: Vec<String> = missing.iter().take(3).map(|path| format!("`{path}`")).collect();
        format!(
            "{matched} of {total} source files in coverage reports are files of the repository; not found: {}; {}",
            examples.join(", "),
            help(matching, missing, tree)
        )
    })
}

fn help(matching: &PathMatching, missing: &[String], tree: &Tree) -> String {
    match rule(missing, tree) {
        Some(rule) => format!("help: {rule}"),
        None if matching.unmatched.is_empty() => {
            "help: several files of the repository fit each; `evidence.paths` in `readiness.yml` says which folder is meant"
                .to_owned()
        }
        None => "help: the repository has no files of these names: is the report of another commit or project, or are \
                 the files generated? `--workdir` names the checkout"
            .to_owned(),
    }
}

/// The line of the policy that would lead most of the `missing` paths to files, if any would.
fn rule(missing: &[String], tree: &Tree) -> Option<String> {
    let rule = guess::rule(missing, tree)?;
    let (from, to) = (rule.from, rule.to);
    Some(format!(
        "tell in `readiness.yml` how paths change: `evidence: {{paths: [{{from: \"{from}\", to: \"{to}\"}}]}}`"
    ))
}

/// The policy's rules with their beginnings spelled as report paths are.
struct Rules<'a>(Vec<(String, &'a str)>);

impl<'a> Rules<'a> {
    fn new(rules: &'a [PathRule]) -> Self {
        Self(rules.iter().map(|rule| (rule.from.replace('\\', "/"), rule.to.as_str())).collect())
    }

    fn apply(&self, path: &str) -> String {
        let rewritten = self.0.iter().find_map(|(from, to)| Some((path.strip_prefix(from.as_str())?, to)));
        rewritten.map_or_else(|| path.to_owned(), |(rest, to)| lexical::normalise(&format!("{to}{rest}")))
    }
}

#[cfg(test)]
#[path = "matching_tests.rs"]
mod tests;
