//! Findings of the head beside those of the base.

use super::findings::{Finding, FindingCounts, ToolRun};

/// Findings of the head, and what changed in them. Lists are complete and in the order of their places; outputs cut
/// them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingsSection {
    /// All of the head.
    pub counts: FindingCounts,
    /// The same on the base.
    pub base_counts: Option<FindingCounts>,
    /// Names of the tools that looked.
    pub tools: Vec<String>,
    /// Tools that did not look to the end.
    pub failed: Vec<ToolRun>,
    /// Tools that looked on the base and not here.
    pub lost_tools: Vec<String>,
    /// Here and not on the base; without a baseline all of them. Those on added lines come first.
    pub new: Vec<Finding>,
    /// How many of `new` stand on added lines; `None` when no diff is known.
    pub on_added_lines: Option<usize>,
    /// On both.
    pub unchanged: Vec<Finding>,
    /// On the base and not here, by tools that looked here, too.
    pub fixed: Vec<Finding>,
    /// Taken out by somebody, with the reason.
    pub suppressed: Vec<Finding>,
}
