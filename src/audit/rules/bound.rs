//! Scores stay in 0..=100, now and after every gain.

use num_traits::{Signed as _, Zero as _};

use crate::audit::facts::{Facts, Is, arrows, net_gain};
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit, shown, shown_range};
use crate::audit::table::Table;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

use super::gain::are_of_parts;
use super::sum_row::change_columns;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for set in &facts.dimensions {
        for dimension in &set.dimensions {
            let score = dimension.score.as_ref().filter(|score| **score > whole(100) || score.is_negative());
            if score.is_some() {
                report(dimension.line, &dimension.name, &dimension.score_text, findings);
            }
        }
    }
    for is in [Is::Current, Is::Target] {
        for statement in facts.states(is).filter(|s| s.high > whole(100)) {
            report(statement.line, "the score", &statement.text, findings);
        }
    }
    for (line, text, quantities) in facts.texts() {
        out_of_scale(line, text, quantities, findings);
        bonus(line, text, quantities, findings);
        beyond(facts, (line, text), quantities, findings);
    }
    for table in &facts.document.tables {
        for row in &table.rows {
            for cell in &row.cells {
                out_of_scale(row.line, cell, &crate::audit::quantity::quantities(cell), findings);
            }
        }
    }
    for table in &facts.document.tables {
        columns(table, findings);
    }
    for line in &facts.document.lines {
        overall(line, findings);
    }
    projection(facts, findings);
}

fn report(line: u32, name: &str, stated: &str, findings: &mut Findings) {
    if !findings.has(Rule::Bound, line) {
        let message = format!("{name} is stated as {stated}; a score ends at 100");
        findings.add(Rule::Bound, line, message, (stated.to_owned(), Some("100".to_owned())));
    }
}

/// Percentages above 100 in columns of a score before and after.
fn columns(table: &Table, findings: &mut Findings) {
    let Some([before, after, _]) = change_columns(table) else { return };
    for row in &table.rows {
        for column in [before, after] {
            let beyond =
                row.number(column).filter(|q| q.unit == Unit::Percent && q.high > whole(100) && !q.signed);
            let all = table.rows.iter().all(|r| r.number(column).is_some_and(|q| q.unit == Unit::Percent));
            if beyond.is_some() && all {
                report(row.line, row.cell(0), row.cell(column), findings);
            }
        }
    }
}

/// `Overall: 102%`.
fn overall(line: &Line, findings: &mut Findings) {
    let key = line.key();
    let key = key.trim_matches(|c: char| !c.is_alphanumeric());
    let first = line.values().next().filter(|q| !q.signed && q.limit == Limit::Exactly);
    let after = key.starts_with("after ") && mentions(key, &["phase", "phases", "all", "everything"]);
    if (after
        || matches!(key, "overall" | "overall score" | "overall readiness" | "score" | "readiness score"))
        && let Some(score) = first.filter(|q| q.as_score().is_some_and(|(_, high)| high > whole(100)))
    {
        report(line.number, key, line.between(score.start, score.end), findings);
    }
}

/// `105/100`, and percentages above 100 under the name of a rate.
fn out_of_scale(line: u32, text: &str, quantities: &[Quantity], findings: &mut Findings) {
    let lower = text.to_lowercase();
    for quantity in quantities.iter().filter(|q| !q.signed) {
        let said = text.get(quantity.start..quantity.end).unwrap_or_default();
        let of_scale =
            quantity.over.as_ref().is_some_and(|over| *over == whole(100)) && quantity.high > whole(100);
        let before = text.get(..quantity.start).unwrap_or_default().to_lowercase();
        let before = before.trim_end_matches(|c: char| !c.is_alphanumeric());
        let rate = [
            "pass rate",
            "test coverage",
            "line coverage",
            "branch coverage",
            "code coverage",
            "readiness",
            "readiness score",
            "coverage",
            "score will be",
            "score would be",
            "readiness will be",
            "readiness would be",
            "readiness of",
            "readiness is",
        ]
        .iter()
        .any(|name| before.ends_with(name));
        let over_rate = quantity.unit == Unit::Percent
            && quantity.high > whole(100)
            && quantity.limit == Limit::Exactly
            && rate
            && !lower.contains("increase");
        if of_scale || over_rate {
            report(
                line,
                if of_scale {
                    "a score"
                } else {
                    before.rsplit([':', '|', '(', ',']).next().unwrap_or("a rate").trim()
                },
                said,
                findings,
            );
        }
    }
}

