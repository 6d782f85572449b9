//! Named numbers with unit and direction: load tests, benchmarks, mutation tests, and whatever a script writes.

pub mod criterion;
pub mod formats;
pub mod metrics_json;

mod cargo_criterion;
mod cargo_mutants;
mod csv;
mod custom_benchmark;
mod documents;
mod gatling;
mod go_bench;
mod google_benchmark;
mod histogram;
mod hyperfine;
mod jmeter;
mod jmh;
mod jtl;
mod k6;
mod k6_metric;
mod k6_stream;
mod load;
mod locust;
mod mutation;
mod numbers;
mod oha;
mod openmetrics;
mod pit;
mod pytest_benchmark;
mod samples;
mod stryker;
mod unit;
mod vegeta;
mod wrk;
