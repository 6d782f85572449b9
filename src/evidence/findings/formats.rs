//! The list of findings formats. A new one is a file beside this one and a line here.

use super::{
    cargo_audit, checkstyle, cyclonedx, eslint_json, grype, npm_audit, openvex, osv, pylint_json, ruff_json,
    sarif, trivy,
};
use crate::evidence::bytes::Text;
use crate::evidence::format::{Format, Head};
use crate::evidence::reading::Reading;
use crate::model::input::{Content, Kind};

/// All findings formats, in the order in which they are asked.
#[rustfmt::skip]
pub static FORMATS: [Format; 12] = [
    // SARIF 2.1.0.
    findings("sarif", sarif::looks_like, |text| sarif::read(text).map(Content::Findings)),
    // `cargo audit --json`.
    findings("cargo-audit", |head| cargo_audit::looks_like(&head.shape), |text| cargo_audit::read(text).map(Content::Findings)),
    // `npm audit --json`.
    findings("npm-audit", |head| npm_audit::looks_like(&head.shape), |text| npm_audit::read(text).map(Content::Findings)),
    // Trivy.
    findings("trivy", |head| trivy::looks_like(&head.shape), |text| trivy::read(text).map(Content::Findings)),
    // Grype.
    findings("grype", |head| grype::looks_like(&head.shape), |text| grype::read(text).map(Content::Findings)),
    // OSV-Scanner.
    findings("osv", osv::looks_like, |text| osv::read(text).map(Content::Findings)),
    // ESLint.
    findings("eslint-json", |head| eslint_json::looks_like(&head.shape), |text| eslint_json::read(text).map(Content::Findings)),
    // Ruff.
    findings("ruff-json", |head| ruff_json::looks_like(&head.shape), |text| ruff_json::read(text).map(Content::Findings)),
    // Pylint.
    findings("pylint-json", |head| pylint_json::looks_like(&head.shape), |text| pylint_json::read(text).map(Content::Findings)),
    // OpenVEX.
    findings("openvex", |head| openvex::looks_like(&head.shape), |text| openvex::read(text).map(Content::Findings)),
    // CycloneDX VEX.
    findings("cyclonedx-vex", |head| cyclonedx::looks_like(&head.shape), |text| cyclonedx::read(text).map(Content::Findings)),
    // Checkstyle XML of any tool.
    findings("checkstyle", checkstyle::looks_like, |text| checkstyle::read(text).map(Content::Findings)),
];

const fn findings(
    name: &'static str,
    looks_like: fn(&Head<'_>) -> bool,
    read: fn(&mut Text) -> Reading<Content>,
) -> Format {
    Format { name, kind: Kind::Findings, looks_like, read }
}
