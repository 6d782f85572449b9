//! Components: their files, their limits, and for how long their coverage may be carried forward.

use super::gate::optional;
use super::{Issue, number, text};
use crate::model::exact::Tenths;
use crate::policy::locate::Path;
use crate::policy::raw::{Entries, RawComponent};
use crate::policy::{Component, quantity};

/// The keys of limits, as they stand in the names of conditions.
pub(super) const LIMITS: [&str; 4] = ["coverage", "branch-coverage", "patch-coverage", "max-drop"];

pub(super) fn components(raw: Option<&Entries<RawComponent>>, path: &Path) -> Result<Vec<Component>, Issue> {
    let entries = raw.map(|entries| entries.0.as_slice()).unwrap_or_default();
    entries.iter().map(|(id, raw)| component(id, raw, &path.key(id))).collect()
}

fn component(id: &str, raw: &RawComponent, path: &Path) -> Result<Component, Issue> {
    text::key(id, path, &['/'])?;
    let Some(paths) = raw.paths.as_ref().filter(|globs| !globs.texts.is_empty()) else {
        return Err(Issue::missing(path, "paths", "say which files it has, such as `paths: [\"api/**\"]`"));
    };
    let points = |text: &Option<String>, key| -> Result<Option<Tenths>, Issue> {
        optional(text.as_deref(), &path.key(key), number::points, number::POINTS)
    };
    let name = text::optional(raw.name.as_deref(), &path.key("name"))?;
    let days = "whole days from 1, such as `14 days`";
    Ok(Component {
        id: id.to_owned(),
        name: name.unwrap_or_else(|| id.to_owned()),
        paths: text::selection(Some(paths), &path.key("paths"))?,
        reports: text::selection(raw.reports.as_ref(), &path.key("reports"))?,
        coverage: points(&raw.coverage, "coverage")?,
        branch_coverage: points(&raw.branch_coverage, "branch-coverage")?,
        patch_coverage: points(&raw.patch_coverage, "patch-coverage")?,
        max_drop: points(&raw.max_drop, "max-drop")?,
        carry_forward_days: optional(
            raw.carry_forward.as_deref(),
            &path.key("carry-forward"),
            quantity::days,
            days,
        )?,
    })
}
