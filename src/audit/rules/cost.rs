//! `Cost: 34 person-days` at the top of a document, and the total of the only column that counts person-days.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, shown_range};
use crate::model::audit::Rule;

/// More costs than a document states.
const MOST: usize = 100;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let labels = ["cost", "effort", "total effort", "total cost", "estimate", "total estimate"];
    let stated = facts.document.lines.iter().filter_map(|line| {
        let own = facts.document.sections.get(line.section).map_or(0, |section| section.quantities.len());
        let stated = line.labelled(&labels)?;
        (own == 0 && stated.limit == Limit::Exactly && !stated.signed).then_some((line, stated))
    });
    for (line, stated) in stated.take(MOST) {
        judge(facts, line, stated, findings);
    }
}

/// `person-days` behind `34`.
fn noun(line: &Line, quantity: &Quantity) -> String {
    let after = line.text.get(quantity.end..).unwrap_or_default().trim_start().to_lowercase();
    let whole = after.split(|c: char| !(c.is_alphabetic() || c == '-')).next().unwrap_or_default();
    whole.to_owned()
}

fn judge(facts: &Facts<'_>, line: &Line, stated: &Quantity, findings: &mut Findings) {
    let noun = noun(line, stated);
    if ![
        "person-days",
        "person-weeks",
        "person-hours",
        "engineer-weeks",
        "engineer-days",
        "story-points",
        "sp",
    ]
    .contains(&noun.as_str())
    {
        return;
    }
    let mut totals = facts.document.tables.iter().filter_map(|table| {
        let column = table.header.cells.iter().position(|head| head.to_lowercase() == noun)?;
        let total = table.rows.last().filter(|row| row.is_total())?;
        Some((total.line, total.number(column)?))
    });
    if let (Some((at, total)), None) = (totals.next(), totals.next())
        && (total.low != stated.low || total.high != stated.high)
        && total.over.is_none()
    {
        let (said, computed) =
            (line.between(stated.start, stated.end).to_owned(), shown_range(&total.low, &total.high));
        let message = format!("the table that ends in line {at} has {computed} {noun}, not {said}");
        findings.add(Rule::Headline, line.number, message, (said, Some(computed)));
    }
}
