//! The program as its users meet it, and the rules of the house. One binary: it links once.
#![expect(clippy::disallowed_methods, reason = "tests start the program and read its files themselves")]
#![expect(clippy::indexing_slicing, reason = "a test that indexes too far has found something")]

mod action;
mod architecture;
mod audit;
mod cli;
mod common;
mod components;
mod convert;
mod coverage_fixtures;
mod coverage_producers;
mod examples;
mod explain;
mod exports;
mod fake_gitea;
mod findings_fixtures;
mod formats;
mod gitea;
mod init;
mod local_change;
mod losses;
mod measurement_fixtures;
mod properties;
mod test_fixtures;
