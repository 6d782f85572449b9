//! Numbers beside the headers of a table, in prose: "we have spent 1,169 of the approved 1,840".

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, shown};
use crate::audit::rules::sentence::sentences;
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Columns and tables that are told in prose.
const MOST: usize = 40;

/// The total of a column, by its header.
struct Total {
    head: String,
    value: Exact,
}

/// The totals of one table.
struct Totals {
    line: u32,
    totals: Vec<Total>,
    /// A thousand where the cells count thousands.
    scale: Exact,
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let all: Vec<Totals> = facts.document.tables.iter().take(MOST).filter_map(of_table).collect();
    for block in facts.document.blocks().filter(|_| !all.is_empty()) {
        for sentence in sentences(block) {
            // Currencies stand before their numbers, where the scanner sees none.
            let text = sentence.text.replace(['€', '$', '£'], " ").to_lowercase();
            let found = quantities(&text);
            for totals in all.iter().filter(|_| (2..=12).contains(&found.len())) {
                if let Some((said, total, at)) = apart(&text, &found, totals) {
                    let line = if at < sentence.text.len() { sentence.line(at) } else { sentence.line(0) };
                    let computed = shown(&total.value);
                    let message = format!(
                        "{said} `{}` here, and {computed} in the table of line {}",
                        total.head, totals.line
                    );
                    if !findings.has(Rule::Headline, line) && !findings.repeats(line, &said) {
                        findings.add(Rule::Headline, line, message, (said, Some(computed)));
                    }
                }
            }
        }
    }
}

/// Totals as stated in the last row.
fn of_table(table: &Table) -> Option<Totals> {
    let row: &Row = table.total()?;
    let of = |column: usize| {
        let head = table.header.cell(column).trim().to_lowercase();
        let value = row.number(column)?;
        let plain = value.is_point() && value.over.is_none() && !value.signed && value.unit != Unit::Percent;
        let named = head.len() >= 4 && head.chars().all(char::is_alphabetic);
        (plain && named).then_some(Total { head, value: value.low })
    };
    let totals: Vec<Total> = (1..table.header.cells.len()).filter_map(of).collect();
    let thousands = table.header.cells.iter().any(|head| {
        let head = head.to_lowercase();
        ["k€", "€k", "k$", "$k", "keur", "kusd", "thousand"].iter().any(|sign| head.contains(sign))
    });
    let scale = if thousands { whole(1000) } else { whole(1) };
    (totals.len() >= 2).then_some(Totals { line: row.line, totals, scale })
}

/// One number that has the name of a column and not its total, where another one, of twenty or more, has both.
fn apart<'t>(text: &str, found: &[Quantity], all: &'t Totals) -> Option<(String, &'t Total, usize)> {
    let other = [
        "would", "will", "after", "then", "target", "previous", "last", "more", "if", "each", "every", "per",
        "another", "further",
    ];
    if mentions(text, &other) {
        return None;
    }
    let (mut held, mut apart) = (Vec::new(), Vec::new());
    for quantity in found.iter().filter(|q| is_count(q)) {
        let Some(total) = named(text, quantity, &all.totals) else { continue };
        let value = if quantity.low >= &total.value * whole(100) {
            &quantity.low / &all.scale
        } else {
            quantity.low.clone()
        };
        if value == total.value {
            held.push(total.value.clone());
        } else {
            apart.push((quantity, total, value));
        }
    }
    let anchored = held.len() >= 2 || held.iter().any(|value| *value >= whole(20));
    let [(quantity, total, value)] = apart.as_slice() else { return None };
    let near = value * whole(2) > total.value && *value < &total.value * whole(2);
    let known = all.totals.iter().any(|total| total.value == *value);
    let said = text.get(quantity.start..quantity.end)?.to_owned();
    (anchored && near && !known).then_some((said, *total, quantity.start))
}

fn is_count(quantity: &Quantity) -> bool {
    quantity.is_point()
        && quantity.over.is_none()
        && !quantity.signed
        && quantity.limit == Limit::Exactly
        && quantity.unit == Unit::None
}

/// The header right before a number, or right behind it, a verb between them at most.
fn named<'t>(text: &str, quantity: &Quantity, totals: &'t [Total]) -> Option<&'t Total> {
    let before = text.get(..quantity.start)?.trim_end_matches([' ', ':', '=']);
    let after = text.get(quantity.end..)?;
    let verbs = ["are", "were", "have", "been", "is", "was"];
    let stop = after.find([',', ';', '.', '(', ')', ':']).unwrap_or(after.len());
    let behind =
        after.get(..stop)?.split(' ').filter(|word| !word.is_empty() && !verbs.contains(word)).next();
    let ahead = before.rsplit(' ').next();
    totals
        .iter()
        .find(|total| behind == Some(&*total.head))
        .or_else(|| totals.iter().find(|total| ahead == Some(&*total.head)))
}
