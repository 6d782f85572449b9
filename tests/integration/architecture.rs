//! The arrows between the layers. The table is the rule; the rest of this file reads the source for paths that
//! break it, whether they stand in a `use` or in the middle of an expression.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::common::repository;

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
    for file in source_files(&repository().join("src"))? {
        let text = std::fs::read_to_string(&file)?;
        let module = module_of(&file)?;
        broken
            .extend(violations(&module, &text).into_iter().map(|what| format!("{}: {what}", file.display())));
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
    let found = Scanner::new(&module, text).scan();
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

/// Every `.rs` file below a folder, in order.
fn source_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in
            std::fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?
        {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// `src/evidence/coverage/lcov.rs` is `evidence::coverage::lcov`; a `mod.rs` is its folder, `lib.rs` the root.
fn module_of(file: &Path) -> Result<Vec<String>> {
    let inside = file.strip_prefix(repository().join("src"))?.with_extension("");
    let mut parts: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib") {
        parts.pop();
    }
    Ok(parts)
}

/// The paths of a text that start at the crate's root, and the crates that others start at.
#[derive(Default)]
struct Found {
    inside: Vec<Vec<String>>,
    crates: BTreeSet<String>,
}

/// Walks the tokens of a file, with the inline modules around each of them.
struct Scanner {
    tokens: Vec<String>,
    module: Vec<String>,
    /// Number of open braces at which each inline module closes.
    inline: Vec<usize>,
    found: Found,
}

impl Scanner {
    fn new(module: &[String], text: &str) -> Self {
        Self { tokens: tokens(text), module: module.to_vec(), inline: Vec::new(), found: Found::default() }
    }

    fn token(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", String::as_str)
    }

    fn scan(mut self) -> Found {
        let (mut at, mut open) = (0, 0);
        while at < self.tokens.len() {
            match self.token(at) {
                "mod" if self.token(at + 2) == "{" => {
                    self.module.push(self.token(at + 1).to_owned());
                    self.inline.push(open);
                    at += 1;
                }
                "{" => open += 1,
                "}" => {
                    open -= 1;
                    if self.inline.last() == Some(&open) {
                        self.inline.pop();
                        self.module.pop();
                    }
                }
                _ if self.token(at + 1) == "::" && self.starts_a_path(at) => self.path(at),
                _ => {}
            }
            at += 1;
        }
        self.found
    }

    /// Whether no path continues here: `a::b` starts at `a` alone, `::b` at `b`.
    fn starts_a_path(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.token(before));
        let further = at.checked_sub(2).map_or("", |before| self.token(before));
        before != "::" || !is_word(further)
    }

    fn path(&mut self, at: usize) {
        let mut at = at;
        let mut root = match self.token(at) {
            "crate" | "readiness" => Vec::new(),
            "self" => self.module.clone(),
            "super" => {
                let mut root = self.module.clone();
                root.pop();
                while self.token(at + 1) == "::" && self.token(at + 2) == "super" {
                    root.pop();
                    at += 2;
                }
                root
            }
            name => {
                self.found.crates.insert(name.to_owned());
                return;
            }
        };
        self.tree(at + 2, &mut root);
    }

    /// Reads what follows `::`: a name, a path or a group in braces. Returns where it ends.
    fn tree(&mut self, at: usize, root: &mut Vec<String>) -> usize {
        let (mut at, depth) = (at, root.len());
        if self.token(at) == "{" {
            at += 1;
            while !matches!(self.token(at), "}" | "") {
                at = if is_word(self.token(at)) || self.token(at) == "{" {
                    self.tree(at, root)
                } else {
                    at + 1
                };
            }
            at += 1;
        } else {
            root.push(self.token(at).to_owned());
            at += 1;
            if self.token(at) == "::" {
                at = self.tree(at + 1, root);
            } else {
                self.found.inside.push(root.clone());
            }
        }
        root.truncate(depth);
        at
    }
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Words, `::` and single signs of a Rust text, without comments, strings and characters.
fn tokens(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let (mut i, mut out) = (0, Vec::new());
    while i < chars.len() {
        let start = i;
        match (at(i), at(i + 1)) {
            ('/', '/') => i = end_of_line(&chars, i),
            ('/', '*') => i = end_of_comment(&chars, i),
            ('"', _) => i = end_of_string(&chars, i),
            ('r' | 'b', '"' | '#' | 'r') if raw_hashes(&chars, i).is_some() => i = end_of_raw(&chars, i),
            ('\'', '\\') => i = end_of_character(&chars, i + 3),
            ('\'', _) if at(i + 2) == '\'' => i += 3,
            (':', ':') => {
                out.push("::".to_owned());
                i += 2;
            }
            (c, _) if c.is_alphanumeric() || c == '_' => {
                while at(i).is_alphanumeric() || at(i) == '_' {
                    i += 1;
                }
                out.push(chars[start..i].iter().collect());
            }
            (c, _) => {
                if !c.is_whitespace() {
                    out.push(c.to_string());
                }
                i += 1;
            }
        }
    }
    out
}

fn end_of_line(chars: &[char], from: usize) -> usize {
    chars[from..].iter().position(|c| *c == '\n').map_or(chars.len(), |n| from + n)
}

fn end_of_comment(chars: &[char], from: usize) -> usize {
    let (mut i, mut depth) = (from, 0);
    while i < chars.len() {
        match chars[i..].get(..2) {
            Some(['/', '*']) => (depth, i) = (depth + 1, i + 2),
            Some(['*', '/']) => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            break;
        }
    }
    i
}

fn end_of_string(chars: &[char], from: usize) -> usize {
    let mut i = from + 1;
    while i < chars.len() && chars[i] != '"' {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

/// Number of hashes when a raw string starts here: `r"`, `r#"`, `br##"`; none for a plain byte string or a word.
fn raw_hashes(chars: &[char], from: usize) -> Option<usize> {
    let mut i = from;
    if i.checked_sub(1).is_some_and(|before| chars[before].is_alphanumeric() || chars[before] == '_') {
        return None;
    }
    i += usize::from(chars[i] == 'b');
    if chars.get(i) != Some(&'r') {
        return None;
    }
    let hashes = chars[i + 1..].iter().take_while(|c| **c == '#').count();
    (chars.get(i + 1 + hashes) == Some(&'"')).then_some(hashes)
}

fn end_of_raw(chars: &[char], from: usize) -> usize {
    let hashes = raw_hashes(chars, from).unwrap_or(0);
    let mut close = vec!['"'];
    close.extend(std::iter::repeat_n('#', hashes));
    let open = from + 2 + hashes + usize::from(chars[from] == 'b');
    let body = chars.get(open..).unwrap_or_default();
    body.windows(close.len()).position(|part| part == close).map_or(chars.len(), |n| open + n + close.len())
}

fn end_of_character(chars: &[char], from: usize) -> usize {
    chars
        .get(from..)
        .unwrap_or_default()
        .iter()
        .position(|c| *c == '\'')
        .map_or(chars.len(), |n| from + n + 1)
}
