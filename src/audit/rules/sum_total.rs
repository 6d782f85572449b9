//! A `Total: …` line below its parts, in lists, fences and runs of labels; and options against their items.

use num_traits::{Signed as _, Zero as _};

use super::total::{Sum, announced, heading_line, is_total, judge, leads, stated, sums_up};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Quantity, Unit};
use crate::audit::words::mentions;
use crate::model::exact::Exact;

/// How many lines above a total its parts may stand; nobody sums up more by hand.
const MOST: u32 = 500;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for (at, line) in facts.document.lines.iter().enumerate() {
        if sums_up(line)
            && let Some(first) = stated(line)
        {
            below_parts(facts, at, line, first, findings);
            let adds = |q: &Quantity| {
                matches!(q.unit, Unit::Points | Unit::Money)
                    || q.unit.is_duration()
                    || q.signed && q.unit == Unit::Percent
            };
            // `Total: 80 h (average 26.7 h per person)`
            let rate = |q: &&Quantity| {
                let lead = line.between(first.end, q.start).to_lowercase();
                let after = line.text.get(q.end..).unwrap_or_default().trim_start().to_lowercase();
                mentions(&lead, &["average", "mean", "median"])
                    || after.starts_with("per ")
                    || after.starts_with("a ")
            };
            let further = line
                .values()
                .filter(|q| q.start > first.start && adds(q) && q.over.is_none() && q.unit != first.unit)
                .filter(|q| !rate(q));
            for total in further {
                below_parts(facts, at, line, total, findings);
            }
        } else if let Some((total, count)) = announced(line)
            && let items = items_above(facts, at)
            && count.is_none_or(|count| count == items)
            && parts(facts, at, line, total).len() == items
        {
            below_parts(facts, at, line, total, findings);
        }
    }
    options(facts, findings);
    headed(facts, findings);
}

fn below_parts(facts: &Facts<'_>, at: usize, line: &Line, total: &Quantity, findings: &mut Findings) {
    let parts = parts(facts, at, line, total);
    if parts.len() < 2 {
        return;
    }
    // `Chaos: 0/24 (planned)` may be left out of what was collected.
    let is_begun = |number: u32| {
        let own = facts.document.lines_from(number).first();
        own.and_then(|own| own.values().next()).is_some_and(|q| q.over.is_some() && q.high.is_zero())
    };
    let begun: Vec<Quantity> =
        parts.iter().filter(|(_, number)| is_begun(*number)).map(|(q, _)| q.clone()).collect();
    let losses = !total.low.is_negative() && parts.iter().all(|(q, _)| q.high.is_negative());
    let lost = |q: &Quantity| Quantity { low: -&q.low, high: -&q.high, ..q.clone() };
    let parts: Vec<Quantity> = parts.iter().map(|(q, _)| if losses { lost(q) } else { q.clone() }).collect();
    let sum = Sum::of(parts.iter());
    let not_begun: Exact = begun.iter().map(|q| q.low.clone()).sum();
    if sum.low == sum.high && !not_begun.is_zero() && &sum.low - not_begun == total.low {
        return;
    }
    judge(line, total, &sum, "the parts above", findings);
}

/// The quantities of the lines above, back to the first that has none of the total's kind.
pub(super) fn parts(
    facts: &Facts<'_>,
    at: usize,
    total_line: &Line,
    total: &Quantity,
) -> Vec<(Quantity, u32)> {
    let mut parts: Vec<(Quantity, u32)> = Vec::new();
    let mut block = None;
    for line in facts.document.lines.get(..at).unwrap_or_default().iter().rev() {
        if total_line.number.saturating_sub(line.number) > MOST {
            return Vec::new();
        }
        if line.section != total_line.section || total_line.block - line.block > 1 {
            break;
        }
        if is_total(line) && parts.is_empty() {
            continue;
        }
        if is_total(line) || *block.get_or_insert(line.block) != line.block {
            break;
        }
        if line.indent > total_line.indent + 1 && line.kind != Kind::Fenced {
            continue;
        }
        match part(line, total, total_line) {
            Some(_) if mentions(&line.text.to_lowercase(), &["optional"]) => return Vec::new(),
            Some(part) => parts.push((part, line.number)),
            None => break,
        }
    }
    parts.reverse();
    parts
}

fn part(line: &Line, total: &Quantity, total_line: &Line) -> Option<Quantity> {
    if total.unit != Unit::None {
        let mut same = line.quantities.iter().filter(|q| q.unit == total.unit);
        // `2h - 4h: …` and `Now - 2h: …` are times on a clock, no lengths.
        let first = same.next().filter(|q| q.start > 0 && !line.key().starts_with("now"))?;
        let named = total.unit != Unit::Other || unit(line, first) == unit(total_line, total);
        let made = |last: &&Quantity| {
            line.text.get(..last.start).is_some_and(|before| before.trim_end().ends_with('='))
        };
        let only = match same.next_back() {
            None => Some(first),
            // `11 pages x 1 h = 11 h`.
            last => last.filter(made),
        };
        return only.filter(|_| named).cloned();
    }
    let first = line.values().next().filter(|_| line.label.is_some())?;
    let same_noun =
        noun(line, first) == noun(total_line, total) || noun(line, first).is_empty() || first.over.is_some();
    if !leads(line, first) || first.unit != Unit::None || !same_noun {
        return None;
    }
    match &first.over {
        Some(_) if mentions(&total_line.key(), &["passing", "passed", "pass"]) => {
            Some(Quantity { over: None, ..first.clone() })
        }
        Some(over) => Some(Quantity { low: over.clone(), high: over.clone(), over: None, ..first.clone() }),
        None => Some(first.clone()),
    }
}

