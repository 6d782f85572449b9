//! Named numbers with unit and direction.

pub mod metrics_json;
