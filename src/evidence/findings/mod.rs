//! Findings of linters, static analysis and vulnerability scanners: one reader for each format, and their merge.
//!
//! A tool that ran and found nothing has run: its report is `empty` and names the tool. A tool that did not run, or
//! says itself that it failed, makes the file `invalid` or `incomplete`, and no count of it is believed.

pub mod cargo_audit;
pub mod checkstyle;
pub mod cyclonedx;
pub mod eslint_json;
pub mod formats;
pub mod grype;
pub mod merge;
pub mod npm_audit;
pub mod openvex;
pub mod osv;
pub mod pylint_json;
pub mod ruff_json;
pub mod sarif;
pub mod trivy;

mod assembly;
mod cvss;
mod document;
mod fingerprint;
mod severity;
mod vex;

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod view;
