//! A whole report on the files of the repository, and what to say about files that are not there.

use super::super::lexical;
use super::super::merge::Files;
use super::resolve::{self, Outcome};
use super::tree::Tree;
use super::{ci, guess};
use crate::model::coverage::CoverageReport;
use crate::model::evidence::PathMatching;
use crate::policy::PathRule;

/// `report` with repository paths: files that `tree` does not hold are left out and named. Files that become one
/// are united. Without a tree only the `rules` apply.
pub fn to_repository(
    report: CoverageReport,
    tree: &Tree,
    rules: &[PathRule],
) -> (CoverageReport, PathMatching) {
    let rules = Rules::new(rules);
    let paths: Vec<String> = report.files.keys().map(|path| rules.apply(path)).collect();
    let outcomes = if tree.is_empty() {
        paths.iter().cloned().map(Outcome::File).collect()
    } else {
        resolve::all(&paths, &report.roots, tree)
    };
    let (mut mapped, mut matching) = (Files::default(), PathMatching::default());
    for ((path, file), outcome) in report.files.into_iter().zip(outcomes) {
        match outcome {
            Outcome::File(repository) => mapped.add(repository, file),
            Outcome::Ambiguous => matching.ambiguous.push(path),
            Outcome::Unmatched => matching.unmatched.push(path),
        }
    }
    if !tree.is_empty() {
        matching.total = paths.len() as u64;
        matching.invalid = too_few(&matching, &paths, tree);
    }
    (CoverageReport { files: mapped.finish(), roots: report.roots, claimed: report.claimed }, matching)
}

/// The files of the repository behind `paths`, which other evidence than coverage names; `None` where none or several
/// fit. Without a tree nothing is known.
pub fn files_behind(paths: &[String], tree: &Tree, rules: &[PathRule]) -> Vec<Option<String>> {
    let rules = Rules::new(rules);
    let paths: Vec<String> = paths.iter().map(|path| rules.apply(&lexical::normalise(path))).collect();
    let outcomes = resolve::all(&paths, &[], tree).into_iter();
    outcomes
        .map(|outcome| match outcome {
            Outcome::File(file) => Some(file),
            Outcome::Ambiguous | Outcome::Unmatched => None,
        })
        .collect()
}

/// Says so when less than half of the files that could be the project's own are files of the repository.
fn too_few(matching: &PathMatching, paths: &[String], tree: &Tree) -> Option<String> {
    let missing: Vec<String> = matching
        .unmatched
        .iter()
        .chain(&matching.ambiguous)
        .filter(|path| !ci::is_foreign(path))
        .cloned()
        .collect();
    let matched = paths.len() - matching.unmatched.len() - matching.ambiguous.len();
    let counted = matched + missing.len();
    let nothing_left = matched == 0 && !paths.is_empty();
    (nothing_left || matched * 2 < counted).then(|| {
        let named = if missing.is_empty() { &matching.unmatched } else { &missing };
        let examples: Vec<String> = named.iter().take(3).map(|path| format!("`{path}`")).collect();
        let total = if missing.is_empty() { paths.len() } else { counted };
        format!(
            "{matched} of {total} source files in coverage reports are files of the repository; not found: {}; {}",
            examples.join(", "),
            help(named, tree)
        )
    })
}

