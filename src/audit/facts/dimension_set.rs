//! What a document says about its dimensions.

use num_traits::{Signed as _, Zero as _};

use crate::audit::quantity::Quantity;
use crate::audit::words::{shared, words};
use crate::model::exact::{Exact, whole};
use crate::model::order;

/// One scored dimension.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Dimension {
    pub(in crate::audit) line: u32,
    pub(in crate::audit) name: String,
    pub(in crate::audit) words: Vec<String>,
    /// As written: percent, a fraction or a plain number.
    pub(in crate::audit) weight: Option<Exact>,
    /// 0..=100.
    pub(in crate::audit) score: Option<Exact>,
    /// As written.
    pub(in crate::audit) score_text: String,
    /// What it is said to contribute.
    pub(in crate::audit) points: Option<Quantity>,
}

/// Dimensions that belong together.
#[derive(Clone, Debug)]
pub(in crate::audit) struct DimensionSet {
    pub(in crate::audit) line: u32,
    pub(in crate::audit) dimensions: Vec<Dimension>,
    /// The table, as an index; nothing for a list.
    pub(in crate::audit) table: Option<usize>,
    /// Columns of weight, score and points.
    pub(in crate::audit) columns: (Option<usize>, Option<usize>, Option<usize>),
    /// Whether the weights are percentages.
    pub(in crate::audit) percent: bool,
}

impl DimensionSet {
    /// The sum of the weights, when every dimension has one.
    pub(in crate::audit) fn weights(&self) -> Option<Exact> {
        let sum: Exact = self.dimensions.iter().map(|d| d.weight.clone()).sum::<Option<Exact>>()?;
        sum.is_positive().then_some(sum)
    }

    /// The weighted mean of the scores, 0..=100.
    pub(in crate::audit) fn weighted(&self) -> Option<Exact> {
        let total = self.weights()?;
        let sum = self
            .dimensions
            .iter()
            .map(|d| Some(d.weight.as_ref()? * d.score.as_ref()?))
            .sum::<Option<Exact>>()?;
        Some(sum / total)
    }

    /// The plain mean of the scores, 0..=100.
    pub(in crate::audit) fn mean(&self) -> Option<Exact> {
        let sum = self.dimensions.iter().map(|d| d.score.clone()).sum::<Option<Exact>>()?;
        (!self.dimensions.is_empty()).then(|| sum / whole(self.dimensions.len()))
    }

    /// The share of the whole that a dimension has, of 1.
    pub(in crate::audit) fn share(&self, dimension: &Dimension) -> Option<Exact> {
        Some(dimension.weight.as_ref()? / self.weights()?)
    }

    /// The dimension that a text is about: the one with most of its words in it, if that is one alone.
    pub(in crate::audit) fn find(&self, text: &str) -> Option<&Dimension> {
        let text = words(text);
        let mut ranked: Vec<(Exact, &Dimension)> = self
            .dimensions
            .iter()
            .filter(|d| !d.words.is_empty())
            .map(|d| (Exact::new(shared(&d.words, &text).into(), d.words.len().into()), d))
            .filter(|(share, _)| !share.is_zero())
            .collect();
        order::sort_by(&mut ranked, |a, b| b.0.cmp(&a.0));
        match ranked.as_slice() {
            [(first, _), (second, _), ..] if first == second => None,
            [(_, dimension), ..] => Some(dimension),
            [] => None,
        }
    }
}
