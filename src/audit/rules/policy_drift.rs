//! Weights and dimensions that differ between two places.

use num_traits::Signed as _;

use crate::audit::facts::{Dimension, DimensionSet, Facts, Is};
use crate::audit::findings::Findings;
use crate::audit::quantity::{quantities, shown, shown_range};
use crate::audit::words::{is_within, shared, words};
use crate::model::audit::Rule;

use super::mean::{same_parts, weights_as_written, weights_of};

/// One document: scored dimensions, and the targets that are set for them.
pub(super) fn within(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(set) = facts.dimensions.first() else { return };
    for other in facts.dimensions.iter().skip(1) {
        weights(set, other, &format!("line {}", set.line), findings);
    }
    targets(facts, set, findings);
}

/// `### Backend (Target: 98/100)`: a set of targets with other dimensions than the scored ones.
fn targets(facts: &Facts<'_>, set: &DimensionSet, findings: &mut Findings) {
    let mut groups: Vec<(usize, Vec<(u32, String)>)> = Vec::new();
    for section in &facts.document.sections {
        let Some((name, target)) = section.title.split_once('(') else { continue };
        let is_target = target.to_lowercase().starts_with("target:")
            && quantities(target).iter().any(|q| q.as_score().is_some());
        let parent = section.parent.unwrap_or_default();
        if !is_target {
            continue;
        }
        match groups.iter_mut().find(|(p, _)| *p == parent) {
            Some((_, names)) => names.push((section.line, name.trim().to_owned())),
            None => groups.push((parent, vec![(section.line, name.trim().to_owned())])),
        }
    }
    for (_, names) in groups.iter().filter(|(_, names)| names.len() >= 3) {
        let missing: Vec<&Dimension> = set
            .dimensions
            .iter()
            .filter(|d| !names.iter().any(|(_, name)| shared(&words(name), &d.words) > 0))
            .collect();
        let Some((line, _)) = names.first() else { continue };
        if !missing.is_empty() && names.len() != set.dimensions.len() {
            let left: Vec<String> = missing.iter().map(|d| format!("`{}`", d.name)).collect();
            let message = format!(
                "{} targets for {} scored dimensions: {} has none",
                names.len(),
                set.dimensions.len(),
                left.join(", ")
            );
            findings.add(
                Rule::PolicyDrift,
                *line,
                message,
                (names.len().to_string(), Some(set.dimensions.len().to_string())),
            );
        }
    }
}

/// Two documents: `other` comes after `first`.
pub(in crate::audit) fn between(first: &Facts<'_>, other: &Facts<'_>, findings: &mut Findings) {
    let place = format!("`{}`", first.document.path);
    for (a, b) in first.dimensions.iter().flat_map(|a| other.dimensions.iter().map(move |b| (a, b))) {
        weights(a, b, &place, findings);
        sets(a, b, &place, findings);
    }
    implied(first, other, &place, findings);
    ceilings(first, other, &place, findings);
}

/// What one document calls the most that can be reached, and another one too.
fn ceilings(first: &Facts<'_>, other: &Facts<'_>, place: &str, findings: &mut Findings) {
    let (Some(was), Some(now)) = (first.states(Is::Ceiling).next(), other.states(Is::Ceiling).next()) else {
        return;
    };
    if now.low > was.high || now.high < was.low {
        let message =
            format!("{} is the most here, and {} in {place}, line {}", now.text, was.text, was.line);
        findings.add(Rule::PolicyDrift, now.line, message, (now.text.clone(), Some(was.text.clone())));
    }
}

/// The same dimension with another weight.
fn weights(a: &DimensionSet, b: &DimensionSet, place: &str, findings: &mut Findings) {
    let (Some(total_a), Some(total_b)) = (a.weights(), b.weights()) else { return };
    for dimension in &b.dimensions {
        let Some(before) = a.dimensions.iter().find(|d| same_name(d, dimension)) else { continue };
        let (Some(was), Some(now)) = (&before.weight, &dimension.weight) else { continue };
        if was != now && was / &total_a != now / &total_b {
            let message =
                format!("`{}` weighs {} here and {} in {place}", dimension.name, shown(now), shown(was));
            findings.add(Rule::PolicyDrift, dimension.line, message, (shown(now), Some(shown(was))));
        }
    }
}

fn same_name(a: &Dimension, b: &Dimension) -> bool {
    a.name.eq_ignore_ascii_case(&b.name) || is_within(&a.words, &b.words) && is_within(&b.words, &a.words)
}

/// Dimensions of one document that the other has not, where they share at least half.
fn sets(a: &DimensionSet, b: &DimensionSet, place: &str, findings: &mut Findings) {
    let common = b.dimensions.iter().filter(|d| a.dimensions.iter().any(|o| same_name(o, d))).count();
    if common < 2 || common * 2 < a.dimensions.len().min(b.dimensions.len()) {
        return;
    }
    let only = |x: &DimensionSet, y: &DimensionSet| -> Vec<String> {
        x.dimensions
            .iter()
            .filter(|d| !y.dimensions.iter().any(|o| same_name(o, d)))
            .map(|d| format!("`{}`", d.name))
            .collect()
    };
    let (gone, new) = (only(a, b), only(b, a));
    if !gone.is_empty() || !new.is_empty() {
        let list = |names: &[String]| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        let message =
            format!("other dimensions than in {place}: only there {}, only here {}", list(&gone), list(&new));
        let count = |set: &DimensionSet| format!("{} dimensions", set.dimensions.len());
        findings.add(Rule::PolicyDrift, b.line, message, (count(b), Some(count(a))));
    }
}

/// Weights that follow from an overall number and its two parts.
fn implied(first: &Facts<'_>, other: &Facts<'_>, place: &str, findings: &mut Findings) {
    let pair = first.groups.iter().find_map(|a| Some((a, other.groups.iter().find(|b| same_parts(a, b))?)));
    let Some((a, b)) = pair else { return };
    let (Some(was), Some(now)) = (weights_of(a), weights_of(b)) else { return };
    let apart = (&was.0 - &now.1).is_positive() || (&now.0 - &was.1).is_positive();
    if let (Some(was), Some(now), true) = (weights_as_written(a), weights_as_written(b), apart) {
        let name = a.parts.first().map_or("", |part| &part.name);
        let (before, after) = (shown_range(&was.0, &was.1), shown_range(&now.0, &now.1));
        let message = format!(
            "`{name}` weighs {after} here and {before} in {place}, line {}: the overall numbers follow from no common weights",
            a.line
        );
        findings.add(Rule::PolicyDrift, b.line, message, (after, Some(before)));
    }
}
