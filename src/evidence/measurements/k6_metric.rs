//! What k6's metrics are called here, and what they mean.

use super::numbers::{Meaning, Numbers};
use crate::evidence::bytes::Place;
use crate::evidence::json::Value;

/// One figure of a metric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Figure {
    /// A statistic of the values, such as `p95`, `mean`, `max`.
    Statistic(String),
    /// A share of values that are true.
    Rate,
    /// A sum.
    Count,
    /// A sum per second.
    PerSecond,
    /// The last value, or the only one.
    Last,
}

impl Figure {
    /// The figure at `key` among `all` of a metric; `None` for what is no figure.
    pub(super) fn of(key: &str, all: &Value) -> Option<Self> {
        let is_rate = all.has("passes") || all.has("fails") || all.has("matches");
        Some(match key {
            "avg" => Self::Statistic("mean".to_owned()),
            "med" => Self::Statistic("p50".to_owned()),
            "min" | "max" => Self::Statistic(key.to_owned()),
            "count" => Self::Count,
            "rate" if is_rate || !all.has("count") => Self::Rate,
            "rate" => Self::PerSecond,
            "value" if is_rate => Self::Rate,
            "value" => Self::Last,
            _ => Self::Statistic(percentile(key)?),
        })
    }

    fn name(&self) -> &str {
        match self {
            Self::Statistic(name) => name,
            Self::Rate | Self::PerSecond => "rate",
            Self::Count => "count",
            Self::Last => "value",
        }
    }
}

/// `p95` of `p(95)`.
fn percentile(key: &str) -> Option<String> {
    let digits = key.strip_prefix('p')?;
    let digits = digits.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(digits);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_number.then(|| format!("p{digits}"))
}

/// Puts one figure of the metric `name` into `numbers`; `time` says whether its values are times, where that is known.
pub(super) fn put(
    numbers: &mut Numbers,
    (name, figure, time): (&str, Figure, Option<bool>),
    value: &Value,
    place: Place,
) {
    let meaning = meaning(name, &figure, time);
    numbers.add(&format!("{name}.{}", figure.name()), value, meaning, place);
}

/// The meaning of a figure, by what k6 itself measures under this name; sub-metrics (`http_reqs{status:200}`) mean the same.
pub(super) fn meaning(name: &str, figure: &Figure, time: Option<bool>) -> Meaning {
    let base = name.split('{').next().unwrap_or(name);
    let is_time = time.unwrap_or_else(|| {
        base.starts_with("http_req_") && base != "http_req_failed"
            || base.ends_with("_duration")
            || base.starts_with("browser_web_vital_") && !base.ends_with("_cls")
            || matches!(base, "ws_connecting" | "ws_ping")
    });
    let is_data = base.starts_with("data_");
    match (figure, base) {
        (Figure::Statistic(_) | Figure::Last, _) if is_data => Meaning::neutral("B"),
        (Figure::Statistic(_) | Figure::Last, _) if is_time => Meaning::lower("ms"),
        (Figure::Rate, "http_req_failed") => Meaning::lower("ratio"),
        (Figure::Rate, "checks") => Meaning::higher("ratio"),
        (Figure::Rate, _) => Meaning::neutral("ratio"),
        (Figure::Count, "dropped_iterations") => Meaning::lower(""),
        (Figure::Count, "http_reqs" | "iterations") => Meaning::higher(""),
        (Figure::Count, _) if is_data => Meaning::neutral("B"),
        (Figure::PerSecond, "http_reqs" | "iterations") => Meaning::higher("/s"),
        (Figure::PerSecond, "dropped_iterations") => Meaning::lower("/s"),
        (Figure::PerSecond, _) => Meaning::neutral("/s"),
        (_, "vus" | "vus_max") => Meaning::higher(""),
        _ => Meaning::neutral(""),
    }
}
