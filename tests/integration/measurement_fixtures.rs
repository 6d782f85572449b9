//! Load tests, benchmarks and mutation tests as real tools wrote them, against what the same tools printed; and what
//! is done to such files before they arrive.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use readiness::evidence::format::Head;
use readiness::evidence::{detect, read::read_input};
use readiness::model::exact::{Exact, parse_decimal, ratio};
use readiness::model::input::{Content, Input, InputState};
use readiness::model::metric::Measurement;

use crate::common::repository;

/// A file below `tests/fixtures/measurements`, some of its numbers in base units, and what its tool printed for people.
type Row = (&'static str, &'static [(&'static str, &'static str)], &'static str);

const FILES: &[Row] = &[
    (
        "cargo-criterion/cargo-criterion-1.1.0-two-groups.json",
        &[
            ("criterion.cart/sum/10.slope", "0.000003313896067421129"),
            ("criterion.cart/sum/10.mean", "0.000004263614960495663"),
            ("criterion.cart/sum/1000.slope", "0.0001562894532575017"),
            ("criterion.cart/sum/1000.median", "0.00015107000824047867"),
            ("criterion.slow/nap.mean", "2.1065526666666665"),
        ],
        "[2.8678 ns 3.3139 ns 4.1378 ns], [151.12 ns 156.29 ns 169.45 ns], [2.1032 ms 2.1066 ms 2.1107 ms]",
    ),
    (
        "cargo-mutants/cargo-mutants-27.1.0-mixed.json",
        &[
            ("mutation.total", "7"),
            ("mutation.killed", "4"),
            ("mutation.timeout", "1"),
            ("mutation.survived", "2"),
            ("mutation.left-out", "1"),
        ],
        "8 mutants tested in 24s: 2 missed, 4 caught, 1 unviable, 1 timeouts",
    ),
    ("criterion/criterion-0.5.1-change.json", &[], "change: [+20.380% +35.532% +53.305%]"),
    (
        "criterion/criterion-0.5.1-flat.json",
        &[("criterion.mean", "2.0926618333333333"), ("criterion.median", "2.092428")],
        "[2.0810 ms 2.0927 ms 2.1046 ms]",
    ),
    (
        "criterion/criterion-0.5.1-linear.json",
        &[
            ("criterion.slope", "0.0001808708725416934"),
            ("criterion.mean", "0.00020670109631267286"),
            ("criterion.median", "0.00020868454761688332"),
        ],
        "[164.38 ns 180.87 ns 210.51 ns]",
    ),
    (
        "custom-benchmark/hand-made-mixed.json",
        &[
            ("custom-benchmark.sum", "0.0001205"),
            ("custom-benchmark.pages", "42"),
            ("custom-benchmark.accuracy", "7"),
        ],
        "",
    ),
    (
        "gatling/hand-made-stats.json",
        &[
            ("gatling.p95", "300"),
            ("gatling.error-rate", "0.02"),
            ("gatling.cart.error-rate", "0.04"),
            ("gatling.throughput", "12.5"),
        ],
        "",
    ),
    (
        "go-bench/go-1.19.8-count.txt",
        &[
            ("go-bench.example.com/cart.BenchmarkAdd.allocations", "1"),
            ("go-bench.example.com/cart.BenchmarkAdd.bytes", "74"),
            ("go-bench.example.com/cart.BenchmarkAdd.time", "0.0001805"),
            ("go-bench.example.com/cart.BenchmarkCopy.speed", "31476650000"),
            ("go-bench.example.com/cart.BenchmarkCopy.items/op", "42"),
        ],
        "BenchmarkAdd-2 180.5 ns/op, 96.59 ns/op",
    ),
    (
        "google-benchmark/google-benchmark-1.7.1-nan-and-error.json",
        &[
            ("google-benchmark.BM_Copy/64.real-time", "0.000067706832271760761"),
            ("google-benchmark.BM_Copy/64.cpu-time", "0.000020551711896250512"),
        ],
        "BM_Copy/64 0.068 us 0.021 us; BM_Broken ERROR OCCURRED",
    ),
    ("hyperfine/hyperfine-1.15.0-failing.json", &[], "Command terminated with non-zero exit code"),
    (
        "hyperfine/hyperfine-1.15.0-two-commands.json",
        &[("hyperfine.sleep 0.02.mean", "22.9093088"), ("hyperfine.true.mean", "1.0582126")],
        "22.9 ms ± 2.1 ms; 1.1 ms ± 0.1 ms",
    ),
    (
        "jmeter/hand-made-statistics.json",
        &[("jmeter.p95", "300"), ("jmeter.error-rate", "0.025"), ("jmeter.Pay, now.error-rate", "0.1")],
        "",
    ),
    (
        "jmh/hand-made-results.json",
        &[("jmh.shop.Cart.add{size=10}.thrpt", "1500500"), ("jmh.shop.Cart.sum.avgt", "0.0025")],
        "",
    ),
    (
        "jtl/hand-made-samples.csv",
        &[
            ("jmeter.requests", "20"),
            ("jmeter.error-rate", "0.1"),
            ("jmeter.p50", "190"),
            ("jmeter.p95", "280"),
            ("jmeter.p99", "290"),
            ("jmeter.mean", "195"),
            ("jmeter.duration", "9790"),
            ("jmeter.concurrency", "3"),
            ("jmeter.Pay, now.requests", "10"),
            ("jmeter.Checkout.max", "9600"),
        ],
        "",
    ),
    (
        "jtl/hand-made-samples.xml",
        &[("jmeter.requests", "20"), ("jmeter.error-rate", "0.1"), ("jmeter.p95", "280")],
        "",
    ),
    (
        "jtl/jmeter-2.13-only-transactions.csv",
        &[
            ("jmeter.requests", "10"),
            ("jmeter.mean", "363.1"),
            ("jmeter.min", "182"),
            ("jmeter.max", "738"),
            ("jmeter.p50", "312"),
            ("jmeter.error-rate", "0.5"),
            ("jmeter.Checkout.requests", "10"),
        ],
        "summary = 10 in 2s = 5.0/s Avg: 363 Min: 182 Max: 738 Err: 5 (50.00%)",
    ),
    (
        "jtl/jmeter-2.13-only-transactions.xml",
        &[
            ("jmeter.requests", "10"),
            ("jmeter.mean", "322.3"),
            ("jmeter.min", "133"),
            ("jmeter.max", "936"),
            ("jmeter.error-rate", "0.5"),
        ],
        "summary = 10 in 2s = 5.7/s Avg: 322 Min: 133 Max: 936 Err: 5 (50.00%)",
    ),
    (
        "jtl/jmeter-2.13-requests.csv",
        &[
            ("jmeter.requests", "20"),
            ("jmeter.mean", "107.3"),
            ("jmeter.min", "31"),
            ("jmeter.max", "224"),
            ("jmeter.p50", "104"),
            ("jmeter.p95", "173"),
            ("jmeter.error-rate", "0.25"),
            ("jmeter.duration", "1105"),
            ("jmeter.concurrency", "2"),
            ("jmeter.Pay, now.error-rate", "0.5"),
        ],
        "summary = 20 in 2s = 12.3/s Avg: 107 Min: 31 Max: 224 Err: 5 (25.00%)",
    ),
    (
        "jtl/jmeter-2.13-requests.xml",
        &[
            ("jmeter.requests", "20"),
            ("jmeter.mean", "118.15"),
            ("jmeter.min", "35"),
            ("jmeter.max", "278"),
            ("jmeter.p95", "215"),
            ("jmeter.error-rate", "0.1"),
        ],
        "summary = 20 in 2s = 11.7/s Avg: 118 Min: 35 Max: 278 Err: 2 (10.00%)",
    ),
    (
        "jtl/jmeter-2.13-transactions.csv",
        &[
            // The tool counts the ten transactions, too.
            ("jmeter.requests", "20"),
            ("jmeter.min", "57"),
            ("jmeter.max", "272"),
            ("jmeter.error-rate", "0.2"),
            ("jmeter.Checkout.requests", "10"),
            ("jmeter.Checkout.max", "1025"),
            ("jmeter.Checkout.error-rate", "0.4"),
        ],
        "summary = 30 in 2.3s = 13.1/s Avg: 246 Min: 57 Max: 1025 Err: 8 (26.67%)",
    ),
    (
        "k6-stream/hand-made-points.json",
        &[
            // 28.5 ms are in the bucket that ends here.
            ("http_req_duration.p95", "28.503"),
            ("http_req_duration.mean", "20"),
            ("http_req_failed.rate", "0.05"),
            ("http_reqs.count", "20"),
            ("k6.duration", "9500"),
            ("k6.concurrency", "5"),
        ],
        "",
    ),
    (
        "k6/hand-made-handle-summary.json",
        &[
            ("http_req_duration.p99", "800"),
            ("http_req_failed.rate", "0.05"),
            ("checks.rate", "0.95"),
            ("http_reqs.rate", "99.5"),
            ("k6.duration", "10042.5"),
            ("k6.concurrency", "10"),
            ("k6.thresholds.failed", "1"),
        ],
        "",
    ),
    (
        "k6/hand-made-machine-readable.json",
        &[
            ("http_req_duration.p95", "420.75"),
            ("http_req_failed.rate", "0.05"),
            ("k6.duration", "10500"),
            ("k6.concurrency", "10"),
        ],
        "",
    ),
    (
        "k6/hand-made-summary-export.json",
        &[
            ("http_req_duration.p95", "420.75"),
            ("http_req_failed.rate", "0.05"),
            ("http_reqs.rate", "100"),
            ("data_received.count", "120000"),
            ("k6.duration", "10000"),
            ("k6.thresholds.failed", "1"),
        ],
        "",
    ),
    ("locust/locust-2.47.0-history.csv", &[("locust.concurrency", "5")], "5 total users"),
    (
        "locust/locust-2.47.0-stats.csv",
        &[
            ("locust.requests", "229"),
            ("locust.p50", "8"),
            ("locust.p95", "27"),
            ("locust.p99", "110"),
            ("locust.GET /cart.requests", "167"),
            ("locust.GET /cart.error-rate", "0"),
            ("locust.GET /down.error-rate", "1"),
        ],
        "Aggregated 229 62(27.07%) | 11 1 127 8 | 74.31",
    ),
    (
        "openmetrics/hand-made-openmetrics.txt",
        &[
            ("http_request_duration_seconds{quantile=\"0.95\",path=\"/a} b\"}", "250"),
            ("http_request_duration_seconds_count", "100"),
            ("jobs_total", "7"),
        ],
        "",
    ),
    ("openmetrics/hand-made-prometheus.txt", &[("process_resident_memory_bytes", "20971520")], ""),
    (
        "openmetrics/prometheus-client-0.26.0-openmetrics.txt",
        &[
            ("shop_orders_total{path=\"/cart\",state=\"paid\"}", "40"),
            ("shop_orders_total{path=\"/a} \\\"b\\\"\\\\\",state=\"paid\"}", "2"),
            ("shop_queue_bytes", "20971520"),
            ("shop_latency_seconds_count{path=\"/cart\"}", "5"),
            ("shop_latency_seconds_sum{path=\"/cart\"}", "1237.5"),
            ("shop_size_bytes_sum", "400"),
        ],
        "",
    ),
    (
        "openmetrics/prometheus-client-0.26.0-prometheus.txt",
        &[
            ("shop_orders_total{path=\"/cart\",state=\"paid\"}", "40"),
            ("shop_orders_total{path=\"/a} \\\"b\\\"\\\\\",state=\"paid\"}", "2"),
            ("shop_queue_bytes", "20971520"),
            ("shop_latency_seconds_count{path=\"/cart\"}", "5"),
            ("shop_latency_seconds_sum{path=\"/cart\"}", "1237.5"),
            ("shop_size_bytes_sum", "400"),
        ],
        "",
    ),
    (
        "pit/hand-made-mutations.xml",
        &[("mutation.score", "0.6"), ("mutation.not-covered", "1"), ("mutation.left-out", "2")],
        "",
    ),
    (
        "stryker/stryker-8-mixed.json",
        &[
            ("mutation.score", "0.625"),
            ("mutation.killed", "10"),
            ("mutation.survived", "6"),
            ("mutation.not-covered", "0"),
        ],
        "All files | 62.50 | 10 killed, 0 timeout, 6 survived, 0 no cov",
    ),
    (
        "vegeta/hand-made-report.json",
        &[
            ("vegeta.p99", "3.53"),
            ("vegeta.error-rate", "0.02"),
            ("vegeta.throughput", "98.5"),
            ("vegeta.duration", "989.998"),
        ],
        "",
    ),
    (
        "oha/oha-1.16.0-deadline.json",
        &[
            ("oha.requests", "79"),
            ("oha.p99", "99.959288"),
            ("oha.throughput", "40.94876312630517"),
            ("oha.duration", "2002.502487"),
        ],
        "[200] 59 responses, [503] 20 responses, [3] aborted due to deadline",
    ),
    ("oha/oha-1.16.0-down.json", &[("oha.requests", "5"), ("oha.error-rate", "1")], "[5] Connection refused"),
    (
        "oha/oha-1.16.0-errors.json",
        &[
            ("oha.requests", "40"),
            ("oha.error-rate", "0.4"),
            ("oha.mean", "69.5428969375"),
            ("oha.p50", "75.372965"),
            ("oha.p95", "103.970094"),
            ("oha.max", "107.921328"),
            ("oha.throughput", "32.37340694450401"),
        ],
        "[200] 24 responses, [503] 8 responses, [8] connection closed before message completed",
    ),
    (
        "wrk/wrk-4.1.0-all-fail.txt",
        &[("wrk.error-rate", "1"), ("wrk.requests", "46"), ("wrk.duration", "1010")],
        "46 requests in 1.01s, Non-2xx or 3xx responses: 46",
    ),
    (
        "wrk/wrk-4.1.0-latency.txt",
        &[
            ("wrk.mean", "43.81"),
            ("wrk.p99", "53.61"),
            ("wrk.throughput", "89.92"),
            ("wrk.error-rate", "0"),
            ("wrk.concurrency", "4"),
        ],
        "99% 53.61ms, Requests/sec: 89.92",
    ),
];

fn folder() -> PathBuf {
    repository().join("tests/fixtures/measurements")
}

/// Every fixture with its format, which is the name of its folder.
fn fixtures() -> Result<Vec<(String, PathBuf)>> {
    let mut all = Vec::new();
    for format in std::fs::read_dir(folder())? {
        let format = format?;
        for file in std::fs::read_dir(format.path())? {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension != "md") {
                all.push((format.file_name().to_string_lossy().into_owned(), path));
            }
        }
    }
    ensure!(all.len() > 20, "only {} fixtures", all.len());
    Ok(all)
}

