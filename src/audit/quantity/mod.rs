//! Numbers in prose: ranges, units, signs, fractions.

mod scan;
mod value;

pub(super) use scan::{quantities, worded};
pub(super) use value::{Limit, Quantity, Unit, says, shown, shown_range, ulp};
