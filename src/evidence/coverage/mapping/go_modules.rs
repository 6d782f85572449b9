//! Which folder a Go import path means, from the `go.mod` and `go.work` files of the repository.
//!
//! Cover profiles name files by import path: module, folder in it, file. Modules may nest, and their names say nothing
//! about their folders; of several that fit, the longest is meant.
//!
//! <https://go.dev/ref/mod#go-mod-file>, <https://go.dev/ref/mod#workspaces>: `module` names the module of a folder,
//! `replace` lays a module into a folder that may call itself differently, and a workspace says with `use` which of
//! several copies of a module is built, and with its own `replace` overrides those of its modules.

use crate::model::order;
use std::collections::{BTreeMap, BTreeSet};

use super::super::lexical;

/// Folders by module path.
#[derive(Debug, Default)]
pub(super) struct GoModules(BTreeMap<String, String>);

/// How much a file's word on the folder of a module counts, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Word {
    /// A workspace replaces the module.
    WorkspaceReplaces,
    /// The module lies there, and a workspace uses it.
    Used,
    /// A `go.mod` replaces the module, in a workspace that uses it, or without one.
    Replaces,
    /// The module lies there.
    Lies,
}

impl GoModules {
    /// From paths and texts of `go.mod` and `go.work` files. Of a module that two folders claim with equal right nothing
    /// is known.
    pub(super) fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let files: Vec<(&str, &str, &str)> =
            files.into_iter().map(|(path, text)| named(path, text)).collect();
        let workspaces = || files.iter().filter(|(_, name, _)| *name == "go.work");
        let used = order::set(workspaces().flat_map(|(folder, _, text)| uses(folder, text)));
        let mut all: BTreeMap<String, BTreeSet<(Word, String)>> = BTreeMap::new();
        let mut say = |word, module: &str, folder: String| {
            all.entry(module.to_owned()).or_default().insert((word, folder));
        };
        for (folder, _, text) in workspaces() {
            replaces(folder, text).for_each(|(module, folder)| say(Word::WorkspaceReplaces, module, folder));
        }
        for (folder, _, text) in files.iter().filter(|(_, name, _)| *name == "go.mod") {
            let is_used = used.contains(*folder);
            if let Some(module) = module(text) {
                say(if is_used { Word::Used } else { Word::Lies }, module, (*folder).to_owned());
            }
            if is_used || used.is_empty() {
                replaces(folder, text).for_each(|(module, folder)| say(Word::Replaces, module, folder));
            }
        }
        let settled = |(module, said)| Some((module, strongest(said)?));
        Self(order::map(all.into_iter().filter_map(settled)))
    }

    /// The repository path of the file with this import path, if a module holds it.
    pub(super) fn file(&self, path: &str) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        let ends = path.match_indices('/').map(|(end, _)| end).rev();
        let (folder, rest) = ends.into_iter().find_map(|end| {
            let (module, rest) = path.split_at_checked(end)?;
            Some((self.0.get(module)?, rest.trim_start_matches('/')))
        })?;
        Some(if folder.is_empty() { rest.to_owned() } else { format!("{folder}/{rest}") })
    }
}

/// The folder that the strongest word names, unless there are several.
fn strongest(said: BTreeSet<(Word, String)>) -> Option<String> {
    let mut said = said.into_iter();
    let (word, folder) = said.next()?;
    said.next().is_none_or(|(next, _)| next != word).then_some(folder)
}

/// Folder, name and text of a file.
fn named<'a>(path: &'a str, text: &'a str) -> (&'a str, &'a str, &'a str) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    (folder, name, text)
}

/// The module that a `go.mod` names.
fn module(text: &str) -> Option<&str> {
    let path = unquoted(directives(text, "module").next()?);
    (!path.is_empty() && !path.contains(char::is_whitespace)).then_some(path)
}

/// The folders that a `go.work` in `folder` uses.
fn uses(folder: &str, text: &str) -> impl Iterator<Item = String> {
    directives(text, "use").filter_map(move |path| inside(folder, path))
}

/// The modules that a file in `folder` replaces by folders of the repository, whatever their version.
fn replaces<'a>(folder: &'a str, text: &'a str) -> impl Iterator<Item = (&'a str, String)> {
    directives(text, "replace").filter_map(move |directive| {
        let (module, by) = directive.split_once("=>")?;
        let by = by.trim();
        let is_folder = unquoted(by).starts_with('.');
        let module = module.split_whitespace().next().map(unquoted)?;
        is_folder.then(|| inside(folder, by)).flatten().map(|path| (module, path))
    })
}

/// `path` below `folder`, if that is in the repository.
fn inside(folder: &str, path: &str) -> Option<String> {
    let path = unquoted(path);
    let path = if folder.is_empty() { lexical::normalise(path) } else { lexical::join(folder, path) };
    let is_outside = lexical::is_absolute(&path) || path == ".." || path.starts_with("../");
    (!is_outside).then_some(path)
}

