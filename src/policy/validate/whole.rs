//! The whole policy out of its sections.

use super::issue::Issue;
use super::{bands, components, dimensions, evidence, extract, gate, history, plan, text, waivers};
use crate::model::exact::Exact;
use crate::policy::locate::Path;
use crate::policy::raw::RawPolicy;
use crate::policy::{Policy, defaults, quantity};

/// Validates everything; sections that are left out come from the default policy.
pub(in crate::policy) fn policy(raw: &RawPolicy, source: &str) -> Result<Policy, Issue> {
    let root = Path::default();
    version(raw.version.as_deref(), &root.key("version"))?;
    let claim_factor = claim_factor(raw.claim_factor.as_deref(), &root.key("claim-factor"))?;
    let (dimensions, not_applicable) = match &raw.dimensions {
        Some(entries) => dimensions::dimensions(entries, &root.key("dimensions"))?,
        None => (defaults::policy().dimensions, Vec::new()),
    };
    let gate = match &raw.gate {
        Some(raw) => gate::gate(raw, &dimensions, &root.key("gate"))?,
        None => defaults::policy().gate,
    };
    let evidence = evidence::evidence(raw.evidence.as_ref(), &root.key("evidence"))?;
    extract::units_fit(&evidence.extract, &dimensions, &root.key("dimensions"))?;
    let components = components::components(raw.components.as_ref(), &root.key("components"))?;
    Ok(Policy {
        text: source.to_owned(),
        evidence,
        bands: bands::bands(raw.bands.as_ref(), &root.key("bands"))?,
        grades: bands::grades(raw.grades.as_ref(), &root.key("grades"))?,
        claim_factor,
        gate,
        waivers: waivers::waivers(raw.waivers.as_deref(), (&dimensions, &components), &root.key("waivers"))?,
        history: history::history(raw.history.as_ref(), &root.key("history"))?,
        plan: plan::plan(raw.plan.as_ref(), &root.key("plan"))?,
        audit: text::selection(raw.audit.as_ref(), &root.key("audit"))?,
        components,
        dimensions,
        not_applicable,
    })
}

fn version(text: Option<&str>, path: &Path) -> Result<(), Issue> {
    match text {
        None | Some("1") => Ok(()),
        Some(found) => Err(Issue::value(path, found, "`1`, the version that this program knows")),
    }
}

fn claim_factor(text: Option<&str>, path: &Path) -> Result<Exact, Issue> {
    let text = text.unwrap_or("1/2");
    quantity::share(text)
        .ok_or_else(|| Issue::value(path, text, "a share from 0 to 1, such as `1/2` or `50%`"))
}
