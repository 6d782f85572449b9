//! How long our readers take, as ratios to others over the same bytes: `cargo bench`.
//!
//! Reports are generated in memory, the same in every run. Each contender reads a report several times in turn with
//! the others, and the fastest time of each counts: what else the machine does only ever adds. There is no library for
//! ratios of runs that take turns, so this is a program of its own. `cargo bench -- junit` measures what has `junit` in its name;
//! `READINESS_BENCH_MB=8` makes the reports smaller.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measures")]
#![expect(clippy::disallowed_methods, reason = "the size of the reports is told by the environment")]
#![expect(clippy::expect_used, reason = "a benchmark that cannot start has nobody to tell")]
#![expect(clippy::cast_precision_loss, reason = "speeds are shown without decimals")]

mod contenders;
mod generate;
mod measure;

use measure::{Contender, compare};

/// Size of the JUnit report that the bars speak of, in megabytes; other reports keep their proportion to it.
const MEGABYTES: usize = 64;

fn main() {
    let filter = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    let asked = std::env::var("READINESS_BENCH_MB").ok().and_then(|text| text.parse().ok());
    let size = asked.unwrap_or(MEGABYTES) << 20;
    let reports = [
        Report { name: "junit", generate: generate::junit, size, others: contenders::junit() },
        Report { name: "cobertura", generate: generate::cobertura, size, others: contenders::xml() },
        Report { name: "jacoco", generate: generate::jacoco, size, others: contenders::xml() },
        Report { name: "lcov", generate: generate::lcov, size: size * 28 / 64, others: contenders::lines() },
        Report {
            name: "llvm-cov",
            generate: generate::llvm_cov,
            size: size * 94 / 64,
            others: contenders::json(),
        },
        Report { name: "ctrf", generate: generate::ctrf, size, others: contenders::json() },
    ];
    for Report { name, generate, size, others } in reports {
        if name.contains(&filter) {
            compare(name, generate(size), &others);
        }
    }
    if "many-files".contains(&filter) {
        measure::scaling(generate::junit(size / 2_600), 2_600);
    }
}

/// What is read: a generated report of `size` bytes, and who else reads it.
struct Report {
    name: &'static str,
    generate: fn(usize) -> Vec<u8>,
    size: usize,
    others: Vec<Contender>,
}
