//! One check: a metric with floor and target, or an attestation.

use super::metric::Limits;
use super::{Issue, attestation, metric, number, text};
use crate::model::exact::whole;
use crate::model::metric::Unit;
use crate::policy::locate::Path;
use crate::policy::raw::RawCheck;
use crate::policy::{Check, Effort, NotApplicable, Subject, quantity};

/// A check counts, or is written down as not applicable.
pub(super) enum Checked {
    Counts(Box<Check>),
    NotApplicable(NotApplicable),
}

pub(super) fn check(id: &str, key: &str, raw: &RawCheck, path: &Path) -> Result<Checked, Issue> {
    text::key(key, path, &['/'])?;
    let (metric, subject, limits) = subject(raw, path)?;
    let check = Check {
        key: key.to_owned(),
        id: id.to_owned(),
        metric,
        subject,
        weight: number::weight(raw.weight.as_deref(), &path.key("weight"))?,
        floor: limits.floor,
        target: limits.target,
        unit: limits.unit,
        required: raw.required.unwrap_or(false),
        max_age_days: max_age(raw, &path.key("max-age"))?,
        effort: effort(raw.effort.as_deref(), &path.key("effort"))?,
        owner: text::optional(raw.owner.as_deref(), &path.key("owner"))?,
    };
    Ok(match text::optional(raw.not_applicable.as_deref(), &path.key("not-applicable"))? {
        Some(reason) => Checked::NotApplicable(NotApplicable { check: check.id, reason }),
        None => Checked::Counts(Box::new(check)),
    })
}

/// The metric as written, what is looked at, and between which limits.
fn subject(raw: &RawCheck, path: &Path) -> Result<(String, Subject, Limits), Issue> {
    match (&raw.metric, &raw.attest) {
        (Some(_), Some(_)) => {
            let message = "a check has either `metric` or `attest`, not both".to_owned();
            Err(Issue::contradiction(path, message, "make it two checks, so that the claim shows as a claim"))
        }
        (None, None) => {
            let hint = "name one, such as `metric: tests.pass-rate`, or write `attest: \"what is claimed\"`";
            Err(Issue::missing(path, "metric", hint))
        }
        (Some(name), None) => measured(name.trim(), raw, path),
        (None, Some(claim)) => {
            let limits = Limits { floor: whole(0), target: whole(1), unit: Unit::Ratio };
            let claim = attestation::attestation(claim, raw, path)?;
            Ok(("attestation".to_owned(), Subject::Attestation(claim), limits))
        }
    }
}

fn measured(name: &str, raw: &RawCheck, path: &Path) -> Result<(String, Subject, Limits), Issue> {
    attestation::keys_absent(raw, path)?;
    let (selector, meaning) = metric::selector(name, raw, path)?;
    let limits = metric::limits(name, meaning, raw, path)?;
    Ok((name.to_owned(), Subject::Metric(selector), limits))
}

fn max_age(raw: &RawCheck, path: &Path) -> Result<Option<u32>, Issue> {
    let Some(text) = raw.max_age.as_deref() else { return Ok(None) };
    let days = quantity::days(text);
    days.map(Some).ok_or_else(|| Issue::value(path, text, "a number of days, such as `7 days`"))
}

/// Hours from least to most.
pub(super) fn effort(text: Option<&str>, path: &Path) -> Result<Option<Effort>, Issue> {
    let Some(text) = text else { return Ok(None) };
    let allowed = "hours, days or weeks such as `4h`, `40h..60h` or `2d..1w`, the smaller first";
    quantity::effort(text).map(Some).ok_or_else(|| Issue::value(path, text, allowed))
}
