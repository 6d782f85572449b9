//! Percentages of what a section names, and percentages alone below their counts.

use num_traits::Signed as _;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

use super::ratio::holds;

/// More lines than a paragraph or a list has.
const MOST: usize = 40;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for block in facts.document.blocks().filter(|block| block.len() <= MOST) {
        for line in block.iter().filter(|line| line.text.contains("% of ")) {
            of_named(facts, line, findings);
        }
        for two in block.windows(2) {
            if let [counts, percent] = two {
                below_counts(counts, percent, findings);
            }
        }
    }
}

fn is_plain(quantity: &Quantity) -> bool {
    let known = !matches!(quantity.unit, Unit::Percent | Unit::Points | Unit::Other);
    known && quantity.is_point() && quantity.over.is_none() && !quantity.signed && quantity.low.is_positive()
}

/// "Together 36 minutes, i.e. 83 % of the budget", where the section says what the budget is.
fn of_named(facts: &Facts<'_>, line: &Line, findings: &mut Findings) {
    for two in line.quantities.windows(2) {
        let [part, percent] = two else { continue };
        let lead = line.between(part.end, percent.start).trim().to_lowercase();
        let joins =
            ["", "(", ",", ", i.e.", "i.e.", "or", ", that is", ", which is", "are", "is", "uses", ":"]
                .contains(&lead.as_str());
        let after = line.text.get(percent.end..).unwrap_or_default().trim_start().to_lowercase();
        let name = ["of the ", "of its ", "of our "].iter().find_map(|of| after.strip_prefix(of));
        let Some(name) = name
            .and_then(|name| name.split(|c: char| !c.is_alphabetic()).next())
            .filter(|name| name.len() > 3)
        else {
            continue;
        };
        let plain = percent.unit == Unit::Percent
            && percent.is_point()
            && !percent.signed
            && is_plain(part)
            && part.unit != Unit::None;
        if !joins || !plain {
            continue;
        }
        let mut wholes: Vec<&Exact> = Vec::new();
        for other in
            facts.document.lines_of(line.section).take(MOST).filter(|other| other.number != line.number)
        {
            let lower = other.text.to_lowercase();
            let called = |q: &&Quantity| {
                let before = lower.get(..q.start).unwrap_or_default();
                let near = before.len().saturating_sub(24);
                let near = (near..=before.len()).find(|at| before.is_char_boundary(*at)).unwrap_or_default();
                let behind = lower.get(q.end..).unwrap_or_default().trim_start();
                before.get(near..).is_some_and(|before| mentions(before, &[name])) || behind.starts_with(name)
            };
            wholes.extend(
                other
                    .quantities
                    .iter()
                    .filter(|q| q.unit == part.unit && is_plain(q))
                    .filter(called)
                    .map(|q| &q.low),
            );
        }
        let Some(all) =
            wholes.first().filter(|all| wholes.iter().all(|other| other == *all) && ***all >= part.low)
        else {
            continue;
        };
        if !holds(percent, &part.low, all) && !findings.has(Rule::Ratio, line.number) {
            let computed = format!("{}%", shown(&(&part.low * whole(100) / *all)));
            let said = line.between(percent.start, percent.end).to_owned();
            let message = format!("{} of {} is {computed}, not {said}", shown(&part.low), shown(all));
            findings.add(Rule::Ratio, line.number, message, (said, Some(computed)));
        }
    }
}

/// `12 checked, 10 met` over `83 %`.
fn below_counts(counts: &Line, line: &Line, findings: &mut Findings) {
    let ([a, b], [percent]) = (counts.quantities.as_slice(), line.quantities.as_slice()) else { return };
    let alone = percent.start == 0 && percent.end == line.text.len() && percent.unit == Unit::Percent;
    let (all, part) = if a.low >= b.low { (a, b) } else { (b, a) };
    let plain = [a, b].into_iter().all(|q| is_plain(q) && q.unit == Unit::None && q.limit == Limit::Exactly);
    let fits = holds(percent, &part.low, &all.low) || holds(percent, &(&all.low - &part.low), &all.low);
    if alone && plain && !fits && counts.indent == line.indent && !findings.has(Rule::Ratio, line.number) {
        let computed = format!("{}%", shown(&(&part.low * whole(100) / &all.low)));
        let message = format!("{} of {} is {computed}, not {}", shown(&part.low), shown(&all.low), line.text);
        findings.add(Rule::Ratio, line.number, message, (line.text.clone(), Some(computed)));
    }
}
