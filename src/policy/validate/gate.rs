//! The gate: conditions and how they are enforced.

use super::{Issue, number, text};
use crate::model::exact::Tenths;
use crate::model::findings::Threshold;
use crate::model::gate::GateMode;
use crate::policy::error::Problem;
use crate::policy::locate::{Part, Path};
use crate::policy::raw::{Entries, RawGate, RawMode};
use crate::policy::{Dimension, GatePolicy, OnBadEvidence, PolicyChange};

/// Added lines below which patch coverage says too little to block anybody.
const PATCH_MIN_LINES: u64 = 20;

/// A gate that is written down holds exactly what it says, and no bad evidence unless it says so.
pub(super) fn gate(raw: &RawGate, dimensions: &[Dimension], path: &Path) -> Result<GatePolicy, Issue> {
    let points = |text: &Option<String>, key| {
        optional(text.as_deref(), &path.key(key), number::points, number::POINTS)
    };
    let count =
        |text: &Option<String>, key| optional(text.as_deref(), &path.key(key), number::count, number::COUNT);
    Ok(GatePolicy {
        mode: mode(raw, path)?,
        min_score: points(&raw.min_score, "min-score")?,
        max_drop: points(&raw.max_drop, "max-drop")?,
        dimension_min: dimension_min(raw.dimension_min.as_ref(), dimensions, &path.key("dimension-min"))?,
        max_failures: count(&raw.max_failures, "max-failures")?,
        no_new_failures: raw.no_new_failures.unwrap_or(false),
        no_new_findings: new_findings(raw.no_new_findings.as_deref(), &path.key("no-new-findings"))?,
        no_lost_tests: raw.no_lost_tests.unwrap_or(false),
        no_lost_evidence: raw.no_lost_evidence.unwrap_or(false),
        patch_coverage: points(&raw.patch_coverage, "patch-coverage")?,
        patch_min_lines: count(&raw.patch_min_lines, "patch-min-lines")?.unwrap_or(PATCH_MIN_LINES),
        max_new_flaky: count(&raw.max_new_flaky, "max-new-flaky")?,
        policy_change: policy_change(raw.policy_change.as_deref(), &path.key("policy-change"))?,
        on_bad_evidence: on_bad_evidence(raw.on_bad_evidence.as_deref(), &path.key("on-bad-evidence"))?,
    })
}

/// A value that may be left out.
pub(super) fn optional<T>(
    text: Option<&str>,
    path: &Path,
    read: fn(&str) -> Option<T>,
    allowed: &'static str,
) -> Result<Option<T>, Issue> {
    let Some(text) = text else { return Ok(None) };
    read(text).map(Some).ok_or_else(|| Issue::value(path, text, allowed))
}

fn mode(raw: &RawGate, path: &Path) -> Result<GateMode, Issue> {
    match (&raw.mode, raw.enforce_after.as_deref()) {
        (Some(_), Some(_)) => {
            let message = "`enforce-after` is a mode of its own and stands beside `mode`".to_owned();
            Err(Issue::contradiction(&path.key("enforce-after"), message, "remove one of them"))
        }
        (None, None) => Ok(GateMode::Enforce),
        (None, Some(day)) => enforce_after(day, &path.key("enforce-after")),
        (Some(RawMode::After(after)), None) => {
            enforce_after(&after.enforce_after, &path.key("mode").key("enforce-after"))
        }
        (Some(RawMode::Word(word)), None) => match word.as_str() {
            "enforce" => Ok(GateMode::Enforce),
            "warn" => Ok(GateMode::Warn),
            _ => {
                let allowed = "`enforce`, `warn` or `{enforce-after: 2027-01-31}`";
                Err(Issue::value(&path.key("mode"), word, allowed))
            }
        },
    }
}

fn enforce_after(day: &str, path: &Path) -> Result<GateMode, Issue> {
    text::date(day, path).map(|day| GateMode::EnforceAfter(day.to_string()))
}

fn dimension_min(
    raw: Option<&Entries<String>>,
    dimensions: &[Dimension],
    path: &Path,
) -> Result<Vec<(String, Tenths)>, Issue> {
    let entries = raw.map(|entries| entries.0.as_slice()).unwrap_or_default();
    entries
        .iter()
        .map(|(id, text)| {
            let at = path.key(id);
            if !dimensions.iter().any(|dimension| dimension.id == *id) {
                let known = dimensions.iter().map(|dimension| dimension.id.clone()).collect();
                let problem = Problem::UnknownName { what: "dimension", found: id.clone(), known };
                return Err(Issue { path: at, part: Part::Key, problem });
            }
            let least = number::points(text).ok_or_else(|| Issue::value(&at, text, number::POINTS))?;
            Ok((id.clone(), least))
        })
        .collect()
}

fn policy_change(text: Option<&str>, path: &Path) -> Result<Option<PolicyChange>, Issue> {
    match text {
        None => Ok(None),
        Some("allow") => Ok(Some(PolicyChange::Allow)),
        Some("stricter-only") => Ok(Some(PolicyChange::StricterOnly)),
        Some("deny") => Ok(Some(PolicyChange::Deny)),
        Some(other) => Err(Issue::value(path, other, "`allow`, `stricter-only` or `deny`")),
    }
}

/// `true` for all findings, else a level or a severity for those from it on.
fn new_findings(text: Option<&str>, path: &Path) -> Result<Option<Threshold>, Issue> {
    const ALLOWED: &str =
        "`true`, a level (`error`, `warning`, `note`) or a severity (`critical`, `high`, `medium`, `low`)";
    match text {
        None | Some("false") => Ok(None),
        Some("true") => Ok(Some(Threshold::Any)),
        Some(name) => Threshold::named(name).map(Some).ok_or_else(|| Issue::value(path, name, ALLOWED)),
    }
}

fn on_bad_evidence(text: Option<&str>, path: &Path) -> Result<OnBadEvidence, Issue> {
    match text {
        None | Some("fail") => Ok(OnBadEvidence::Fail),
        Some("warn") => Ok(OnBadEvidence::Warn),
        Some(other) => Err(Issue::value(path, other, "`fail` or `warn`")),
    }
}
