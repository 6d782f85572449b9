//! A mean lies between its least and its largest part, and the same weights hold everywhere.

use num_traits::{One as _, Zero as _};

use crate::audit::facts::{Facts, Group};
use crate::audit::findings::Findings;
use crate::audit::quantity::{shown, shown_range, ulp};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for group in &facts.groups {
        bounds(group, findings);
    }
    one_weighting(facts, findings);
    tables(facts, findings);
    headline(facts, findings);
}

fn bounds(group: &Group, findings: &mut Findings) {
    let least = group.parts.iter().map(|p| &p.low).min();
    let most = group.parts.iter().map(|p| &p.high).max();
    let (Some(least), Some(most)) = (least, most) else { return };
    let slack = ulp(group.decimals);
    if &group.low - &slack >= *most || &group.high + &slack <= *least {
        let parts: Vec<String> =
            group.parts.iter().map(|p| format!("{} {}", p.name, shown_range(&p.low, &p.high))).collect();
        let message = format!(
            "no weighting of {} gives {}: a mean lies within {}",
            parts.join(" and "),
            group.text,
            shown_range(least, most)
        );
        findings.add(
            Rule::MeanBound,
            group.line,
            message,
            (group.text.clone(), Some(shown_range(least, most))),
        );
    }
}

/// The weights of the first part of two that a group allows, 0..=1, with an overall number that may be rounded.
pub(super) fn weights_of(group: &Group) -> Option<(Exact, Exact)> {
    let half = ulp(group.decimals) / whole(2);
    let slack = if group.low == group.high { half } else { Exact::zero() };
    weights_within(group, &slack)
}

/// The weights for a reader: those of the overall number as it is written, where it allows any.
pub(super) fn weights_as_written(group: &Group) -> Option<(Exact, Exact)> {
    weights_within(group, &Exact::zero()).or_else(|| weights_of(group))
}

fn weights_within(group: &Group, slack: &Exact) -> Option<(Exact, Exact)> {
    let [a, b] = group.parts.as_slice() else { return None };
    if a.low <= b.high && b.low <= a.high {
        return None;
    }
    let mut ends = Vec::new();
    for a in [&a.low, &a.high] {
        for b in [&b.low, &b.high] {
            for overall in [&group.low - slack, &group.high + slack] {
                ends.push((overall - b) / (a - b));
            }
        }
    }
    let (low, high) = (ends.iter().min()?.clone(), ends.iter().max()?.clone());
    let (low, high) = (low.max(Exact::zero()), high.min(Exact::one()));
    (low <= high).then_some((low, high))
}

/// The weights that groups of the same parts agree on; the first that leaves them is reported with what they give.
fn one_weighting(facts: &Facts<'_>, findings: &mut Findings) {
    let mut agreed: Option<(&Group, (Exact, Exact))> = None;
    for group in facts.groups.iter().filter(|group| group.parts.len() == 2) {
        let Some((first, (low, high))) = &agreed else {
            agreed = weights_of(group).map(|weights| (group, weights));
            continue;
        };
        if !same_parts(first, group) {
            continue;
        }
        let (least, most) = expected(group, low, high);
        let slack = ulp(group.decimals) / whole(2);
        let (least, most) = (least - &slack, most + &slack);
        let within = least <= group.low && group.high <= most && !leaves_out(group, low, high);
        let inside = within || group.low <= least && most <= group.high;
        if let Some((low, high)) = weights_as_written(first)
            && !inside
            && !findings.has(Rule::MeanBound, group.line)
        {
            let (least, most) = expected(group, &low, &high);
            let computed = shown_range(&least, &most);
            let message = format!(
                "with the weights of line {} ({} weighs {}) this is {computed}, not {}",
                first.line,
                first.parts.first().map_or("", |p| &p.name),
                shown_range(&low, &high),
                group.text
            );
            findings.add(Rule::MeanBound, group.line, message, (group.text.clone(), Some(computed)));
        }
        if inside
            && group.low == group.high
            && let Some((l, h)) = weights_of(group)
        {
            let narrowed = (low.clone().max(l), high.clone().min(h));
            if narrowed.0 <= narrowed.1 {
                agreed = Some((first, narrowed));
            }
        }
    }
}

