//! A score with the name of a band that does not hold it: `77/100 (A)` where A begins at 90.

use super::read::Band;
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, shown};
use crate::audit::rules::passage::{self, Of, Passage};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Words that tell of the score as it is.
const TODAY: [&str; 9] =
    ["we are", "today", "today's", "currently", "current", "score is", "stands at", "puts us", "makes us"];
/// Words that tell of another score.
const OTHERWISE: [&str; 26] = [
    "would",
    "until",
    "below",
    "reach",
    "from",
    "need",
    "needs",
    "after",
    "missing",
    "more",
    "short",
    "next",
    "unless",
    "if",
    "not",
    "will",
    "target",
    "goal",
    "least",
    "threshold",
    "begins",
    "starts",
    "or",
    "above",
    "away",
    "was",
];

pub(super) fn apply(facts: &Facts<'_>, sets: &[Vec<Band>], findings: &mut Findings) {
    let whole: Vec<&Vec<Band>> = sets.iter().filter(|bands| bands.len() >= 3).collect();
    if let [bands] = whole.as_slice() {
        for passage in passage::all(facts).iter().filter(|passage| matches!(passage.of, Of::Text | Of::Item))
        {
            for range in passage.sentences() {
                in_sentence(bands, passage, range, findings);
            }
        }
    }
    for (line, text, quantities) in facts.texts() {
        in_text(sets, line, text, quantities, findings);
    }
    for row in facts.document.tables.iter().flat_map(|table| &table.rows) {
        for cell in &row.cells {
            in_text(sets, row.line, cell, &quantities(cell), findings);
        }
    }
}

/// "With 82 points we are at Gold level": the only score and the only band of a sentence about today.
fn in_sentence(bands: &[Band], passage: &Passage, (start, end): (usize, usize), findings: &mut Findings) {
    let (sentence, lower) = (passage.said(start, end), passage.said(start, end).to_lowercase());
    let found = quantities(sentence);
    let [score] = found.as_slice() else { return };
    let named: Vec<&Band> = bands.iter().filter(|band| is_named(band, sentence, &lower)).collect();
    let ([own], true) = (named.as_slice(), bands.len() >= 3) else { return };
    let plain = score.is_point() && !score.signed && score.limit == Limit::Exactly && score.low <= whole(100);
    let scale = score.over.as_ref().map_or_else(
        || matches!(score.unit, Unit::None | Unit::Points | Unit::Percent),
        |over| *over == whole(100),
    );
    let line = passage.line(start + score.start);
    let own_line = bands.iter().any(|band| band.line == line);
    if !plain || !scale || own_line || !mentions(&lower, &TODAY) || mentions(&lower, &OTHERWISE) {
        return;
    }
    let holds = |band: &&Band| {
        let above = score.low > band.low || score.low == band.low && !band.above;
        above && (score.low < band.high || score.low == band.high && !band.below)
    };
    let Some(right) =
        bands.iter().find(holds).filter(|right| right.name != own.name && !right.name.is_empty())
    else {
        return;
    };
    if !holds(own) && !findings.has(Rule::Bands, line) {
        let message =
            format!("{} is `{}` (line {}), not `{}`", shown(&score.low), right.name, right.line, own.name);
        findings.add(Rule::Bands, line, message, (own.name.clone(), Some(right.name.clone())));
    }
}

/// Whether a sentence names a band; a letter is named as a grade.
fn is_named(band: &Band, sentence: &str, lower: &str) -> bool {
    if band.name.len() <= 2 {
        let upper = band.name.to_uppercase();
        return ["grade ", "Grade ", "a grade of "]
            .iter()
            .any(|word| mentions(sentence, &[&format!("{word}{upper}")]));
    }
    mentions(lower, &[&band.name])
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
