//! The list of coverage formats.

use super::{
    cobertura, codecov, covdir, coverage_py, coveralls, coverlet, devel_cover, gcov, gcov_json, gcovr,
    go_cover, istanbul, istanbul_summary, kcov, lcov, llvm_cov, simplecov, tarpaulin, xccov,
};
use crate::evidence::bytes::Text;
use crate::evidence::reading::Reading;
use crate::model::coverage::CoverageReport;

/// A coverage format: its name, how it is known, how it is read.
#[derive(Debug)]
pub struct CoverageFormat {
    /// As in JSON and in policies.
    pub name: &'static str,
    /// Whether a text that begins like this is in the format; no two formats claim the same text.
    pub looks_like: fn(&str) -> bool,
    /// Reads a text to its end.
    pub read: fn(&mut Text) -> Reading<CoverageReport>,
}

impl PartialEq for CoverageFormat {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for CoverageFormat {}

/// All coverage formats. A new one is a file beside this one and a line here.
#[rustfmt::skip]
pub static ALL: [CoverageFormat; 19] = [
    CoverageFormat { name: "lcov", looks_like: lcov::looks_like, read: |text| lcov::read(text) },
    CoverageFormat { name: "cobertura", looks_like: cobertura::looks_like, read: |text| cobertura::read(text) },
    CoverageFormat { name: "go-cover", looks_like: go_cover::looks_like, read: |text| go_cover::read(text) },
    CoverageFormat { name: "gcov", looks_like: gcov::looks_like, read: |text| gcov::read(text) },
    CoverageFormat { name: "coverage-py-json", looks_like: coverage_py::looks_like, read: |text| coverage_py::read(text) },
    CoverageFormat { name: "istanbul", looks_like: istanbul::looks_like, read: |text| istanbul::read(text) },
    CoverageFormat { name: "istanbul-summary", looks_like: istanbul_summary::looks_like, read: |text| istanbul_summary::read(text) },
    CoverageFormat { name: "llvm-cov", looks_like: llvm_cov::looks_like, read: |text| llvm_cov::read(text) },
    CoverageFormat { name: "simplecov", looks_like: simplecov::looks_like, read: |text| simplecov::read(text) },
    CoverageFormat { name: "xccov", looks_like: xccov::looks_like, read: |text| xccov::read(text) },
    CoverageFormat { name: "tarpaulin", looks_like: tarpaulin::looks_like, read: |text| tarpaulin::read(text) },
    CoverageFormat { name: "gcov-json", looks_like: gcov_json::looks_like, read: |text| gcov_json::read(text) },
    CoverageFormat { name: "gcovr", looks_like: gcovr::looks_like, read: |text| gcovr::read(text) },
    CoverageFormat { name: "coveralls", looks_like: coveralls::looks_like, read: |text| coveralls::read(text) },
    CoverageFormat { name: "codecov", looks_like: codecov::looks_like, read: |text| codecov::read(text) },
    CoverageFormat { name: "coverlet", looks_like: coverlet::looks_like, read: |text| coverlet::read(text) },
    CoverageFormat { name: "covdir", looks_like: covdir::looks_like, read: |text| covdir::read(text) },
    CoverageFormat { name: "kcov", looks_like: kcov::looks_like, read: |text| kcov::read(text) },
    CoverageFormat { name: "devel-cover", looks_like: devel_cover::looks_like, read: |text| devel_cover::read(text) },
];

/// The format of a text that begins with `head`.
pub fn detect(head: &str) -> Option<&'static CoverageFormat> {
    ALL.iter().find(|format| (format.looks_like)(head))
}
