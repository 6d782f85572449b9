//! pytest-benchmark's `--benchmark-json`: seconds, with the machine and the commit.
//!
//! <https://pytest-benchmark.readthedocs.io/en/latest/usage.html>.

use std::io::BufRead;

use super::documents;
use super::numbers::{Meaning, Numbers, not_a};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::metric::Measurement;

const SECONDS: Meaning = Meaning::lower("s");

/// Whether this is such a file.
pub(super) fn looks_like(shape: &Shape) -> bool {
    shape.has("benchmarks") && shape.has("machine_info")
        || shape.has_all(&["benchmarks[].stats.mean", "benchmarks[].fullname"])
}

/// Reads one file.
pub(super) fn read(text: impl BufRead) -> Reading<Vec<Measurement>> {
    documents::read(text, document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, numbers: &mut Numbers) -> Result<(), Stop> {
    let mut listed = false;
    json.object(|json, key| {
        match key {
            "machine_info" => numbers.environment = machine(&json.value()?),
            "commit_info" => {
                let commit = json.value()?;
                numbers.commit = commit.text_of("id").filter(|id| *id != "unknown").map(str::to_owned);
            }
            "benchmarks" => {
                listed |= json.list(|json| {
                    let (place, benchmark) = (json.place(), json.value()?);
                    timing(&benchmark, place, numbers);
                    Ok(())
                })?;
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    json.end()?;
    if listed { Ok(()) } else { Err(not_a("no list at `benchmarks`", Place::START)) }
}

/// The processor, how many of them, and the interpreter's version: what makes other numbers of the same code.
fn machine(info: &Value) -> Option<String> {
    let cpu = info.get("cpu");
    let brand = cpu.text_of("brand_raw").or_else(|| cpu.text_of("brand"));
    let parts = [
        brand.map(str::to_owned),
        cpu.text_of("count").map(|count| format!("{count} CPUs")),
        info.text_of("python_version").map(|version| format!("Python {version}")),
    ];
    let known: Vec<String> = parts.into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.join(", "))
}

fn timing(benchmark: &Value, place: Place, numbers: &mut Numbers) {
    let name = benchmark.text_of("fullname").or_else(|| benchmark.text_of("name"));
    let (Some(name), stats) = (name, benchmark.get("stats")) else {
        return numbers.error("a benchmark without a name; left out".to_owned(), place);
    };
    if !stats.is_object() {
        return numbers.error(format!("the benchmark `{name}` has no `stats`; left out"), place);
    }
    for key in ["mean", "median"] {
        let id = format!("pytest-benchmark.{name}.{key}");
        numbers.add(&id, stats.get(key), SECONDS, place);
        numbers.scatter(&id, stats.get("stddev"), SECONDS);
    }
}
