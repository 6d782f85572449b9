//! No two files need each other, be it over others: what both need has a file of its own.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};

use super::paths::paths;
use super::source::{Module, modules};

/// Where it holds.
const LAYERS: &[&str] =
    &["audit", "evidence", "forge", "history", "model", "policy", "render", "run", "score"];

/// Each file with the files that it imports from.
type Imports<'a> = BTreeMap<&'a [String], BTreeSet<&'a [String]>>;

#[test]
fn files_do_not_import_in_circles() -> Result<()> {
    let modules = modules()?;
    let circles = circles(imports(&modules));
    ensure!(circles.is_empty(), "files that import each other:\n{}", circles.join("\n"));
    Ok(())
}

#[test]
fn a_circle_is_seen_and_what_leads_to_it_is_not_blamed() {
    let module = |path: &str, text: &str| Module {
        file: path.into(),
        path: path.split("::").map(str::to_owned).collect(),
        text: text.to_owned(),
    };
    let modules = [
        module("score::a", "use super::b::B;"),
        module("score::b", "use super::c::f; use crate::model::x;"),
        module("score::c", "fn f() { crate::score::a::g() }"),
        module("score::d", "use super::a::A;"),
        module("model::x", ""),
    ];
    assert_eq!(
        circles(imports(&modules)),
        ["score::a -> score::b", "score::b -> score::c", "score::c -> score::a"]
    );
}

/// Lists of modules and tests are left out: they hold nothing that others need.
fn imports<'a>(modules: &'a [Module]) -> Imports<'a> {
    let is_list = |module: &&Module| !module.file.ends_with("mod.rs") && !is_test(&module.path);
    let is_here =
        |module: &&Module| module.path.first().is_some_and(|layer| LAYERS.contains(&layer.as_str()));
    let files: Vec<&'a Module> = modules.iter().filter(is_here).filter(is_list).collect();
    let known: BTreeSet<&'a [String]> = files.iter().map(|module| module.path.as_slice()).collect();
    let named = |path: &[String]| {
        let ends = (1..=path.len()).rev();
        ends.filter_map(|end| path.get(..end)).find_map(|path| known.get(path).copied())
    };
    let of = |module: &&'a Module| {
        let found = paths(&module.path, without_tests(&module.text)).inside;
        let others = found.iter().filter_map(|path| named(path)).filter(|path| *path != module.path);
        (module.path.as_slice(), others.collect())
    };
    files.iter().map(of).collect()
}

/// Tests stand at the end of a file, and may need what needs it.
fn without_tests(text: &str) -> &str {
    match text.rsplit_once("\n#[cfg(test)]\n") {
        Some((before, tests)) if tests.contains("mod tests {") => before,
        _ => text,
    }
}

fn is_test(path: &[String]) -> bool {
    path.iter().any(|part| part == "tests" || part.ends_with("_tests"))
}

/// The imports that are left when files that nobody needs, and files that need nobody, are taken away again and again.
fn circles(mut imports: Imports<'_>) -> Vec<String> {
    loop {
        let needed: BTreeSet<&[String]> = imports.values().flatten().copied().collect();
        let before = imports.len();
        imports.retain(|file, needs| needed.contains(file) && !needs.is_empty());
        if imports.len() == before {
            break;
        }
        let left: BTreeSet<&[String]> = imports.keys().copied().collect();
        for needs in imports.values_mut() {
            needs.retain(|file| left.contains(file));
        }
    }
    let shown = |(file, needs): (&&[String], &BTreeSet<&[String]>)| -> Vec<String> {
        needs.iter().map(|need| format!("{} -> {}", file.join("::"), need.join("::"))).collect()
    };
    imports.iter().flat_map(shown).collect()
}
