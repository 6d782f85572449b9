//! The outside world: environment, clock, files, the local repository, and the runner's command files. Knows no formats.

pub mod clock;
pub mod environment;
pub mod files;
pub mod repository;
pub mod runner;
