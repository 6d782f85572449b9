//! Claims as `CycloneDX` 1.6 declarations. <https://cyclonedx.org/docs/1.6/json/#declarations>
//!
//! What is only claimed leaves with owner, date and expiry, and with the conformance that it has here: what a claim
//! earns of full points, nothing once it ran out.

use serde::Serialize;

use super::json::pretty;
use crate::model::exact::to_f64;
use crate::model::explanation::{Counted, Explanation};
use crate::model::report::Report;

/// The claims among `checks`, about the commit of `report`.
pub fn cyclonedx(report: &Report, checks: &[Explanation]) -> String {
    let claims: Vec<&Explanation> =
        checks.iter().filter(|check| matches!(check.counted, Counted::Claim { .. })).collect();
    let ids = || claims.iter().map(|check| check.check.id.clone());
    pretty(&Document {
        bom_format: "CycloneDX",
        spec_version: "1.6",
        version: 1,
        declarations: Declarations {
            assessors: [Assessor { bom_ref: "assessor", third_party: false }],
            attestations: [Attestation {
                summary: format!("what people claim, under {}", report.policy.description),
                assessor: "assessor",
                map: claims.iter().map(|check| mapped(check)).collect(),
            }],
            claims: ids().zip(&claims).map(|(id, check)| claim(&id, check)).collect(),
            evidence: ids().zip(&claims).filter_map(|(id, check)| evidence(&id, check)).collect(),
            targets: Targets { components: [Component::of(report)] },
        },
        definitions: Definitions {
            standards: [Standard {
                bom_ref: "policy",
                name: &report.policy.description,
                version: &report.policy.fingerprint,
                requirements: ids()
                    .map(|id| Requirement { bom_ref: requirement(&id), identifier: id })
                    .collect(),
            }],
        },
    })
}

fn requirement(id: &str) -> String {
    format!("requirement/{id}")
}

fn mapped(check: &Explanation) -> Mapped {
    let id = &check.check.id;
    Mapped {
        requirement: requirement(id),
        claims: [format!("claim/{id}")],
        conformance: Conformance {
            score: to_f64(&check.check.attainment),
            rationale: check.check.reason.clone().unwrap_or_else(|| check.check.state.name().to_owned()),
        },
    }
}

fn claim(id: &str, check: &Explanation) -> Claim {
    let predicate = match &check.counted {
        Counted::Claim { text, .. } => text.clone(),
        _ => String::new(),
    };
    Claim {
        bom_ref: format!("claim/{id}"),
        target: "target",
        predicate,
        evidence: [format!("evidence/{id}")],
    }
}

fn evidence(id: &str, check: &Explanation) -> Option<Evidence> {
    let Counted::Claim { text, owner, date, expires, link } = &check.counted else { return None };
    let data = link.iter().map(|link| Data { name: "link", contents: Contents { url: link.clone() } });
    Some(Evidence {
        bom_ref: format!("evidence/{id}"),
        description: text.clone(),
        created: format!("{date}T00:00:00Z"),
        // The last day counts whole.
        expires: format!("{expires}T23:59:59Z"),
        author: Author { name: owner.clone() },
        data: data.collect(),
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    bom_format: &'static str,
    spec_version: &'static str,
    version: u32,
    declarations: Declarations<'a>,
    definitions: Definitions<'a>,
}

#[derive(Serialize)]
struct Declarations<'a> {
    assessors: [Assessor; 1],
    attestations: [Attestation; 1],
    claims: Vec<Claim>,
    evidence: Vec<Evidence>,
    targets: Targets<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Assessor {
    #[serde(rename = "bom-ref")]
    bom_ref: &'static str,
    third_party: bool,
}

#[derive(Serialize)]
struct Attestation {
    summary: String,
    assessor: &'static str,
    map: Vec<Mapped>,
}

#[derive(Serialize)]
struct Mapped {
    requirement: String,
    claims: [String; 1],
    conformance: Conformance,
}

#[derive(Serialize)]
struct Conformance {
    score: f64,
    rationale: String,
}

#[derive(Serialize)]
struct Claim {
    #[serde(rename = "bom-ref")]
    bom_ref: String,
    target: &'static str,
    predicate: String,
    evidence: [String; 1],
}

#[derive(Serialize)]
struct Evidence {
    #[serde(rename = "bom-ref")]
    bom_ref: String,
    description: String,
    created: String,
    expires: String,
    author: Author,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    data: Vec<Data>,
}

#[derive(Serialize)]
struct Author {
    name: String,
}

#[derive(Serialize)]
struct Data {
    name: &'static str,
    contents: Contents,
}

#[derive(Serialize)]
struct Contents {
    url: String,
}

#[derive(Serialize)]
struct Targets<'a> {
    components: [Component<'a>; 1],
}

#[derive(Serialize)]
struct Component<'a> {
    #[serde(rename = "bom-ref")]
    bom_ref: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    version: &'a str,
}

impl<'a> Component<'a> {
    fn of(report: &'a Report) -> Self {
        let name = report.name.as_deref().unwrap_or("the evaluated commit");
        Self { bom_ref: "target", kind: "application", name, version: &report.head.sha.0 }
    }
}

#[derive(Serialize)]
struct Definitions<'a> {
    standards: [Standard<'a>; 1],
}

#[derive(Serialize)]
struct Standard<'a> {
    #[serde(rename = "bom-ref")]
    bom_ref: &'static str,
    name: &'a str,
    version: &'a str,
    requirements: Vec<Requirement>,
}

#[derive(Serialize)]
struct Requirement {
    #[serde(rename = "bom-ref")]
    bom_ref: String,
    identifier: String,
}
