//! Gatling's statistics: `js/stats.json` with a tree of groups and requests, and `js/global_stats.json`.
//!
//! `percentiles1` to `percentiles4` are by default 50, 75, 95 and 99; nothing in the file tells, so that is what they
//! are taken for. Newer versions write their assertions as JUnit only, which is a test report.

use std::io::BufRead;

use super::documents;
use super::load;
use super::numbers::{Meaning, Numbers, not_a};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::exact::ratio;
use crate::model::metric::{Better, Measurement, Unit};

const FIELDS: [(&str, &str, Meaning); 9] = [
    ("numberOfRequests", "requests", load::REQUESTS),
    ("minResponseTime", "min", load::LATENCY),
    ("maxResponseTime", "max", load::LATENCY),
    ("meanResponseTime", "mean", load::LATENCY),
    ("percentiles1", "p50", load::LATENCY),
    ("percentiles2", "p75", load::LATENCY),
    ("percentiles3", "p95", load::LATENCY),
    ("percentiles4", "p99", load::LATENCY),
    ("meanNumberOfRequestsPerSecond", "throughput", load::THROUGHPUT),
];

/// Whether this is one of the two files.
pub(super) fn looks_like(shape: &Shape) -> bool {
    shape.has("numberOfRequests.total") && shape.has("percentiles1.total")
        || shape.has("stats.numberOfRequests") && shape.has("stats.percentiles1")
}

/// Reads one file.
pub(super) fn read(text: impl BufRead) -> Reading<Vec<Measurement>> {
    documents::read(text, document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, numbers: &mut Numbers) -> Result<(), Stop> {
    let place = json.place();
    let root = json.value()?;
    json.end()?;
    let whole = if root.has("stats") { root.get("stats") } else { &root };
    if !whole.get("numberOfRequests").is_object() {
        return Err(not_a("no object at `numberOfRequests`", place));
    }
    statistics("gatling", whole, place, numbers);
    let mut waiting: Vec<&Value> = vec![root.get("contents")];
    while let Some(contents) = waiting.pop() {
        for (_, node) in contents.members() {
            let name = node.text_of("name").or_else(|| node.get("stats").text_of("name"));
            if let Some(name) = name {
                statistics(&load::prefix("gatling", Some(name)), node.get("stats"), place, numbers);
            }
            waiting.push(node.get("contents"));
        }
    }
    Ok(())
}

fn statistics(prefix: &str, stats: &Value, place: Place, numbers: &mut Numbers) {
    let requests = stats.get("numberOfRequests");
    let (total, failed) = (requests.get("total").count(), requests.get("ko").count());
    if let Some((total, failed)) = total.zip(failed) {
        if failed > total {
            return numbers.wrong(&format!("{prefix}.error-rate"), &format!("{failed} of {total}"), place);
        }
        let Some(rate) = ratio(failed, total) else { return };
        numbers.put(&format!("{prefix}.error-rate"), rate, (Unit::Ratio, Some(Better::Lower)), place);
    }
    for (key, name, meaning) in FIELDS {
        let value = stats.get(key).get("total");
        // Nothing was requested.
        if value.text() != Some("-") {
            numbers.add(&format!("{prefix}.{name}"), value, meaning, place);
        }
    }
}
