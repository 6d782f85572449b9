//! `readiness demo`: the main job on built-in evidence, from the bytes that real tools wrote to the answer.
//!
//! Nothing is computed in advance. The reports of five commits and one pull request of a small sample project are
//! in the binary; `demo/ORIGIN.md` says how they were made.

mod command;
mod commits;
mod evaluation;

pub use command::run;