/// What a number is followed by, up to its end: `kB`.
fn unit<'a>(line: &'a Line, quantity: &Quantity) -> &'a str {
    let said = line.between(quantity.start, quantity.end);
    said.trim_start_matches(|c: char| !c.is_alphabetic())
}

fn noun(line: &Line, quantity: &Quantity) -> String {
    let after = line.text.get(quantity.end..).unwrap_or_default();
    after.split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty()).unwrap_or_default().to_lowercase()
}

/// How many items stand right above.
fn items_above(facts: &Facts<'_>, at: usize) -> usize {
    let above = facts.document.lines.get(..at).unwrap_or_default();
    let Some(last) = above.last() else { return 0 };
    let depth = facts.document.lines.get(at).filter(|own| own.kind == Kind::Item).map_or(0, |own| own.indent);
    let item = |line: &&Line| {
        line.kind == Kind::Item
            && line.section == last.section
            && line.block == last.block
            && line.indent >= depth
    };
    above.iter().rev().take(MOST as usize).take_while(item).filter(|line| line.indent < depth + 2).count()
}

/// `Sprint 4: 30 SP` over items that each count the same.
fn headed(facts: &Facts<'_>, findings: &mut Findings) {
    for (index, section) in facts.document.sections.iter().enumerate().skip(1) {
        let line = heading_line(section);
        let Some(total) = line.quantities.last() else { continue };
        let ends = line.text.get(total.end..).unwrap_or_default().trim_end_matches(')').trim();
        let counted = noun(&line, total);
        if !ends.eq_ignore_ascii_case(&counted)
            || total.unit == Unit::None && counted.is_empty()
            || total.over.is_some()
        {
            continue;
        }
        let items = facts.document.lines_of(index).filter(|l| l.kind == Kind::Item && l.indent < 2);
        let part = |line: &Line| {
            let mut same = line
                .quantities
                .iter()
                .filter(|q| q.unit == total.unit && noun(line, q) == counted && q.over.is_none());
            let first = same.next().filter(|q| q.signed == total.signed)?.clone();
            same.next().is_none().then_some(first)
        };
        let parts: Option<Vec<Quantity>> = items.map(part).collect();
        if let Some(parts) = parts.filter(|parts| parts.len() >= 2 && total.unit != Unit::Percent) {
            judge(&line, total, &Sum::of(parts.iter()), "the items", findings);
        }
    }
}

/// An option's `Effort: …` against the hours of its items.
fn options(facts: &Facts<'_>, findings: &mut Findings) {
    for (index, section) in facts.document.sections.iter().enumerate() {
        let lower = section.title.to_lowercase();
        if !["option ", "scenario ", "phase ", "release "].iter().any(|word| lower.starts_with(word)) {
            continue;
        }
        let stated_at = facts
            .document
            .lines_of(index)
            .find(|l| mentions(&l.key(), &["effort", "total effort", "total time", "total"]));
        let from_heading = heading_line(section);
        let inner = facts.document.lines_of(index).find_map(|line| {
            let found = line.labelled(&["effort", "total effort"]).filter(|q| q.unit == Unit::Hours)?;
            Some((line, found))
        });
        let total =
            match stated_at.and_then(|line| Some((line, line.values().find(|q| q.unit == Unit::Hours)?))) {
                Some(found) => Some(found),
                None if inner.is_some() => inner,
                None => {
                    from_heading.quantities.iter().find(|q| q.unit == Unit::Hours).map(|q| (&from_heading, q))
                }
            };
        let Some((line, total)) = total else { continue };
        let items: Vec<&Line> = facts
            .document
            .lines_within(index)
            .filter(|l| l.kind == Kind::Item && l.indent < 2 && l.number != line.number)
            .collect();
        let hours: Vec<Quantity> = items.iter().filter_map(|l| in_parentheses(l)).collect();
        if hours.len() >= 2 && hours.len() == items.len() {
            judge(line, total, &Sum::of(hours.iter()), "the items", findings);
        }
    }
}

/// The only hours of an item, `(10h)`.
fn in_parentheses(line: &Line) -> Option<Quantity> {
    let hours = crate::audit::facts::hours_in(&line.quantities)?;
    let before = line.text.get(..hours.start)?.trim_end_matches('+');
    before.ends_with(['(', '[', '-', ':', ' ', '–', '—']).then_some(hours)
}
