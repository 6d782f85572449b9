//! `readiness.metrics.json`: the way in for every number that no reader knows.
//!
//! ```json
//! {"metrics": [{"id": "http.p99", "value": 182.4, "unit": "ms", "better": "lower", "commit": "3f2c9e1b04…"}]}
//! ```
//!
//! Values keep every digit that is written. A metric with a mistake is left out and makes the file invalid; the
//! others are kept.

use std::collections::HashSet;
use std::io::Read;

use num_traits::Signed;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::unit;
use crate::evidence::bytes::{Place, Text};
use crate::evidence::json::Shape;
use crate::evidence::reading::{Reading, Stop};
use crate::model::exact::parse_decimal;
use crate::model::input::{InputState, Problem};
use crate::model::metric::{Better, Measurement};

/// Largest file, in bytes; a hundred thousand metrics fit.
const MAX_SIZE: usize = 16 << 20;

/// The whole file. Each metric is parsed apart, so that one mistake does not hide the others.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    #[serde(borrow)]
    metrics: Vec<&'a RawValue>,
    #[serde(rename = "$schema", default)]
    _schema: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Metric<'a> {
    id: String,
    #[serde(borrow)]
    value: &'a RawValue,
    #[serde(default)]
    unit: String,
    better: Option<Direction>,
    commit: Option<String>,
    environment: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Direction {
    Higher,
    Lower,
}

/// What is wrong with one metric.
#[derive(Debug, thiserror::Error)]
enum MetricError {
    #[error("{0}")]
    Json(String),
    #[error("the metric has an empty `id`")]
    Unnamed,
    #[error("the value of `{id}` is {value}; a number from 0 on belongs there, without quotes")]
    Value { id: String, value: String },
    #[error("the unit of `{id}` is `{unit}`; known are {}", unit::known())]
    Unit { id: String, unit: String },
    #[error("`{0}` stands twice in this file; give each metric its own `id`")]
    Twice(String),
}

/// Whether there is a list of metrics, which other tools' `metrics` are not.
pub(super) fn looks_like(shape: &Shape) -> bool {
    shape.has("metrics") && !shape.has_between("metrics.", "") && !shape.has("root_group")
}

/// Reads the file.
pub fn read(text: &mut Text) -> Reading<Vec<Measurement>> {
    let mut json = String::new();
    if let Err(error) = text.take(MAX_SIZE as u64 + 1).read_to_string(&mut json) {
        let place = text.place();
        return Reading::stopped(None, Vec::new(), Stop::from_io(&error, place.line, place.column));
    }
    if json.len() > MAX_SIZE {
        let problem = Problem::error(format!("larger than {MAX_SIZE} bytes; split the file")).at(1, 1);
        return Reading::stopped(None, Vec::new(), Stop::invalid(problem));
    }
    match serde_json::from_str::<File<'_>>(&json) {
        Ok(file) => measured(&file, &json),
        Err(error) => Reading::stopped(None, Vec::new(), unreadable(&error)),
    }
}

fn unreadable(error: &serde_json::Error) -> Stop {
    let problem = Problem::error(without_place(error)).at(error.line() as u64, error.column() as u64);
    if error.is_eof() { Stop::incomplete(problem) } else { Stop::invalid(problem) }
}

fn measured(file: &File<'_>, json: &str) -> Reading<Vec<Measurement>> {
    let (mut measurements, mut problems, mut ids) = (Vec::new(), Vec::new(), HashSet::new());
    for raw in &file.metrics {
        let start = place_of(raw, json);
        match measurement(raw, json, start) {
            Ok(measurement) if ids.insert(measurement.id.clone()) => measurements.push(measurement),
            Ok(measurement) => problems.push(problem(&MetricError::Twice(measurement.id), start)),
            Err((error, place)) => problems.push(problem(&error, place)),
        }
    }
    let state = match (problems.is_empty(), measurements.is_empty()) {
        (false, _) => InputState::Invalid,
        (true, true) => InputState::Empty,
        (true, false) => InputState::Measured,
    };
    Reading { value: (!measurements.is_empty()).then_some(measurements), state, problems }
}

fn problem(error: &MetricError, place: Place) -> Problem {
    Problem::error(error.to_string()).at(place.line, place.column)
}

