//! Rankings in a sentence: "the order is docs (0.2), tooling (0.15) and latency (0.1)".

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, shown};
use crate::audit::words::mentions;
use crate::model::audit::Rule;

/// More bytes than a ranking in prose has.
const LONGEST: usize = 600;
/// What introduces a ranking by return.
const RANKED: [&str; 19] = [
    "order is",
    "best per",
    "in order of return",
    "order of return",
    "order by return",
    "ranking by",
    "ranked by",
    "rangfolge",
    "reihenfolge nach",
    "best first",
    "highest first",
    "best return",
    "highest return",
    "best roi",
    "order:",
    "ranking:",
    "in descending order",
    "ranking is",
    "ranked:",
];
/// What says it behind the numbers.
const BEHIND: [&str; 5] =
    ["we go in this order", "in this order", "in that order", "highest first", "best first"];
/// What is no ranking by return, or none that is kept.
const OTHERWISE: [&str; 9] =
    ["not", "would", "lowest first", "cheapest first", "ascending", "from", "instead", "deadline", "risk"];

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for block in facts.document.blocks() {
        for paragraph in
            block.chunk_by(|a, b| a.kind == Kind::Text && b.kind == Kind::Text && a.text.len() >= 40)
        {
            judge(paragraph, findings);
        }
    }
}

fn judge(paragraph: &[Line], findings: &mut Findings) {
    let text = paragraph.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
    let sentences: Vec<&str> = text.split_inclusive(". ").collect();
    for (at, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| sentence.len() <= LONGEST) {
        let lower = sentence.to_lowercase();
        let introduced = RANKED.iter().filter_map(|phrase| lower.find(phrase)).min();
        let next = sentences.get(at + 1).map(|next| next.to_lowercase());
        let behind = next.is_some_and(|next| BEHIND.iter().any(|phrase| next.contains(phrase)));
        let Some(from) = introduced.or_else(|| behind.then_some(0)) else { continue };
        if mentions(&lower, &OTHERWISE) {
            continue;
        }
        let list = sentence.get(from..).unwrap_or_default();
        if let Some((above, below)) = out_of_order(list, introduced.is_some()) {
            let line = paragraph.iter().rfind(|line| line.text.contains(&below)).or(paragraph.first());
            let number = line.map_or(1, |line| line.number);
            let message = format!("{above} stands before {below}, and the order is said to be by return");
            findings.add(Rule::EffortOrder, number, message, (below, Some(above)));
        }
    }
}

/// The one pair of neighbours that is out of order; costs per point rise, returns fall.
fn out_of_order(list: &str, introduced: bool) -> Option<(String, String)> {
    let lower = list.to_lowercase();
    let cost = mentions(&lower, &["per point", "a point", "je punkt"]) && !lower.contains("points per point");
    let found = quantities(list);
    let numbers: Vec<&Quantity> = found.iter().filter(|q| is_rate(q)).collect();
    let first = numbers.first()?;
    let alike = numbers.iter().all(|q| q.unit == first.unit) && numbers.len() == found.len();
    let parted = numbers
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if is_parted(list.get(a.end..b.start).unwrap_or_default())));
    let least = if introduced && mentions(&lower, &["then", "followed by"]) { 2 } else { 3 };
    if !alike || !parted || numbers.len() < least {
        return None;
    }
    let wrong =
        |pair: &&[&Quantity]| matches!(pair, [a, b] if if cost { a.low > b.low } else { a.low < b.low });
    let mut pairs = numbers.windows(2).filter(wrong);
    let ([above, below], None) = (pairs.next()?, pairs.next()) else { return None };
    Some((said(list, above), said(list, below)))
}

fn said(list: &str, quantity: &Quantity) -> String {
    list.get(quantity.start..quantity.end).map_or_else(|| shown(&quantity.low), str::to_owned)
}

fn is_rate(quantity: &Quantity) -> bool {
    quantity.is_point()
        && quantity.over.is_none()
        && !quantity.signed
        && quantity.limit == Limit::Exactly
        && matches!(quantity.unit, Unit::None | Unit::Points | Unit::Percent | Unit::Money | Unit::Other)
}

/// A name and a comma, a bracket or "then" between two numbers.
fn is_parted(gap: &str) -> bool {
    gap.chars().any(char::is_alphabetic)
        && (gap.contains([',', ';', ')']) || mentions(&gap.to_lowercase(), &["and", "then", "und"]))
}
