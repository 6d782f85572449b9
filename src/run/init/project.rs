//! What the repository is.

use std::path::Path;

use super::ecosystem::{self, Ecosystem};
use super::modules;
use crate::platform::files;

/// Where the workflow goes.
pub(super) const WORKFLOW: &str = ".github/workflows/readiness.yml";

/// What the repository is, as far as its files tell.
pub(super) struct Project {
    pub(super) ecosystems: Vec<Ecosystem>,
    /// Folders of the members of a workspace, in order.
    pub(super) modules: Vec<String>,
    /// Workflows that are there already.
    pub(super) workflows: Vec<String>,
}

pub(super) fn look(workdir: &Path) -> Project {
    let paths = files::tree(workdir);
    let read = |path: &str| files::read_text(&workdir.join(path)).unwrap_or_default();
    let is_workflow = |path: &&String| path.starts_with(".github/workflows/") && *path != WORKFLOW;
    Project {
        ecosystems: ecosystem::found(&paths, &read),
        modules: modules::found(&paths, &read),
        workflows: paths.iter().filter(is_workflow).cloned().collect(),
    }
}
