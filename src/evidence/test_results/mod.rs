//! Test reports: one reader for each format, and their merge into one run.

pub mod behave_json;
pub mod boost_test;
pub mod catch2_xml;
pub mod check_xml;
pub mod cppunit;
pub mod ctest;
pub mod ctrf;
pub mod cucumber_json;
pub mod cucumber_messages;
pub mod dart_json;
pub mod formats;
pub mod go_test_json;
pub mod gtest_json;
pub mod jest_json;
pub mod junit;
pub mod libtest_json;
pub mod merge;
pub mod mocha_json;
pub mod mochawesome_json;
pub mod nunit;
pub mod playwright_json;
pub mod pytest_json_report;
pub mod pytest_reportlog;
pub mod qtest;
pub mod robot;
pub mod rspec_json;
pub mod subunit;
pub mod tap;
pub mod testng;
pub mod trx;
pub mod xunit;

mod assembly;
mod attributes;
mod documents;
mod duration;
mod fields;
use super::message;
use super::names;
mod open_suites;
pub mod places;
mod story;
mod trace;
mod walk;

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod hostile_xml;
#[cfg(test)]
mod traced;
#[cfg(test)]
mod view;
