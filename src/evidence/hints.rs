//! What to do about files that hold evidence in a form that only their own tool can read.

use super::json::holds;
use super::outline;

/// What gives such a file away.
enum Sign {
    /// Its first characters, after decoding.
    Begins(&'static str),
    /// The name of its root element.
    Root(&'static str),
    /// A path of keys in its JSON.
    Keys(&'static [&'static str]),
}

use Sign::{Begins, Keys, Root};

/// Signs, each with the way to something that can be read.
#[rustfmt::skip]
static HINTS: [(Sign, &str); 22] = [
    (Begins("SQLite format 3\0"), "a database; for coverage.py's `.coverage` write `coverage xml` or `coverage json` first"),
    (Begins("\u{fffd}rforpl\u{fffd}"), "a raw profile of LLVM; write `llvm-profdata merge`, then `llvm-cov export` first"),
    (Begins("\u{fffd}iforpl\u{fffd}"), "an indexed profile of LLVM; write `llvm-cov export` first"),
    (Begins("\u{1}\u{fffd}\u{fffd}"), "execution data of JaCoCo; let its `report` task write `jacoco.xml` first"),
    (Begins("adcg"), "counters of gcc; write `gcovr --json` or `lcov --capture` first"),
    (Begins("oncg"), "notes of gcc; write `gcovr --json` or `lcov --capture` first"),
    (Begins("\0cvm"), "coverage data of Go; write `go tool covdata textfmt` first"),
    (Begins("\0cwm"), "coverage data of Go; write `go tool covdata textfmt` first"),
    (Begins("<?php"), "PHP code; for PHPUnit's `--coverage-php` write `--coverage-clover` as well"),
    (Root("BullseyeCoverage"), "a report of BullseyeCoverage, whose functions and conditions are no lines"),
    (Root("phpunit"), "PHPUnit's own coverage, a file per class; write `--coverage-clover` or `--coverage-cobertura` as well"),
    (Root("crap_result"), "a report on complexity; write `--coverage-clover` as well"),
    (Keys(&["DotCoverVersion"]), "sums of dotCover; write `--reportType=DetailedXML`"),
    (Keys(&["result", "line"]), "SimpleCov's last sums; give `.resultset.json` beside it"),
    (Keys(&["result", "covered_percent"]), "SimpleCov's last sums; give `.resultset.json` beside it"),
    (Keys(&["result", "[]", "scriptId"]), "raw coverage of V8; write `c8 report --reporter=lcov` first"),
    (Keys(&["[]", "scriptId"]), "raw coverage of V8; write `c8 report --reporter=lcov` first"),
    (Keys(&["Packages", "[]", "Functions"]), "gocov's JSON; give the profile of `go test -coverprofile` instead"),
    (Keys(&["sources", "*", "*", "lines"]), "fastcov's own JSON; write `fastcov --lcov` instead"),
    (Begins("==============================================================================\n"), "looks like LuaCov's text; write `luacov -r lcov` instead"),
    (Begins("[]"), "an empty list, as Ruff and Pylint write when they find nothing: it does not say which tool ran; write `--output-format=sarif` (Ruff) or `json2` (Pylint)"),
    (Keys(&["[]", "ranges"]), "raw coverage of a browser; write it through `v8-to-istanbul` first"),
];

/// What a file that begins with `head` is, and what to do, when that is known.
pub(super) fn hint(head: &str) -> Option<&'static str> {
    let root = outline::root(head);
    let fits = |sign: &Sign| match sign {
        Begins(start) => head.starts_with(start),
        Root(name) => root == Some(*name),
        Keys(path) => holds(head, path),
    };
    HINTS.iter().find(|(sign, _)| fits(sign)).map(|(_, hint)| *hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_need_their_own_tool_are_told_from_others() {
        for (head, word) in [
            ("SQLite format 3\0\u{10}\0", "coverage xml"),
            ("\u{1}\u{fffd}\u{fffd}\u{10}\u{7}", "JaCoCo"),
            ("<?xml version='1.0'?><BullseyeCoverage name='x'>", "Bullseye"),
            ("{\"result\": {\"line\": 83.33}}", "resultset"),
            ("{\"result\": [{\"scriptId\": \"5\", \"url\": \"x\"}]}", "c8 report"),
            ("{\"Packages\": [{\"Name\": \"a\", \"Functions\": []}]}", "-coverprofile"),
            ("{\"sources\": {\"a.c\": {\"\": {\"lines\": {}}}}}", "fastcov --lcov"),
            ("{\"DotCoverVersion\": \"2023.1\", \"Kind\": \"Root\"}", "DetailedXML"),
        ] {
            let found = hint(head);
            assert!(found.is_some_and(|hint| hint.contains(word)), "{head}: {found:?}");
        }
        for head in ["", "{}", "<html>", "text", "\u{fffd}PNG\0", "{\"result\": 1}"] {
            assert_eq!(hint(head), None, "{head}");
        }
    }
}
