//! Sums inside a line, and the gap between score and target.

use num_traits::Signed as _;

use crate::audit::facts::{Facts, Is};
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, shown, shown_range};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

use super::total::sums_up;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for (line, text, quantities) in facts.texts() {
        in_parentheses(line, text, quantities, findings);
        equations(line, text, quantities, findings);
    }
    gap(facts, findings);
    breakdown(facts, findings);
    headed_gap(facts, findings);
}

/// `118 tests skipped (57 experimental + 61 legacy)`.
fn in_parentheses(line: u32, text: &str, quantities: &[Quantity], findings: &mut Findings) {
    for (at, open) in text.match_indices('(') {
        let Some(inside) =
            text.get(at + open.len()..).and_then(|rest| rest.split_once(')')).map(|(inside, _)| inside)
        else {
            continue;
        };
        let (from, to) = (at + 1, at + 1 + inside.len());
        let terms: Vec<&Quantity> = quantities.iter().filter(|q| from <= q.start && q.end <= to).collect();
        let plus = inside.matches(" + ").count();
        let Some(stated) = quantities.iter().rfind(|q| q.end <= at) else { continue };
        let noun = text.get(stated.end..at).unwrap_or_default();
        let near = noun.len() <= 40 && !noun.contains([',', ';', '.', '(', ':', '+', '/', '×', '*', '=']);
        if plus == 0 || terms.len() != plus + 1 || inside.contains(['=', '→', '*', '×', ':']) || !near {
            continue;
        }
        let counts = |q: &&Quantity| q.unit == stated.unit && q.over.is_none() && q.limit == Limit::Exactly;
        if stated.over.is_some() || stated.limit != Limit::Exactly || !terms.iter().all(counts) {
            continue;
        }
        let low: Exact = terms.iter().map(|q| q.low.clone()).sum();
        let high: Exact = terms.iter().map(|q| q.high.clone()).sum();
        if low != stated.low || high != stated.high {
            let (said, computed) = (shown_range(&stated.low, &stated.high), shown_range(&low, &high));
            findings.add(
                Rule::Sum,
                line,
                format!("`{inside}` makes {computed}, not {said}"),
                (said, Some(computed)),
            );
        }
    }
}

/// `30h + 30h + 20h = 90h`.
fn equations(line: u32, text: &str, quantities: &[Quantity], findings: &mut Findings) {
    let Some((at, _)) = text.match_indices(" = ").next().filter(|_| text.matches(" = ").count() == 1) else {
        return;
    };
    let terms: Vec<&Quantity> = quantities.iter().rev().skip_while(|q| q.start >= at).collect::<Vec<_>>();
    let Some(result) = quantities.iter().find(|q| q.start >= at + 3 && q.start <= at + 4) else { return };
    let mut sum_low = Exact::from_integer(0.into());
    let mut sum_high = sum_low.clone();
    let (mut count, mut end, mut signed) = (0, at, false);
    for term in &terms {
        let follows = text.get(term.end..end).unwrap_or_default().trim();
        let expected =
            if count == 0 { is_noun(follows) } else { adds(follows) || signed && follows.is_empty() };
        if !expected || term.over.is_some() || term.limit != Limit::Exactly {
            break;
        }
        sum_low += &term.low;
        sum_high += &term.high;
        count += 1;
        signed = term.signed;
        end = if term.signed {
            term.end - text.get(term.start..term.end).map_or(0, str::len)
        } else {
            term.start
        };
    }
    let before = text.get(..end).unwrap_or_default().trim_end();
    let clean = before.is_empty() || before.ends_with([':', '(', ',', ';']);
    let units = |q: &&Quantity| q.unit == result.unit || q.unit == Unit::None || result.unit == Unit::None;
    if count < 2
        || !clean
        || result.over.as_ref().is_some_and(|over| *over != whole(100))
        || result.limit != Limit::Exactly
        || !terms.iter().take(count).all(units)
    {
        return;
    }
    if sum_low != result.low || sum_high != result.high {
        let (said, computed) = (shown_range(&result.low, &result.high), shown_range(&sum_low, &sum_high));
        findings.add(
            Rule::Sum,
            line,
            format!("the terms make {computed}, not {said}"),
            (said, Some(computed)),
        );
    }
}

