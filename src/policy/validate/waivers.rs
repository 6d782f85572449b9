//! Waivers: who exempts which condition, why, and until when.

use super::{Issue, text};
use crate::policy::error::Problem;
use crate::policy::locate::{Part, Path};
use crate::policy::raw::RawWaiver;
use crate::policy::{Dimension, Waiver};

/// Every condition that a report can hold; `dimension-min` and `required` may be followed by `/` and their subject.
const CONDITIONS: [&str; 13] = [
    "min-score",
    "max-drop",
    "dimension-min",
    "required",
    "max-failures",
    "no-new-failures",
    "no-lost-tests",
    "no-lost-evidence",
    "patch-coverage",
    "max-new-flaky",
    "policy-change",
    "suite-errors",
    "bad-evidence",
];

pub(super) fn waivers(
    raw: Option<&[RawWaiver]>,
    dimensions: &[Dimension],
    path: &Path,
) -> Result<Vec<Waiver>, Issue> {
    let raw = raw.unwrap_or_default();
    raw.iter().enumerate().map(|(index, raw)| waiver(raw, dimensions, &path.index(index))).collect()
}

fn waiver(raw: &RawWaiver, dimensions: &[Dimension], path: &Path) -> Result<Waiver, Issue> {
    let hint = "say which condition is waived, such as `condition: patch-coverage`";
    let condition = text::required(raw.condition.as_deref(), path, "condition", hint)?;
    known(condition, dimensions, &path.key("condition"))?;
    let hint = "say who takes it on, such as `owner: \"@lead\"`";
    let owner = text::required(raw.owner.as_deref(), path, "owner", hint)?;
    let hint = "say why, such as `reason: \"generated code\"`";
    let reason = text::required(raw.reason.as_deref(), path, "reason", hint)?;
    let hint = "a waiver ends by itself, such as `expires: 2026-12-31`";
    let expires = text::required(raw.expires.as_deref(), path, "expires", hint)?;
    Ok(Waiver {
        condition: condition.to_owned(),
        owner: owner.to_owned(),
        reason: reason.to_owned(),
        expires: text::date(expires, &path.key("expires"))?,
    })
}

fn known(condition: &str, dimensions: &[Dimension], path: &Path) -> Result<(), Issue> {
    let subjects: Vec<String> = match condition.split_once('/') {
        None => CONDITIONS.iter().map(|&name| name.to_owned()).collect(),
        Some(("dimension-min", _)) => dimensions.iter().map(|d| format!("dimension-min/{}", d.id)).collect(),
        Some(("required", _)) => {
            dimensions.iter().flat_map(|d| &d.checks).map(|check| format!("required/{}", check.id)).collect()
        }
        Some(_) => CONDITIONS.iter().map(|&name| name.to_owned()).collect(),
    };
    if subjects.iter().any(|subject| subject == condition) {
        return Ok(());
    }
    let problem = Problem::UnknownName { what: "condition", found: condition.to_owned(), known: subjects };
    Err(Issue { path: path.clone(), part: Part::Value, problem })
}
