//! OpenVEX: statements on how far vulnerabilities matter for a product.
//!
//! <https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md>.

use std::io::BufRead;

use super::assembly::{Assembly, without};
use super::document::read_statements;
use super::vex::package_of;
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::tally::Tally;
use crate::model::findings::{FindingsReport, Statement};

/// Whether this is the shape of an OpenVEX document.
pub(crate) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["@context", "statements"])
        || shape.has_all(&["statements[].vulnerability", "statements[].status"])
}

/// Reads one document.
pub(crate) fn read(text: impl BufRead) -> Reading<FindingsReport> {
    read_statements(text, document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let (mut listed, mut at, mut unfounded) = (false, String::new(), Tally::default());
    let mut statements: Vec<Statement> = Vec::new();
    json.find_document()?;
    json.object(|json, key| {
        match key {
            "timestamp" => at = json.text()?.unwrap_or_default(),
            "statements" => {
                listed |= json.list(|json| {
                    let place = json.place();
                    let value = json.value()?;
                    statements.extend(statement(&value, place, &mut unfounded));
                    Ok(())
                })?;
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    json.end()?;
    if !listed {
        return Err(without("statements"));
    }
    for mut statement in statements {
        if statement.at.is_empty() {
            statement.at.clone_from(&at);
        }
        report.state(statement);
    }
    report.note(unfounded.said(
        "a statement `not_affected` has neither `justification` nor `impact_statement` and is not applied",
    ));
    Ok(())
}

fn statement(value: &Value, place: Place, unfounded: &mut Tally) -> Option<Statement> {
    let vulnerability = value.get("vulnerability");
    let aliases = vulnerability.get("aliases").list().iter().filter_map(Value::text);
    let named = [vulnerability.text(), vulnerability.text_of("name"), vulnerability.text_of("@id")];
    let ids: Vec<String> = named.into_iter().flatten().chain(aliases).map(str::to_owned).collect();
    let why = ["justification", "impact_statement"].iter().filter_map(|key| value.text_of(key));
    let why = why.collect::<Vec<_>>().join(": ");
    let exempt = match value.text_of("status")? {
        "not_affected" if why.is_empty() => {
            unfounded.add(|| place);
            None
        }
        "not_affected" => Some(format!("not affected: {why} (VEX)")),
        "fixed" => Some("fixed (VEX)".to_owned()),
        _ => None,
    };
    let products = value.get("products").list();
    // Before version 0.2.0 the parts stand beside the products.
    let parts = products.iter().chain([value]).flat_map(|one| one.get("subcomponents").list());
    let parts: Vec<&Value> = parts.collect();
    let about = if parts.is_empty() { products.iter().collect() } else { parts };
    let packages = about.into_iter().filter_map(|one| package_of(identifier(one)?)).collect();
    Some(Statement { ids, packages, exempt, at: value.text_of("timestamp").unwrap_or_default().to_owned() })
}

/// Products are objects, and plain strings in older versions.
fn identifier(product: &Value) -> Option<&str> {
    let purl = product.get("identifiers").text_of("purl");
    purl.or(product.text_of("@id")).or(product.text())
}
