//! `vegeta report -type=json`: times are nanoseconds, `success` is a share.
//!
//! <https://github.com/tsenart/vegeta/blob/master/lib/metrics.go>.

use std::io::BufRead;

use super::documents;
use super::load;
use super::numbers::{Meaning, Numbers};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Shape, Value};
use crate::evidence::reading::Reading;
use crate::model::exact::{parse_decimal, whole};
use crate::model::metric::{Better, Measurement, Unit};

const NANOSECONDS: Meaning = Meaning::lower("ns");

const LATENCIES: [(&str, &str); 7] = [
    ("mean", "mean"),
    ("min", "min"),
    ("max", "max"),
    ("50th", "p50"),
    ("90th", "p90"),
    ("95th", "p95"),
    ("99th", "p99"),
];

/// Whether this is such a report.
pub(super) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["latencies.mean", "latencies.99th"]) || shape.has_all(&["latencies", "status_codes"])
}

/// Reads one report.
pub(super) fn read(text: impl BufRead) -> Reading<Vec<Measurement>> {
    documents::read_whole(text, document)
}

fn document(report: &Value, place: Place, numbers: &mut Numbers) {
    if report.get("requests").count() == Some(0) {
        numbers.warn("no request was made, so the times mean nothing".to_owned(), place);
        return;
    }
    for (key, name) in LATENCIES {
        let value = report.get("latencies").get(key);
        numbers.add(&format!("vegeta.{name}"), value, NANOSECONDS, place);
    }
    numbers.add("vegeta.requests", report.get("requests"), load::REQUESTS, place);
    // `rate` is what was sent, `throughput` what succeeded.
    numbers.add("vegeta.rate", report.get("rate"), load::THROUGHPUT, place);
    numbers.add("vegeta.throughput", report.get("throughput"), load::THROUGHPUT, place);
    numbers.add("vegeta.duration", report.get("duration"), Meaning::higher("ns"), place);
    if let Some(text) = report.get("success").text() {
        match parse_decimal(text).filter(|share| (whole(0)..=whole(1)).contains(share)) {
            Some(share) => {
                let of = (Unit::Ratio, Some(Better::Lower));
                numbers.put("vegeta.error-rate", whole(1) - share, of, place);
            }
            None => numbers.wrong("vegeta.error-rate", "not what a share of 1 leaves", place),
        }
    }
}
