//! Version 1 of what stands in a store. Shown numbers are decimal texts (`"87.4"`): no reader can round them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// `schema` of [`Snapshot`].
pub const SNAPSHOT: &str = "readiness/snapshot/v1";
/// `schema` of [`Ledger`].
pub const LEDGER: &str = "readiness/ledger/v1";
/// `v` of [`Line`].
pub const LINE: u64 = 1;

/// One recorded run: a line of `<yyyy-mm>.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Always [`LINE`].
    pub v: u64,
    /// Commit.
    pub sha: String,
    /// Run id.
    pub run: String,
    /// From 1.
    pub attempt: u32,
    /// RFC 3339, UTC.
    pub recorded_at: String,
    /// 0..100 with one decimal.
    pub score: String,
    /// `pass` or `fail`.
    pub outcome: String,
    /// Dimension id → score of 100 with one decimal.
    pub dimensions: BTreeMap<String, String>,
    /// Metric name → value in its base unit.
    pub metrics: BTreeMap<String, String>,
    /// Check id → points with one decimal.
    #[serde(default)]
    pub points: BTreeMap<String, String>,
    /// Hex SHA-256 of the policy's text.
    pub policy: String,
    /// Content name of the run in full, when it was kept.
    #[serde(default)]
    pub tip: Option<String>,
}

/// An earlier run inside a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// Commit.
    pub sha: String,
    /// Run id.
    pub run: String,
    /// From 1.
    pub attempt: u32,
    /// RFC 3339, UTC.
    pub recorded_at: String,
    /// 0..100 with one decimal.
    pub score: String,
    /// `pass` or `fail`.
    pub outcome: String,
    /// Content name of the run in full, when it was kept.
    #[serde(default)]
    pub tip: Option<String>,
}

/// One run in full: `tip.json.zst`, `--write snapshot=FILE`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Snapshot {
    /// Always [`SNAPSHOT`].
    pub schema: String,
    /// Commit; empty when a local report does not know it.
    pub sha: String,
    /// Branch, when known.
    pub branch: Option<String>,
    /// Run id; empty for local reports.
    pub run: String,
    /// From 1; 0 for local reports.
    pub attempt: u32,
    /// RFC 3339, UTC.
    pub recorded_at: String,
    /// As shown.
    pub score: String,
    /// `pass` or `fail`.
    pub outcome: String,
    /// Dimension id → score of 100.
    pub dimensions: BTreeMap<String, String>,
    /// Metric name → value in its base unit.
    pub metrics: BTreeMap<String, String>,
    /// Check id → points.
    pub points: BTreeMap<String, String>,
    /// The policy's whole text.
    pub policy: String,
    /// What was read.
    pub evidence: Evidence,
    /// Earlier runs of the branch, oldest first.
    #[serde(default)]
    pub recent: Vec<Recent>,
}

/// Everything that was read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Evidence {
    /// All inputs.
    pub sources: Vec<Source>,
    /// Test run.
    pub tests: Option<Tests>,
    /// Coverage by repository path.
    pub coverage: Option<BTreeMap<String, File>>,
    /// How the paths came about.
    #[serde(default)]
    pub paths: Paths,
    /// What linters and scanners found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub findings: Option<Findings>,
    /// Named numbers.
    pub measurements: Vec<Measurement>,
    /// Name → number of files that have it, where several do.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub measured_in: BTreeMap<String, u64>,
    /// Coverage of earlier commits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<Carried>,
    /// Kind → what was missing.
    #[serde(default)]
    pub shortfalls: Vec<(String, String)>,
}

/// Coverage of an earlier commit that stands in for what was not measured.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Carried {
    /// Component of the policy.
    pub component: String,
    /// Commit that it was measured on.
    pub sha: String,
    /// Day on which that was recorded, `2026-10-07`.
    pub since: String,
    /// Repository paths.
    pub files: BTreeSet<String>,
}

