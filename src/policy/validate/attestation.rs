//! Claims: who says what since when, and until when it counts.

use super::keys::{misplaced, selecting_keys};
use super::{Issue, text};
use crate::policy::Attestation;
use crate::policy::locate::Path;
use crate::policy::raw::RawCheck;

/// Days that a claim may live; after that somebody has to look again.
const MAX_DAYS: i32 = 180;

pub(super) fn attestation(claim: &str, raw: &RawCheck, path: &Path) -> Result<Attestation, Issue> {
    measured_keys_absent(raw, path)?;
    let owner =
        text::required(raw.owner.as_deref(), path, "owner", "say who claims it, such as `owner: \"@sec\"`")?;
    let date_hint = "say since when it holds, such as `date: 2026-09-01`";
    let date = text::required(raw.date.as_deref(), path, "date", date_hint)?;
    let expires_hint = "a claim holds at most 180 days, such as `expires: 2027-02-01`";
    let expires = text::required(raw.expires.as_deref(), path, "expires", expires_hint)?;
    let attestation = Attestation {
        claim: text::name(claim, &path.key("attest"))?.to_owned(),
        owner: owner.to_owned(),
        date: text::date(date, &path.key("date"))?,
        expires: text::date(expires, &path.key("expires"))?,
        link: text::optional(raw.link.as_deref(), &path.key("link"))?,
    };
    let days = attestation.date.until(attestation.expires).map_or(i32::MAX, |span| span.get_days());
    if (0..=MAX_DAYS).contains(&days) {
        return Ok(attestation);
    }
    let allowed = format!("a day from {} on, at most {MAX_DAYS} days later", attestation.date);
    Err(Issue::value(&path.key("expires"), expires, allowed))
}

/// A claim has no value to select or to compare.
fn measured_keys_absent(raw: &RawCheck, path: &Path) -> Result<(), Issue> {
    const WHY: &str = "does not go with `attest`: nothing is measured";
    misplaced(&selecting_keys(raw), WHY, path)?;
    let keys = [
        ("floor", raw.floor.is_some()),
        ("target", raw.target.is_some()),
        ("max-age", raw.max_age.is_some()),
    ];
    misplaced(&keys, WHY, path)
}

/// A measured check has nobody's word to date.
pub(super) fn keys_absent(raw: &RawCheck, path: &Path) -> Result<(), Issue> {
    let keys =
        [("date", raw.date.is_some()), ("expires", raw.expires.is_some()), ("link", raw.link.is_some())];
    misplaced(&keys, "goes with `attest`, not with `metric`", path)
}
