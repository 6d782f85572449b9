//! A full target with a dimension that no phase raises.

use crate::audit::facts::{Dimension, DimensionSet, Facts, Is, arrows};
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line, Section};
use crate::audit::words::{mentions, shared, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

use super::ratio::fractions;
use super::weight::of_hundred;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let full = facts.states(Is::Target).any(|target| target.high == whole(100)) || promises(facts);
    if !full {
        return;
    }
    let listed = listed(facts);
    let Some(set) = facts
        .dimensions
        .first()
        .or(listed.as_ref())
        .filter(|set| set.dimensions.iter().all(|d| d.score.is_some()))
    else {
        return;
    };
    let below: Vec<&Dimension> =
        set.dimensions.iter().filter(|d| d.score.as_ref().is_some_and(|s| *s < whole(100))).collect();
    let raised = by_arrows(facts, set);
    let (raised, named) = if raised.is_empty() { (by_names(facts, set), true) } else { (raised, false) };
    let left: Vec<&&Dimension> = below.iter().filter(|d| !raised.contains(&d.line)).collect();
    // Phases that go by other names than the dimensions say nothing about which of them they raise.
    if below.len() == left.len() || named && (below.len() - left.len()) * 2 < below.len() {
        return;
    }
    for dimension in left {
        let message = format!(
            "`{}` is at {} and no phase raises it, so the target of 100 is out of reach",
            dimension.name, dimension.score_text
        );
        findings.add(
            Rule::UnaddressedGap,
            dimension.line,
            message,
            (dimension.score_text.clone(), Some("no phase".to_owned())),
        );
    }
}

/// `Calendar sync, 15 of 20`: items that make a hundred together, where nothing else is scored.
fn listed(facts: &Facts<'_>) -> Option<DimensionSet> {
    let of = |line: &Line| {
        let all = fractions(&line.text, &line.quantities);
        let [(part, all, start, end)] = all.as_slice() else { return None };
        let name = line.text.get(..*start)?.trim_end_matches([' ', ',', ':', '–', '—', '-']);
        let alone = line.kind == Kind::Item && *end == line.text.len() && !name.is_empty();
        let dimension = Dimension {
            line: line.number,
            name: name.to_owned(),
            words: words(name),
            weight: None,
            score: Some(part * whole(100) / all),
            score_text: line.between(*start, *end).to_owned(),
            points: None,
        };
        alone.then(|| (dimension, all.clone()))
    };
    let blocks = facts.document.blocks().filter(|block| block.len() >= 4);
    let found: Option<Vec<_>> = blocks
        .filter_map(|block| block.iter().map(of).collect::<Option<Vec<_>>>())
        .find(|found| found.iter().map(|(_, all)| all.clone()).sum::<Exact>() == whole(100));
    let dimensions: Vec<Dimension> = found?.into_iter().map(|(dimension, _)| dimension).collect();
    let line = dimensions.first()?.line;
    Some(DimensionSet { line, dimensions, table: None, columns: (None, None, None), percent: false })
}

/// "Path to 100%".
fn promises(facts: &Facts<'_>) -> bool {
    let ways = ["path to", "road to", "roadmap to"];
    facts.document.sections.iter().skip(1).any(|section| {
        let lower = section.title.to_lowercase();
        let full =
            section.quantities.iter().any(|q| q.as_score().is_some_and(|(_, high)| high == whole(100)));
        let plain = ways.iter().any(|way| lower.trim_end().ends_with(&format!("{way} 100")));
        mentions(&lower, &ways) && (full || plain)
    })
}

/// Lines of the dimensions that an arrow raises.
fn by_arrows(facts: &Facts<'_>, set: &DimensionSet) -> Vec<u32> {
    let mut raised = Vec::new();
    for (_, text, quantities) in facts.texts() {
        for arrow in arrows(text, quantities) {
            let name = text.get(..arrow.from.start).unwrap_or_default();
            let Some(dimension) = set.find(name) else { continue };
            let (Some(from), Some(to)) = (of_hundred(arrow.from, dimension), of_hundred(arrow.to, dimension))
            else {
                continue;
            };
            let found = Some(dimension).filter(|d| to >= from && d.score.is_some());
            raised.extend(found.map(|d| d.line));
        }
    }
    raised
}

/// Lines of the dimensions whose words stand in a phase, an option or a gap.
fn by_names(facts: &Facts<'_>, set: &DimensionSet) -> Vec<u32> {
    let document = facts.document;
    let plan = |section: &Section| {
        let lower = section.title.to_lowercase();
        [
            "phase",
            "option",
            "gap",
            "roadmap",
            "plan",
            "milestone",
            "sprint",
            "step",
            "missing",
            "next",
            "improve",
            "action",
        ]
        .iter()
        .any(|word| lower.contains(word))
    };
    let plans: Vec<usize> = document
        .sections
        .iter()
        .enumerate()
        .skip(2)
        .filter(|(_, s)| plan(s))
        .map(|(index, _)| index)
        .collect();
    let within = |section: usize| plans.iter().any(|plan| document.is_within(section, *plan));
    let scores: Vec<u32> = set.dimensions.iter().map(|d| d.line).collect();
    let mut texts: Vec<Vec<String>> = Vec::new();
    texts.extend(
        document
            .sections
            .iter()
            .enumerate()
            .filter(|(index, _)| within(*index))
            .map(|(_, s)| words(&s.title)),
    );
    texts.extend(
        document
            .lines
            .iter()
            .filter(|l| within(l.section) && !scores.contains(&l.number))
            .map(|l| words(&l.text)),
    );
    texts.extend(facts.phases.iter().flatten().map(|phase| words(&phase.name)));
    let tables = document.tables.iter().enumerate().filter(|(index, _)| Some(*index) != set.table);
    texts.extend(tables.flat_map(|(_, table)| &table.rows).map(|row| words(&row.cells.join(" "))));
    let named = |d: &&Dimension| texts.iter().any(|text| shared(&d.words, text) >= d.words.len().min(1));
    set.dimensions.iter().filter(named).map(|d| d.line).collect()
}
