//! The list of test report formats. A new one is a file beside this one and a line here.

use super::{
    behave_json, boost_test, catch2_xml, check_xml, cppunit, ctest, ctrf, cucumber_json, cucumber_messages,
    dart_json, go_test_json, gtest_json, junit, libtest_json, mocha_json, mochawesome_json, nunit,
    playwright_json, pytest_json_report, pytest_reportlog, qtest, robot, rspec_json, subunit, tap, testng,
    trx, xunit,
};
use crate::evidence::bytes::Text;
use crate::evidence::format::{Format, Head};
use crate::evidence::reading::Reading;
use crate::model::input::{Content, Kind};

/// All test report formats, in the order in which they are asked.
#[rustfmt::skip]
pub static FORMATS: [Format; 28] = [
    // JUnit XML, all dialects.
    tests("junit", junit::looks_like, |text| junit::read(text).map(Content::Tests)),
    // Visual Studio and `dotnet test`.
    tests("trx", trx::looks_like, |text| trx::read(text).map(Content::Tests)),
    // NUnit 2 and 3.
    tests("nunit", nunit::looks_like, |text| nunit::read(text).map(Content::Tests)),
    // xUnit.net.
    tests("xunit", xunit::looks_like, |text| xunit::read(text).map(Content::Tests)),
    // Robot Framework's `output.xml`.
    tests("robot", robot::looks_like, |text| robot::read(text).map(Content::Tests)),
    // Catch2's `xml` reporter.
    tests("catch2-xml", catch2_xml::looks_like, |text| catch2_xml::read(text).map(Content::Tests)),
    // CTest's `Test.xml`.
    tests("ctest", ctest::looks_like, |text| ctest::read(text).map(Content::Tests)),
    // TestNG's `testng-results.xml`.
    tests("testng", testng::looks_like, |text| testng::read(text).map(Content::Tests)),
    // Boost.Test's XML log and report.
    tests("boost-test", boost_test::looks_like, |text| boost_test::read(text).map(Content::Tests)),
    // Check's XML log.
    tests("check-xml", check_xml::looks_like, |text| check_xml::read(text).map(Content::Tests)),
    // CppUnit's `XmlOutputter`.
    tests("cppunit", cppunit::looks_like, |text| cppunit::read(text).map(Content::Tests)),
    // Qt Test's `xml` and `lightxml`.
    tests("qtest", qtest::looks_like, |text| qtest::read(text).map(Content::Tests)),
    // CTRF, the Common Test Report Format.
    tests("ctrf", |head| ctrf::looks_like(&head.shape), |text| ctrf::read(text).map(Content::Tests)),
    // `go test -json`.
    tests("go-test-json", |head| go_test_json::looks_like(&head.shape), |text| go_test_json::read(text).map(Content::Tests)),
    // libtest and nextest, one event per line.
    tests("libtest-json", |head| libtest_json::looks_like(&head.shape), |text| libtest_json::read(text).map(Content::Tests)),
    // The JSON reporter of Dart and Flutter.
    tests("dart-json", |head| dart_json::looks_like(&head.shape), |text| dart_json::read(text).map(Content::Tests)),
    // Cucumber messages.
    tests("cucumber-messages", |head| cucumber_messages::looks_like(&head.shape), |text| cucumber_messages::read(text).map(Content::Tests)),
    // Cucumber's older `json` formatter.
    tests("cucumber-json", |head| cucumber_json::looks_like(&head.shape), |text| cucumber_json::read(text).map(Content::Tests)),
    // behave's `json` formatter.
    tests("behave-json", |head| behave_json::looks_like(&head.shape), |text| behave_json::read(text).map(Content::Tests)),
    // Mocha's `json` reporter.
    tests("mocha-json", |head| mocha_json::looks_like(&head.shape), |text| mocha_json::read(text).map(Content::Tests)),
    // Mochawesome.
    tests("mochawesome-json", |head| mochawesome_json::looks_like(&head.shape), |text| mochawesome_json::read(text).map(Content::Tests)),
    // Playwright's `json` reporter.
    tests("playwright-json", |head| playwright_json::looks_like(&head.shape), |text| playwright_json::read(text).map(Content::Tests)),
    // RSpec's `json` formatter.
    tests("rspec-json", |head| rspec_json::looks_like(&head.shape), |text| rspec_json::read(text).map(Content::Tests)),
    // pytest-json-report.
    tests("pytest-json-report", |head| pytest_json_report::looks_like(&head.shape), |text| pytest_json_report::read(text).map(Content::Tests)),
    // pytest-reportlog.
    tests("pytest-reportlog", |head| pytest_reportlog::looks_like(&head.shape), |text| pytest_reportlog::read(text).map(Content::Tests)),
    // `--gtest_output=json`.
    tests("gtest-json", |head| gtest_json::looks_like(&head.shape), |text| gtest_json::read(text).map(Content::Tests)),
    // The Test Anything Protocol.
    tests("tap", |head| tap::looks_like(head.text), |text| tap::read(text).map(Content::Tests)),
    // SubUnit, versions 1 and 2.
    tests("subunit", |head| subunit::looks_like(head.text), |text| subunit::read(text).map(Content::Tests)),
];

const fn tests(
    name: &'static str,
    looks_like: fn(&Head<'_>) -> bool,
    read: fn(&mut Text) -> Reading<Content>,
) -> Format {
    Format { name, kind: Kind::Tests, looks_like, read }
}
