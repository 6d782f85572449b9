//! Weights that a document tells in words alone.

use crate::audit::facts::{Dimension, DimensionSet, Facts};
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, quantities};
use crate::audit::rules::sentence::prose;
use crate::audit::words::{mentions, words};
use crate::model::exact::{Exact, whole};

/// Weights in a sentence, `A 40 %, B 35 %, C 25 %` below a heading of weights, or in the brackets of a list.
pub(super) fn spoken(facts: &Facts<'_>, block: &[Line]) -> Vec<DimensionSet> {
    let Some(first) = block.first() else { return Vec::new() };
    let title = facts.document.titles(first.section).next().unwrap_or_default().to_lowercase();
    let titled = mentions(&title, &["weights", "weight", "weighting", "gewichte", "gewichtung"]);
    let mut sets: Vec<Vec<Dimension>> = Vec::new();
    for sentence in prose(block) {
        let lower = sentence.text.to_lowercase();
        let said =
            mentions(&lower, &["weights", "weight", "weighted", "gewichte"]) && !mentions(&lower, &OTHERWISE);
        if titled || said {
            let list = sentence.text.split_once(": ").map_or(sentence.text.as_str(), |(_, list)| list);
            let list = list.replace(" and ", ", ").replace(" und ", ", ");
            let of = |piece: &str| weighted(sentence.line(0), piece);
            sets.extend(list.trim_end_matches('.').split(", ").map(of).collect::<Option<Vec<_>>>());
        }
    }
    let items = block.iter().filter(|line| line.kind == Kind::Item);
    let bracket = |line: &Line| {
        let (name, rest) = line.text.split_once(" (")?;
        weighted(line.number, &format!("{name} {}", rest.split_once(')')?.0))
    };
    sets.extend(items.map(bracket).collect::<Option<Vec<_>>>());
    let of = |dimensions: Vec<Dimension>| {
        let sum: Exact = dimensions.iter().filter_map(|d| d.weight.clone()).sum();
        let all = (sum == whole(100) || sum == whole(1)) && dimensions.len() >= 3;
        all.then(|| DimensionSet {
            line: first.number,
            dimensions,
            table: None,
            columns: (None, None, None),
            percent: sum > whole(1),
        })
    };
    sets.into_iter().filter_map(of).collect()
}

/// `Tests 40 %`: a name with the only number behind it.
fn weighted(line: u32, piece: &str) -> Option<Dimension> {
    let found = quantities(piece);
    let [weight] = found.as_slice() else { return None };
    let name = piece.get(..weight.start)?.trim_end_matches([' ', ':', '=', '(']).trim();
    let ends = piece.get(weight.end..)?.trim_matches([')', '.', ' ']).is_empty();
    let plain = ends && is_weight(weight) && (1..=40).contains(&name.len());
    plain.then(|| Dimension {
        line,
        name: name.to_owned(),
        words: words(name),
        weight: Some(weight.low.clone()),
        score: None,
        score_text: String::new(),
        points: None,
    })
}

/// What speaks of other weights than those that hold.
pub(super) const OTHERWISE: [&str; 18] = [
    "would",
    "if",
    "was",
    "were",
    "had",
    "new",
    "instead",
    "old",
    "proposed",
    "propose",
    "proposal",
    "previous",
    "previously",
    "last",
    "used to",
    "until",
    "will",
    "from now on",
];

pub(super) fn is_weight(quantity: &Quantity) -> bool {
    let unit = matches!(quantity.unit, Unit::None | Unit::Percent);
    unit && quantity.is_point()
        && quantity.over.is_none()
        && !quantity.signed
        && quantity.limit == Limit::Exactly
}
