//! Samples of a load test, one by one, summed up in bounded memory: for all of them and for each label.

use std::collections::HashMap;

use super::histogram::Histogram;
use super::load;
use super::numbers::Numbers;
use crate::evidence::bytes::Place;
use crate::evidence::tally::Tally;
use crate::model::exact::{Exact, ratio, whole};
use crate::model::metric::{Better, Unit};
use crate::model::order;

/// Labels that are told apart; the samples of further ones count in the whole only.
const LABELS: usize = 200;
/// Percentiles that are told, in a thousandth.
const PERCENTILES: [(&str, u64); 4] = [("p50", 500), ("p90", 900), ("p95", 950), ("p99", 990)];

/// One request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample<'a> {
    /// Its label.
    pub(super) label: &'a str,
    /// How long it took, in milliseconds.
    pub(super) elapsed: u64,
    /// When it began, in milliseconds.
    pub(super) start: Option<u64>,
    pub(super) failed: bool,
    /// A sum over other samples, which counts for its label; for all only where the log has no other samples.
    pub(super) transaction: bool,
    /// Users at that time.
    pub(super) users: u64,
}

/// All samples so far.
#[derive(Debug, Default)]
pub(super) struct Samples {
    all: Sum,
    /// Sums over other samples; they stand for all when the log has nothing else.
    transactions: Sum,
    labels: HashMap<String, Sum>,
    users: u64,
    surplus: Tally,
}

#[derive(Debug, Default)]
struct Sum {
    times: Histogram,
    failed: u64,
    first: Option<u64>,
    last: Option<u64>,
}

impl Samples {
    /// Counts `sample`, which stands at `place`.
    pub(super) fn add(&mut self, sample: &Sample<'_>, place: impl FnOnce() -> Place) {
        self.users = self.users.max(sample.users);
        let sum = if sample.transaction { &mut self.transactions } else { &mut self.all };
        sum.add(sample);
        if let Some(sum) = self.labels.get_mut(sample.label) {
            sum.add(sample);
        } else if self.labels.len() < LABELS {
            self.labels.entry(sample.label.to_owned()).or_default().add(sample);
        } else {
            self.surplus.add(place);
        }
    }

    /// Puts everything into `numbers`, as `TOOL.…` and `TOOL.LABEL.…`.
    pub(super) fn put(self, tool: &str, numbers: &mut Numbers) {
        let all = if self.all.times.count() == 0 { &self.transactions } else { &self.all };
        if all.times.count() == 0 {
            return;
        }
        all.put(tool, numbers);
        if self.users > 0 {
            let users = whole(self.users);
            numbers.put(
                &format!("{tool}.concurrency"),
                users,
                (Unit::Count, Some(Better::Higher)),
                Place::START,
            );
        }
        let mut labels: Vec<_> = self.labels.into_iter().collect();
        order::sort_by(&mut labels, |(one, _), (other, _)| one.cmp(other));
        for (label, sum) in labels {
            sum.put(&load::prefix(tool, Some(&label)), numbers);
        }
        if let Some(problem) =
            self.surplus.said(&format!("more than {LABELS} labels; this one counts in the whole only"))
        {
            let place = Place { line: problem.line.unwrap_or(1), column: problem.column.unwrap_or(1) };
            numbers.warn(problem.message, place);
        }
    }
}

impl Sum {
    fn add(&mut self, sample: &Sample<'_>) {
        self.times.add(sample.elapsed);
        self.failed += u64::from(sample.failed);
        if let Some(start) = sample.start {
            let end = start.saturating_add(sample.elapsed);
            self.first = Some(self.first.map_or(start, |first| first.min(start)));
            self.last = Some(self.last.map_or(end, |last| last.max(end)));
        }
    }

    fn put(&self, prefix: &str, numbers: &mut Numbers) {
        let (count, times) = (self.times.count(), &self.times);
        let mut put = |name: &str, value: Exact, unit, better| {
            numbers.put(&format!("{prefix}.{name}"), value, (unit, Some(better)), Place::START);
        };
        for (name, per_mille) in PERCENTILES {
            if let Some(value) = times.percentile(per_mille) {
                put(name, whole(value), Unit::Milliseconds, Better::Lower);
            }
        }
        if let Some(failed) = ratio(self.failed, count) {
            put("mean", Exact::new(times.sum().into(), count.into()), Unit::Milliseconds, Better::Lower);
            put("min", whole(times.min()), Unit::Milliseconds, Better::Lower);
            put("max", whole(times.max()), Unit::Milliseconds, Better::Lower);
            put("error-rate", failed, Unit::Ratio, Better::Lower);
        }
        put("requests", whole(count), Unit::Count, Better::Higher);
        let span = self.first.zip(self.last).map(|(first, last)| last - first);
        if let Some(span) = span {
            put("duration", whole(span), Unit::Milliseconds, Better::Higher);
            if let Some(per_millisecond) = ratio(count, span) {
                put("throughput", per_millisecond * whole(1000), Unit::PerSecond, Better::Higher);
            }
        }
    }
}
