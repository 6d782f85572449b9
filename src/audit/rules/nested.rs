//! A number and the list below it that splits it: an item over its own items, a line that leads a list, and fractions
//! that a list adds up to.

use num_traits::Signed as _;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, shown, worded};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

use super::total::leads;

/// Items below one item, and lists of fractions, that are looked at; nobody writes more.
const MOST: usize = 100;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for (at, line) in facts.document.lines.iter().enumerate() {
        let rest = facts.document.lines.get(at + 1..).unwrap_or_default();
        if line.kind == Kind::Item {
            below(line, rest, findings);
        }
        if line.kind == Kind::Text && line.label.as_ref().is_none_or(|_| line.value.is_empty()) {
            led(line, rest, findings);
            closes(line, facts.document.lines.get(..at).unwrap_or_default(), findings);
        }
    }
    fractions(facts, findings);
    for block in facts.document.blocks() {
        named(facts, block, findings);
    }
}

/// `Passed: 456` above items that hold `192 passed`, `170 passed` and `94 passed`.
fn named(facts: &Facts<'_>, block: &[Line], findings: &mut Findings) {
    let items: Vec<&Line> = block.iter().filter(|line| line.kind == Kind::Item && line.indent < 2).collect();
    let (Some(first), true) = (items.first(), (3..=MOST).contains(&items.len())) else { return };
    for counted in first.quantities.iter().map(|q| noun(&first.text, q)).filter(|noun| noun.len() > 3) {
        let parts: Option<Vec<Quantity>> = items.iter().map(|item| counting(item, &counted)).collect();
        let Some(parts) = parts else { continue };
        let before = facts.document.lines.iter().take_while(|line| line.number < first.number);
        let mut totals =
            before.filter(|line| line.key() == counted).filter_map(|line| Some((line, labelled(line)?)));
        if let (Some((line, total)), None) = (totals.next(), totals.next()) {
            judge(line, total, &parts.iter().collect::<Vec<_>>(), findings);
        }
    }
}

/// A plain count or amount.
fn is_plain(quantity: &Quantity) -> bool {
    let known = !matches!(quantity.unit, Unit::Percent | Unit::Other);
    known
        && quantity.is_point()
        && quantity.over.is_none()
        && quantity.limit == Limit::Exactly
        && !quantity.signed
}

/// The number right behind the label of a line.
fn labelled(line: &Line) -> Option<&Quantity> {
    let first = line.values().next().filter(|_| line.label.is_some())?;
    (leads(line, first) && is_plain(first)).then_some(first)
}

/// The items right below a line, one level deeper.
fn children<'a>(line: &Line, rest: &'a [Line]) -> Vec<&'a Line> {
    let own = |child: &&Line| {
        child.section == line.section && child.kind == Kind::Item && child.indent > line.indent
    };
    let deep: Vec<&Line> = rest.iter().take(MOST).take_while(own).collect();
    let least = deep.iter().map(|child| child.indent).min().unwrap_or_default();
    deep.into_iter().filter(|child| child.indent == least).collect()
}

/// `- fixed: 7` over `- high: 2`, `- medium: 4` and `- low: 2`.
fn below(line: &Line, rest: &[Line], findings: &mut Findings) {
    let Some(total) = labelled(line) else { return };
    let parts: Option<Vec<&Quantity>> = children(line, rest).into_iter().map(labelled).collect();
    if let Some(parts) = parts.filter(|parts| parts.len() >= 2) {
        judge(line, total, &parts, findings);
    }
}

/// "Forty incidents, by cause:" over `upstream: 16`, `late: 11`, `unknown: 13`.
fn led(line: &Line, rest: &[Line], findings: &mut Findings) {
    let lower = line.text.trim_end().to_lowercase();
    let announces = lower.ends_with(':') || mentions(&lower, &["in total", "in all", "altogether"]);
    let numbers = worded(&line.text);
    let [total] = numbers.as_slice() else { return };
    let items: Vec<&Line> = rest
        .iter()
        .take(MOST)
        .take_while(|item| item.section == line.section && item.kind == Kind::Item)
        .filter(|item| item.indent < 2)
        .collect();
    let parts: Option<Vec<&Quantity>> = items.iter().map(|item| labelled(item)).collect();
    let parts = parts.filter(|parts| parts.len() >= 3 && announces && is_plain(total));
    if let Some(parts) = parts {
        judge(line, total, &parts, findings);
    }
}

