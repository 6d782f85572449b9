//! Named numbers with unit and direction.

pub mod metrics_json;

mod unit;

use super::format::Format;
use crate::model::input::{Content, Kind};

/// All formats of measurements, in the order in which they are asked.
pub static FORMATS: [Format; 1] = [
    // `readiness.metrics.json`.
    Format {
        name: "metrics",
        kind: Kind::Measurements,
        looks_like: |head| head.shape.has("metrics"),
        read: |text| metrics_json::read(text).map(Content::Measurements),
    },
];
