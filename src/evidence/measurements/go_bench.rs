//! What `go test -bench` prints.
//!
//! <https://pkg.go.dev/testing> and <https://go.googlesource.com/proposal/+/master/design/14313-benchmark-format.md>. With
//! `-count` a benchmark has several lines: their median stands for them, half of their span is their scatter.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::numbers::{Meaning, Numbers};
use crate::evidence::bytes::Place;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::text_lines::TextLines;
use crate::model::exact::{Exact, parse_decimal, whole};
use crate::model::metric::Measurement;
use crate::model::order;

/// Lines of the beginning in which a result must stand.
const LINES: usize = 200;
/// Most values of one benchmark.
const VALUES: usize = 1000;
/// Most kinds of values.
const KINDS: usize = 20_000;

/// Whether a text is what the benchmarks of a Go package print.
pub(super) fn looks_like(head: &str) -> bool {
    !head.trim_start().starts_with(['{', '[', '<'])
        && head.lines().take(LINES).any(|line| result(line).is_some())
}

/// Name and values of a result: `BenchmarkAdd-8   1000   52.3 ns/op   64 B/op`.
fn result(line: &str) -> Option<(&str, Vec<(&str, &str)>)> {
    let mut words = line.split_whitespace();
    let name = words.next().filter(|name| name.starts_with("Benchmark"))?;
    words.next()?.parse::<u64>().ok()?;
    let rest: Vec<&str> = words.collect();
    let values: Vec<(&str, &str)> =
        rest.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect();
    values.iter().any(|(_, unit)| unit.ends_with("/op")).then_some((name, values))
}

/// Reads one text.
pub(super) fn read(text: impl BufRead) -> Reading<Vec<Measurement>> {
    let mut lines = TextLines::new(text);
    let mut run = Run::default();
    let ended = run.all(&mut lines);
    run.put();
    run.numbers.finish(ended, lines.problems())
}

#[derive(Default)]
struct Run {
    numbers: Numbers,
    package: String,
    values: BTreeMap<(String, String), (Vec<Exact>, Place)>,
}

impl Run {
    fn all<R: BufRead>(&mut self, lines: &mut TextLines<R>) -> Result<(), Stop> {
        let mut machine = BTreeMap::new();
        while let Some(line) = lines.next_line()? {
            let place = Place { line: lines.number(), column: 1 };
            let text = line.text.trim();
            match text.split_once(": ") {
                Some(("pkg", package)) => package.trim().clone_into(&mut self.package),
                Some((key @ ("goos" | "goarch" | "cpu"), value)) => {
                    machine.insert(key.to_owned(), value.trim().to_owned());
                }
                _ if text.starts_with("--- FAIL") || text.starts_with("FAIL\t") => {
                    self.numbers.warn(format!("`{text}`: benchmarks behind it may be missing"), place);
                }
                _ => {
                    if let Some((name, values)) = result(text) {
                        self.row(name, &values, place);
                    }
                }
            }
        }
        let known = ["cpu", "goos", "goarch"].iter().filter_map(|key| machine.get(*key).cloned());
        let known: Vec<String> = known.collect();
        self.numbers.environment = (!known.is_empty()).then(|| known.join(", "));
        Ok(())
    }

    fn row(&mut self, name: &str, values: &[(&str, &str)], place: Place) {
        // The number of processors stands behind the name.
        let bare = name.rsplit_once('-').filter(|(_, count)| count.parse::<u32>().is_ok());
        let name = bare.map_or(name, |(name, _)| name);
        let dot = if self.package.is_empty() { "" } else { "." };
        for (value, unit) in values {
            let id = format!("go-bench.{}{dot}{name}", self.package);
            let Some(value) = parse_decimal(value).filter(|value| *value >= whole(0)) else {
                self.numbers.wrong(&id, &format!("`{value}`"), place);
                continue;
            };
            let key = (id, (*unit).to_owned());
            if self.values.len() < KINDS || self.values.contains_key(&key) {
                let (all, _) = self.values.entry(key).or_insert_with(|| (Vec::new(), place));
                if all.len() < VALUES {
                    all.push(value);
                }
            }
        }
    }

    fn put(&mut self) {
        for ((name, unit), (mut all, place)) in std::mem::take(&mut self.values) {
            order::sort(&mut all);
            let Some((least, most)) = all.first().zip(all.last()) else { continue };
            let Some(middle) = all.get(all.len() / 2) else { continue };
            let (suffix, meaning) = meaning(&unit);
            let id = format!("{name}.{}", suffix.unwrap_or(&unit));
            let scale = if unit == "MB/s" { whole(1_000_000) } else { whole(1) };
            self.numbers.exact(&id, middle * &scale, meaning, place);
            if all.len() > 1 {
                let half = (most - least) * &scale / whole(2);
                self.numbers.scatter_exact(&id, half, meaning);
            }
        }
    }
}

/// The name and the meaning of a kind of values; others keep their unit as their name.
fn meaning(unit: &str) -> (Option<&'static str>, Meaning) {
    match unit {
        "ns/op" => (Some("time"), Meaning::lower("ns")),
        "B/op" => (Some("bytes"), Meaning::lower("B")),
        "allocs/op" => (Some("allocations"), Meaning::lower("")),
        // Bytes per second.
        "MB/s" => (Some("speed"), Meaning::higher("/s")),
        _ => (None, Meaning::neutral("")),
    }
}