pub(super) fn same_parts(a: &Group, b: &Group) -> bool {
    a.parts.len() == b.parts.len()
        && a.parts.iter().zip(&b.parts).all(|(a, b)| a.name.eq_ignore_ascii_case(&b.name))
}

/// What the parts of a group give under weights from `low` to `high` for the first.
fn expected(group: &Group, low: &Exact, high: &Exact) -> (Exact, Exact) {
    let [(a, b), (c, d)] = ends(group, low, high);
    (a.min(b), c.max(d))
}

/// The lower and the upper ends that a group of two has, each under both weights of the first.
fn ends(group: &Group, low: &Exact, high: &Exact) -> [(Exact, Exact); 2] {
    let [a, b] = group.parts.as_slice() else { return Default::default() };
    let at = |weight: &Exact, a: &Exact, b: &Exact| weight * a + (Exact::one() - weight) * b;
    [(&a.low, &b.low), (&a.high, &b.high)].map(|(a, b)| (at(low, a, b), at(high, a, b)))
}

/// A range that is narrower at one end than its parts are under every one of the weights.
fn leaves_out(group: &Group, low: &Exact, high: &Exact) -> bool {
    let [(a, b), (c, d)] = ends(group, low, high);
    let slack = ulp(group.decimals);
    group.low < group.high && (group.low > a.max(b) + &slack || group.high < c.min(d) - &slack)
}

/// A current score that lies outside the scores of the only table of dimensions, which have no weights.
fn headline(facts: &Facts<'_>, findings: &mut Findings) {
    let ([set], Some(current)) = (facts.dimensions.as_slice(), facts.current()) else { return };
    let scores: Option<Vec<&Exact>> = set.dimensions.iter().map(|d| d.score.as_ref()).collect();
    let Some(scores) =
        scores.filter(|scores| scores.len() >= 3 && set.table.is_some() && set.weights().is_none())
    else {
        return;
    };
    let (Some(least), Some(most)) = (scores.iter().min(), scores.iter().max()) else { return };
    let slack = ulp(current.decimals);
    if &current.low - &slack >= **most || &current.high + &slack <= **least {
        let computed = shown_range(least, most);
        let message = format!(
            "no weighting of the {} scores below line {} gives {}",
            scores.len(),
            set.line,
            current.text
        );
        findings.add(Rule::MeanBound, current.line, message, (current.text.clone(), Some(computed)));
    }
}

/// A total row whose score lies outside the scores above it.
fn tables(facts: &Facts<'_>, findings: &mut Findings) {
    for set in &facts.dimensions {
        let (Some(table), (_, Some(column), points)) =
            (set.table.and_then(|index| facts.document.tables.get(index)), set.columns)
        else {
            continue;
        };
        let Some((total, stated)) = table.total().and_then(|row| Some((row, row.number(column)?))) else {
            continue;
        };
        let Some((low, _)) = stated.as_score() else { continue };
        let scores: Vec<&Exact> = set.dimensions.iter().filter_map(|d| d.score.as_ref()).collect();
        let (Some(least), Some(most)) = (scores.iter().min(), scores.iter().max()) else { continue };
        let slack = ulp(stated.decimals);
        let summed = points.is_none()
            && set.weights().is_none()
            && stated.over.is_none()
            && stated.unit == crate::audit::quantity::Unit::None;
        if !summed && (low >= *most + &slack || low <= *least - &slack) {
            let bounds = format!("{}-{}", shown(least), shown(most));
            let message = format!(
                "no weighting of scores from {} to {} gives {}",
                shown(least),
                shown(most),
                total.cell(column)
            );
            findings.add(Rule::MeanBound, total.line, message, (total.cell(column).to_owned(), Some(bounds)));
        }
    }
}