/// What stands behind each `keyword`, on its line or in its block.
fn directives<'a>(text: &'a str, keyword: &'a str) -> impl Iterator<Item = &'a str> {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default().trim());
    let mut in_block = None::<bool>;
    lines.filter_map(move |line| {
        if let Some(is_wanted) = in_block {
            in_block = in_block.filter(|_| line != ")");
            return (is_wanted && line != ")" && !line.is_empty()).then_some(line);
        }
        let end = line.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(line.len());
        let (word, rest) = line.split_at_checked(end)?;
        let rest = rest.trim();
        if rest == "(" {
            in_block = Some(word == keyword);
            return None;
        }
        (word == keyword && !rest.is_empty()).then_some(rest)
    })
}

fn unquoted(text: &str) -> &str {
    text.trim_matches(['"', '`', '\'']).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_line_is_found_in_all_its_spellings() {
        for text in [
            "module example.com/shop\n\ngo 1.22\n",
            "// the shop\nmodule \"example.com/shop\" // main\r\n",
            "go 1.22\nmodule (\n\texample.com/shop\n)\n",
        ] {
            assert_eq!(module(text), Some("example.com/shop"), "{text}");
        }
        assert_eq!(module("go 1.22\n"), None);
        assert_eq!(module("module \n"), None);
        assert_eq!(module("require (\n\tmodule v1\n)\n"), None);
    }

    fn assert_files(files: &[(&str, &str)], expected: &[(&str, Option<&str>)]) {
        let modules = GoModules::of(files.iter().copied());
        for (path, file) in expected {
            assert_eq!(modules.file(path).as_deref(), *file, "{path}");
        }
    }

    #[test]
    fn the_longest_module_holds_a_file() {
        assert_files(
            &[
                ("go.mod", "module example.com/shop"),
                ("tools/go.mod", "module example.com/shop/tools"),
                ("svc/till/go.mod", "module till.example"),
                ("a/go.mod", "module twice.example"),
                ("b/go.mod", "module twice.example"),
            ],
            &[
                ("example.com/shop/cart/a.go", Some("cart/a.go")),
                ("example.com/shop/main.go", Some("main.go")),
                ("example.com/shop/tools/gen/a.go", Some("tools/gen/a.go")),
                ("till.example/a.go", Some("svc/till/a.go")),
                ("example.com/shopping/a.go", None),
                ("twice.example/a.go", None),
            ],
        );
    }

    #[test]
    fn of_copies_of_a_module_the_one_that_a_workspace_uses_is_meant() {
        assert_files(
            &[
                (
                    "go/go.work",
                    "go 1.22\n\nuse (\n\t./a // the new one\n\t.\n\t../lib\n)\nuse \"./c\"\nuse ../../x\n",
                ),
                ("go/go.mod", "module root.example"),
                ("go/a/go.mod", "module twice.example"),
                ("go/old/go.mod", "module twice.example"),
                ("go/c/go.mod", "module c.example"),
                ("go/d/go.mod", "module c.example"),
                ("lib/go.mod", "module lib.example"),
                ("fork/go.mod", "module lib.example"),
                ("alone/go.mod", "module alone.example"),
            ],
            &[
                ("twice.example/x/a.go", Some("go/a/x/a.go")),
                ("c.example/a.go", Some("go/c/a.go")),
                ("lib.example/a.go", Some("lib/a.go")),
                ("root.example/a.go", Some("go/a.go")),
                ("alone.example/a.go", Some("alone/a.go")),
            ],
        );
    }

    #[test]
    fn a_replaced_module_lies_where_it_is_replaced() {
        let shop = "module example.com/shop\n\nreplace github.com/acme/money v1.2.3 => ./third_party/money\n\
                    replace (\n\t\"github.com/acme/tax\" => ../tax\n\tgithub.com/acme/fx => github.com/us/fx v1.0.0\n\
                    \tgithub.com/acme/far => ../../far\n\tgithub.com/acme/abs => /srv/abs\n)\n";
        assert_files(
            &[
                ("shop/go.mod", shop),
                ("shop/third_party/money/go.mod", "module github.com/us/money"),
                ("tax/go.mod", "module github.com/acme/tax"),
            ],
            &[
                ("github.com/acme/money/a.go", Some("shop/third_party/money/a.go")),
                ("github.com/us/money/a.go", Some("shop/third_party/money/a.go")),
                ("github.com/acme/tax/vat/a.go", Some("tax/vat/a.go")),
                ("github.com/acme/fx/a.go", None),
                ("github.com/acme/far/a.go", None),
                ("github.com/acme/abs/a.go", None),
            ],
        );
    }

    #[test]
    fn replacements_that_contradict_each_other_count_only_as_the_workspace_has_them() {
        let one = ("one/go.mod", "module one.example\nreplace money.example => ./money\n");
        let two = ("two/go.mod", "module two.example\nreplace money.example => ../three/money\n");
        let path = "money.example/a.go";
        assert_files(&[one, two], &[(path, None)]);
        assert_files(&[one, two, ("go.work", "use ./two\n")], &[(path, Some("three/money/a.go"))]);
        let work = ("go.work", "use ./one\nuse ./two\nreplace money.example => ./four\n");
        assert_files(&[one, two, work], &[(path, Some("four/a.go"))]);
        assert_files(
            &[("go.mod", "module m.example\nreplace x.example => ./\n")],
            &[("x.example/a.go", Some("a.go"))],
        );
    }
}
