//! The vulnerabilities of a CycloneDX document with their analysis: CycloneDX VEX.
//!
//! <https://cyclonedx.org/docs/1.6/json/#vulnerabilities>.

use std::collections::HashMap;
use std::io::BufRead;

use super::assembly::{Assembly, without};
use super::document::read_statements;
use super::vex::package_of;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::findings::{FindingsReport, Statement};

/// Most components that are looked up.
const MAX_COMPONENTS: usize = 100_000;

/// Whether this is the shape of a CycloneDX document with vulnerabilities.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    // Some write the keys in order, and the name of the format behind everything else.
    shape.has_all(&["bomFormat", "vulnerabilities"]) || shape.has("vulnerabilities[].analysis.state")
}

/// Reads one document.
pub(crate) fn read(text: impl BufRead) -> Reading<FindingsReport> {
    read_statements(text, document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let (mut listed, mut components) = (false, HashMap::new());
    let mut statements: Vec<Statement> = Vec::new();
    json.find_document()?;
    json.object(|json, key| {
        match key {
            "components" => {
                json.list(|json| component(json, &mut components))?;
            }
            "vulnerabilities" => {
                listed |= json.list(|json| {
                    statements.extend(statement(&json.value()?));
                    Ok(())
                })?;
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    json.end()?;
    if !listed {
        return Err(without("vulnerabilities"));
    }
    for mut statement in statements {
        statement.packages = statement.packages.iter().filter_map(|one| named(one, &components)).collect();
        report.state(statement);
    }
    Ok(())
}

/// Notes the package behind a component's reference.
fn component<R: BufRead>(json: &mut Cursor<R>, components: &mut HashMap<String, String>) -> Result<(), Stop> {
    let (mut reference, mut purl) = (None, None);
    json.object(|json, key| {
        match key {
            "bom-ref" => reference = json.text()?,
            "purl" => purl = json.text()?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    if let Some((reference, purl)) = reference.zip(purl).filter(|_| components.len() < MAX_COMPONENTS) {
        components.insert(reference, purl);
    }
    Ok(())
}

/// A reference as a package; one into another document ends in it: `urn:cdx:…/1#pkg:npm/a@1`.
fn named(reference: &str, components: &HashMap<String, String>) -> Option<String> {
    let last = reference.rsplit('#').next().unwrap_or(reference);
    let known = components.get(reference).or_else(|| components.get(last));
    package_of(known.map_or(last, String::as_str))
}

fn statement(value: &Value) -> Option<Statement> {
    let references = value.get("references").list().iter().filter_map(|one| one.text_of("id"));
    let ids: Vec<String> = value.text_of("id").into_iter().chain(references).map(str::to_owned).collect();
    let analysis = value.get("analysis");
    let why = ["justification", "detail"].iter().filter_map(|key| analysis.text_of(key));
    let why = why.collect::<Vec<_>>().join(": ");
    let state = analysis.text_of("state")?;
    let exempt = match state {
        "not_affected" | "false_positive" if why.is_empty() => None,
        "not_affected" | "false_positive" => Some(format!("{}: {why} (VEX)", state.replace('_', " "))),
        "resolved" | "resolved_with_pedigree" => Some("resolved (VEX)".to_owned()),
        _ => None,
    };
    let affects = value.get("affects").list().iter().filter_map(|one| one.text_of("ref"));
    let packages = affects.map(str::to_owned).collect();
    let at = analysis.text_of("lastUpdated").or(analysis.text_of("firstIssued")).unwrap_or_default();
    Some(Statement { ids, packages, exempt, at: at.to_owned() })
}
