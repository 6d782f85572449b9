//! Puts one test report together: suites become paths, repeated names share memory, totals are compared.

mod builder;
mod claimed;
mod draft;
mod finish;
mod suites;

pub(super) use builder::Assembly;
pub(super) use claimed::Claimed;
pub(super) use draft::Draft;
pub(super) use suites::SuiteId;
