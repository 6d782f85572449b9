//! Readers turn bytes into evidence, or into a problem with a place; merging and path mapping.

pub mod coverage;