/// One input.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Source {
    /// As shown.
    pub path: String,
    /// Format name.
    pub format: Option<String>,
    /// Kind name.
    pub kind: Option<String>,
    /// State name.
    pub state: String,
    /// "12 cases".
    pub holds: String,
    /// First problem.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// The test run.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tests {
    /// Number of suites.
    pub suites: u64,
    /// Producer, when known.
    pub producer: Option<String>,
    /// Matrix cells, when there were several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<Arc<str>>,
    /// Suite path and message.
    pub errors: Vec<(Arc<str>, String)>,
    /// All cases.
    pub cases: Vec<Case>,
}

/// One case; names are short because there are many.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    /// Suite path.
    #[serde(rename = "s")]
    pub suite: Arc<str>,
    /// Class.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Arc<str>>,
    /// Name.
    #[serde(rename = "n")]
    pub name: Arc<str>,
    /// Matrix cell, where several have the case.
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<Arc<str>>,
    /// `p`, `f`, `e` or `s`.
    #[serde(rename = "o")]
    pub outcome: char,
    /// 1 when flaky.
    #[serde(rename = "y", default, skip_serializing_if = "is_zero")]
    pub flaky: u8,
    /// Nanoseconds.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<u64>,
    /// Message.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Source file.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// 1-based line.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(number: &u8) -> bool {
    *number == 0
}

/// Line states of one source file; branches and functions as totals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Lines that ran, as ranges: `1-5,7`.
    pub hit: String,
    /// Coverable lines that did not, as ranges.
    pub miss: String,
    /// Covered and total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branches: Option<(u64, u64)>,
    /// Covered and total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub functions: Option<(u64, u64)>,
    /// Covered and total of a file whose lines no report names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<(u64, u64)>,
    /// Covered and total, where the format counts statements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statements: Option<(u64, u64)>,
}

/// What linters and scanners found.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Findings {
    /// Tool and, when it did not look to the end, why.
    pub runs: Vec<(Arc<str>, Option<String>)>,
    /// All findings.
    pub findings: Vec<Finding>,
}

/// One finding; names are short because there are many.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// 32 hexadecimal digits.
    #[serde(rename = "h")]
    pub fingerprint: String,
    /// Tool.
    #[serde(rename = "t")]
    pub tool: Arc<str>,
    /// Rule.
    #[serde(rename = "r")]
    pub rule: Arc<str>,
    /// Level name.
    #[serde(rename = "v")]
    pub level: String,
    /// Security severity name.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    /// Path.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub path: Option<Arc<str>>,
    /// 1-based line.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Message.
    #[serde(rename = "m")]
    pub message: Arc<str>,
    /// Package, `name@version`.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub package: Option<Arc<str>>,
    /// Why it does not count.
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<Arc<str>>,
}

/// How report paths became repository paths.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Paths {
    /// Match no file.
    pub unmatched: Vec<String>,
    /// Match several.
    pub ambiguous: Vec<String>,
    /// Distinct report paths.
    pub total: u64,
    /// Why the numbers mean nothing.
    pub invalid: Option<String>,
}

/// A named number.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Measurement {
    /// Name.
    pub id: String,
    /// `numerator/denominator` or a whole number.
    pub value: String,
    /// Unit name.
    pub unit: String,
    /// `higher` or `lower`.
    pub better: Option<String>,
    /// Commit it was measured on.
    pub commit: Option<String>,
    /// Machine it was measured on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environment: Option<String>,
    /// Scatter from run to run, written as the value is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread: Option<String>,
}

/// Last outcomes and durations per case: `tests.json.zst`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ledger {
    /// Always [`LEDGER`].
    pub schema: String,
    /// Run ids, oldest first; outcome letters of cases stand at the same places.
    pub runs: Vec<String>,
    /// By identity.
    pub cases: Vec<LedgerCase>,
}

/// One case of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerCase {
    /// Suite path.
    #[serde(rename = "s")]
    pub suite: Arc<str>,
    /// Class.
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Arc<str>>,
    /// Name.
    #[serde(rename = "n")]
    pub name: Arc<str>,
    /// Matrix cell, where several have the case.
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<Arc<str>>,
    /// One letter per run: `p`, `f`, `e`, `s`, `y` (passed and flaky), `.` (not there).
    #[serde(rename = "o")]
    pub outcomes: String,
    /// Nanoseconds of the last runs that say so, oldest first.
    #[serde(rename = "d")]
    pub durations: Vec<u64>,
}
