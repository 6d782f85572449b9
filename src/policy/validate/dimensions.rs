//! Dimensions and what they consist of.

use super::check::{self, Checked};
use super::{Issue, number, text};
use crate::policy::error::Problem;
use crate::policy::locate::Path;
use crate::policy::raw::{Entries, RawDimension};
use crate::policy::{Dimension, NotApplicable};

/// All dimensions, and the checks that are taken out of them.
pub(super) fn dimensions(
    raw: &Entries<RawDimension>,
    path: &Path,
) -> Result<(Vec<Dimension>, Vec<NotApplicable>), Issue> {
    let mut taken_out = Vec::new();
    let mut dimensions = Vec::new();
    for (id, raw) in &raw.0 {
        dimensions.push(dimension(id, raw, &path.key(id), &mut taken_out)?);
    }
    if dimensions.is_empty() {
        let message = "`dimensions` is empty, so there is nothing to score".to_owned();
        return Err(Issue::contradiction(path, message, "write at least one dimension with one check"));
    }
    Ok((dimensions, taken_out))
}

fn dimension(
    id: &str,
    raw: &RawDimension,
    path: &Path,
    taken_out: &mut Vec<NotApplicable>,
) -> Result<Dimension, Issue> {
    text::key(id, path, &['.', '/'])?;
    let mut checks = Vec::new();
    let entries = raw.checks.as_ref().map(|entries| entries.0.as_slice()).unwrap_or_default();
    for (key, raw) in entries {
        match check::check(&format!("{id}.{key}"), key, raw, &path.key("checks").key(key))? {
            Checked::Counts(check) => checks.push(*check),
            Checked::NotApplicable(note) => taken_out.push(note),
        }
    }
    if checks.is_empty() {
        return Err(no_checks(id, entries.is_empty(), path));
    }
    let name = text::optional(raw.name.as_deref(), &path.key("name"))?;
    let weight = number::weight(raw.weight.as_deref(), &path.key("weight"))?;
    Ok(Dimension { id: id.to_owned(), name: name.unwrap_or_else(|| id.to_owned()), weight, checks })
}

fn no_checks(id: &str, none_written: bool, path: &Path) -> Issue {
    if none_written {
        let hint = "add a check, such as `checks: {lines: {metric: coverage.lines, target: 80%}}`";
        return Issue::key(path, Problem::Missing { key: "checks", within: id.to_owned(), hint });
    }
    let message = format!("every check of `{id}` is not applicable, so its weight would count for nothing");
    Issue::contradiction(path, message, "take the dimension out of the policy")
}
