//! Totals of columns, as stated in their last rows.

use crate::audit::quantity::{Limit, Quantity, Unit};
use crate::model::exact::Exact;
use num_traits::Signed as _;

/// The total of a column.
pub(super) struct Total {
    /// The words of its header.
    pub(super) words: Vec<String>,
    pub(super) head: String,
    pub(super) unit: Unit,
    pub(super) value: Exact,
    /// A thousand where the cells count thousands.
    pub(super) scale: Exact,
    pub(super) line: u32,
    /// The names of the rows that it sums.
    pub(super) rows: Vec<Vec<String>>,
}

pub(super) fn is_count(quantity: &Quantity) -> bool {
    let plain = quantity.is_point() && quantity.over.is_none() && !quantity.signed;
    plain && quantity.unit == Unit::None && quantity.limit == Limit::Exactly && quantity.low.is_positive()
}
