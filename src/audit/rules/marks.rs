//! Marks in lists against the scale that the document names.

use crate::model::audit::Rule;
use num_traits::One as _;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Document, Kind, Line};
use crate::audit::quantity::{Quantity, Unit, shown};
use crate::audit::words::mentions;
use crate::model::exact::{Exact, whole};

/// `- Refunds: 1.2` among marks that the document gives from 0.0 to 1.0.
pub(super) fn marks(facts: &Facts<'_>, block: &[Line], findings: &mut Findings) {
    let items: Vec<(&Line, &Quantity)> = block.iter().filter_map(mark).collect();
    let [_, _, _, ..] = items.as_slice() else { return };
    let decimals = items.iter().filter(|(_, q)| q.decimals > 0).count();
    let of_one = items.iter().filter(|(_, q)| q.decimals == 1 && q.low <= Exact::one()).count();
    let section = items.first().map_or(0, |(line, _)| line.section);
    let full = match declared(facts.document) {
        Some(full) => full,
        None if of_one + 1 == items.len() && decimals == items.len() && of_goals(facts, section, block) => {
            Exact::one()
        }
        None => return,
    };
    let mut beyond = items.iter().filter(|(_, q)| q.low > full);
    if let (Some((line, q)), None) = (beyond.next(), beyond.next())
        && q.low <= &full * whole(2)
        && (full > Exact::one() || decimals == items.len())
    {
        report(
            line.number,
            line.label.as_deref().unwrap_or(&line.text),
            line.between(q.start, q.end),
            &full,
            findings,
        );
    }
}

/// The plain number that ends an item behind its label.
fn mark(line: &Line) -> Option<(&Line, &Quantity)> {
    let mut values = line.values().filter(|_| line.label.is_some() && line.kind == Kind::Item);
    let (first, None) = (values.next()?, values.next()) else { return None };
    let plain = first.is_point() && first.unit == Unit::None && first.over.is_none() && !first.signed;
    (plain && line.value.trim().len() == first.end - first.start).then_some((line, first))
}

/// Whether a list is one of key results.
fn of_goals(facts: &Facts<'_>, section: usize, block: &[Line]) -> bool {
    let called = |text: &str| {
        let lower = text.to_lowercase();
        lower.contains("objective")
            || lower.contains("key result")
            || mentions(&lower, &["okr", "okrs", "kr"])
    };
    facts.document.titles(section).any(called) || block.iter().any(|line| called(&line.text))
}

/// "Key results are scored from 0.0 to 1.0": the only scale that the document names, with its full mark.
pub(super) fn declared(document: &Document) -> Option<Exact> {
    let says = |line: &&Line| {
        let lower = line.text.to_lowercase();
        mentions(&lower, &["scored", "graded", "rated", "rate", "scale", "marks", "scores run", "grades run"])
    };
    let mut found = document
        .lines
        .iter()
        .filter(says)
        .flat_map(|line| &line.quantities)
        .filter(|q| q.low == Exact::default() && !q.is_point() && q.unit == Unit::None);
    if let Some(first) = found.next() {
        return found.all(|other| other.high == first.high).then(|| first.high.clone());
    }
    // `Overall score: 7.6 / 10`
    let called = |line: &&Line| mentions(&line.key(), &["overall", "score", "overall score", "rating"]);
    let mut tops = document.lines.iter().filter(called).filter_map(|line| line.values().next()?.over.clone());
    let top = tops.next().filter(|top| *top <= whole(10))?;
    tops.all(|other| other == top).then_some(top)
}

pub(super) fn report(line: u32, name: &str, said: &str, full: &Exact, findings: &mut Findings) {
    if !findings.has(Rule::Bound, line) {
        let message = format!("`{name}` is {said}, and the scale ends at {}", shown(full));
        findings.add(Rule::Bound, line, message, (said.to_owned(), Some(shown(full))));
    }
}
