//! Counts with percentages in brackets, all of one whole: `28 in time (70 %), 12 late (30 %)`, where one is off.

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

/// A count and its percentage.
struct Pair<'a> {
    line: &'a Line,
    part: &'a Quantity,
    percent: &'a Quantity,
}

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
        let pairs: Vec<Pair<'_>> = block.iter().flat_map(of_line).collect();
        if pairs.is_empty() {
            continue;
        }
        let numbers: Vec<&Quantity> =
            block.iter().flat_map(|line| &line.quantities).filter(|q| is_plain(q)).collect();
        let wholes = |pair: &Pair<'_>| {
            let part = pair.part.clone();
            numbers
                .iter()
                .filter(move |q| q.low >= part.low && q.unit == part.unit)
                .map(|q| &q.low)
                .collect::<Vec<_>>()
        };
        let base = pairs.iter().find_map(|pair| {
            wholes(pair)
                .into_iter()
                .find(|all| **all > pair.part.low && holds(pair.percent, &pair.part.low, all))
        });
        let parent = parent(block, &pairs);
        for pair in &pairs {
            let near =
                |all: &Exact| (&pair.part.low * whole(100) / all - &pair.percent.low).abs() <= whole(25);
            let known = wholes(pair);
            let complement =
                |all: &&Exact| *all > &pair.part.low && holds(pair.percent, &(*all - &pair.part.low), all);
            // A percentage of a sum, a difference or a change is one of something else.
            let explained =
                known.iter().any(|all| holds(pair.percent, &pair.part.low, all) || complement(all));
            let relative = known.iter().any(|all| {
                pair.part.low.is_positive() && holds(pair.percent, &(*all - &pair.part.low), &pair.part.low)
            });
            let Some(all) = base.or(parent).filter(|all| near(all) && **all > pair.part.low) else {
                continue;
            };
            if !explained && !relative && known.contains(&all) && !findings.has(Rule::Ratio, pair.line.number)
            {
                let computed = format!("{}%", shown(&(&pair.part.low * whole(100) / all)));
                let said = pair.line.between(pair.percent.start, pair.percent.end).to_owned();
                let message =
                    format!("{} of {} is {computed}, not {said}", shown(&pair.part.low), shown(all));
                findings.add(Rule::Ratio, pair.line.number, message, (said, Some(computed)));
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

/// `150 (70.1 %)`, `27.6 min (63.9 %)`, `28 in time (70 %)`.
fn of_line(line: &Line) -> Vec<Pair<'_>> {
    let pair = |two: &'_ [Quantity]| -> Option<(usize, usize)> {
        let [part, percent] = two else { return None };
        let between = line.text.get(part.end..percent.start)?;
        let noun = between.trim_end_matches(['~', ' ']).strip_suffix('(')?;
        let after = line.text.get(percent.end..)?.trim_start();
        let clean = noun.len() <= 32 && noun.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-');
        let of_whole = mentions(&noun.to_lowercase(), &["of", "out", "from", "to", "per"]);
        let whole_before = line.text.get(..part.start)?.trim_end().to_lowercase();
        let is_whole = ["of", "of the", "of all", "von", "from", "than", "to"]
            .iter()
            .any(|of| whole_before.ends_with(&format!(" {of}")));
        let plain = percent.unit == Unit::Percent
            && percent.is_point()
            && !percent.signed
            && percent.limit == Limit::Exactly;
        let exact = part.limit == Limit::Exactly && is_plain(part);
        (plain && exact && clean && !of_whole && !is_whole && after.starts_with(')'))
            .then_some((part.start, percent.start))
    };
    let found: Vec<(usize, usize)> = line.quantities.windows(2).filter_map(pair).collect();
    let at = |start: usize| line.quantities.iter().find(|q| q.start == start);
    found
        .into_iter()
        .filter_map(|(part, percent)| Some(Pair { line, part: at(part)?, percent: at(percent)? }))
        .collect()
}

/// The number of the item that all pairs stand below.
fn parent<'a>(block: &'a [Line], pairs: &[Pair<'_>]) -> Option<&'a Exact> {
    let first = pairs.first()?;
    let above =
        block.iter().rev().find(|line| line.number < first.line.number && line.indent < first.line.indent)?;
    let number = above.values().next().filter(|q| is_plain(q) && above.label.is_some())?;
    (number.low > first.part.low).then_some(&number.low)
}
