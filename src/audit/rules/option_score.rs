//! What the parts of a plan promise for the whole: the targets of the parts, and the phases of an option.

use crate::audit::facts::{DimensionSet, Facts, Is, arrows};
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Quantity, quantities, says, shown};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, Tenths, whole};

use super::weight::model;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    targets(facts, findings);
    all_at_nothing(facts, findings);
    for set in facts.dimensions.iter().filter(|set| model(facts, set).is_some()) {
        options(facts, set, findings);
    }
}

/// `### Backend (Target: 98/100)` and its siblings, below the target of the whole.
fn targets(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(whole_target) = facts.states(Is::Target).next().filter(|target| target.low == target.high)
    else {
        return;
    };
    let mut parts: Vec<(u32, Exact)> = Vec::new();
    for section in &facts.document.sections {
        let target = section.title.split_once('(').map(|(_, target)| target);
        let target = target.filter(|target| target.to_lowercase().starts_with("target:"));
        let score = target.and_then(|target| quantities(target).first().and_then(Quantity::as_score));
        parts.extend(score.filter(|(low, high)| low == high).map(|(score, _)| (section.line, score)));
    }
    let most = parts.iter().map(|(_, score)| score).max();
    let lower = parts.iter().find(|(_, score)| *score < whole_target.low);
    let (Some(most), Some((line, score)), true) = (most, lower, parts.len() >= 3) else { return };
    if *most <= whole_target.low {
        let mean = parts.iter().map(|(_, score)| score.clone()).sum::<Exact>() / whole(parts.len());
        let message = format!(
            "with a part that is to reach {} no mean of the {} targets is the {} of line {}: it is {}",
            shown(score),
            parts.len(),
            whole_target.text,
            whole_target.line,
            shown(&mean)
        );
        findings.add(Rule::MeanBound, *line, message, (whole_target.text.clone(), Some(shown(&mean))));
    }
}

/// `System (60% missing)` over parts that are all at 0 %: whichever way they are read, 40 % has no part.
fn all_at_nothing(facts: &Facts<'_>, findings: &mut Findings) {
    for (index, section) in facts.document.sections.iter().enumerate() {
        let [missing] = section.quantities.as_slice() else { continue };
        let after = section.title.get(missing.end..).unwrap_or_default().trim_start().to_lowercase();
        let Some((_, most)) = missing.as_percent().filter(|_| after.starts_with("missing")) else { continue };
        let items: Vec<&Line> = facts
            .document
            .lines
            .iter()
            .filter(|line| line.section == index && line.kind == Kind::Item && line.indent < 2)
            .collect();
        let is_nothing = |line: &&Line| {
            let first = line.values().next().filter(|_| line.label.is_some());
            first.and_then(Quantity::as_percent).is_some_and(|(_, high)| high == whole(0))
        };
        if items.len() >= 2 && items.iter().all(is_nothing) && most < whole(100) {
            let said = section.title.get(missing.start..missing.end).unwrap_or_default().to_owned();
            let message = format!(
                "all {} parts are at 0%: then all of it is missing, not {said}, or the rest has no part",
                items.len()
            );
            findings.add(Rule::MeanBound, section.line, message, (said, Some("100%".to_owned())));
        }
    }
}

/// `Final Score: 100/100` of an option, with the phases that it names.
pub(super) struct Outcome<'a> {
    pub(super) line: &'a Line,
    pub(super) score: &'a Quantity,
    pub(super) phases: Vec<u32>,
}

/// Whether a heading is that of an option or a scenario.
pub(super) fn is_option(title: &str) -> bool {
    let title = title.to_lowercase();
    let after = title.strip_prefix("option").or_else(|| title.strip_prefix("scenario"));
    after.is_some_and(|after| after.starts_with([' ', ':']))
}

/// What the options and scenarios of a document come to.
pub(super) fn outcomes<'a>(facts: &'a Facts<'_>) -> Vec<Outcome<'a>> {
    let sections = facts.document.sections.iter().enumerate();
    let options = sections.filter(|(_, section)| is_option(&section.title));
    let outcome = |(index, _)| {
        let lines = || facts.document.lines.iter().filter(move |line| line.section == index);
        let is_result = |line: &&Line| {
            mentions(&line.key(), &["final score", "resulting score", "score after", "result"])
        };
        let line = lines().find(is_result)?;
        let score = line.values().next()?;
        Some(Outcome { line, score, phases: lines().filter_map(|line| phase_named(&line.text)).collect() })
    };
    options.filter_map(outcome).collect()
}

/// What an option comes to, against the mean after the phases that it names.
fn options(facts: &Facts<'_>, set: &DimensionSet, findings: &mut Findings) {
    for Outcome { line, score: value, phases } in outcomes(facts) {
        let stated = value.as_score().filter(|(low, high)| low == high);
        let (Some((score, _)), Some(after)) = (stated, after(facts, set, &phases)) else { continue };
        let fits = says(&score, value.decimals, &after) || Tenths::floor(&after) == Tenths::floor(&score);
        if !fits && !findings.has(Rule::MeanBound, line.number) {
            let said = line.between(value.start, value.end).to_owned();
            let message = format!(
                "with phases {} the {} dimensions of line {} make {}, not {said}",
                listed(&phases),
                set.dimensions.len(),
                set.line,
                shown(&after)
            );
            findings.add(Rule::MeanBound, line.number, message, (said, Some(shown(&after))));
        }
    }
}

/// `1, 2, 3`.
pub(super) fn listed(numbers: &[u32]) -> String {
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

/// The number in `Load Tests (Phase 3)` and at the head of `Phase 3: Load Tests`.
fn phase_named(text: &str) -> Option<u32> {
    let lower = text.to_lowercase();
    let after = match lower.split_once("(phase ") {
        Some((_, after)) => after.split_once(')')?.0,
        None => lower.strip_prefix("phase ")?.split([':', ' ']).next()?,
    };
    after.trim().parse().ok()
}

/// The score once the phases called `named` have raised what they say, each of which must say so.
fn after(facts: &Facts<'_>, set: &DimensionSet, named: &[u32]) -> Option<Exact> {
    let mut raised = set.clone();
    for number in named {
        let phase = facts
            .phases
            .iter()
            .flatten()
            .find(|phase| phase.number == Some(*number) && phase.section.is_some())?;
        let section = phase.section?;
        let (name, to) = facts.document.lines_within(section).find_map(|line| {
            let arrow = arrows(&line.text, &line.quantities).next()?;
            let (low, high) = arrow.to.as_score()?;
            (low == high).then(|| (line.text.get(..arrow.from.start).unwrap_or_default(), low))
        })?;
        let line = set.find(name)?.line;
        let dimension = raised.dimensions.iter_mut().find(|dimension| dimension.line == line)?;
        let higher = dimension.score.as_ref().is_some_and(|score| *score > to);
        dimension.score = if higher { dimension.score.take() } else { Some(to) };
    }
    if named.is_empty() { None } else { raised.weighted().or_else(|| raised.mean()) }
}
