//! The list of formats of measurements. A new one is a file beside this one and a line here.

use super::{
    cargo_criterion, cargo_mutants, criterion, custom_benchmark, gatling, go_bench, google_benchmark,
    hyperfine, jmeter, jmh, jtl, k6, k6_stream, locust, metrics_json, oha, openmetrics, pit,
    pytest_benchmark, stryker, vegeta, wrk,
};
use crate::evidence::bytes::Text;
use crate::evidence::format::{Format, Head};
use crate::evidence::reading::Reading;
use crate::model::input::{Content, Kind};

/// All formats of measurements, in the order in which they are asked.
#[rustfmt::skip]
pub static FORMATS: [Format; 22] = [
    // `readiness.metrics.json`.
    named("metrics", |head| metrics_json::looks_like(&head.shape), |text| metrics_json::read(text).map(Content::Measurements)),
    // k6's summaries: `--summary-export`, `handleSummary`, machine-readable.
    named("k6", |head| k6::looks_like(&head.shape), |text| k6::read(text).map(Content::Measurements)),
    // `k6 run --out json`.
    named("k6-stream", |head| k6_stream::looks_like(&head.shape), |text| k6_stream::read(text).map(Content::Measurements)),
    // `JMeter`'s `statistics.json`.
    named("jmeter", |head| jmeter::looks_like(&head.shape), |text| jmeter::read(text).map(Content::Measurements)),
    // `JMeter`'s sample log, CSV and XML.
    named("jtl", jtl::looks_like, |text| jtl::read(text).map(Content::Measurements)),
    // Locust's `*_stats.csv` and `*_stats_history.csv`.
    named("locust", |head| locust::looks_like(head.text), |text| locust::read(text).map(Content::Measurements)),
    // Gatling's `stats.json` and `global_stats.json`.
    named("gatling", |head| gatling::looks_like(&head.shape), |text| gatling::read(text).map(Content::Measurements)),
    // `vegeta report -type=json`.
    named("vegeta", |head| vegeta::looks_like(&head.shape), |text| vegeta::read(text).map(Content::Measurements)),
    // `oha --output-format json`.
    named("oha", |head| oha::looks_like(&head.shape), |text| oha::read(text).map(Content::Measurements)),
    // What wrk prints.
    named("wrk", |head| wrk::looks_like(head.text), |text| wrk::read(text).map(Content::Measurements)),
    // Criterion's `estimates.json`.
    named("criterion", |head| criterion::looks_like(&head.shape), |text| criterion::read(text).map(Content::Measurements)),
    // `cargo criterion --message-format=json`.
    named("cargo-criterion", |head| cargo_criterion::looks_like(&head.shape), |text| cargo_criterion::read(text).map(Content::Measurements)),
    // `hyperfine --export-json`.
    named("hyperfine", |head| hyperfine::looks_like(&head.shape), |text| hyperfine::read(text).map(Content::Measurements)),
    // `pytest --benchmark-json`.
    named("pytest-benchmark", |head| pytest_benchmark::looks_like(&head.shape), |text| pytest_benchmark::read(text).map(Content::Measurements)),
    // Google Benchmark's JSON.
    named("google-benchmark", |head| google_benchmark::looks_like(&head.shape), |text| google_benchmark::read(text).map(Content::Measurements)),
    // JMH's JSON.
    named("jmh", |head| jmh::looks_like(&head.shape), |text| jmh::read(text).map(Content::Measurements)),
    // What `go test -bench` prints.
    named("go-bench", |head| go_bench::looks_like(head.text), |text| go_bench::read(text).map(Content::Measurements)),
    // github-action-benchmark's custom JSON.
    named("custom-benchmark", |head| custom_benchmark::looks_like(&head.shape), |text| custom_benchmark::read(text).map(Content::Measurements)),
    // Stryker's mutation testing report.
    named("stryker", |head| stryker::looks_like(&head.shape), |text| stryker::read(text)),
    // cargo-mutants' `outcomes.json`.
    named("cargo-mutants", |head| cargo_mutants::looks_like(&head.shape), |text| cargo_mutants::read(text)),
    // PIT's `mutations.xml`.
    named("pit", |head| pit::looks_like(head.root), pit::read),
    // `OpenMetrics` and Prometheus text.
    named("openmetrics", |head| openmetrics::looks_like(head.text), |text| openmetrics::read(text).map(Content::Measurements)),
];

const fn named(
    name: &'static str,
    looks_like: fn(&Head<'_>) -> bool,
    read: fn(&mut Text) -> Reading<Content>,
) -> Format {
    Format { name, kind: Kind::Measurements, looks_like, read }
}
