//! Names and meanings that all load tests share, so that a check reads the same whatever the tool is.
//!
//! `TOOL.p95` is about all requests, `TOOL.LABEL.p95` about those with one label.

use super::numbers::Meaning;

/// A latency.
pub(super) const LATENCY: Meaning = Meaning::lower("ms");
/// Requests per second.
pub(super) const THROUGHPUT: Meaning = Meaning::higher("/s");
/// Requests in all.
pub(super) const REQUESTS: Meaning = Meaning::higher("");
/// How long the test ran: a short run proves less.
pub(super) const DURATION: Meaning = Meaning::higher("ms");
/// Users or connections at once: few prove less.
pub(super) const CONCURRENCY: Meaning = Meaning::higher("");

/// `TOOL.LABEL`, or `TOOL` for everything.
pub(super) fn prefix(tool: &str, label: Option<&str>) -> String {
    match label {
        Some(label) => format!("{tool}.{}", label.trim()),
        None => tool.to_owned(),
    }
}
