//! What prose says of scored rows: how many are above a number, and the number of the best or the weakest.

use crate::audit::facts::{Dimension, DimensionSet, Facts};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, Unit, quantities, shown};
use crate::audit::rules::sentence::{Sentence, prose};
use crate::audit::spelled;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// What tells of another time or of a wish.
const OTHER: [&str; 30] = [
    "must",
    "when",
    "if",
    "until",
    "after",
    "need",
    "needs",
    "target",
    "will",
    "would",
    "should",
    "once",
    "was",
    "were",
    "last",
    "before",
    "unless",
    "goal",
    "then",
    "at most",
    "may",
    "next",
    "previous",
    "about",
    "more than one",
    "from",
    "risen",
    "rose",
    "fell",
    "by",
];
/// Superlatives of a score.
const SUPERLATIVE: [&str; 14] = [
    "weakest",
    "lowest",
    "worst",
    "poorest",
    "best",
    "highest",
    "strongest",
    "top score",
    "schwächste",
    "schwächster",
    "niedrigste",
    "beste",
    "bester",
    "stärkste",
];
/// What is scored, where the header of the table does not name it.
const NOUNS: [&str; 12] = [
    "area",
    "areas",
    "dimension",
    "dimensions",
    "category",
    "categories",
    "component",
    "components",
    "bereiche",
    "scores",
    "pillars",
    "criteria",
];

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let mut sets = facts.dimensions.iter().filter(|set| set.dimensions.iter().all(|d| d.score.is_some()));
    let (Some(set), None) = (sets.next(), sets.next()) else { return };
    for sentence in facts.document.blocks().flat_map(prose) {
        let lower = sentence.text.to_lowercase();
        if !mentions(&lower, &OTHER) {
            above(&sentence, &lower, set, findings);
            named(facts, &sentence, (&lower, set), findings);
        }
    }
}

/// A number that scores are held against.
struct Bound<'q> {
    quantity: &'q Quantity,
    /// Whether scores above it are counted.
    up: bool,
    /// Whether it is counted itself: "85 or better".
    itself: bool,
}

/// "Two of the four areas are at 85 or better", "no area is below 60".
fn above(sentence: &Sentence, lower: &str, set: &DimensionSet, findings: &mut Findings) {
    let Some(bound) = bound(sentence, lower) else { return };
    let before = lower.get(..bound.quantity.start).unwrap_or_default();
    let words: Vec<&str> =
        before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let rows = set.dimensions.len();
    let noun = words.iter().position(|word| NOUNS.contains(word));
    let Some(noun) = noun.filter(|noun| *noun <= 5) else { return };
    let count = words.iter().take(noun).find_map(|word| match *word {
        "all" | "every" | "each" | "alle" => Some(rows),
        "no" | "none" | "keine" => Some(0),
        "one" => Some(1),
        "both" => Some(2),
        other => other.parse().ok().or_else(|| spelled::number(other).and_then(|n| usize::try_from(n).ok())),
    });
    let Some(count) = count.filter(|count| *count <= rows) else { return };
    let limit = &bound.quantity.low;
    let number = |fits: &dyn Fn(&Exact) -> bool| {
        set.dimensions.iter().filter_map(|d| d.score.as_ref()).filter(|s| fits(s)).count()
    };
    let strict = number(&|score| if bound.up { score > limit } else { score < limit });
    let loose = number(&|score| if bound.up { score >= limit } else { score <= limit });
    let line = sentence.line(bound.quantity.start);
    // "Over 80" may mean 80, too.
    let strictly = if bound.itself { loose } else { strict };
    if count != strictly && count != loose && !findings.has(Rule::Headline, line) {
        let message = format!("{strictly} of the {rows} scores of line {} are there, not {count}", set.line);
        findings.add(Rule::Headline, line, message, (count.to_string(), Some(strictly.to_string())));
    }
}

fn bound<'q>(sentence: &'q Sentence, lower: &str) -> Option<Bound<'q>> {
    let quantity = sentence.quantities.iter().rfind(|q| {
        let unit = matches!(q.unit, Unit::None | Unit::Percent | Unit::Points);
        unit && q.is_point() && !q.signed && q.low >= whole(20) && q.low <= whole(100)
    })?;
    let before = lower.get(..quantity.start)?.trim_end();
    let before = before.trim_end_matches(['<', '>', '≥', '≤', ' ']);
    let after = lower.get(quantity.end..)?.trim_start();
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    let begins = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
    let better = begins(&["or better", "or more", "or above", "or higher", "and above", "and more"]);
    let worse = begins(&["or less", "or lower", "or below", "or worse"]);
    let up = better || ends(&["above", "over", "at least", "more than", "über", "mindestens"]);
    let down = worse || ends(&["below", "under", "less than", "unter"]);
    let itself = better || worse || ends(&["at least", "mindestens"]);
    (up != down).then_some(Bound { quantity, up, itself })
}

/// "Docs is our weakest area at 65": the only number of the only row that a superlative is said of.
fn named(
    facts: &Facts<'_>,
    sentence: &Sentence,
    (lower, set): (&str, &DimensionSet),
    findings: &mut Findings,
) {
    let [stated] = sentence.quantities.as_slice() else { return };
    if !mentions(lower, &SUPERLATIVE)
        || mentions(lower, &["weight", "counts", "hours", "points per", "gain", "than"])
    {
        return;
    }
    let mut found = set.dimensions.iter().filter(|d| mentions(lower, &[&d.name.to_lowercase()]));
    let (Some(dimension), None) = (found.next(), found.next()) else { return };
    let unit = matches!(stated.unit, Unit::None | Unit::Percent | Unit::Points);
    let plain = unit && stated.is_point() && !stated.signed && stated.low <= whole(100);
    let line = sentence.line(stated.start);
    let score = dimension.score.as_ref().map(shown).unwrap_or_default();
    let scaled = stated.over.is_none() || stated.as_score().is_some();
    if plain && scaled && !in_row(facts, dimension, stated) && !findings.repeats(line, sentence.said(stated))
    {
        let said = sentence.said(stated).to_owned();
        let message = format!("`{}` has {said} here and {score} in line {}", dimension.name, dimension.line);
        findings.add(Rule::Headline, line, message, (said, Some(score)));
    }
}

/// Whether a number stands in the row of a dimension, or is its score on another scale.
fn in_row(facts: &Facts<'_>, dimension: &Dimension, stated: &Quantity) -> bool {
    let rows = facts.document.tables.iter().flat_map(|table| &table.rows);
    let cells =
        rows.filter(|row| row.cell(0).eq_ignore_ascii_case(&dimension.name)).flat_map(|row| &row.cells);
    let told = cells.flat_map(|cell| quantities(cell)).any(|q| q.low == stated.low || q.high == stated.low);
    let scored = stated.as_score().map_or_else(|| stated.low.clone(), |(low, _)| low);
    told || dimension.score.as_ref().is_some_and(|score| *score == scored || *score == &scored * whole(10))
}
