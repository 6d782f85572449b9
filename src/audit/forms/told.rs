//! Short documents in plain words, each right and with one change that makes it wrong.
//!
//! The fixtures hold them: `=== rule` begins a document, and `[[right||wrong]]` is what changes.

use super::findings;

const FILES: [&str; 10] = [
    include_str!("../../../tests/fixtures/audit/forms/headline.txt"),
    include_str!("../../../tests/fixtures/audit/forms/claim-without-evidence.txt"),
    include_str!("../../../tests/fixtures/audit/forms/goal.txt"),
    include_str!("../../../tests/fixtures/audit/forms/unaddressed-gap.txt"),
    include_str!("../../../tests/fixtures/audit/forms/small-sample.txt"),
    include_str!("../../../tests/fixtures/audit/forms/policy-drift.txt"),
    include_str!("../../../tests/fixtures/audit/forms/mislabel.txt"),
    include_str!("../../../tests/fixtures/audit/forms/bands.txt"),
    include_str!("../../../tests/fixtures/audit/forms/effort-order.txt"),
    include_str!("../../../tests/fixtures/audit/forms/timeline.txt"),
];

/// The document with one side of every change.
fn side(text: &str, right: bool) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, change)) = rest.split_once("[[") {
        let (first, after) = change.split_once("||").unwrap();
        let (second, after) = after.split_once("]]").unwrap();
        // A bracket right before the end belongs to the change: `[[[ ]||[x]]]`.
        let inner = after.len() - after.trim_start_matches(']').len();
        out.push_str(before);
        out.push_str(if right { first } else { second });
        if !right {
            out.push_str(&"]".repeat(inner));
        }
        rest = after.trim_start_matches(']');
    }
    out + rest
}

#[test]
fn plain_documents_are_silent_until_a_number_or_a_word_is_wrong() {
    let mut failed = Vec::new();
    for document in FILES.iter().flat_map(|file| file.split("=== ").skip(1)) {
        let (rules, text) = document.split_once('\n').unwrap();
        let (right, wrong) = (findings(&side(text, true)), findings(&side(text, false)));
        if !right.is_empty() {
            failed.push(format!("right, and found {right:?}\n{}", side(text, true)));
        }
        let said =
            |found: &crate::model::audit::Finding| rules.split(',').any(|rule| rule == found.rule.name());
        if !wrong.iter().any(said) {
            failed.push(format!("{rules} not found, but {wrong:?}\n{}", side(text, false)));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n---\n"));
}
