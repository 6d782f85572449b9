//! Test reports: one reader for each format, and their merge into one run.

pub mod junit;
pub mod merge;

mod duration;
mod message;
mod names;
