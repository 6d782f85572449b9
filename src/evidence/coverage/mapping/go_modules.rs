//! Which folder a Go import path means, from the `go.mod` files of the repository.
//!
//! Cover profiles name files by import path: module, folder in it, file. Modules may nest, and their names say nothing
//! about their folders; of several that fit, the longest is meant. Replaced and workspace modules have `go.mod` files
//! of their own, so neither `replace` nor `go.work` is needed.

use crate::model::order;
use std::collections::BTreeMap;

/// Folders by module path.
#[derive(Debug, Default)]
pub(super) struct GoModules(BTreeMap<String, String>);

impl GoModules {
    /// From paths and texts of `go.mod` files. Of two modules with one name neither is known.
    pub(super) fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut all: BTreeMap<String, Option<String>> = BTreeMap::new();
        for (path, text) in files {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            if let Some(module) = module(text) {
                all.entry(module).and_modify(|known| *known = None).or_insert(Some(folder.to_owned()));
            }
        }
        Self(order::map(all.into_iter().filter_map(|(module, folder)| Some((module, folder?)))))
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

/// The path in the `module` line, which may be quoted or stand in a block.
fn module(text: &str) -> Option<String> {
    let mut lines = text.lines().map(|line| line.split("//").next().unwrap_or_default().trim());
    let first = lines.by_ref().find_map(|line| line.strip_prefix("module"))?.trim();
    let path = if first == "(" { lines.find(|line| !line.is_empty())? } else { first };
    let path = path.trim_matches(['"', '`', '\'']).trim();
    (!path.is_empty() && !path.contains(char::is_whitespace)).then(|| path.to_owned())
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
            assert_eq!(module(text).as_deref(), Some("example.com/shop"), "{text}");
        }
        assert_eq!(module("go 1.22\n"), None);
        assert_eq!(module("module \n"), None);
    }

    #[test]
    fn the_longest_module_holds_a_file() {
        let modules = GoModules::of([
            ("go.mod", "module example.com/shop"),
            ("tools/go.mod", "module example.com/shop/tools"),
            ("svc/till/go.mod", "module till.example"),
            ("a/go.mod", "module twice.example"),
            ("b/go.mod", "module twice.example"),
        ]);
        for (path, file) in [
            ("example.com/shop/cart/a.go", Some("cart/a.go")),
            ("example.com/shop/main.go", Some("main.go")),
            ("example.com/shop/tools/gen/a.go", Some("tools/gen/a.go")),
            ("till.example/a.go", Some("svc/till/a.go")),
            ("example.com/shopping/a.go", None),
            ("twice.example/a.go", None),
        ] {
            assert_eq!(modules.file(path).as_deref(), file, "{path}");
        }
    }
}