fn read(path: &Path, bytes: Vec<u8>) -> Input {
    let size = bytes.len() as u64;
    read_input(path.display().to_string(), size, Box::new(std::io::Cursor::new(bytes)))
}

fn measurements(input: &Input) -> &[Measurement] {
    input.content.as_ref().and_then(Content::measurements).unwrap_or_default()
}

#[test]
fn numbers_are_those_that_the_tools_print() -> Result<()> {
    for (file, expected, printed) in FILES {
        let path = folder().join(file);
        let input = read(&path, std::fs::read(&path)?);
        let state = if expected.is_empty() { InputState::Empty } else { InputState::Measured };
        ensure!(input.state == state, "{file} ({printed}): {:?} {:?}", input.state, input.problems);
        for (id, value) in *expected {
            let found = measurements(&input).iter().find(|measurement| measurement.id == *id);
            let names = || measurements(&input).iter().map(|m| m.id.as_str()).collect::<Vec<_>>();
            let found = found.with_context(|| format!("{file}: no `{id}` in {:?}", names()))?;
            let expected = parse_decimal(value).context("a decimal")?;
            ensure!(found.value == expected, "{file}: `{id}` is {} ({printed})", found.value);
        }
    }
    Ok(())
}

#[test]
fn mutants_of_tests_that_fail_anyway_give_no_numbers() -> Result<()> {
    let path = folder().join("cargo-mutants/cargo-mutants-27.1.0-failing-tests.json");
    let input = read(&path, std::fs::read(&path)?);
    ensure!(input.state == InputState::Invalid && measurements(&input).is_empty(), "{:?}", input.state);
    let said = input.problems.first().context("a reason")?;
    ensure!(said.message.contains("fail without any mutation"), "{}", said.message);
    Ok(())
}

