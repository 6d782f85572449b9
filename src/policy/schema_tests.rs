//! The committed JSON schema knows the same keys as the program, and takes the policies that the program takes.

use serde_json::Value;

use super::error::Problem;
use super::load::parse;

fn schema() -> Value {
    serde_json::from_str(include_str!("../../docs/policy.schema.json")).unwrap()
}

/// Where a mapping stands in the schema, and a policy with a key in it that nobody knows.
const MAPPINGS: [(&str, &str); 15] = [
    ("", "nobody: 1"),
    ("/properties/evidence", "evidence: {nobody: 1}"),
    ("/properties/evidence/properties/expect/items", "evidence: {expect: [{nobody: 1}]}"),
    ("/properties/evidence/properties/paths/items", "evidence: {paths: [{nobody: 1}]}"),
    ("/properties/evidence/properties/extract/items", "evidence: {extract: [{nobody: 1}]}"),
    ("/properties/dimensions/additionalProperties", "dimensions: {d: {nobody: 1}}"),
    (
        "/properties/dimensions/additionalProperties/properties/checks/additionalProperties",
        "dimensions: {d: {checks: {c: {nobody: 1}}}}",
    ),
    ("/properties/components/additionalProperties", "components: {c: {nobody: 1}}"),
    ("/properties/gate", "gate: {nobody: 1}"),
    ("/properties/waivers/items", "waivers: [{nobody: 1}]"),
    ("/properties/plan", "plan: {nobody: 1}"),
    ("/properties/plan/properties/ceiling", "plan: {ceiling: {nobody: 1}}"),
    ("/properties/plan/properties/phases/items", "plan: {phases: [{nobody: 1}]}"),
    ("/properties/plan/properties/scenarios/items", "plan: {scenarios: [{nobody: 1}]}"),
    ("/properties/history", "history: {nobody: 1}"),
];

#[test]
fn every_mapping_of_the_schema_has_exactly_the_keys_of_the_program() {
    let schema = schema();
    for (place, text) in MAPPINGS {
        let mapping = schema.pointer(place).unwrap();
        assert_eq!(mapping["additionalProperties"], Value::Bool(false), "{place}");
        let mut stated: Vec<String> = mapping["properties"].as_object().unwrap().keys().cloned().collect();
        let Problem::UnknownKey { allowed: mut known, .. } = parse(text, "p").unwrap_err().problem else {
            panic!("`{text}` has an unknown key")
        };
        stated.sort();
        known.sort();
        assert_eq!(stated, known, "{place}");
    }
}

/// The first way in which `value` does not fit; as much of JSON Schema as ours uses.
fn misfit(schema: &Value, value: &Value, place: &str) -> Option<String> {
    if let Some(all) = schema["oneOf"].as_array() {
        let fits = all.iter().filter(|one| misfit(one, value, place).is_none()).count();
        return (fits != 1).then(|| format!("{place}: {fits} alternatives fit"));
    }
    if let Some(all) = schema["enum"].as_array() {
        return (!all.contains(value)).then(|| format!("{place}: {value} is not in the list"));
    }
    let kind = match value {
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::String(_) => "string",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::Null => "null",
    };
    let kinds = &schema["type"];
    if kinds != kind && !kinds.as_array().is_some_and(|kinds| kinds.iter().any(|one| one == kind)) {
        return Some(format!("{place}: {kind} where {kinds} stands"));
    }
    let missing = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    if let Some(key) = missing.clone().find(|key| value.get(key).is_none()) {
        return Some(format!("{place}: no {key}"));
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        if let Some(misfit) = misfit(&schema["items"], item, &format!("{place}/{index}")) {
            return Some(misfit);
        }
    }
    for (key, item) in value.as_object().into_iter().flatten() {
        let place = format!("{place}/{key}");
        let own = schema["properties"].get(key).unwrap_or(&schema["additionalProperties"]);
        if own == &Value::Bool(false) {
            return Some(format!("{place}: unknown"));
        }
        if let Some(misfit) = misfit(own, item, &place) {
            return Some(misfit);
        }
    }
    None
}

/// The policies that `docs/policy.md` shows, and those that are built in.
fn samples() -> Vec<String> {
    let page = include_str!("../../docs/policy.md");
    let shown = page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let built_in = super::presets::ALL.iter().map(|(_, text)| *text).chain([super::defaults::TEXT]);
    shown.chain(built_in).map(str::to_owned).collect()
}

#[test]
fn policies_that_the_program_takes_fit_the_schema() {
    let (schema, samples) = (schema(), samples());
    assert!(samples.len() > 6);
    for text in samples {
        let value: Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(misfit(&schema, &value, ""), None, "{text}");
    }
}

#[test]
fn what_the_program_refuses_for_its_shape_does_not_fit() {
    for text in [
        "gate: {mode: maybe}",
        "gate: {no-new-failures: 1}",
        "waivers: [{owner: me}]",
        "evidence: []",
        "gate: {x: 1}",
    ] {
        assert!(parse(text, "p").is_err(), "{text}");
        let value: Value = serde_yaml::from_str(text).unwrap();
        assert!(misfit(&schema(), &value, "").is_some(), "{text}");
    }
}
