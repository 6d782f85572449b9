//! How long our readers take, as ratios to others over the same bytes: `cargo bench`.
//!
//! Reports are generated in memory, the same in every run. Each contender reads a report several times in turn with
//! the others, and the fastest time of each counts: what else the machine does only ever adds. There is no library for
//! ratios of runs that take turns, so this is a program of its own. `cargo bench -- junit` measures what has `junit` in its name;
//! `READINESS_BENCH_MB=8` makes the reports smaller.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measures")]
#![expect(clippy::disallowed_methods, reason = "the size of the reports is told by the environment")]

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
    let reports: [(&str, fn(usize) -> Vec<u8>, usize, Vec<Contender>); 6] = [
        ("junit", generate::junit, size, contenders::junit()),
        ("cobertura", generate::cobertura, size, contenders::xml()),
        ("jacoco", generate::jacoco, size, contenders::xml()),
        ("lcov", generate::lcov, size * 28 / 64, contenders::lines()),
        ("llvm-cov", generate::llvm_cov, size * 94 / 64, contenders::json()),
        ("ctrf", generate::ctrf, size, contenders::json()),
    ];
    for (name, generate, size, contenders) in reports {
        if name.contains(&filter) {
            compare(name, generate(size), &contenders);
        }
    }
    if "many-files".contains(&filter) {
        measure::scaling(generate::junit(size / 2_600), 2_600);
    }
}
