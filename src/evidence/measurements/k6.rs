//! k6's summaries: `--summary-export`, the data of `handleSummary`, and the machine-readable form with a version.
//!
//! <https://grafana.com/docs/k6/latest/results-output/end-of-test/>. In the first, `thresholds` hold `true` for a
//! threshold that *failed*; in the second `{"ok": false}` does. In `http_req_failed` k6 counts failures as passes, so
//! only its rate is read.

use std::io::BufRead;

use super::k6_metric::{Figure, put};
use super::load;
use super::numbers::{Meaning, Numbers, not_a};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::exact::whole;
use crate::model::metric::{Better, Measurement, Unit};

/// Whether this is one of the summaries.
pub(super) fn looks_like(shape: &Shape) -> bool {
    let modern = shape.has_between("metrics.", ".values") && shape.has_between("metrics.", ".type");
    let exported = shape.has("root_group") && shape.has("metrics") && !shape.has("metrics[]");
    let versioned = shape.has_all(&["results.metrics[].name", "results.metrics[].values"]);
    modern || exported || versioned
}

/// Reads one summary.
pub(super) fn read(text: impl BufRead) -> Reading<Vec<Measurement>> {
    let mut json = Cursor::new(text).allowing_words();
    let mut summary = Summary::default();
    let ended = document(&mut json, &mut summary);
    summary.numbers.finish(ended, json.problems())
}

#[derive(Default)]
struct Summary {
    numbers: Numbers,
    metrics: bool,
    thresholds: u64,
    failed: u64,
}

fn document<R: BufRead>(json: &mut Cursor<R>, summary: &mut Summary) -> Result<(), Stop> {
    json.find_document()?;
    json.object(|json, key| match key {
        "metrics" => {
            let found = json.object(|json, name| {
                let place = json.place();
                let metric = json.value()?;
                summary.metric(name, &metric, place);
                Ok(())
            })?;
            summary.metrics |= found;
            Ok(())
        }
        "state" => {
            let (place, state) = (json.place(), json.value()?);
            summary.numbers.add("k6.duration", state.get("testRunDurationMs"), load::DURATION, place);
            Ok(())
        }
        "config" => {
            let (place, config) = (json.place(), json.value()?);
            summary.numbers.add("k6.duration", config.get("duration"), Meaning::higher("s"), place);
            Ok(())
        }
        "results" => json.object(|json, key| results(json, key, summary)).map(drop),
        _ => json.skip(),
    })?;
    json.end()?;
    if !summary.metrics {
        return Err(not_a("no metrics at `metrics`, where the numbers should be", Place::START));
    }
    summary.finish();
    Ok(())
}

fn results<R: BufRead>(json: &mut Cursor<R>, key: &str, summary: &mut Summary) -> Result<(), Stop> {
    if key != "metrics" {
        return json.skip();
    }
    summary.metrics |= json.list(|json| {
        let (place, metric) = (json.place(), json.value()?);
        summary.metric(metric.text_of("name").unwrap_or_default(), &metric, place);
        Ok(())
    })?;
    Ok(())
}

impl Summary {
    fn metric(&mut self, name: &str, metric: &Value, place: Place) {
        if name.is_empty() || !metric.is_object() {
            return self.numbers.error("a metric that is no object with a name; left out".to_owned(), place);
        }
        self.count_thresholds(metric.get("thresholds"));
        let values = if metric.has("values") { metric.get("values") } else { metric };
        let time = metric.text_of("contains").map(|contains| contains == "time");
        for (key, value) in values.members() {
            if let Some(figure) = Figure::of(key, values) {
                put(&mut self.numbers, (name, figure, time), value, place);
            }
        }
    }

    fn count_thresholds(&mut self, thresholds: &Value) {
        for (_, threshold) in thresholds.members() {
            self.thresholds += 1;
            let failed = match threshold {
                Value::Bool(failed) => *failed,
                _ => !threshold.get("ok").is_true(),
            };
            self.failed += u64::from(failed);
        }
    }

    fn finish(&mut self) {
        if self.thresholds > 0 {
            let failed = whole(self.failed);
            self.numbers.put(
                "k6.thresholds.failed",
                failed,
                (Unit::Count, Some(Better::Lower)),
                Place::START,
            );
        }
        if self.failed > 0 {
            let message = format!("{} of {} thresholds did not hold", self.failed, self.thresholds);
            self.numbers.warn(message, Place::START);
        }
        let users = ["vus_max.max", "vus_max.value", "vus.max"].iter();
        if let Some(users) = users.filter_map(|id| self.numbers.value(id)).max().cloned() {
            self.numbers.put("k6.concurrency", users, (Unit::Count, Some(Better::Higher)), Place::START);
        }
        self.duration_from_rates();
    }

    /// The exported summary does not say how long the test ran, but how many requests it made at which rate.
    fn duration_from_rates(&mut self) {
        if self.numbers.value("k6.duration").is_some() {
            return;
        }
        let of = |name: &str| {
            let count = self.numbers.value(&format!("{name}.count"))?;
            let rate = self.numbers.value(&format!("{name}.rate"))?;
            (*rate > whole(0)).then(|| (count / rate * whole(1000)).round())
        };
        if let Some(span) = of("iterations").or_else(|| of("http_reqs")) {
            self.numbers.put("k6.duration", span, (Unit::Milliseconds, Some(Better::Higher)), Place::START);
        }
    }
}
