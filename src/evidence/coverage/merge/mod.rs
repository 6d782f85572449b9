//! Several coverage reports as one: the union of their records.
//!
//! The result does not depend on the order of the reports, nor on how one report was cut into several.

mod files;
#[cfg(test)]
pub(crate) mod tests;
mod union;
mod unite;

pub use files::Files;
pub use union::{Union, union};
pub(crate) use unite::by_place;
