//! The headline against the table, and headlines against each other.

use num_traits::Signed as _;

use crate::audit::facts::{DimensionSet, Facts, Is, Statement};
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit, says, shown, ulp};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

use super::sum_row::most_columns;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for set in &facts.dimensions {
        total_row(facts, set, findings);
    }
    for line in &facts.document.lines {
        weighted_line(facts, line, findings);
    }
    let table = facts.dimensions.iter().find_map(DimensionSet::weighted);
    let total =
        table.or_else(|| stated_total(facts)).or_else(|| of_most(facts)).or_else(|| plain_mean(facts));
    match (&total, facts.current()) {
        (Some(total), Some(current))
            if current.low == current.high && !agrees(current, total) && !summed(facts, current) =>
        {
            let again: Vec<String> = facts
                .states(Is::Current)
                .filter(|s| s.line != current.line && s.low == current.low)
                .map(|s| s.line.to_string())
                .collect();
            let also = if again.is_empty() {
                String::new()
            } else {
                format!(
                    " (again in {} {})",
                    if again.len() == 1 { "line" } else { "lines" },
                    again.join(", ")
                )
            };
            let message =
                format!("the headline says {}{also}, the table gives {}", current.text, shown(total));
            findings.add(Rule::Headline, current.line, message, (current.text.clone(), Some(shown(total))));
        }
        _ => among_themselves(facts, findings),
    }
}

fn agrees(statement: &Statement, exact: &Exact) -> bool {
    says(&statement.low, statement.decimals, exact)
}

/// Whether the points of the dimensions sum to the headline: then one of them is wrong, and it is not.
fn summed(facts: &Facts<'_>, current: &Statement) -> bool {
    let of = |set: &DimensionSet| {
        set.dimensions.iter().map(|d| d.points.as_ref().map(|q| q.low.clone())).sum::<Option<Exact>>()
    };
    facts.dimensions.iter().filter_map(of).any(|sum| agrees(current, &sum))
}

/// The mean of scores without weights, where the document says that the score is one.
fn plain_mean(facts: &Facts<'_>) -> Option<Exact> {
    let said = |text: &str| {
        let lower = text.to_lowercase();
        let mean =
            ["mean", "average", "equal weight", "equal weights", "equally weighted", "weighted equally"];
        let of =
            ["dimensions", "areas", "categories", "components", "pillars", "scores", "domains", "criteria"];
        mentions(&lower, &mean)
            && mentions(&lower, &of)
            && !mentions(&lower, &["weighted mean", "weighted average"])
    };
    let mut sets = facts.dimensions.iter().filter(|set| set.weights().is_none());
    let set =
        sets.next().filter(|_| sets.next().is_none() && facts.texts().any(|(_, text, _)| said(text)))?;
    set.mean()
}

/// A mean stated in the total row of a table without weights.
fn stated_total(facts: &Facts<'_>) -> Option<Exact> {
    facts.dimensions.iter().find_map(|set| {
        let table = facts.document.tables.get(set.table?)?;
        Some(table.total()?.number(set.columns.1?)?.as_score()?.0)
    })
}

/// What is achieved of the most, over a table of both.
fn of_most(facts: &Facts<'_>) -> Option<Exact> {
    facts.document.tables.iter().find_map(|table| {
        let (most, achieved) = most_columns(table)?;
        let sum = |column: usize| {
            table
                .body()
                .map(|row| row.number(column).filter(Quantity::is_point).map(|q| q.low))
                .sum::<Option<Exact>>()
        };
        let (most, achieved) = (sum(most)?, sum(achieved)?);
        (most == whole(100)).then_some(achieved)
    })
}

/// The score of a total row is the weighted mean of the rows above.
fn total_row(facts: &Facts<'_>, set: &DimensionSet, findings: &mut Findings) {
    let Some(table) = set.table.and_then(|index| facts.document.tables.get(index)) else { return };
    let (Some(total), Some(weighted), Some(column)) = (table.total(), set.weighted(), set.columns.1) else {
        return;
    };
    let Some(stated) = total.number(column).filter(Quantity::is_point) else { return };
    let value = match stated.as_score() {
        Some((low, _)) => low,
        None => stated.low.clone(),
    };
    let scale = stated.over.clone().map_or_else(|| whole(1), |over| whole(100) / over);
    let plain = set.mean().is_some_and(|mean| (&mean - &value).abs() < ulp(stated.decimals) * &scale);
    let sum: Exact = set.dimensions.iter().filter_map(|d| d.score.clone()).sum();
    let summed = sum == value || &sum / whole(10) == value;
    let fits = |exact: &Exact| (exact - &value).abs() < ulp(stated.decimals) * &scale;
    if fits(&weighted)
        || fits(&(&weighted / whole(10)))
        || summed
        || plain && total.cell(0).to_lowercase().contains("average")
        || findings.has(Rule::MeanBound, total.line)
    {
        return;
    }
    let said = total.cell(column).to_owned();
    let message = format!("the weighted mean of the rows above is {}, not {said}", shown(&weighted));
    findings.add(Rule::Headline, total.line, message, (said, Some(shown(&weighted))));
}

/// `Weighted score: 79.0` below the dimensions that it follows from.
fn weighted_line(facts: &Facts<'_>, line: &Line, findings: &mut Findings) {
    let key = line.key();
    let key = key.trim_matches(|c: char| !c.is_alphanumeric());
    if !matches!(
        key,
        "weighted score" | "weighted total" | "weighted average" | "weighted mean" | "weighted sum"
    ) {
        return;
    }
    let before = facts.dimensions.iter().filter(|set| set.line < line.number);
    let Some(exact) = before.filter_map(DimensionSet::weighted).next_back() else { return };
    let Some(stated) =
        line.values().next().filter(|q| q.is_point() && !q.signed && q.limit == Limit::Exactly)
    else {
        return;
    };
    let scale = match &stated.over {
        Some(over) => whole(100) / over,
        None => whole(1),
    };
    let fits = says(&stated.low, stated.decimals, &(&exact / &scale))
        || says(&stated.low, stated.decimals, &(&exact / whole(10)));
    if !fits && matches!(stated.unit, Unit::None | Unit::Percent | Unit::Points) {
        let said = line.between(stated.start, stated.end).to_owned();
        let message = format!("the weighted mean of the dimensions is {}, not {said}", shown(&exact));
        findings.add(Rule::Headline, line.number, message, (said, Some(shown(&exact))));
    }
}

/// Two statements of the current score that differ.
fn among_themselves(facts: &Facts<'_>, findings: &mut Findings) {
    let states: Vec<&Statement> = facts.states(Is::Current).collect();
    for statement in &states {
        let Some((becomes, text)) = &statement.becomes else { continue };
        if let Some(other) = states.iter().find(|s| {
            s.line != statement.line && s.becomes.is_none() && s.low == statement.low && s.high != *becomes
        }) {
            let message = format!(
                "this headline takes the score to {text}; line {} says that it is {}",
                other.line, other.text
            );
            findings.add(Rule::Headline, statement.line, message, (text.clone(), Some(other.text.clone())));
        }
    }
    let Some(first) = states.first() else { return };
    for other in states.iter().skip(1).filter(|s| s.becomes.is_none() && first.becomes.is_none()) {
        let apart = other.low > first.high || other.high < first.low;
        let rounded = (&other.low - &first.low).abs() < whole(1) && (other.decimals != first.decimals);
        if apart && !rounded {
            let message =
                format!("the current score is {} here and {} in line {}", other.text, first.text, first.line);
            findings.add(Rule::Headline, other.line, message, (other.text.clone(), Some(first.text.clone())));
        }
    }
}
