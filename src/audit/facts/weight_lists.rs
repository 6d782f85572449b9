//! Lists of weights.

use num_traits::Signed as _;

use super::dimension_set::{Dimension, DimensionSet};
use crate::audit::outline::{Document, Kind, Line};
use crate::audit::quantity::{Quantity, Unit};
use crate::audit::words::{mentions, words};
use crate::model::exact::{Exact, whole};

/// Every list of weights; `sets` are the dimensions that the document scores.
pub(super) fn all(document: &Document, sets: &[DimensionSet]) -> Vec<DimensionSet> {
    weight_lists(document).filter(|list| is_model(document, list, sets)).collect()
}

/// Lists of `Correctness: 40%`, three or more of them in a section and nothing else.
fn weight_lists(document: &Document) -> impl Iterator<Item = DimensionSet> + '_ {
    let lists = document
        .blocks()
        .filter(|block| block.len() >= 3 && block.iter().all(|line| line.kind == Kind::Item));
    lists.filter_map(|block| {
        let dimensions: Option<Vec<Dimension>> = block.iter().map(only_weight).collect();
        Some(DimensionSet {
            line: block.first()?.number,
            dimensions: dimensions?,
            table: None,
            columns: (None, None, None),
            percent: true,
        })
    })
}

fn only_weight(line: &Line) -> Option<Dimension> {
    let called = |q: &&Quantity| {
        let before = line.text.get(..q.start).unwrap_or_default().trim_end();
        let word = before.len().checked_sub(6).and_then(|at| before.get(at..));
        word.is_some_and(|word| word.eq_ignore_ascii_case("weight"))
    };
    let weight = match line.quantities.as_slice() {
        [weight] => weight,
        several => several.iter().find(called)?,
    };
    let dashed = || line.text.split([':', '–', '—']).next().filter(|name| name.len() < line.text.len());
    let name = line.label.as_deref().or_else(dashed)?.trim();
    let plain =
        weight.unit == Unit::Percent && weight.is_point() && !weight.signed && weight.start > name.len();
    plain.then(|| Dimension {
        line: line.number,
        name: name.to_owned(),
        words: words(name),
        weight: Some(weight.low.clone()),
        score: None,
        score_text: String::new(),
        points: None,
    })
}

/// Whether a list of percentages gives weights: its heading says so, or it has the names of weighted dimensions and
/// about the sum of weights.
fn is_model(document: &Document, list: &DimensionSet, sets: &[DimensionSet]) -> bool {
    let section = document.lines.iter().find(|line| line.number == list.line).map_or(0, |line| line.section);
    let title =
        document.sections.get(section).map(|section| section.title.to_lowercase()).unwrap_or_default();
    let sum: Exact = list.dimensions.iter().filter_map(|d| d.weight.clone()).sum();
    let near = (&sum - whole(100)).abs() <= whole(15);
    let named = |set: &DimensionSet| {
        let known =
            |d: &Dimension| set.dimensions.iter().any(|other| other.name.eq_ignore_ascii_case(&d.name));
        set.weights().is_some() && list.dimensions.iter().all(known)
    };
    let said = document.lines_from(list.line).first();
    let called = said.is_some_and(|line| mentions(&line.text.to_lowercase(), &["weight"]));
    near && (called || mentions(&title, &["weights", "weighting", "weightings"]) || sets.iter().any(named))
}
