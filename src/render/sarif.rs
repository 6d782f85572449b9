//! A report as SARIF 2.1.0: the gate's failures, and new failures that have a place.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>
//!
//! Code scanning shows only what has a place, so a condition stands at the policy's usual path.

use std::fmt::Write as _;

use serde::Serialize;

use super::json::pretty;
use crate::model::gate::Condition;
use crate::model::report::{CaseNote, Report};

/// Where a condition stands.
const POLICY: &str = "readiness.yml";

/// `report` as one SARIF document.
pub fn sarif(report: &Report) -> String {
    let level = if report.gate.enforced { "error" } else { "warning" };
    let conditions = report.gate.failing().map(|one| condition(one, level));
    let failures = report.tests.iter().flat_map(|tests| &tests.new_failures).filter_map(failure);
    let results: Vec<Finding> = conditions.chain(failures).collect();
    let mut rules: Vec<Rule> = Vec::new();
    for result in &results {
        if rules.iter().all(|rule| rule.id != result.rule_id) {
            rules.push(Rule {
                id: result.rule_id.clone(),
                short_description: Text { text: describe(&result.rule_id) },
            });
        }
    }
    let name = report.name.as_deref().unwrap_or("report");
    pretty(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver: Driver { name: "Readiness", version: env!("CARGO_PKG_VERSION"), rules } },
            automation_details: Automation { id: format!("readiness/{name}/") },
            results,
        }],
    })
}

fn describe(rule: &str) -> String {
    match rule {
        NEW_FAILURE => "A test case fails that did not fail on the base".to_owned(),
        condition => format!("The gate's condition {condition} does not hold"),
    }
}

const NEW_FAILURE: &str = "new-failure";

fn condition(condition: &Condition, level: &'static str) -> Finding {
    let way_out = condition.way_out.as_ref().map(|way| format!("; {way}")).unwrap_or_default();
    let text = format!("{}{way_out}", condition.message);
    Finding::new(condition.id.clone(), level, text, (POLICY.to_owned(), 1), condition.id.clone())
}

/// Only of a case whose file is known.
fn failure(note: &CaseNote) -> Option<Finding> {
    let file = note.detail.file.as_deref()?;
    let title = note.id.title();
    let message = note.detail.message.as_ref().map(|message| format!(": {message}")).unwrap_or_default();
    let place = (file.to_owned(), note.detail.line.unwrap_or(1).max(1));
    Some(Finding::new(NEW_FAILURE.to_owned(), "error", format!("{title} fails{message}"), place, title))
}

/// A path as a relative reference: characters that mean something in one are percent-encoded.
fn reference(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    automation_details: Automation,
    results: Vec<Finding>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: String,
    short_description: Text,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Automation {
    id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    rule_id: String,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    partial_fingerprints: Fingerprints,
}

impl Finding {
    fn new(
        rule_id: String,
        level: &'static str,
        text: String,
        (path, line): (String, u32),
        identity: String,
    ) -> Self {
        let artifact_location = Artifact { uri: reference(&path) };
        let physical_location = Physical { artifact_location, region: Region { start_line: line } };
        Self {
            rule_id,
            level,
            message: Text { text },
            locations: [Location { physical_location }],
            partial_fingerprints: Fingerprints { identity },
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "readinessIdentity/v1")]
    identity: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn failures_of_the_gate_and_new_failures_are_results_with_place_and_rule() {
        let log: serde_json::Value = serde_json::from_str(&sarif(&sample::report())).unwrap();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        let mut seen = Vec::new();
        for result in run["results"].as_array().unwrap() {
            assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]));
            let place = &result["locations"][0]["physicalLocation"];
            seen.push(format!(
                "{} {} {}:{}",
                result["ruleId"].as_str().unwrap(),
                result["level"].as_str().unwrap(),
                place["artifactLocation"]["uri"].as_str().unwrap(),
                place["region"]["startLine"]
            ));
        }
        let expected = [
            "patch-coverage error readiness.yml:1",
            "no-new-failures error readiness.yml:1",
            "new-failure error tests/test_checkout.py:31",
        ];
        assert_eq!(seen, expected);
    }

    #[test]
    fn a_path_is_a_relative_reference() {
        assert_eq!(reference("src\\a b#c.ü"), "src/a%20b%23c.%C3%BC");
    }
}
