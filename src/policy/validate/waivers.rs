//! Waivers: who exempts which condition, why, and until when.

use super::{Issue, components, text};
use crate::policy::error::Problem;
use crate::policy::locate::{Part, Path};
use crate::policy::raw::RawWaiver;
use crate::policy::{Component, Dimension, Waiver};

/// What conditions can be about.
type Subjects<'a> = (&'a [Dimension], &'a [Component]);

/// Every condition that a report can hold; `dimension-min`, `required` and `component` may be followed by `/` and
/// their subject.
const CONDITIONS: [&str; 15] = [
    "min-score",
    "max-drop",
    "dimension-min",
    "required",
    "max-failures",
    "no-new-failures",
    "no-new-findings",
    "no-lost-tests",
    "no-lost-evidence",
    "patch-coverage",
    "component",
    "max-new-flaky",
    "policy-change",
    "suite-errors",
    "bad-evidence",
];

pub(super) fn waivers(
    raw: Option<&[RawWaiver]>,
    subjects: Subjects<'_>,
    path: &Path,
) -> Result<Vec<Waiver>, Issue> {
    let raw = raw.unwrap_or_default();
    raw.iter().enumerate().map(|(index, raw)| waiver(raw, subjects, &path.index(index))).collect()
}

fn waiver(raw: &RawWaiver, subjects: Subjects<'_>, path: &Path) -> Result<Waiver, Issue> {
    let hint = "say which condition is waived, such as `condition: patch-coverage`";
    let condition = text::required(raw.condition.as_deref(), path, "condition", hint)?;
    known(condition, subjects, &path.key("condition"))?;
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

fn known(condition: &str, (dimensions, components): Subjects<'_>, path: &Path) -> Result<(), Issue> {
    let subjects: Vec<String> = match condition.split_once('/') {
        None => CONDITIONS.iter().map(|&name| name.to_owned()).collect(),
        Some(("dimension-min", _)) => dimensions.iter().map(|d| format!("dimension-min/{}", d.id)).collect(),
        Some(("required", _)) => {
            dimensions.iter().flat_map(|d| &d.checks).map(|check| format!("required/{}", check.id)).collect()
        }
        Some(("component", _)) => components.iter().flat_map(of_component).collect(),
        Some(_) => CONDITIONS.iter().map(|&name| name.to_owned()).collect(),
    };
    if subjects.iter().any(|subject| subject == condition) {
        return Ok(());
    }
    let problem = Problem::UnknownName { what: "condition", found: condition.to_owned(), known: subjects };
    Err(Issue { path: path.clone(), part: Part::Value, problem })
}

/// The condition of each limit of a component, and all of them at once.
fn of_component(component: &Component) -> Vec<String> {
    let all = format!("component/{}", component.id);
    let each = components::LIMITS.iter().map(|limit| format!("{all}/{limit}"));
    each.chain([all.clone()]).collect()
}