/// `Testing 92% → 104%`, where the document has a part of that name, or it is the score.
fn beyond(facts: &Facts<'_>, (line, text): (u32, &str), quantities: &[Quantity], findings: &mut Findings) {
    for arrow in arrows(text, quantities) {
        let percent =
            |q: &Quantity| q.unit == Unit::Percent && q.is_point() && !q.signed && q.limit == Limit::Exactly;
        let lead = text.get(..arrow.from.start).unwrap_or_default();
        let name = lead.rsplit([',', ';', ')']).next().unwrap_or_default();
        let known =
            mentions(&name.to_lowercase(), &["overall", "score", "readiness", "coverage", "pass rate"])
                || facts.dimensions.iter().any(|set| set.find(name).is_some())
                || facts
                    .groups
                    .iter()
                    .flat_map(|g| &g.parts)
                    .any(|p| name.to_lowercase().contains(&p.name.to_lowercase()));
        if percent(arrow.from)
            && percent(arrow.to)
            && known
            && arrow.from.low <= whole(100)
            && arrow.to.low > whole(100)
        {
            let said = text.get(arrow.to.start..arrow.to.end).unwrap_or_default();
            report(line, name.trim_matches([' ', ':', '(']), said, findings);
        }
    }
}

/// `100% → 100% (+2 bonus points)`.
fn bonus(line: u32, text: &str, quantities: &[Quantity], findings: &mut Findings) {
    for arrow in arrows(text, quantities) {
        let (Some((from, _)), Some((_, to))) = (arrow.from.as_score(), arrow.to.as_score()) else { continue };
        let gain = net_gain(text, arrow.after).filter(|gain| gain.low.is_positive());
        if from == whole(100)
            && to == whole(100)
            && let Some(gain) = gain
        {
            let said = text.get(gain.start..gain.end).unwrap_or_default().to_owned();
            let message = format!("{said} on a score that is 100 already");
            findings.add(Rule::Bound, line, message, (said, Some("0".to_owned())));
        }
    }
}

/// The score after the phases, in their order.
fn projection(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(current) = facts.current() else { return };
    for phases in &facts.phases {
        let gains: Vec<(&Quantity, u32)> =
            phases.iter().filter_map(|p| p.gain.as_ref().map(|(q, line)| (q, *line))).collect();
        let total: Exact = gains.iter().map(|(gain, _)| gain.low.clone()).sum();
        if gains.len() < 2 || &current.low + &total <= whole(100) || are_of_parts(facts, phases) {
            continue;
        }
        let most: Exact = gains.iter().map(|(gain, _)| gain.high.clone()).sum();
        let (low, high) = (&current.low + &total, &current.high + &most);
        let mut sum = Exact::zero();
        let crossing = gains.iter().find(|(gain, _)| {
            sum += &gain.low;
            &current.low + &sum > whole(100)
        });
        if let Some((gain, line)) = crossing {
            let message = format!(
                "with this phase the score would pass 100: {} and all {} gains make {}",
                current.text,
                gains.len(),
                shown_range(&low, &high)
            );
            findings.add(
                Rule::Bound,
                *line,
                message,
                (format!("+{}", shown_range(&gain.low, &gain.high)), Some(shown_range(&low, &high))),
            );
        }
    }
    named_options(facts, findings);
}

/// "score after all phases: 112".
fn named_options(facts: &Facts<'_>, findings: &mut Findings) {
    for line in &facts.document.lines {
        if !mentions(
            &line.key(),
            &[
                "final score",
                "projected score",
                "result",
                "expected score",
                "projected",
                "projected readiness",
                "final readiness",
            ],
        ) {
            continue;
        }
        if let Some(score) = line.values().find(|q| q.as_score().is_some_and(|(_, high)| high > whole(100))) {
            report(line.number, "the projected score", &shown(&score.high), findings);
        }
    }
}
