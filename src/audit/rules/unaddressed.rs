//! A full target with a dimension that no phase raises.

use crate::audit::facts::{Dimension, DimensionSet, Facts, Is, arrows};
use crate::audit::findings::Findings;
use crate::audit::outline::{Line, Section};
use crate::audit::table::Table;
use crate::audit::words::{is_within, mentions, shared, words};
use crate::model::audit::Rule;
use crate::model::exact::whole;

use super::unaddressed_listed::{listed, percentages};
use super::weight::of_hundred;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    without_measure(facts, findings);
    let target = facts.states(Is::Target).any(|target| target.high == whole(100));
    if !target && !promises(facts) && !plainly(facts) && !everywhere(facts) {
        return;
    }
    let listed = listed(facts).or_else(|| percentages(facts));
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
        unraised(dimension, findings);
    }
}

fn unraised(dimension: &Dimension, findings: &mut Findings) {
    let message = format!(
        "`{}` is at {} and no phase raises it, so the target of 100 is out of reach",
        dimension.name, dimension.score_text
    );
    let numbers = (dimension.score_text.clone(), Some("no phase".to_owned()));
    findings.add(Rule::UnaddressedGap, dimension.line, message, numbers);
}

/// "Every area at 100 by June", "100 % in allen Bereichen".
fn everywhere(facts: &Facts<'_>) -> bool {
    let all = [
        "every area",
        "all areas",
        "each area",
        "every dimension",
        "all dimensions",
        "each dimension",
        "all six",
        "all five",
        "all four",
        "allen bereichen",
        "jeder bereich",
        "alle bereiche",
        "everywhere",
        "every category",
        "all categories",
        "every pillar",
        "in every",
        "every component",
        "all components",
    ];
    facts.texts().any(|(_, text, quantities)| {
        let lower = text.to_lowercase();
        let full = quantities.iter().any(|q| q.low == whole(100) && !q.unit.is_duration() && q.is_point());
        full && mentions(&lower, &all)
            && !mentions(&lower, &["not", "nicht", "was", "were", "are at", "is at"])
    })
}

/// A row that is below 100 beside an empty cell for its measure, where other rows have one and all shall be at 100.
fn without_measure(facts: &Facts<'_>, findings: &mut Findings) {
    let target = facts.states(Is::Target).any(|target| target.high == whole(100));
    if !target && !everywhere(facts) {
        return;
    }
    for set in &facts.dimensions {
        let Some(table) = set.table.and_then(|index| facts.document.tables.get(index)) else { continue };
        let heads = [
            "measure",
            "measures",
            "action",
            "actions",
            "plan",
            "work",
            "next step",
            "maßnahme",
            "phase",
            "fix",
            "planned in",
            "planned",
            "milestone",
        ];
        let column = (1..table.header.cells.len())
            .find(|column| mentions(&table.header.cell(*column).to_lowercase(), &heads));
        let Some(column) = column else { continue };
        let filled = table.body().filter(|row| !row.is_empty(column)).count();
        for (row, dimension) in table.body().zip(&set.dimensions) {
            let below = dimension.score.as_ref().is_some_and(|score| *score < whole(100));
            if below && row.is_empty(column) && filled * 2 >= set.dimensions.len() {
                unraised(dimension, findings);
            }
        }
    }
}

/// `Target: 100` without a unit, where the title says the same.
fn plainly(facts: &Facts<'_>) -> bool {
    let titled = facts.document.sections.get(1).is_some_and(|section| {
        section.title.to_lowercase().contains("to 100")
            && section.quantities.iter().any(|q| q.high == whole(100))
    });
    let said = |line: &Line| matches!(line.key().as_str(), "target" | "goal") && line.value.trim() == "100";
    titled && facts.document.lines.iter().any(said)
}

/// "Path to 100%".
fn promises(facts: &Facts<'_>) -> bool {
    let ways = ["path to", "road to", "roadmap to", "plan to", "way to", "weg zu"];
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
            let before = text.get(..arrow.from.start).unwrap_or_default();
            // What stands between this number and the one before it, or the last comma.
            let name = before.trim_end().trim_end_matches(['(', ':']);
            let begin = name.rfind([',', ';', ')']).map_or(0, |at| at + 1);
            let name = name.get(begin..).unwrap_or_default();
            let own = words(name);
            let all = set.dimensions.iter().filter(|d| is_within(&d.words, &own));
            for dimension in all.chain(set.find(name)) {
                let (from, to) = (of_hundred(arrow.from, dimension), of_hundred(arrow.to, dimension));
                if dimension.score.is_some() && matches!((from, to), (Some(from), Some(to)) if to >= from) {
                    raised.push(dimension.line);
                }
            }
        }
    }
    raised
}

/// Headings of a plan.
const PLANS: [&str; 17] = [
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
    "work",
    "measure",
    "fahrplan",
    "how",
    "way",
];
/// Headers of a plan.
const WORK: [&str; 23] = [
    "phase",
    "gap",
    "gaps",
    "work",
    "measure",
    "task",
    "action",
    "actions",
    "hours",
    "effort",
    "gain",
    "points",
    "item",
    "improvement",
    "maßnahme",
    "step",
    "milestone",
    "release",
    "version",
    "sprint",
    "scope",
    "fix",
    "what",
];

/// Lines of the dimensions whose words stand in a phase, an option or a gap.
fn by_names(facts: &Facts<'_>, set: &DimensionSet) -> Vec<u32> {
    let document = facts.document;
    let plan = |section: &Section| {
        let lower = section.title.to_lowercase();
        PLANS.iter().any(|word| lower.contains(word))
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
    let planned = |table: &Table| {
        within(table.section) || table.header.cells.iter().any(|head| mentions(&head.to_lowercase(), &WORK))
    };
    let tables = document
        .tables
        .iter()
        .enumerate()
        .filter(|(index, table)| Some(*index) != set.table && planned(table));
    texts.extend(tables.flat_map(|(_, table)| &table.rows).map(|row| words(&row.cells.join(" "))));
    let named = |d: &&Dimension| texts.iter().any(|text| shared(&d.words, text) >= d.words.len().min(1));
    set.dimensions.iter().filter(named).map(|d| d.line).collect()
}
