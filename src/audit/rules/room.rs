//! Gains against the room that a part has up to its own maximum: `Failover: 8 of 20`, and work that brings it +14.

use num_traits::Signed as _;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, Unit, quantities, shown};
use crate::audit::words::{is_within, mentions, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

use super::sum_row::most_columns;

/// Parts and texts that are compared; a document with more is none that a person wrote.
const MOST: (usize, usize) = (60, 3000);

/// A part with what it has and the most that it can have.
struct Part {
    line: u32,
    words: Vec<String>,
    name: String,
    now: Exact,
    most: Exact,
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let parts = parts(facts);
    if parts.len() < 3 {
        return;
    }
    for (line, text, quantities) in facts.texts().take(MOST.1) {
        if let Some(part) = named(&parts, line, text) {
            judge(part, line, text, quantities, findings);
        }
    }
    for row in facts
        .document
        .tables
        .iter()
        .filter(|table| most_columns(table).is_none())
        .flat_map(|table| &table.rows)
        .take(MOST.1)
    {
        let text = row.cells.join(" · ");
        if let Some(part) = named(&parts, row.line, &text) {
            judge(part, row.line, &text, &quantities(&text), findings);
        }
    }
}

fn parts(facts: &Facts<'_>) -> Vec<Part> {
    let mut found = Vec::new();
    for table in &facts.document.tables {
        let Some((most, now)) = most_columns(table) else { continue };
        for row in table.body() {
            let plain = |column: usize| {
                row.number(column).filter(|q| q.is_point() && q.unit != Unit::Percent && q.over.is_none())
            };
            if let (Some(most), Some(now)) = (plain(most), plain(now)) {
                found.push(part(row.line, row.cell(0), now.low, most.low));
            }
        }
    }
    // `| Area | Reached | Possible gain |`: what is left is a column of its own.
    for table in facts.document.tables.iter().filter(|table| most_columns(table).is_none()) {
        let column = |words: &[&str]| {
            (1..table.header.cells.len()).find(|c| {
                let head = table.header.cell(*c).to_lowercase();
                mentions(&head, words) && !mentions(&head, &["overall", "total", "%", "hours", "cost"])
            })
        };
        let exact =
            (1..table.header.cells.len()).find(|c| table.header.cell(*c).trim().eq_ignore_ascii_case("gap"));
        let left = exact.or_else(|| {
            column(&["possible gain", "missing", "points missing", "open points", "still missing"])
        });
        let now = column(&["reached", "achieved", "score", "points", "now", "current"]);
        let (Some(left), Some(now)) = (left, now.filter(|now| Some(*now) != left)) else { continue };
        for row in table.body() {
            let plain = |column: usize| row.number(column).filter(|q| q.is_point() && q.over.is_none());
            if let (Some(left), Some(now)) = (plain(left), plain(now)) {
                found.push(part(row.line, row.cell(0), now.low.clone(), &now.low + &left.low));
            }
        }
    }
    for line in &facts.document.lines {
        let fractions = super::ratio::fractions(&line.text, &line.quantities);
        let [(now, most, start, end)] = fractions.as_slice() else { continue };
        let ends = line.text.get(*end..).is_some_and(|rest| {
            rest.trim_matches([' ', '.', ')']).is_empty() || rest.trim_start().starts_with("points")
        });
        let name =
            line.text.get(..*start).unwrap_or_default().trim_end_matches([':', ',', '-', '–', '—', ' ', '(']);
        if ends && !name.is_empty() && name.len() <= 40 && !name.contains(['.', ':']) {
            found.push(part(line.number, name, now.clone(), most.clone()));
        }
    }
    found.truncate(MOST.0);
    found
}

fn part(line: u32, name: &str, now: Exact, most: Exact) -> Part {
    Part { line, words: words(name), name: name.trim().to_owned(), now, most }
}

/// The only part that a text names.
fn named<'p>(parts: &'p [Part], line: u32, text: &str) -> Option<&'p Part> {
    let own = words(text);
    let mut found = parts.iter().filter(|part| is_within(&part.words, &own));
    let first = found.next().filter(|part| part.line != line)?;
    found.next().is_none().then_some(first)
}

fn judge(part: &Part, line: u32, text: &str, quantities: &[Quantity], findings: &mut Findings) {
    let left = &part.most - &part.now;
    let signed = |q: &&Quantity| {
        q.signed && q.low.is_positive() && matches!(q.unit, Unit::Points | Unit::None) && q.over.is_none()
    };
    let mut gains = quantities.iter().filter(signed);
    let gain = gains.next().filter(|_| gains.next().is_none());
    // `8 → 21`, `from 8 to 21`.
    let rise = quantities.windows(2).find_map(|two| match two {
        [a, b] if a.low == part.now && a.unit == b.unit && b.is_point() => {
            let between = text.get(a.end..b.start)?.trim();
            matches!(between, "→" | "->" | "=>" | "to" | "auf").then(|| b.low.clone())
        }
        _ => None,
    });
    let ranged = quantities.iter().find(|q| {
        q.low == part.now
            && q.high > q.low
            && text.get(q.start..q.end).is_some_and(|said| said.contains(" to "))
    });
    let to = rise.or_else(|| ranged.map(|q| q.high.clone()));
    if let Some(to) = to.filter(|to| *to > part.most && *to <= &part.most * whole(2)) {
        if !findings.has(Rule::Bound, line) {
            let (said, computed) = (shown(&to), shown(&part.most));
            let message =
                format!("`{}` ends at {computed} (line {}), and is to reach {said}", part.name, part.line);
            findings.add(Rule::Bound, line, message, (said, Some(computed)));
        }
    } else if let Some(gain) =
        gain.filter(|gain| gain.low > left && gain.low <= part.most && left.is_positive())
        && !findings.has(Rule::GainExceedsGap, line)
    {
        let (said, computed) =
            (text.get(gain.start..gain.end).unwrap_or_default().to_owned(), format!("+{}", shown(&left)));
        let message = format!(
            "`{}` is at {} of {} (line {}) and has {} left, not {said}",
            part.name,
            shown(&part.now),
            shown(&part.most),
            part.line,
            shown(&left)
        );
        findings.add(Rule::GainExceedsGap, line, message, (said, Some(computed)));
    }
}
