//! Numbers in prose: ranges, units, signs, fractions.

mod dates;
mod lengths;
mod scan;
mod value;

pub(super) use dates::{Day, dates, month};
pub(super) use lengths::{Length, in_words, lengths, noun};
pub(super) use scan::{quantities, worded};
pub(super) use value::{Limit, Quantity, Unit, says, shown, shown_range, ulp};