fn help(missing: &[String], tree: &Tree) -> String {
    guess::rule(missing, tree).map_or_else(
        || "help: do reports and checkout belong to the same project? `--workdir` names the checkout".to_owned(),
        |rule| {
            format!(
                "help: tell in `readiness.yml` how paths change: `evidence: {{paths: [{{from: \"{}\", to: \"{}\"}}]}}`",
                rule.from, rule.to
            )
        },
    )
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
mod tests {
    use super::*;
    use crate::model::coverage::{FileCoverage, LineHits};

    fn report(paths: &[&str], roots: &[&str]) -> CoverageReport {
        let file = FileCoverage { lines: vec![LineHits { line: 1, hits: 1 }], ..FileCoverage::default() };
        CoverageReport {
            files: paths.iter().map(|path| ((*path).to_owned(), file.clone())).collect(),
            roots: roots.iter().map(|root| (*root).to_owned()).collect(),
            ..CoverageReport::default()
        }
    }

    fn tree(paths: &[&str]) -> Tree {
        Tree::new(paths.iter().map(|path| (*path).to_owned()).collect())
    }

    /// Where `paths` land in `files`, and what is left over.
    fn mapped(paths: &[&str], roots: &[&str], files: &[&str]) -> (Vec<String>, PathMatching) {
        let (report, matching) = to_repository(report(paths, roots), &tree(files), &[]);
        (report.files.into_keys().collect(), matching)
    }

    #[test]
    fn every_way_of_naming_a_file_leads_to_the_repository() {
        for (what, path, roots, files, expected) in [
            ("exact", "src/a.rs", &[][..], &["src/a.rs", "lib/src/a.rs"][..], "src/a.rs"),
            ("a root", "shop/a.py", &["src"], &["src/shop/a.py", "old/shop/a.py"], "src/shop/a.py"),
            ("a root on a runner", "a.py", &["/__w/m/m/py"], &["py/a.py", "js/a.py"], "py/a.py"),
            (
                "an unknown root",
                "shop/a.py",
                &["/mnt/x/src"],
                &["src/shop/a.py", "a/shop/a.py"],
                "src/shop/a.py",
            ),
            ("a runner", "/home/runner/work/m/m/m/a.py", &[], &["a.py", "m/a.py", "m/m/a.py"], "m/a.py"),
            ("a Windows runner", "D:/a/m/m/src/A.cs", &[], &["src/A.cs"], "src/A.cs"),
            ("a container", "/app/a.py", &[], &["src/a.py"], "src/a.py"),
            ("a package", "com/acme/A.java", &[], &["core/src/com/acme/A.java"], "core/src/com/acme/A.java"),
            ("a module", "example.com/m/calc/a.go", &[], &["svc/calc/a.go"], "svc/calc/a.go"),
            ("a deterministic build", "/_/src/Lib/A.cs", &[], &["src/Lib/A.cs"], "src/Lib/A.cs"),
            ("another case", "C:/x/SRC/a.CS", &[], &["src/A.cs"], "src/A.cs"),
            ("a file at the root", "/mnt/x/main.c", &[], &["main.c"], "main.c"),
        ] {
            let (found, matching) = mapped(&[path], roots, files);
            assert_eq!(found, [expected], "{what}");
            assert_eq!(matching, PathMatching { total: 1, ..PathMatching::default() }, "{what}");
        }
    }

    #[test]
    fn a_file_name_alone_aliases_nothing() {
        let (found, matching) = mapped(
            &["src/a.rs", "/mnt/other/setup.py", "/usr/include/x/y.h", "/x/node_modules/p/src/b.js"],
            &[],
            &["src/a.rs", "setup.py", "x/y.h", "src/b.js"],
        );
        assert_eq!(found, ["src/a.rs"]);
        assert_eq!(matching.unmatched.len(), 3);
        assert_eq!(matching.invalid, None, "system headers and packages say nothing about the matching");
    }

    #[test]
    fn what_mapped_other_files_decides_between_equals() {
        let files = ["web/src/index.ts", "admin/src/index.ts", "web/src/cart.ts"];
        let (found, matching) = mapped(&["src/index.ts", "src/cart.ts"], &[], &files);
        assert_eq!(found, ["web/src/cart.ts", "web/src/index.ts"]);
        assert!(matching.ambiguous.is_empty());
        let (found, matching) = mapped(&["src/index.ts"], &[], &files);
        assert!(found.is_empty());
        assert_eq!(matching.ambiguous, ["src/index.ts"]);
        assert!(matching.invalid.is_some());
    }

    #[test]
    fn rules_come_first_and_the_first_that_fits_wins() {
        let rule = |from: &str, to: &str| PathRule { from: from.into(), to: to.into() };
        let rules = [rule("C:\\x\\", "src/"), rule("C:/", "lib/")];
        let files = tree(&["src/a.cs", "lib/b.cs", "a.cs"]);
        let (mapped, matching) = to_repository(report(&["C:/x/a.cs", "C:/b.cs"], &[]), &files, &rules);
        assert_eq!(mapped.files.into_keys().collect::<Vec<_>>(), ["lib/b.cs", "src/a.cs"]);
        assert_eq!(matching.total, 2);
    }

    #[test]
    fn without_a_tree_paths_stay_as_they_are() {
        let given = report(&["/x/a.rs", "b.rs"], &["src"]);
        let (mapped, matching) = to_repository(given.clone(), &Tree::default(), &[]);
        assert_eq!((mapped, matching), (given, PathMatching::default()));
    }

    #[test]
    fn two_names_of_one_file_are_united() {
        let (report, matching) =
            to_repository(report(&["src/a.rs", "/__w/m/m/src/a.rs"], &[]), &tree(&["src/a.rs"]), &[]);
        assert_eq!(report.totals().lines.total, 1);
        assert_eq!(matching.total, 2);
    }

    #[test]
    fn too_few_matches_say_which_rule_would_help() {
        let (_, matching) =
            mapped(&["/mnt/o/cart.py", "/mnt/o/till.py"], &[], &["src/cart.py", "src/till.py"]);
        insta::assert_snapshot!(matching.invalid.unwrap(), @r#"0 of 2 source files in coverage reports are files of the repository; not found: `/mnt/o/cart.py`, `/mnt/o/till.py`; help: tell in `readiness.yml` how paths change: `evidence: {paths: [{from: "/mnt/o/", to: "src/"}]}`"#);
        let (_, matching) = mapped(&["foo.py"], &[], &["src/cart.py"]);
        insta::assert_snapshot!(matching.invalid.unwrap(), @"0 of 1 source files in coverage reports are files of the repository; not found: `foo.py`; help: do reports and checkout belong to the same project? `--workdir` names the checkout");
    }
}
