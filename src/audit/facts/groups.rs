//! An overall number beside its parts: `Core: 95%`, `System: 92%`, `Overall: 95%`.

use crate::audit::outline::{Document, Kind, Line};
use crate::audit::quantity::{Quantity, Unit};
use crate::audit::words::{mentions, words};
use crate::model::exact::Exact;
use crate::model::order;

/// One part of a group.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Part {
    pub(in crate::audit) name: String,
    pub(in crate::audit) low: Exact,
    pub(in crate::audit) high: Exact,
}

/// An overall number with two parts or more.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Group {
    /// Where the overall number stands.
    pub(in crate::audit) line: u32,
    /// Its section.
    pub(in crate::audit) section: usize,
    pub(in crate::audit) parts: Vec<Part>,
    pub(in crate::audit) low: Exact,
    pub(in crate::audit) high: Exact,
    pub(in crate::audit) decimals: u32,
    /// As written.
    pub(in crate::audit) text: String,
}

/// Every group of `document`.
pub(in crate::audit) fn all(document: &Document) -> Vec<Group> {
    let blocks = document.blocks().filter_map(of_block);
    let lines = document.lines.iter().filter_map(of_line);
    let mut found: Vec<Group> = blocks.chain(lines).collect();
    order::sort_by_key(&mut found, |group| group.line);
    found
}

fn of_block(block: &[Line]) -> Option<Group> {
    let overall = block.iter().find(|line| is_overall(&line.key()))?;
    let (low, high, quantity) = value(overall)?;
    let mut parts = Vec::new();
    for line in block.iter().filter(|line| line.number != overall.number) {
        let (Some(name), Some((low, high, part))) = (&line.label, value(line)) else { continue };
        if part.over == quantity.over
            && !mentions(&line.key(), &["gap", "target", "result", "goal", "current", "effort"])
        {
            parts.push(Part { name: name.clone(), low, high });
        }
    }
    let lines = block.iter().filter(|line| line.indent <= overall.indent && line.label.is_some()).count();
    let whole = parts.len() + 1 == lines || overall.kind == Kind::Fenced;
    (parts.len() >= 2 && whole).then(|| group(overall, low, high, quantity, parts))
}

/// `Current: 60% (Core 85-90%, System 40%)`.
fn of_line(line: &Line) -> Option<Group> {
    let key = line.key();
    if !is_overall(&key) && !mentions(&key, &["current", "score", "readiness", "baseline", "target"]) {
        return None;
    }
    let values: Vec<&Quantity> = line.values().collect();
    let (first, rest) = values.split_first()?;
    let (low, high) = first.as_score()?;
    let after = line.text.get(first.end..)?.trim_start();
    let inside = after.strip_prefix('(')?.split_once(')')?.0;
    let mut parts = Vec::new();
    for part in inside.split([',', ';', '/', '|']).filter(|part| part.len() > 3) {
        let quantity = rest.get(parts.len())?;
        let name = words(part).join(" ");
        let (low, high) = quantity.as_score()?;
        if quantity.signed
            || quantity.over != first.over
            || name.is_empty()
            || !part.contains(line.between(quantity.start, quantity.end))
        {
            return None;
        }
        parts.push(Part {
            name: part.split(|c: char| c.is_ascii_digit()).next()?.trim_matches([':', ' ']).to_owned(),
            low,
            high,
        });
    }
    (parts.len() >= 2 && parts.len() == rest.len()).then(|| group(line, low, high, first, parts))
}

fn group(line: &Line, low: Exact, high: Exact, quantity: &Quantity, parts: Vec<Part>) -> Group {
    let text = line.between(quantity.start, quantity.end).to_owned();
    let (section, decimals) = (line.section, quantity.decimals);
    Group { line: line.number, section, parts, low, high, decimals, text }
}

/// The score that a line ends up with: behind the last arrow.
fn value(line: &Line) -> Option<(Exact, Exact, &Quantity)> {
    line.label.as_ref()?;
    let values: Vec<&Quantity> = line.values().collect();
    let first = *values.first()?;
    let target = values
        .get(1)
        .copied()
        .filter(|to| matches!(line.between(first.end, to.start).trim(), "→" | "->" | "=>"));
    let quantity = target.unwrap_or(first);
    let leads = line.value.trim_start_matches(['~', '≈', ' ']).starts_with(|c: char| c.is_ascii_digit());
    if quantity.signed || !leads || (quantity.unit == Unit::None && quantity.over.is_none()) {
        return None;
    }
    let (low, high) = quantity.as_score()?;
    Some((low, high, quantity))
}

fn is_overall(key: &str) -> bool {
    let key = key.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(
        key,
        "overall"
            | "overall score"
            | "overall readiness"
            | "average"
            | "mean"
            | "weighted average"
            | "weighted mean"
            | "composite"
            | "composite score"
            | "combined"
            | "aggregate"
            | "average score"
            | "mean score"
    )
}
