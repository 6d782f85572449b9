//! `JMeter`'s `statistics.json`, which its dashboard report writes: an object with a row for each label and `Total`.
//!
//! `pct1ResTime` to `pct3ResTime` are what `aggregate_rpt_pct1` to `3` say, by default 90, 95 and 99; nothing in the
//! file tells, so that is what they are taken for.

use std::io::BufRead;

use super::documents;
use super::load;
use super::numbers::{Meaning, Numbers, not_a};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::metric::Measurement;

const FIELDS: [(&str, &str, Meaning); 10] = [
    ("sampleCount", "requests", load::REQUESTS),
    ("errorPct", "error-rate", Meaning::lower("%")),
    ("meanResTime", "mean", load::LATENCY),
    ("medianResTime", "p50", load::LATENCY),
    ("minResTime", "min", load::LATENCY),
    ("maxResTime", "max", load::LATENCY),
    ("pct1ResTime", "p90", load::LATENCY),
    ("pct2ResTime", "p95", load::LATENCY),
    ("pct3ResTime", "p99", load::LATENCY),
    ("throughput", "throughput", load::THROUGHPUT),
];

/// Whether this is a table of statistics.
pub(super) fn looks_like(shape: &Shape) -> bool {
    shape.has_between("", ".sampleCount") && shape.has_between("", ".errorPct")
}

/// Reads the table.
pub(super) fn read(text: impl BufRead) -> Reading<Vec<Measurement>> {
    documents::read(text, document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, numbers: &mut Numbers) -> Result<(), Stop> {
    let mut whole = false;
    json.object(|json, label| {
        let place = json.place();
        let row = json.value()?;
        whole |= label == "Total" && row.is_object();
        statistics(label, &row, place, numbers);
        Ok(())
    })?;
    json.end()?;
    if whole { Ok(()) } else { Err(not_a("no row `Total`, which is about all requests", Place::START)) }
}

fn statistics(label: &str, row: &Value, place: Place, numbers: &mut Numbers) {
    let prefix = load::prefix("jmeter", (label != "Total").then_some(label));
    if row.get("sampleCount").count() == Some(0) {
        numbers.warn(format!("`{label}` has no sample, so its times mean nothing"), place);
        return;
    }
    for (key, name, meaning) in FIELDS {
        numbers.add(&format!("{prefix}.{name}"), row.get(key), meaning, place);
    }
}
