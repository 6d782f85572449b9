//! `k6 run --out json`: one metric or one value a line, of any length.
//!
//! <https://grafana.com/docs/k6/latest/results-output/real-time/json/>. Percentiles are nearest ranks (see
//! `histogram`) of whole microseconds. The stream says what the thresholds are and not whether they held.

use std::collections::BTreeMap;
use std::io::BufRead;

use jiff::Timestamp;

use super::histogram::Histogram;
use super::k6_metric::{Figure, meaning};
use super::numbers::Numbers;
use super::unit;
use crate::evidence::bytes::Place;
use crate::evidence::json::{Line, Lines, Shape, Value, scaled};
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::tally::Tally;
use crate::model::exact::{Exact, ratio, whole};
use crate::model::metric::{Better, Measurement, Unit};

/// Most metrics; k6 has about thirty of its own.
const METRICS: usize = 200;
/// Values are kept in millionths of what is written, times so in nanoseconds; trends in thousandths.
const MILLIONTHS: u64 = 1_000_000;
/// Largest value of a trend, in millionths: it bounds the memory of percentiles.
const LARGEST: u64 = 1 << 50;

/// Whether this is such a stream.
pub(super) fn looks_like(shape: &Shape) -> bool {
    shape.records().iter().take(3).any(|record| {
        matches!(record.get("type").text(), Some("Metric" | "Point"))
            && record.has("metric")
            && record.has("data")
    })
}

/// Reads one stream.
pub(super) fn read(text: impl BufRead) -> Reading<Vec<Measurement>> {
    let mut lines = Lines::new(text);
    let mut run = Run::default();
    let ended = run.all(&mut lines);
    let mut numbers = run.numbers();
    let problems = lines.problems();
    if let Some(odd) = run.odd.said("a line without a usable value; left out") {
        numbers.error(odd.message, Place { line: odd.line.unwrap_or(1), column: 1 });
    }
    numbers.finish(ended, problems)
}

#[derive(Default)]
struct Run {
    metrics: BTreeMap<String, Series>,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    odd: Tally,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sort {
    #[default]
    Trend,
    Counter,
    Rate,
    Gauge,
}

#[derive(Default)]
struct Series {
    sort: Sort,
    time: bool,
    values: Histogram,
    sum: u128,
    most: u64,
    last: u64,
    number: u64,
    met: u64,
}

impl Run {
    fn all<R: BufRead>(&mut self, lines: &mut Lines<R>) -> Result<(), Stop> {
        while let Some(line) = lines.next_line()? {
            if let Line::Record(record) = line {
                let taken = self.record(&record);
                if taken.is_none() {
                    self.odd.add(|| Place { line: lines.line(), column: 1 });
                }
            }
        }
        Ok(())
    }

    fn record(&mut self, record: &Value) -> Option<()> {
        let (name, data) = (record.text_of("metric")?, record.get("data"));
        if !self.metrics.contains_key(name) && self.metrics.len() >= METRICS {
            return None;
        }
        let series = self.metrics.entry(name.to_owned()).or_default();
        if record.text_of("type")? == "Metric" {
            series.sort = match data.text_of("type")? {
                "counter" => Sort::Counter,
                "rate" => Sort::Rate,
                "gauge" => Sort::Gauge,
                _ => Sort::Trend,
            };
            series.time = data.text_of("contains") == Some("time");
            return Some(());
        }
        let written = data.get("value").text().filter(|text| !text.starts_with('-'))?;
        let value = scaled(written, MILLIONTHS)?;
        series.add(Some(value).filter(|value| series.sort != Sort::Trend || *value <= LARGEST)?);
        if let Some(time) = data.text_of("time").and_then(|time| time.parse().ok()) {
            self.first = Some(self.first.map_or(time, |first| first.min(time)));
            self.last = Some(self.last.map_or(time, |last| last.max(time)));
        }
        Some(())
    }

    fn numbers(&self) -> Numbers {
        let mut numbers = Numbers::default();
        let span = self.first.zip(self.last).map(|(first, last)| last.duration_since(first).as_millis());
        let span = span.and_then(|span| u64::try_from(span).ok());
        let mut put = |name: &str, value: u64, unit| {
            numbers.put(name, whole(value), (unit, Some(Better::Higher)), Place::START);
        };
        if let Some(span) = span {
            put("k6.duration", span, Unit::Milliseconds);
        }
        let users = ["vus", "vus_max"].iter().filter_map(|name| self.metrics.get(*name));
        if let Some(most) = users.map(|series| series.most / MILLIONTHS).max() {
            put("k6.concurrency", most, Unit::Count);
        }
        for (name, series) in &self.metrics {
            series.put(name, span, &mut numbers);
        }
        numbers
    }
}

impl Series {
    fn add(&mut self, millionths: u64) {
        self.number += 1;
        self.met += u64::from(millionths != 0);
        self.sum += u128::from(millionths);
        self.most = self.most.max(millionths);
        self.last = millionths;
        if self.sort == Sort::Trend {
            self.values.add(millionths.div_ceil(1000));
        }
    }

    fn put(&self, name: &str, span: Option<u64>, numbers: &mut Numbers) {
        if self.number == 0 {
            return;
        }
        let millionths = |value: u128| Exact::new(value.into(), MILLIONTHS.into());
        let mut put = |figure: &Figure, suffix: &str, value: Exact| {
            let meaning = meaning(name, figure, Some(self.time));
            let Some((unit, one)) = unit::base(meaning.unit) else { return };
            numbers.put(&format!("{name}.{suffix}"), value * one, (unit, meaning.better), Place::START);
        };
        match self.sort {
            Sort::Counter => {
                put(&Figure::Count, "count", millionths(self.sum));
                if let Some(span) = span.filter(|span| *span > 0) {
                    let rate = millionths(self.sum) * Exact::new(1000.into(), span.into());
                    put(&Figure::PerSecond, "rate", rate);
                }
            }
            Sort::Rate => {
                if let Some(share) = ratio(self.met, self.number) {
                    put(&Figure::Rate, "rate", share);
                }
            }
            Sort::Gauge => {
                put(&Figure::Last, "value", millionths(self.last.into()));
                put(&Figure::Statistic("max".to_owned()), "max", millionths(self.most.into()));
            }
            Sort::Trend => {
                let thousandths = |value: u64| Exact::new(value.into(), 1000.into());
                let statistic = Figure::Statistic(String::new());
                for (suffix, per_mille) in [("p50", 500), ("p90", 900), ("p95", 950), ("p99", 990)] {
                    if let Some(value) = self.values.percentile(per_mille) {
                        put(&statistic, suffix, thousandths(value));
                    }
                }
                put(&statistic, "mean", millionths(self.sum) / whole(self.number));
                put(&statistic, "min", thousandths(self.values.min()));
                put(&statistic, "max", millionths(self.most.into()));
            }
        }
    }
}
