//! Locust's CSV files: `*_stats.csv` with a row for each request and `Aggregated`, and `*_stats_history.csv`, which
//! alone tells how many users there were and for how long.
//!
//! <https://docs.locust.io/en/stable/retrieving-stats.html>. Percentile columns are configurable, times are
//! milliseconds, `N/A` stands where nothing was requested.

use std::collections::BTreeMap;
use std::io::BufRead;

use super::csv::Records;
use super::load;
use super::numbers::{Meaning, Numbers, not_a};
use crate::evidence::bytes::Place;
use crate::evidence::reading::{Reading, Stop};
use crate::model::exact::{ratio, whole};
use crate::model::input::Problem;
use crate::model::metric::{Better, Measurement, Unit};
use crate::model::order;

const FIELDS: [(&str, &str, Meaning); 6] = [
    ("Request Count", "requests", load::REQUESTS),
    ("Median Response Time", "p50", load::LATENCY),
    ("Average Response Time", "mean", load::LATENCY),
    ("Min Response Time", "min", load::LATENCY),
    ("Max Response Time", "max", load::LATENCY),
    ("Requests/s", "throughput", load::THROUGHPUT),
];

/// Whether a text begins with the header of one of the files.
pub(super) fn looks_like(head: &str) -> bool {
    head.starts_with("Type,Name,Request Count,") || head.starts_with("Timestamp,User Count,Type,Name,")
}

/// Reads one file.
pub(super) fn read(text: impl BufRead) -> Reading<Vec<Measurement>> {
    let mut numbers = Numbers::default();
    let ended = table(&mut Records::new(text, b','), &mut numbers);
    numbers.finish(ended, Vec::new())
}

fn table<R: BufRead>(records: &mut Records<R>, numbers: &mut Numbers) -> Result<(), Stop> {
    records.advance()?;
    let header: Vec<String> = records.fields().map(std::borrow::Cow::into_owned).collect();
    if header.first().is_some_and(|name| name == "Timestamp") {
        return history(records, numbers);
    }
    let mut aggregated = false;
    while records.advance()? {
        let place = records.place();
        let values = records.fields().map(std::borrow::Cow::into_owned);
        let row = order::map(header.iter().map(String::as_str).zip(values));
        if row.len() < header.len() {
            return Err(cut(place));
        }
        let text = |key: &str| row.get(key).map(String::as_str).unwrap_or_default();
        let whole = text("Name") == "Aggregated" && text("Type").is_empty();
        aggregated |= whole;
        let label = format!("{} {}", text("Type"), text("Name"));
        statistics(&load::prefix("locust", (!whole).then_some(&label)), &row, place, numbers);
    }
    if aggregated { Ok(()) } else { Err(cut(records.place())) }
}

/// Locust writes `Aggregated` last.
fn cut(place: Place) -> Stop {
    Stop::incomplete(
        Problem::error("the row `Aggregated`, which ends the table, is missing").at(place.line, 1),
    )
}

fn statistics(prefix: &str, row: &BTreeMap<&str, String>, place: Place, numbers: &mut Numbers) {
    let count = |key: &str| row.get(key).and_then(|text| text.trim().parse::<u64>().ok());
    let (Some(requests), Some(failures)) = (count("Request Count"), count("Failure Count")) else {
        numbers.wrong(&format!("{prefix}.requests"), "no count", place);
        return;
    };
    if failures > requests {
        numbers.wrong(&format!("{prefix}.error-rate"), &format!("{failures} of {requests}"), place);
        return;
    }
    let Some(rate) = ratio(failures, requests) else {
        numbers.warn(format!("`{prefix}` has no request, so its times mean nothing"), place);
        return;
    };
    numbers.put(&format!("{prefix}.error-rate"), rate, (Unit::Ratio, Some(Better::Lower)), place);
    for (key, name, meaning) in FIELDS {
        if let Some(text) = row.get(key).filter(|text| *text != "N/A") {
            numbers.add_text(&format!("{prefix}.{name}"), text, meaning, place);
        }
    }
    for (key, text) in row {
        let Some(percent) = key
            .strip_suffix('%')
            .filter(|percent| percent.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
        else {
            continue;
        };
        if text != "N/A" && !matches!(percent, "50" | "100") {
            numbers.add_text(&format!("{prefix}.p{percent}"), text, load::LATENCY, place);
        }
    }
}

fn history<R: BufRead>(records: &mut Records<R>, numbers: &mut Numbers) -> Result<(), Stop> {
    let (mut first, mut last, mut users) = (None, None, 0_u64);
    while records.advance()? {
        let mut fields = records.fields();
        let time: Option<u64> = fields.next().and_then(|field| field.trim().parse().ok());
        let now: Option<u64> = fields.next().and_then(|field| field.trim().parse().ok());
        let (Some(time), Some(now)) = (time, now) else {
            return Err(not_a("a row without a time and a number of users", records.place()));
        };
        first = Some(first.map_or(time, |first: u64| first.min(time)));
        last = Some(last.map_or(time, |last: u64| last.max(time)));
        users = users.max(now);
    }
    if let Some((first, last)) = first.zip(last) {
        let mut put = |name: &str, value: u64, unit| {
            numbers.put(&format!("locust.{name}"), whole(value), (unit, Some(Better::Higher)), Place::START);
        };
        put("concurrency", users, Unit::Count);
        put("duration", (last - first).saturating_mul(1000), Unit::Milliseconds);
    }
    Ok(())
}
