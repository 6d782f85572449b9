//! How values and answers are said, the same in every output.

mod amounts;
mod coverage;
mod findings;
mod gate;
mod whole;

pub(super) use amounts::{amount, counted, decimal, duration, effort, exact_decimal, listed, ranges};
pub(super) use coverage::{flipped, fraction, gained, moved, origin, parts, share, strays};
pub(super) use findings::{findings, grade, lists, looked};
pub(super) use gate::{answer, has_list, mode};
pub(super) use whole::{
    caveats, change, change_of, gone, measurements, provenance, test_counts, trend, verdict,
};

#[cfg(test)]
mod tests;