/// "180 hours, one point for every 15." and "That makes 100." below a list of parts.
fn closes(line: &Line, above: &[Line], findings: &mut Findings) {
    let numbers = worded(&line.text);
    let Some(total) = numbers.first().filter(|q| is_plain(q)) else { return };
    let lead = line.text.get(..total.start).unwrap_or_default().trim().to_lowercase();
    let amount = total.unit.is_duration() || matches!(total.unit, Unit::Points | Unit::Money);
    let opens = lead.is_empty() && amount;
    let says = [
        "that makes",
        "this makes",
        "which makes",
        "together",
        "they make",
        "they add up to",
        "that is",
        "these make",
        "makes",
    ];
    let items: Vec<&Line> = above
        .iter()
        .rev()
        .take(MOST)
        .take_while(|item| item.section == line.section && item.kind == Kind::Item)
        .filter(|item| item.indent < 2)
        .collect();
    let part = |item: &&Line| -> Option<Quantity> {
        if !amount {
            return labelled(item).cloned();
        }
        let mut same = item.quantities.iter().filter(|q| q.unit == total.unit && is_plain(q));
        let first = same.next()?;
        same.next().is_none().then(|| first.clone())
    };
    let near = items.first().is_some_and(|last| line.number <= last.number + 2);
    if near && items.len() >= 3 {
        for total in numbers.iter().filter(|q| is_plain(q) && q.unit == Unit::None) {
            let counted = noun(&line.text, total);
            let parts: Option<Vec<Quantity>> = items.iter().map(|item| counting(item, &counted)).collect();
            let clause = line.text.get(..total.start).is_some_and(|before| {
                before.is_empty() || before.ends_with(", ") || before.ends_with("total ")
            });
            if let Some(parts) = parts.filter(|_| clause && counted.len() > 2) {
                judge(line, total, &parts.iter().collect::<Vec<_>>(), findings);
            }
        }
    }
    let parts: Option<Vec<Quantity>> = items.iter().map(part).collect();
    if let Some(parts) =
        parts.filter(|parts| parts.len() >= 3 && near && (opens || says.contains(&lead.as_str())))
    {
        judge(line, total, &parts.iter().collect::<Vec<_>>(), findings);
    }
}

/// The word right behind a number.
fn noun(text: &str, quantity: &Quantity) -> String {
    let after = text.get(quantity.end..).unwrap_or_default().trim_start();
    after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase()
}

/// The only number of an item that counts the same.
fn counting(item: &Line, counted: &str) -> Option<Quantity> {
    let mut same = item
        .quantities
        .iter()
        .filter(|q| q.unit == Unit::None && is_plain(q) && noun(&item.text, q) == counted);
    let first = same.next()?;
    same.next().is_none().then(|| first.clone())
}

/// Parts that are near enough to be meant as all of it, and are not.
fn judge(line: &Line, total: &Quantity, parts: &[&Quantity], findings: &mut Findings) {
    let alike = parts.iter().all(|part| part.unit == total.unit);
    let sum: Exact = parts.iter().map(|part| part.low.clone()).sum();
    let off = (&sum - &total.low).abs();
    let partial = mentions(
        &line.text.to_lowercase(),
        &["including", "e.g.", "such as", "mostly", "about", "at least", "top"],
    );
    let slack: Exact = parts.iter().filter(|part| part.decimals > 0).map(|part| part.ulp() / whole(2)).sum();
    let contained = parts.iter().any(|part| part.low >= total.low);
    if alike
        && !partial
        && !contained
        && off > slack
        && off * whole(4) <= total.low
        && !findings.has(Rule::Sum, line.number)
    {
        let (said, computed) = (line.between(total.start, total.end).to_owned(), shown(&sum));
        let message = format!("the items below make {computed}, not {said}");
        findings.add(Rule::Sum, line.number, message, (said, Some(computed)));
    }
}

