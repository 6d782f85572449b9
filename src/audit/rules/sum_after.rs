//! The score after work that says what it brings: an option with its gains, and all of the work in a table.

use num_traits::Signed as _;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, shown_range};
use crate::audit::table::Table;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Phrases for the score once everything is done.
const ALL: [&str; 9] = [
    "after all of it",
    "after all of this",
    "after all of that",
    "after all tasks",
    "after all items",
    "with all of it",
    "once all of it is done",
    "with everything done",
    "after everything",
];

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for (index, section) in facts.document.sections.iter().enumerate() {
        let title = section.title.to_lowercase();
        if ["option ", "scenario ", "plan ", "variant "].iter().any(|word| title.starts_with(word)) {
            option(facts, index, findings);
        }
    }
    for line in facts.document.lines.iter().filter(|line| is_after_all(&line.text.to_lowercase())) {
        let mut before = facts.document.tables.iter().rev().filter(|table| table.header.line < line.number);
        if let Some(gains) = before.find_map(gains) {
            let score = line.quantities.iter().find(|q| q.as_score().is_some() && !q.signed);
            judge(facts, line, score, &gains, findings);
        }
    }
}

fn is_after_all(lower: &str) -> bool {
    let tasks = lower.strip_prefix("with all ").or_else(|| lower.strip_prefix("after all "));
    let counted = tasks.is_some_and(|rest| {
        let mut words = rest.split_whitespace().take(3);
        words.any(|word| {
            matches!(word, "tasks" | "items" | "gaps" | "initiatives" | "fixes" | "changes" | "rows")
        })
    });
    counted || ALL.iter().any(|phrase| lower.starts_with(phrase))
}

/// Items that each bring something, and the score that they bring it to.
fn option(facts: &Facts<'_>, section: usize, findings: &mut Findings) {
    let own = || facts.document.lines.iter().filter(|line| line.section == section);
    let result = own()
        .find(|line| mentions(&line.key(), &["result", "resulting score", "final score", "score after"]));
    let items: Vec<&Line> = own().filter(|line| line.kind == Kind::Item && line.indent < 2).collect();
    let gains: Option<Vec<Quantity>> = items.iter().map(|line| only_gain(line)).collect();
    if let (Some(line), Some(gains)) = (result, gains.filter(|gains| gains.len() >= 2)) {
        judge(facts, line, line.values().next(), &gains, findings);
    }
}

fn only_gain(line: &Line) -> Option<Quantity> {
    let mut gains =
        line.quantities.iter().filter(|q| q.signed && matches!(q.unit, Unit::Percent | Unit::Points));
    let first = gains.next().filter(|gain| !gain.low.is_negative())?;
    gains.next().is_none().then(|| first.clone())
}

/// The gains of a table of work: every row has one, and an effort.
fn gains(table: &Table) -> Option<Vec<Quantity>> {
    let column = |words: &[&str]| {
        (1..table.header.cells.len()).find(|c| mentions(&table.header.cell(*c).to_lowercase(), words))
    };
    let gain = column(&["gain", "improvement", "points", "score gain"])?;
    column(&["effort", "cost", "hours", "time", "days", "weeks", "priority"])?;
    let all: Option<Vec<Quantity>> = table
        .body()
        .map(|row| {
            row.number(gain)
                .filter(|q| q.over.is_none() && matches!(q.unit, Unit::Points | Unit::Percent | Unit::None))
        })
        .collect();
    all.filter(|gains| gains.len() >= 2)
}

fn judge(
    facts: &Facts<'_>,
    line: &Line,
    stated: Option<&Quantity>,
    gains: &[Quantity],
    findings: &mut Findings,
) {
    let (Some(current), Some(stated)) =
        (facts.current(), stated.filter(|q| !q.signed && q.limit == Limit::Exactly))
    else {
        return;
    };
    let Some((low, high)) = stated.as_score() else { return };
    let sum = |of: fn(&Quantity) -> &Exact| gains.iter().map(|gain| of(gain).clone()).sum::<Exact>();
    let (least, most) = (&current.low + sum(|q| &q.low), &current.high + sum(|q| &q.high));
    let apart = high < (&least).min(&whole(100)) - stated.ulp() || low > &most + stated.ulp();
    let close = low == high && least == most && (&low - &least).abs() < stated.ulp();
    let wrong = if least == most && low == high { !close && least <= whole(100) } else { apart };
    if wrong && !findings.has(Rule::Sum, line.number) {
        let said = line.between(stated.start, stated.end).to_owned();
        let computed = shown_range(&least, &most);
        let by = shown_range(&sum(|q| &q.low), &sum(|q| &q.high));
        let message = format!("{} and the {by} of its work make {computed}, not {said}", current.text);
        findings.add(Rule::Sum, line.number, message, (said, Some(computed)));
    }
}
