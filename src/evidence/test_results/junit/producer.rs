//! Which tool wrote a file, told by the names and attributes that it always writes.

use crate::evidence::xml::Tag;

/// Names of root elements and first suites that give their tool away.
const NAMES: [(&str, &str); 9] = [
    ("pytest", "pytest"),
    ("jest tests", "jest-junit"),
    ("vitest tests", "vitest"),
    ("bun test", "bun"),
    ("nextest-run", "cargo-nextest"),
    ("Mocha Tests", "mocha-junit-reporter"),
    ("AllTests", "googletest"),
    ("Cucumber", "cucumber"),
    ("rspec", "rspec_junit_formatter"),
];

/// The tool behind a `<testsuites>` or `<testsuite>` tag, if it can be told.
pub(super) fn guess(tag: &Tag<'_>) -> Option<&'static str> {
    tag.attributes().find_map(|(attribute, value)| match attribute {
        "name" => NAMES.iter().find(|(name, _)| *name == value.raw()).map(|(_, tool)| *tool),
        "xsi:noNamespaceSchemaLocation" | "xsi:schemaLocation" => {
            value.raw().contains("surefire").then_some("maven-surefire")
        }
        _ => None,
    })
}