#[test]
fn a_server_that_is_down_has_no_throughput_and_the_end_of_a_test_is_no_error() -> Result<()> {
    let value = |file: &str, id: &str| -> Result<Option<Exact>> {
        let path = folder().join(file);
        let input = read(&path, std::fs::read(&path)?);
        Ok(measurements(&input).iter().find(|found| found.id == id).map(|found| found.value.clone()))
    };
    ensure!(value("oha/oha-1.16.0-down.json", "oha.throughput")?.is_none(), "refused, and fast at it");
    let rate = value("oha/oha-1.16.0-deadline.json", "oha.error-rate")?;
    ensure!(rate == ratio(20, 79), "{rate:?}");
    Ok(())
}

#[test]
fn each_file_is_claimed_by_its_own_format_alone() -> Result<()> {
    for (format, path) in fixtures()? {
        let text = std::fs::read_to_string(&path)?;
        let head = Head::of(&text);
        let claimants: Vec<_> =
            detect::all().filter(|format| (format.looks_like)(&head)).map(|f| f.name).collect();
        ensure!(claimants == [format.as_str()], "{}: {claimants:?}", path.display());
    }
    Ok(())
}

#[test]
fn a_cut_file_never_looks_whole() -> Result<()> {
    // Text without an end of its own may be cut between lines.
    let open = ["go-bench", "k6-stream", "cargo-criterion", "openmetrics", "jtl", "locust"];
    for (format, path) in fixtures()? {
        let bytes = std::fs::read(&path)?;
        let end = bytes.trim_ascii_end().len();
        for part in 1..40 {
            let at = end * part / 40;
            let input = read(&path, bytes[..at].to_vec());
            let whole = input.state == InputState::Measured;
            ensure!(!whole || open.contains(&format.as_str()), "{} cut at {at}", path.display());
            let silent = matches!(input.state, InputState::Measured | InputState::Empty);
            ensure!(silent || !input.problems.is_empty(), "{}: no reason at {at}", path.display());
        }
    }
    Ok(())
}

