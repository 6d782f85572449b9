//! A score with the name of a band that does not hold it: `77/100 (A)` where A begins at 90.

use super::read::Band;
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, Unit, quantities, shown};
use crate::model::audit::Rule;

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
    let scores = quantities
        .iter()
        .filter(|q| q.is_point() && !q.signed && (q.over.is_some() || q.unit == Unit::Percent));
    for score in scores {
        let Some((low, _)) = score.as_score() else { continue };
        for name in names(text, score) {
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

/// What stands in brackets behind a score, or right before a score in brackets, in lower case.
fn names(text: &str, score: &Quantity) -> Vec<String> {
    let after = text.get(score.end..).unwrap_or_default().trim_start();
    let behind = after.strip_prefix('(').and_then(|rest| rest.split_once([')', ','])).map(|(name, _)| name);
    let before = text.get(..score.start).unwrap_or_default().trim_end().strip_suffix('(');
    let ahead = before.and_then(|before| before.rsplit([':', '|', ',', '.']).next());
    [behind, ahead]
        .into_iter()
        .flatten()
        .map(|name| name.trim().to_lowercase())
        .filter(|name| !name.is_empty())
        .collect()
}
