//! What a claim speaks of: all that was measured, or a part of it.

use super::claim::Claim;
use crate::audit::quantity::Quantity;
use crate::audit::words::mentions;

/// Words that name no part: what is counted, when, by whom, and how.
const OF_ALL: [&str; 195] = [
    "a", "about", "above", "actual", "after", "alerts", "all", "already", "also", "altogether", "an", "analysis", "and", "are", "as", "at", "attached", "automated", "being", "branch", "branches", "build", "built", "by", "candidate", "cases", "checks", "ci", "code", "collected", "commit", "complete", "contain", "contains", "count", "counted", "counts", "coverage", "covered", "critical", "current", "currently", "day", "did", "do", "error", "errors", "evidence", "executed", "exist", "export", "fail", "failed", "failing", "fails", "failure", "failures", "file", "finding", "findings", "finished", "found", "from", "full", "function", "functions", "gate", "give", "gives", "got", "green", "had", "has", "have", "head", "here", "high", "holds", "how", "i", "in", "instrumented", "is", "it", "its", "job", "junit", "last", "latest", "lcov", "left", "level", "line", "lines", "lint", "linter", "low", "main", "many", "measured", "medium", "merge", "night", "nightly", "no", "none", "not", "note", "notes", "now", "number", "of", "on", "only", "open", "or", "our", "out", "overall", "pass", "passed", "passes", "passing", "per", "percent", "percentage", "pipeline", "project", "quality", "rate", "rc", "ready", "red", "release", "remaining", "report", "reported", "reports", "result", "results", "run", "running", "runs", "s", "sarif", "scan", "scanned", "scanner", "security", "share", "show", "shows", "skipped", "so", "stand", "static", "still", "succeed", "success", "suite", "suites", "sum", "summary", "test", "tests", "that", "the", "them", "then", "there", "these", "they", "this", "those", "to", "today", "too", "tool", "tools", "total", "up", "vulnerabilities", "vulnerability", "warning", "warnings", "was", "we", "were", "what", "which", "while", "whole", "with", "work", "yesterday",
];

/// Whether every word of a label says that it is about everything.
pub(super) fn is_of_all(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).all(|word| OF_ALL.contains(&word.as_str()))
}

/// The words around a number up to the next comma or bracket.
fn clause<'a>(claim: &Claim<'a>, quantity: &Quantity) -> (&'a str, &'a str) {
    let before = claim.text.get(..quantity.start).unwrap_or_default();
    let after = claim.text.get(quantity.end..).unwrap_or_default();
    let ends = [',', ';', ':', '(', ')', '|', '.'];
    (before.rsplit(ends).next().unwrap_or_default(), after.split(ends).next().unwrap_or_default())
}

/// Files of evidence: what names one of them speaks of what was measured.
const FILES: [&str; 6] = ["junit", "lcov", "cobertura", "jacoco", "sarif", "clover"];

/// Whether the label of a claim, or the words around a number of it, name a part.
pub(super) fn names_part(claim: &Claim<'_>, quantity: &Quantity) -> bool {
    let (before, after) = clause(claim, quantity);
    let measured = mentions(&claim.about, &FILES);
    !(measured || is_of_all(&claim.label) && is_of_all(before) && is_of_all(after))
}
