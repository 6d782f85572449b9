//! What is known of one run of a log while it is read.

use std::collections::HashMap;
use std::sync::Arc;

use crate::evidence::tally::Tally;
use crate::model::findings::{Level, SecuritySeverity};

/// Most rules and artifacts of one run that are looked up.
pub(super) const MAX_ENTRIES: usize = 100_000;

/// A rule's settings.
#[derive(Clone, Debug, Default)]
pub(super) struct Rule {
    pub(super) id: Arc<str>,
    pub(super) level: Option<Level>,
    pub(super) severity: Option<SecuritySeverity>,
}

/// What a result leaves to its run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// The tool's component; `None` is its driver.
    pub(super) component: Option<u32>,
    pub(super) rule: Option<u32>,
    pub(super) artifact: Option<u32>,
    pub(super) level: Option<Level>,
}

/// A run that is being read.
#[derive(Default)]
pub(super) struct Run {
    pub(super) tool: Option<String>,
    /// Of the driver at 0, of extensions from 1 on.
    pub(super) rules: Vec<Vec<Rule>>,
    /// Levels that the invocation sets, by rule id.
    pub(super) overrides: HashMap<String, Level>,
    pub(super) artifacts: Vec<Option<Arc<str>>>,
    pub(super) open: Vec<Open>,
    pub(super) has_results: bool,
    pub(super) failure: Option<String>,
    pub(super) complaints: u64,
    pub(super) review: Tally,
}
