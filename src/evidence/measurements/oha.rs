//! oha's JSON: seconds in `summary` and `latencyPercentiles`. `successRate` counts every answer, also one with the
//! status 500, so failures are counted from the two distributions. What the end of the test (`-z`) cuts off is no failure.
//!
//! <https://github.com/hatoo/oha/blob/master/schema.json>.

use std::io::BufRead;

use super::documents;
use super::load;
use super::numbers::{Meaning, Numbers};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Shape, Value};
use crate::evidence::reading::Reading;
use crate::model::exact::ratio;
use crate::model::metric::{Better, Measurement, Unit};

const SECONDS: Meaning = Meaning::lower("s");
/// What oha says of requests that were under way when its time was up.
const CUT_OFF: &str = "aborted due to deadline";

/// Whether this is oha's report.
pub(super) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["summary.successRate", "summary.requestsPerSec"])
}

/// Reads one report.
pub(super) fn read(text: impl BufRead) -> Reading<Vec<Measurement>> {
    documents::read_whole(text, document)
}

fn document(report: &Value, place: Place, numbers: &mut Numbers) {
    let summary = report.get("summary");
    let codes = report.get("statusCodeDistribution");
    let errors = sum(report.get("errorDistribution"), |error| error != CUT_OFF);
    let answers = sum(codes, |_| true);
    let refused = sum(codes, |code| !code.starts_with(['1', '2', '3']));
    let all = answers.saturating_add(errors);
    let Some(rate) = ratio(refused.saturating_add(errors), all) else {
        numbers.warn("no request came to its end, so the times mean nothing".to_owned(), place);
        return;
    };
    numbers.put("oha.error-rate", rate, (Unit::Ratio, Some(Better::Lower)), place);
    numbers.put("oha.requests", crate::model::exact::whole(all), (Unit::Count, Some(Better::Higher)), place);
    for (key, name) in [("average", "mean"), ("fastest", "min"), ("slowest", "max")] {
        numbers.add(&format!("oha.{name}"), summary.get(key), SECONDS, place);
    }
    for name in ["p50", "p75", "p90", "p95", "p99"] {
        numbers.add(&format!("oha.{name}"), report.get("latencyPercentiles").get(name), SECONDS, place);
    }
    // A server that is down refuses very many requests per second.
    if answers > 0 {
        numbers.add("oha.throughput", summary.get("requestsPerSec"), load::THROUGHPUT, place);
    }
    numbers.add("oha.duration", summary.get("total"), Meaning::higher("s"), place);
}

fn sum(counts: &Value, wanted: impl Fn(&str) -> bool) -> u64 {
    let counts = counts.members().iter().filter(|(key, _)| wanted(key));
    counts.filter_map(|(_, count)| count.count()).fold(0, u64::saturating_add)
}