fn measurement(raw: &RawValue, json: &str, start: Place) -> Result<Measurement, (MetricError, Place)> {
    let metric: Metric<'_> = serde_json::from_str(raw.get())
        .map_err(|error| (MetricError::Json(without_place(&error)), within(start, &error)))?;
    let id = metric.id;
    if id.trim().is_empty() {
        return Err((MetricError::Unnamed, start));
    }
    let value = parse_decimal(metric.value.get()).filter(|value| !value.is_negative());
    let Some(value) = value else {
        let shown: String = metric.value.get().chars().take(60).collect();
        return Err((MetricError::Value { id, value: format!("`{shown}`") }, place_of(metric.value, json)));
    };
    let Some((unit, one)) = unit::base(&metric.unit) else {
        return Err((MetricError::Unit { id, unit: metric.unit }, start));
    };
    let better = metric.better.map(|direction| match direction {
        Direction::Higher => Better::Higher,
        Direction::Lower => Better::Lower,
    });
    let (commit, environment) = (metric.commit, metric.environment);
    Ok(Measurement { id, value: value * one, unit, better, commit, environment, spread: None, counts: None })
}

/// Where a part of `json` stands in it.
fn place_of(part: &RawValue, json: &str) -> Place {
    let offset = part.get().as_ptr().addr().saturating_sub(json.as_ptr().addr());
    Place::START.after(json.get(..offset).unwrap_or_default())
}

/// The place of an error inside of something that begins at `start`.
fn within(start: Place, error: &serde_json::Error) -> Place {
    let (line, column) = (error.line() as u64, error.column() as u64);
    match line {
        0 | 1 => Place { line: start.line, column: start.column + column.saturating_sub(1) },
        _ => Place { line: start.line + line - 1, column },
    }
}

/// The message without serde's own ` at line 1 column 2`, which the problem's place says.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.clone(), |(message, _)| message.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::bytes::open;
    use crate::model::exact::{Exact, whole};
    use crate::model::metric::Unit;

    fn reading(json: &str) -> Reading<Vec<Measurement>> {
        read(&mut open(Box::new(std::io::Cursor::new(json.to_owned()))).unwrap())
    }

    fn problems(json: &str) -> String {
        let all = reading(json).problems;
        let line = |p: Problem| format!("{}:{} {}", p.line.unwrap(), p.column.unwrap(), p.message);
        all.into_iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn values_are_exact_and_in_base_units() {
        let read = reading(
            r#"{"metrics": [
                {"id": "a", "value": 0.1, "unit": "s", "better": "lower", "commit": "abc"},
                {"id": "b", "value": 1.5, "unit": "KiB"}, {"id": "c", "value": 12.5, "unit": "%"},
                {"id": "d", "value": 3e2, "unit": "req/s"}, {"id": "e", "value": 12345678901234567890.5}]}"#,
        );
        assert_eq!((read.state, read.problems), (InputState::Measured, Vec::new()));
        let values: Vec<_> = read.value.unwrap().into_iter().map(|m| (m.value, m.unit)).collect();
        let expected = [
            (whole(100), Unit::Milliseconds),
            (whole(1536), Unit::Bytes),
            (Exact::new(1.into(), 8.into()), Unit::Ratio),
            (whole(300), Unit::PerSecond),
            (parse_decimal("12345678901234567890.5").unwrap(), Unit::Count),
        ];
        assert_eq!(values, expected);
    }

    #[test]
    fn each_mistake_has_its_place_and_the_rest_is_kept() {
        let json = "{\"metrics\": [\n {\"id\": \"a\", \"value\": -1},\n {\"id\": \"b\", \"value\": \"2\"},\n {\"id\": \"c\", \"value\": 3},\n {\"id\": \"c\", \"value\": 4},\n {\"id\": \"d\",\n  \"val\": 5},\n {\"id\": \" \", \"value\": 1},\n {\"id\": \"e\", \"value\": 1, \"unit\": \"furlong\"}]}";
        let read = reading(json);
        assert_eq!(read.state, InputState::Invalid);
        assert_eq!(read.value.unwrap().len(), 1);
        insta::assert_snapshot!(problems(json).replace(&unit::known(), "…"), @r#"
        2:23 the value of `a` is `-1`; a number from 0 on belongs there, without quotes
        3:23 the value of `b` is `"2"`; a number from 0 on belongs there, without quotes
        5:2 `c` stands twice in this file; give each metric its own `id`
        7:7 unknown field `val`, expected one of `id`, `value`, `unit`, `better`, `commit`, `environment`
        8:2 the metric has an empty `id`
        9:2 the unit of `e` is `furlong`; known are …
        "#);
    }

    #[test]
    fn what_is_no_json_has_its_place_and_a_cut_file_is_incomplete() {
        insta::assert_snapshot!(problems("{\"metrics\": [{\"id\": \"a\", \"value\": NaN}]}"), @"1:35 expected value");
        insta::assert_snapshot!(problems("{\"metrics\": [], \"extra\": 1}"), @"1:23 unknown field `extra`, expected `metrics` or `$schema`");
        assert_eq!(reading("{\"metrics\": [{\"id\": \"a\"").state, InputState::Incomplete);
        assert_eq!(reading("{\"metrics\": []}").state, InputState::Empty);
    }
}
