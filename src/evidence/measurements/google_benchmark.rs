//! Google Benchmark's JSON, which writes `NaN` and `Infinity` bare.
//!
//! <https://github.com/google/benchmark/blob/main/src/json_reporter.cc>. With repetitions the median stands for them;
//! without aggregates the worst repetition does.

use std::collections::HashMap;
use std::io::BufRead;

use super::numbers::{Meaning, Numbers, not_a};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::metric::Measurement;

/// Most rows that are kept until the file ends.
const ROWS: usize = 20_000;

/// Whether this is such a file.
pub(super) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["benchmarks[].real_time", "benchmarks[].cpu_time"])
        || shape.has_all(&["context.library_build_type", "benchmarks"])
}

/// Reads one file.
pub(super) fn read(text: impl BufRead) -> Reading<Vec<Measurement>> {
    let mut json = Cursor::new(text).allowing_words();
    let mut run = Run::default();
    let ended = document(&mut json, &mut run);
    run.put();
    run.numbers.finish(ended, json.problems())
}

#[derive(Default)]
struct Run {
    numbers: Numbers,
    /// Rows by benchmark: the one that stands for it, and the scatter.
    rows: HashMap<String, Rows>,
    order: Vec<String>,
    listed: bool,
}

#[derive(Default)]
struct Rows {
    median: Option<(Value, Place)>,
    scatter: Option<Value>,
    repetitions: Vec<(Value, Place)>,
}

fn document<R: BufRead>(json: &mut Cursor<R>, run: &mut Run) -> Result<(), Stop> {
    json.object(|json, key| {
        match key {
            "context" => {
                let (place, context) = (json.place(), json.value()?);
                run.numbers.environment = machine(&context);
                if context.text_of("library_build_type") == Some("debug") {
                    let message = "the benchmark library is a debug build, so the times are too long";
                    run.numbers.warn(message.to_owned(), place);
                }
            }
            "benchmarks" => {
                run.listed |= json.list(|json| {
                    let (place, row) = (json.place(), json.value()?);
                    run.row(row, place);
                    Ok(())
                })?;
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    json.end()?;
    if run.listed { Ok(()) } else { Err(not_a("no list at `benchmarks`", Place::START)) }
}

/// Processors and their caches. The clock rate varies from minute to minute and the host name from job to job.
fn machine(context: &Value) -> Option<String> {
    let count = context.text_of("num_cpus")?;
    let sizes = context.get("caches").list().iter().filter_map(|cache| {
        let (level, kind) = (cache.text_of("level")?, cache.text_of("type").unwrap_or_default());
        Some(format!("L{level} {kind} {} B", cache.text_of("size")?))
    });
    let parts: Vec<String> = [format!("{count} CPUs")].into_iter().chain(sizes).collect();
    Some(parts.join(", "))
}

impl Run {
    fn row(&mut self, row: Value, place: Place) {
        let name = row.text_of("run_name").or_else(|| row.text_of("name")).map(str::to_owned);
        let Some(name) = name else {
            return self.numbers.error("a benchmark without a name; left out".to_owned(), place);
        };
        if row.get("error_occurred").is_true() || row.get("skipped").is_something() {
            let why = row.text_of("error_message").or_else(|| row.text_of("skip_message"));
            let message = format!("`{name}` did not run: {}; left out", why.unwrap_or("no reason is given"));
            return self.numbers.warn(message, place);
        }
        if self.rows.len() >= ROWS && !self.rows.contains_key(&name) {
            return;
        }
        let rows = self.rows.entry(name.clone()).or_insert_with(|| {
            self.order.push(name);
            Rows::default()
        });
        match (row.text_of("run_type"), row.text_of("aggregate_name")) {
            (Some("aggregate"), Some("median")) => rows.median = Some((row, place)),
            (Some("aggregate"), Some("stddev")) => rows.scatter = Some(row),
            (Some("aggregate"), _) => {}
            _ if rows.repetitions.len() < 1000 => rows.repetitions.push((row, place)),
            _ => {}
        }
    }

    fn put(&mut self) {
        for name in std::mem::take(&mut self.order) {
            let Some(rows) = self.rows.remove(&name) else { continue };
            let standing = rows.median.map_or(rows.repetitions, |median| vec![median]);
            for (row, place) in standing {
                for (key, suffix) in [("real_time", "real-time"), ("cpu_time", "cpu-time")] {
                    let unit = row.text_of("time_unit").unwrap_or("ns");
                    let Some(unit) = ["ns", "us", "ms", "s"].into_iter().find(|known| *known == unit) else {
                        self.numbers.wrong(&name, &format!("in the unit `{unit}`"), place);
                        continue;
                    };
                    let (id, meaning) = (format!("google-benchmark.{name}.{suffix}"), Meaning::lower(unit));
                    self.numbers.add(&id, row.get(key), meaning, place);
                    if let Some(scatter) = &rows.scatter {
                        self.numbers.scatter(&id, scatter.get(key), meaning);
                    }
                }
            }
        }
    }
}
