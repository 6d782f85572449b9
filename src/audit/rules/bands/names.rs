//! A score with the name of a band that does not hold it: `77/100 (A)` where A begins at 90.

use super::read::Band;
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, Unit, quantities, shown};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

pub(super) fn apply(facts: &Facts<'_>, sets: &[Vec<Band>], findings: &mut Findings) {
    for (line, text, quantities) in facts.texts() {
        in_text(sets, line, text, quantities, findings);
    }
    for row in facts.document.tables.iter().flat_map(|table| &table.rows) {
        for cell in &row.cells {
            in_text(sets, row.line, cell, &quantities(cell), findings);
        }
    }
}

fn in_text(sets: &[Vec<Band>], line: u32, text: &str, quantities: &[Quantity], findings: &mut Findings) {
    let scores = quantities.iter().filter(|q| {
        q.is_point() && !q.signed && (q.over.is_some() || q.unit == Unit::Percent || q.unit == Unit::None)
    });
    for score in scores {
        let Some((low, score)) = scored(text, score, quantities) else { continue };
        for name in names(text, &score) {
            let named = sets.iter().filter(|bands| bands.len() >= 3).find_map(|bands| {
                let own = bands.iter().find(|band| band.name == name && band.line != line)?;
                Some((own, bands.iter().find(|band| band.low <= low && low <= band.high)?))
            });
            if let Some((own, right)) =
                named.filter(|(own, right)| own.name != right.name && !right.name.is_empty())
            {
                let outside = low < own.low || low > own.high;
                if outside && !findings.has(Rule::Bands, line) {
                    let message = format!(
                        "{} is `{name}` here, the bands of line {} call it `{}`",
                        shown(&low),
                        right.line,
                        right.name
                    );
                    findings.add(Rule::Bands, line, message, (name.clone(), Some(right.name.clone())));
                }
            }
        }
    }
}

/// A score of 0..=100, also as `76 of 100`, and where it stands.
fn scored(text: &str, score: &Quantity, quantities: &[Quantity]) -> Option<(Exact, Quantity)> {
    if let Some((low, _)) = score.as_score() {
        return Some((low, score.clone()));
    }
    let of = |whole: &&Quantity| {
        whole.low == hundred() && whole.start > score.end && text.get(score.end..whole.start) == Some(" of ")
    };
    let whole = quantities.iter().find(of).filter(|_| score.high <= hundred())?;
    Some((score.low.clone(), Quantity { end: whole.end, ..score.clone() }))
}

fn hundred() -> Exact {
    whole(100)
}

/// What stands in brackets behind a score, or right before a score in brackets, in lower case.
fn names(text: &str, score: &Quantity) -> Vec<String> {
    let after = text.get(score.end..).unwrap_or_default().trim_start();
    let behind = after.strip_prefix('(').and_then(|rest| rest.split_once([')', ','])).map(|(name, _)| name);
    let before = text.get(..score.start).unwrap_or_default().trim_end().strip_suffix('(');
    let ahead = before.and_then(|before| before.rsplit([':', '|', ',', '.']).next());
    [behind, ahead, verdict(after)]
        .into_iter()
        .flatten()
        .map(|name| name.trim().to_lowercase())
        .filter(|name| !name.is_empty())
        .collect()
}

/// `76/100, pilot only`: the first word behind a score and a comma, a dash or an arrow.
fn verdict(after: &str) -> Option<&str> {
    let rest = ["points", "percent"].iter().fold(after, |rest, unit| rest.strip_prefix(unit).unwrap_or(rest));
    let rest = [", ", " – ", " - ", " — ", " → ", ": "].iter().find_map(|sign| rest.strip_prefix(sign))?;
    rest.split([' ', ',', '.', ';', '*']).next().filter(|word| word.len() >= 4)
}
