//! The list of coverage formats. A new one is a file beside this one and a line here.

use super::{
    clover, cobertura, codecov, covdir, coverage_py, coveralls, coverlet, devel_cover, dotcover, gcov,
    gcov_json, gcovr, go_cover, istanbul, istanbul_summary, jacoco, kcov, lcov, llvm_cov, opencover,
    scoverage, simplecov, sonar, tarpaulin, v_cover, vs_coverage, xccov,
};
use crate::evidence::bytes::Text;
use crate::evidence::format::{Format, Head};
use crate::evidence::reading::Reading;
use crate::model::input::{Content, Kind};

/// All coverage formats, in the order in which they are asked.
#[rustfmt::skip]
pub static FORMATS: [Format; 27] = [
    // LCOV tracefiles.
    coverage("lcov", |head| lcov::looks_like(head.text), |text| lcov::read(text).map(Content::Coverage)),
    // Cobertura XML, all producers.
    coverage("cobertura", |head| cobertura::looks_like(head.text), |text| cobertura::read(text).map(Content::Coverage)),
    // Go cover profiles.
    coverage("go-cover", |head| go_cover::looks_like(head.text), |text| go_cover::read(text).map(Content::Coverage)),
    // gcov's text files, also GCC's intermediate format.
    coverage("gcov", |head| gcov::looks_like(head.text), |text| gcov::read(text).map(Content::Coverage)),
    // coverage.py's `coverage json`.
    coverage("coverage-py-json", |head| coverage_py::looks_like(head.text), |text| coverage_py::read(text).map(Content::Coverage)),
    // Istanbul's `coverage-final.json`.
    coverage("istanbul", |head| istanbul::looks_like(head.text), |text| istanbul::read(text).map(Content::Coverage)),
    // Istanbul's `coverage-summary.json`.
    coverage("istanbul-summary", |head| istanbul_summary::looks_like(head.text), |text| istanbul_summary::read(text).map(Content::Coverage)),
    // `llvm-cov export`.
    coverage("llvm-cov", |head| llvm_cov::looks_like(head.text), |text| llvm_cov::read(text).map(Content::Coverage)),
    // SimpleCov's result set and JSON.
    coverage("simplecov", |head| simplecov::looks_like(head.text), |text| simplecov::read(text).map(Content::Coverage)),
    // Xcode's `xccov view --json`.
    coverage("xccov", |head| xccov::looks_like(head.text), |text| xccov::read(text).map(Content::Coverage)),
    // cargo-tarpaulin's JSON.
    coverage("tarpaulin", |head| tarpaulin::looks_like(head.text), |text| tarpaulin::read(text).map(Content::Coverage)),
    // `gcov --json-format`.
    coverage("gcov-json", |head| gcov_json::looks_like(head.text), |text| gcov_json::read(text).map(Content::Coverage)),
    // gcovr's own JSON, and its summary.
    coverage("gcovr", |head| gcovr::looks_like(head.text), |text| gcovr::read(text).map(Content::Coverage)),
    // The Coveralls API's JSON.
    coverage("coveralls", |head| coveralls::looks_like(head.text), |text| coveralls::read(text).map(Content::Coverage)),
    // Codecov's custom JSON.
    coverage("codecov", |head| codecov::looks_like(head.text), |text| codecov::read(text).map(Content::Coverage)),
    // coverlet's JSON.
    coverage("coverlet", |head| coverlet::looks_like(head.text), |text| coverlet::read(text).map(Content::Coverage)),
    // grcov's covdir.
    coverage("covdir", |head| covdir::looks_like(head.text), |text| covdir::read(text).map(Content::Coverage)),
    // kcov's JSON.
    coverage("kcov", |head| kcov::looks_like(head.text), |text| kcov::read(text).map(Content::Coverage)),
    // Perl's Devel::Cover.
    coverage("devel-cover", |head| devel_cover::looks_like(head.text), |text| devel_cover::read(text).map(Content::Coverage)),
    // V's counters and the points that they count.
    coverage("v-cover", |head| v_cover::looks_like(head.text), v_half),
    // JaCoCo XML, also Kover's and gcovr's.
    coverage("jacoco", jacoco::looks_like, |text| jacoco::read(text).map(Content::Coverage)),
    // Clover XML: OpenClover, PHPUnit, Istanbul.
    coverage("clover", clover::looks_like, |text| clover::read(text).map(Content::Coverage)),
    // OpenCover XML, also coverlet's and AltCover's.
    coverage("opencover", opencover::looks_like, |text| opencover::read(text).map(Content::Coverage)),
    // dotCover's detailed XML.
    coverage("dotcover", dotcover::looks_like, |text| dotcover::read(text).map(Content::Coverage)),
    // Visual Studio's and dotnet-coverage's XML, both shapes.
    coverage("vs-coverage", vs_coverage::looks_like, |text| vs_coverage::read(text).map(Content::Coverage)),
    // SonarQube's generic coverage.
    coverage("sonar-coverage", sonar::looks_like, |text| sonar::read(text).map(Content::Coverage)),
    // scoverage XML.
    coverage("scoverage", scoverage::looks_like, |text| scoverage::read(text).map(Content::Coverage)),
];

fn v_half(text: &mut Text) -> Reading<Content> {
    let head = text.head().to_owned();
    v_cover::read(text, &head).map(Content::CoverageHalf)
}

const fn coverage(
    name: &'static str,
    looks_like: fn(&Head<'_>) -> bool,
    read: fn(&mut Text) -> Reading<Content>,
) -> Format {
    Format { name, kind: Kind::Coverage, looks_like, read }
}

#[cfg(test)]
#[path = "formats_tests.rs"]
mod tests;
