//! Which report of the base is which report of the head.

use std::collections::BTreeMap;

use crate::model::evidence::{Evidence, Source};
use crate::model::input::{InputState, Kind};

/// Format and path of reports.
type Reports<'a> = Vec<(&'a str, &'a str)>;

/// Paths of the reports of `kind` that only the base has, and of those that only the head has.
///
/// The same report may lie in another folder or carry another number: what has no partner of its own path is paired
/// by format and file name, then by format and path without numbers.
pub(super) fn unpaired(base: &Evidence, head: &Evidence, kind: Kind) -> (Vec<String>, Vec<String>) {
    let keys: [fn(&str) -> String; 3] = [str::to_owned, file_name, without_numbers];
    let (mut base, mut head) = (usable(base, kind), usable(head, kind));
    for key in keys {
        (base, head) = pair_off(base, head, key);
    }
    let paths = |left: Reports<'_>| left.into_iter().map(|(_, path)| path.to_owned()).collect();
    (paths(base), paths(head))
}

/// Every report of `kind` that was read. A coverage report without a line says nothing; a run of no cases and a tool
/// that finds nothing do.
fn usable(evidence: &Evidence, kind: Kind) -> Reports<'_> {
    let is_usable = |source: &&Source| {
        let is_read = matches!(source.state, InputState::Measured | InputState::Incomplete);
        let is_empty = source.state == InputState::Empty && kind != Kind::Coverage;
        source.kind == Some(kind) && (is_read || is_empty)
    };
    let sources = evidence.sources.iter().filter(is_usable);
    sources.map(|source| (source.format.as_deref().unwrap_or_default(), source.path.as_str())).collect()
}

fn pair_off<'a>(base: Reports<'a>, head: Reports<'a>, key: fn(&str) -> String) -> (Reports<'a>, Reports<'a>) {
    let mut waiting: BTreeMap<(&str, String), Reports<'a>> = BTreeMap::new();
    for source in head {
        waiting.entry((source.0, key(source.1))).or_default().push(source);
    }
    let alone = |source: &(&'a str, &'a str)| {
        waiting.get_mut(&(source.0, key(source.1))).and_then(Vec::pop).is_none()
    };
    let base = base.into_iter().filter(alone).collect();
    (base, waiting.into_values().flatten().collect())
}

pub(super) fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

/// The path with every run of digits as one `#`: `cov-8841.info` and `cov-9120.info` are the same report.
fn without_numbers(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for letter in path.chars() {
        match letter {
            '0'..='9' if text.ends_with('#') => {}
            '0'..='9' => text.push('#'),
            other => text.push(other),
        }
    }
    text
}
