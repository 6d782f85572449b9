//! The arrows between the layers. The table is the rule; the rest of this file reads the source for paths that
//! break it, whether they stand in a `use` or in the middle of an expression.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};

use super::paths::paths;
use super::source::modules;

/// Every module of the crate's root, each with what it may import. A module imports only from lines above its own,
/// so the table cannot hold a cycle.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("cli", &[]),
    ("policy", &["model"]),
    ("audit", &["model"]),
    ("evidence", &["model", "policy"]),
    ("score", &["model", "policy"]),
    ("render", &["model"]),
    ("history", &["model", "policy"]),
    ("forge", &["model", "history"]),
    ("platform", &["model"]),
    (
        "run",
        &["model", "cli", "policy", "audit", "evidence", "score", "render", "history", "forge", "platform"],
    ),
    ("main", &["run", "cli"]),
];

/// Kinds of evidence stand side by side and never import each other.
const EVIDENCE_KINDS: &[&str] = &["test_results", "coverage", "measurements", "findings", "todos"];

/// Crates that belong to some layers alone: the transport to the forge, the command line to the edge, errors without
/// a type to the wiring.
const CRATES: &[(&str, &[&str])] = &[
    ("anyhow", &["run", "main"]),
    ("clap", &["cli", "run", "main"]),
    ("octocrab", &["forge"]),
    ("quick_xml", &["evidence"]),
];

#[test]
fn the_table_lists_imports_before_importers() -> Result<()> {
    for (place, (layer, imports)) in LAYERS.iter().enumerate() {
        for import in *imports {
            let above = LAYERS.iter().take(place).any(|(name, _)| name == import);
            ensure!(above, "`{layer}` may import `{import}`, which is not above it");
        }
    }
    Ok(())
}

#[test]
fn every_module_keeps_the_arrows() -> Result<()> {
    let mut broken = Vec::new();
    for module in modules()? {
        let found = violations(&module.path, &module.text);
        broken.extend(found.into_iter().map(|what| format!("{}: {what}", module.file.display())));
    }
    ensure!(broken.is_empty(), "the layers in this file's table are broken:\n{}", broken.join("\n"));
    Ok(())
}

#[test]
fn an_upward_import_is_seen_in_every_form() {
    let planted = [
        "use crate::render::markdown;",
        "use crate::{model::Report, render::markdown};",
        "use crate::{model::{Report, Check}, render};",
        "pub(crate) use crate :: render :: markdown;",
        "fn f() { crate::render::markdown::comment(&r, 1) }",
        "type T = Vec<crate::render::Style>;",
        "use super::render;",
        "use super::{model, render::Style};",
        "mod inner { use super::super::render; }",
        "fn f<'a>(x: &'a str) -> char { '\"' } use crate::render::a;",
        "macro_rules! m { () => { $crate::render::a() } }",
        "use readiness::render;",
    ];
    for text in planted {
        assert_eq!(violations(&["score"], text), ["`score` imports `render`"], "{text}");
    }
}

#[test]
fn what_is_no_import_is_not_seen() {
    let harmless = [
        "use crate::model::Report; use crate::policy::Policy;",
        "use crate::score::shown; use super::score::shown; use self::render::x;",
        "//! See [`crate::render`].",
        "/* crate::render /* nested */ crate::render */",
        r#"const TEXT: &str = "crate::render \" crate::render";"#,
        r##"const TEXT: &str = r#"a "quoted" crate::render"#;"##,
        "mod render { } mod inner { use super::render::x; }",
        "use other::crate_render; my::render::x();",
    ];
    for text in harmless {
        assert_eq!(violations(&["score"], text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_kind_of_evidence_that_imports_another_is_seen() {
    let from = ["evidence", "coverage", "lcov"];
    for text in ["use crate::evidence::test_results::merge;", "use super::super::test_results;"] {
        assert_eq!(
            violations(&from, text),
            ["`evidence::coverage` imports `evidence::test_results`"],
            "{text}"
        );
    }
    assert!(violations(&from, "use crate::evidence::{reading::Reading, xml}; use super::merge;").is_empty());
}

#[test]
fn a_crate_in_the_wrong_layer_and_an_unknown_module_are_seen() {
    assert_eq!(violations(&["score"], "use anyhow::Result;"), ["`score` uses the crate `anyhow`"]);
    assert_eq!(violations(&["score"], "fn f() -> ::octocrab::X {}"), ["`score` uses the crate `octocrab`"]);
    assert_eq!(violations(&["score"], "use crate::util::pad;"), ["`score` imports `util`"]);
    assert_eq!(violations(&["util", "pad"], ""), ["`util` is not in the table of layers"]);
    assert!(violations(&["forge", "github"], "use octocrab::Octocrab;").is_empty());
    assert!(violations(&["score"], "let x = model::anyhow::y;").is_empty());
}

/// What a module's text imports against the tables, in order and once each.
fn violations(module: &[impl AsRef<str>], text: &str) -> Vec<String> {
    let module: Vec<String> = module.iter().map(|part| part.as_ref().to_owned()).collect();
    let Some(layer) = module.first() else { return Vec::new() };
    let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| name == layer) else {
        return vec![format!("`{layer}` is not in the table of layers")];
    };
    let found = paths(&module, text);
    let mut broken = BTreeSet::new();
    for path in &found.inside {
        match path.as_slice() {
            [target, ..] if target != layer && !allowed.contains(&&**target) => {
                broken.insert(format!("`{layer}` imports `{target}`"));
            }
            [evidence, kind, ..] if evidence == "evidence" && is_other_kind(&module, kind) => {
                broken.insert(format!("`evidence::{}` imports `evidence::{kind}`", module[1]));
            }
            _ => {}
        }
    }
    for name in &found.crates {
        if CRATES.iter().any(|(owned, layers)| owned == name && !layers.contains(&&**layer)) {
            broken.insert(format!("`{layer}` uses the crate `{name}`"));
        }
    }
    broken.into_iter().collect()
}

fn is_other_kind(module: &[String], kind: &str) -> bool {
    let own = module.get(1).map_or("", String::as_str);
    module[0] == "evidence" && own != kind && EVIDENCE_KINDS.contains(&own) && EVIDENCE_KINDS.contains(&kind)
}