#[test]
fn numbers_that_are_none_never_become_measurements() -> Result<()> {
    for (format, path) in fixtures()? {
        let text = std::fs::read_to_string(&path)?;
        for odd in [
            "-1",
            "NaN",
            "\"much\"",
            "{\"a\": 1}",
            "[]",
            "1e999",
            "-Infinity",
            "1e-400",
            "99999999999999999999999999",
        ] {
            let hostile = with_numbers(&text, odd);
            let input = read(&path, hostile.into_bytes());
            let negative =
                measurements(&input).iter().any(|m| m.value < parse_decimal("0").unwrap_or_default());
            ensure!(!negative, "{} with {odd}", path.display());
            let json = text.starts_with(['{', '[']);
            let refused = input.state != InputState::Measured;
            let counted = ["stryker", "cargo-mutants", "k6-stream"].contains(&format.as_str());
            ensure!(
                !json || counted || refused || !matches!(odd, "-1" | "\"much\""),
                "{} took {odd}",
                path.display()
            );
        }
    }
    Ok(())
}

/// `text` with every number behind a colon or a comma replaced.
fn with_numbers(text: &str, by: &str) -> String {
    let mut out = String::new();
    let (mut value, mut number) = (false, false);
    for c in text.chars() {
        let digit = c.is_ascii_digit() || number && matches!(c, '.' | 'e' | 'E' | '+' | '-');
        if digit && (value || number) {
            if !number {
                out.push_str(by);
            }
            number = true;
            continue;
        }
        number = false;
        value = matches!(c, ':' | ',' | '[' | '\t') || c == ' ' && value;
        out.push(c);
    }
    out
}
