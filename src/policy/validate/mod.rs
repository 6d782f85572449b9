//! From the policy as written to the policy as meant: one file per section, each value checked on its own and
//! with its neighbours.
//!
//! Nothing here knows lines and columns: an [`Issue`] names the path to the value, and `locate` finds its place.

mod attestation;
mod bands;
mod check;
mod components;
mod dimensions;
mod evidence;
mod extract;
mod gate;
mod history;
mod keys;
mod metric;
pub(super) mod number;
mod plan;
mod text;
mod waivers;

use super::error::Problem;
use super::locate::{Part, Path};
use super::raw::RawPolicy;
use super::{Policy, defaults};

/// What is wrong, and the way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Issue {
    pub(super) path: Path,
    pub(super) part: Part,
    pub(super) problem: Problem,
}

impl Issue {
    /// Something is wrong with the value at `path`.
    fn value(path: &Path, found: &str, allowed: impl Into<std::borrow::Cow<'static, str>>) -> Self {
        let problem =
            Problem::Value { key: path.last_key(), found: found.to_owned(), allowed: allowed.into() };
        Self { path: path.clone(), part: Part::Value, problem }
    }

    /// Something is wrong with the key at `path`.
    fn key(path: &Path, problem: Problem) -> Self {
        Self { path: path.clone(), part: Part::Key, problem }
    }

    /// The mapping at `path` has no `key`.
    fn missing(path: &Path, key: &'static str, hint: &'static str) -> Self {
        Self::key(path, Problem::Missing { key, within: path.last_key(), hint })
    }

    /// Values at `path` do not go together.
    fn contradiction(
        path: &Path,
        message: String,
        way_out: impl Into<std::borrow::Cow<'static, str>>,
    ) -> Self {
        Self::key(path, Problem::Contradiction { message, way_out: way_out.into() })
    }
}

/// Validates everything; sections that are left out come from the default policy.
pub(super) fn policy(raw: &RawPolicy, text: &str) -> Result<Policy, Issue> {
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
        text: text.to_owned(),
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

fn claim_factor(text: Option<&str>, path: &Path) -> Result<crate::model::exact::Exact, Issue> {
    let text = text.unwrap_or("1/2");
    super::quantity::share(text)
        .ok_or_else(|| Issue::value(path, text, "a share from 0 to 1, such as `1/2` or `50%`"))
}
