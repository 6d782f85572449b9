//! Extractors as a policy writes them, and their mistakes.

use super::load::parse;

fn mistake(extract: &str, rest: &str) -> String {
    let text = format!("evidence:\n  extract:\n    - {{{extract}}}\n{rest}");
    let told = parse(&text, "readiness.yml").map(|_| ()).unwrap_err().to_string();
    told.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn mistakes_are_told_at_their_place() {
    let good = "name: a, file: f.json, jsonpath: $.a";
    assert!(parse(&format!("evidence:\n  extract:\n    - {{{good}}}\n"), "p").is_ok());
    for (extract, word) in [
        ("file: f, jsonpath: $.a", "name"),
        ("name: a, jsonpath: $.a", "file"),
        ("name: a, file: f", "jsonpath"),
        ("name: a, file: f, jsonpath: a.b", "jsonpath"),
        ("name: a, file: f, xpath: //b", "xpath"),
        ("name: a, file: f, regex: '('", "regex"),
        ("name: a, file: f, regex: a, jsonpath: $.a", "one of"),
        ("name: a, file: f, jsonpath: $.a, unit: parsec", "unit"),
        ("name: a, file: f, jsonpath: $.a, better: bigger", "better"),
        ("name: tests.total, file: f, jsonpath: $.a", "name"),
        ("name: a, file: f, jsonpath: $.a}\n    - {name: a, file: g, jsonpath: $.b", "name"),
    ] {
        let told = mistake(extract, "");
        assert!(told.contains(word), "{extract}: {told}");
    }
}

#[test]
fn limits_in_another_kind_of_unit_are_a_mistake() {
    let rest = "dimensions:\n  d: {checks: {c: {metric: a, target: 10ms, floor: 20ms}}}\n";
    let told = mistake("name: a, file: f, jsonpath: $.a, unit: KiB", rest);
    assert!(told.contains("another unit"), "{told}");
    let fits = rest.replace("10ms", "1MB").replace("20ms", "2 MiB");
    let text = format!("evidence:\n  extract:\n    - {{name: a, file: f, jsonpath: $.a, unit: KiB}}\n{fits}");
    assert!(parse(&text, "p").is_ok());
}