/// A list of `22 of 24`, `16 of 20`, …: what is done of all, and all.
struct Fractions {
    first: u32,
    last: u32,
    done: Exact,
    all: Exact,
}

/// "61 of 96 tables" beside a list whose fractions make 59 of 96.
fn fractions(facts: &Facts<'_>, findings: &mut Findings) {
    let lists: Vec<Fractions> = facts.document.blocks().filter_map(listed).take(MOST).collect();
    if lists.is_empty() {
        return;
    }
    scores(facts, &lists, findings);
    for (line, text, quantities) in facts.texts() {
        for (part, all, start, end) in super::ratio::fractions(text, quantities) {
            let fits = |list: &&Fractions| {
                let inside = list.first <= line && line <= list.last;
                let near = (&part - &list.done).abs() * whole(5) <= list.all;
                !inside && list.all == all && list.done != part && near && all >= whole(10)
            };
            let known = lists.iter().any(|list| list.all == all && list.done == part);
            if let Some(list) = lists.iter().find(fits).filter(|_| !known && !findings.has(Rule::Sum, line)) {
                let said = text.get(start..end).unwrap_or_default().to_owned();
                let computed = format!("{} of {}", shown(&list.done), shown(&list.all));
                let message =
                    format!("the list in lines {}-{} makes {computed}, not {said}", list.first, list.last);
                findings.add(Rule::Sum, line, message, (said, Some(computed)));
            }
        }
    }
}

/// `Score today: 71` beside parts of 100 that make 72.
fn scores(facts: &Facts<'_>, lists: &[Fractions], findings: &mut Findings) {
    let [list] = lists else { return };
    let of_hundred = list.all == whole(100);
    for line in facts.document.lines.iter().filter(|line| of_hundred && line.number < list.first) {
        let called = mentions(&line.key(), &["score", "readiness", "current", "today", "points"])
            && !mentions(&line.key(), &["target", "goal", "gap", "missing", "after"]);
        let Some(stated) = labelled(line).filter(|q| called && q.unit == Unit::None) else { continue };
        let near = (&stated.low - &list.done).abs() * whole(5) <= list.done;
        if near && stated.low != list.done && !findings.has(Rule::Sum, line.number) {
            let (said, computed) = (line.between(stated.start, stated.end).to_owned(), shown(&list.done));
            let message =
                format!("the parts in lines {}-{} make {computed}, not {said}", list.first, list.last);
            findings.add(Rule::Sum, line.number, message, (said, Some(computed)));
        }
    }
}

fn listed(block: &[Line]) -> Option<Fractions> {
    let items: Vec<&Line> = block.iter().filter(|line| line.kind == Kind::Item && line.indent < 2).collect();
    let (first, last) = (items.first()?, items.last()?);
    let each: Option<Vec<(Exact, Exact)>> = items
        .iter()
        .map(|line| {
            let mut found = super::ratio::fractions(&line.text, &line.quantities).into_iter();
            let (part, all, start, _) = found.next()?;
            let before = line.text.get(..start)?.trim_end();
            let named = line.label.is_some() || before.ends_with([',', '-', '–', '—']);
            found = if named { found } else { return None };
            let leads = line.values().next().is_some_and(|first| first.start == start);
            (leads && found.next().is_none()).then_some((part, all))
        })
        .collect();
    let each = each.filter(|each| each.len() >= 3)?;
    let sum = |of: fn(&(Exact, Exact)) -> &Exact| each.iter().map(|pair| of(pair).clone()).sum();
    Some(Fractions {
        first: first.number,
        last: last.number,
        done: sum(|pair| &pair.0),
        all: sum(|pair| &pair.1),
    })
}
