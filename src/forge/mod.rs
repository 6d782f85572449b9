//! Where code lives and reports are published, one folder per forge.
//!
//! A forge turns events into an activity, reads the base and publishes finished texts; it knows no formats and
//! decides nothing about scores.

pub mod github;