/// What a term counts: `8h reserve`.
fn is_noun(text: &str) -> bool {
    text.len() <= 24 && text.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-')
}

fn adds(text: &str) -> bool {
    text.strip_suffix('+').is_some_and(|noun| is_noun(noun.trim_end()))
}

/// The gap is what lies between score and target.
fn gap(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(current) = facts.current() else { return };
    let hundred = whole(100);
    let target = facts.states(Is::Target).next().map_or(&hundred, |target| &target.high);
    let (low, high) = (target - &current.high, target - &current.low);
    let others: Vec<_> =
        facts.states(Is::Current).filter(|c| c.low != current.low || c.high != current.high).collect();
    for gap in facts.states(Is::Gap) {
        let fits = |low: &Exact, high: &Exact| {
            (&gap.low - low).abs() < whole(1) && (&gap.high - high).abs() < whole(1)
        };
        let other = others.iter().any(|c| fits(&(target - &c.high), &(target - &c.low)))
            || fits(&(whole(100) - &current.high), &(whole(100) - &current.low));
        if !fits(&low, &high) && !other {
            let computed = shown_range(&low, &high);
            let message =
                format!("from {} to {} the gap is {computed}, not {}", current.text, shown(target), gap.text);
            findings.add(Rule::Sum, gap.line, message, (gap.text.clone(), Some(computed)));
        }
    }
}

/// Gaps under "breakdown" against the whole gap.
fn breakdown(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(gap) = facts.states(Is::Gap).next() else { return };
    for (index, section) in facts.document.sections.iter().enumerate() {
        let title = section.title.to_lowercase();
        if !(mentions(&title, &["breakdown"]) && mentions(&title, &["gap", "gaps"])) {
            continue;
        }
        let gaps: Vec<(&Line, &Quantity)> = facts
            .document
            .lines_within(index)
            .filter(|line| !sums_up(line))
            .filter_map(|line| Some((line, gap_points(line)?)))
            .collect();
        let Some((first, _)) = gaps.first() else { continue };
        let low: Exact = gaps.iter().map(|(_, q)| q.low.clone()).sum();
        let high: Exact = gaps.iter().map(|(_, q)| q.high.clone()).sum();
        if gaps.len() >= 2 && (high < gap.low || low > gap.high) {
            let computed = shown_range(&low, &high);
            let message = format!("the gaps listed here sum to {computed} of a gap of {}", gap.text);
            findings.add(Rule::Sum, first.number, message, (gap.text.clone(), Some(computed)));
        }
    }
}

/// `Remaining gap (8 points)` against the points of the items below.
fn headed_gap(facts: &Facts<'_>, findings: &mut Findings) {
    for (index, section) in facts.document.sections.iter().enumerate().skip(1) {
        if !mentions(&section.title.to_lowercase(), &["gap", "gaps", "remaining", "missing"])
            || section.level > 6
        {
            continue;
        }
        let Some(stated) = section
            .quantities
            .iter()
            .find(|q| q.unit == Unit::Points && q.limit == Limit::Exactly && !q.signed)
        else {
            continue;
        };
        let items: Vec<&Line> =
            facts.document.lines_within(index).filter(|l| l.kind == Kind::Item && l.indent < 2).collect();
        let points: Vec<&Quantity> = items
            .iter()
            .filter_map(|line| line.quantities.iter().find(|q| q.unit == Unit::Points && q.over.is_none()))
            .collect();
        let low: Exact = points.iter().map(|q| q.low.clone()).sum();
        let high: Exact = points.iter().map(|q| q.high.clone()).sum();
        if points.len() >= 2 && points.len() == items.len() && (high < stated.low || low > stated.high) {
            let computed = shown_range(&low, &high);
            let said = section.title.get(stated.start..stated.end).unwrap_or_default().to_owned();
            let message = format!("the items below sum to {computed} points, not to {said}");
            findings.add(Rule::Sum, section.line, message, (said, Some(computed)));
        }
    }
}

/// The points of `MAPE-K Tuning: 10% | 2 weeks`.
fn gap_points(line: &Line) -> Option<&Quantity> {
    let first = line.values().next().filter(|_| line.label.is_some())?;
    let leads = line.text.get(..first.start)?.trim_end().ends_with(':');
    (leads && first.over.is_none() && matches!(first.unit, Unit::Percent | Unit::Points)).then_some(first)
}
