//! Which format a file is in, told by its content alone.

use super::format::{Format, Head};
use super::{coverage, findings, jest, measurements, test_results};

/// All formats of all kinds, in the order in which they are asked.
pub fn all() -> impl Iterator<Item = &'static Format> {
    let coverage = coverage::formats::FORMATS.iter();
    let tests = coverage.chain(&test_results::formats::FORMATS).chain(&jest::FORMATS);
    tests.chain(&findings::formats::FORMATS).chain(&measurements::formats::FORMATS)
}

/// The format of a file that begins with `head`. What Readiness says itself is no evidence.
pub fn detect(head: &str) -> Option<&'static Format> {
    if is_our_own(head) {
        return None;
    }
    let head = Head::of(head);
    all().find(|format| (format.looks_like)(&head))
}

/// Whether `head` begins one of our own forms, which have keys with the names that others have.
fn is_our_own(head: &str) -> bool {
    let mut rest = head;
    for begin in ["{", "\"schema\"", ":"] {
        let Some(after) = rest.trim_start().strip_prefix(begin) else { return false };
        rest = after;
    }
    rest.trim_start().starts_with("\"readiness/")
}

/// The names of all formats that a file which begins with `head` could be in; more than one is a mistake of a format.
#[cfg(test)]
pub(super) fn claimants(head: &str) -> Vec<&'static str> {
    let head = Head::of(head);
    all().filter(|format| (format.looks_like)(&head)).map(|format| format.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(head: &str) -> Option<&'static str> {
        detect(head).map(|format| format.name)
    }

    #[test]
    fn formats_are_told_by_their_content() {
        let junit = [
            "<testsuites/>",
            "\n <?xml version='1.0'?><!-- > --><!DOCTYPE a [<!ENTITY b '>'>]><testsuite name='a'>",
            "<j:testsuites xmlns:j='u'>",
            "> npm test\n<1 s>\n<?xml version='1.0'?>\n<testsuites>",
        ];
        for head in junit {
            assert_eq!(name(head), Some("junit"), "{head}");
        }
        assert_eq!(name("{\"$schema\": \"x\", \"metrics\": [{\"id\": 1}"), Some("metrics"));
        let jest = "{\"numTotalTests\": 1, \"testResults\": [{\"assertionResults\": []}], \"coverageMap\": {";
        assert_eq!(name(jest), Some("jest-json"));
        assert_eq!(name(&format!("{jest}\"a.js\": {{\"statementMap\": {{")), Some("jest-json"));
        assert_eq!(name("TN:\nSF:src/a.c\n"), Some("lcov"));
        assert_eq!(name("<coverage line-rate='1'><packages>"), Some("cobertura"));
        for head in ["{\"a\": {\"metrics\": []}}", "<html>", "", "[1]", "<assembly>"] {
            assert_eq!(name(head), None, "{head}");
        }
    }

    #[test]
    fn what_readiness_says_itself_is_no_evidence() {
        let coverage = "\"coverage\": {\"src/a.rs\": {\"1\": 1}}}";
        assert_eq!(name(&format!("{{{coverage}")), Some("codecov"));
        assert_eq!(name(&format!("{{\n  \"schema\": \"readiness/report/v1\", {coverage}")), None);
    }

    #[test]
    fn every_format_has_its_own_name() {
        let names: std::collections::BTreeSet<_> = all().map(|format| format.name).collect();
        assert_eq!(names.len(), all().count());
    }
}
