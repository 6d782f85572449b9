use super::super::view::{file, view};

fn read(text: &str) -> String {
    view(&super::read(&mut file(text)))
}

#[test]
fn version_3_is_read_with_labels_and_suite_errors() {
    let text = r#"<test-run total="5" failed="2" result="Failed"><test-suite type="Assembly" name="C:\b\Shop.dll"
        result="Failed" site="Child"><failure><message>One or more child tests had errors</message></failure>
        <test-suite name="Cart" result="Failed" site="TearDown"><failure><message>db left open</message></failure>
        <test-case name="a" classname="Shop.Cart" result="Passed" duration="0.25"/>
        <test-case name="b" classname="Shop.Cart" result="Failed"><failure><message><![CDATA[
          1 is not 2]]></message><stack-trace>at B() in C:\s\Cart.cs:line 4</stack-trace></failure></test-case>
        <test-case name="c" result="Failed" label="Error"/><test-case name="d" result="Inconclusive"/>
        <test-case name="e" result="Skipped" label="Ignored"><reason><message>later</message></reason></test-case>
        </test-suite><test-suite name="Broken" result="Failed" label="Invalid"><reason><message>no such file</message>
        </reason></test-suite></test-suite></test-run>"#;
    insta::assert_snapshot!(read(text), @r#"
    measured, unknown producer, 2 suites
    passed [Shop.dll/Cart] (Shop.Cart) `a` 250000000ns
    failed [Shop.dll/Cart] (Shop.Cart) `b` @C:\s\Cart.cs:4 "1 is not 2"
    errored [Shop.dll/Cart] `c`
    skipped [Shop.dll/Cart] `d`
    skipped [Shop.dll/Cart] `e` "later"
    suite error [Shop.dll/Cart] db left open
    suite error [Shop.dll/Broken] no such file
    "#);
}

#[test]
fn version_2_is_read_with_and_without_results() {
    let text = r#"<test-results total="4" errors="1" failures="1" not-run="1"><test-suite name="/b/Shop.dll" success="False">
        <results><test-case name="S.a" executed="True" success="True" time="0,160"/>
        <test-case name="S.b" executed="True" success="False" time="1"><failure><message>no</message></failure></test-case>
        <test-case name="S.c" executed="False"><reason><message>later</message></reason></test-case>
        <test-case name="S.d" executed="True" result="Error" success="False"/>
        <test-case name="S.e" executed="True" result="Strange"/></results></test-suite></test-results>"#;
    insta::assert_snapshot!(read(text), @r#"
    measured, unknown producer, 1 suites
    passed [Shop.dll] `S.a` 160000000ns
    failed [Shop.dll] `S.b` 1000000000ns "no"
    skipped [Shop.dll] `S.c` "later"
    errored [Shop.dll] `S.d`
    errored [Shop.dll] `S.e`
    warning the file says 2 failed; it lists 3 failed
    warning 6:9 1 cases have outcomes that are not known, the first one is `Strange`; counted as errored
    "#);
}

#[test]
fn a_listing_is_empty_and_a_case_without_result_is_errored() {
    let listing = r#"<test-run testcasecount="1"><test-suite name="a"><test-case name="b" runstate="Runnable"/></test-suite></test-run>"#;
    insta::assert_snapshot!(read(listing), @"
    empty
    warning 1:50 lists 1 tests and no results, as `--explore` does; nothing was run
    ");
    let mixed =
        r#"<test-suite name="a"><test-case name="b"/><test-case name="c" result="Passed"/></test-suite>"#;
    insta::assert_snapshot!(read(mixed), @"
    measured, unknown producer, 1 suites
    errored [a] `b`
    passed [a] `c`
    warning 1:22 1 cases have no result, the first one here; counted as errored
    ");
}

#[test]
fn a_cut_file_keeps_its_complete_cases() {
    let text = r#"<test-run><test-suite name="a"><test-case name="b" result="Passed"/><test-case name="c" result="Passed"><fail"#;
    insta::assert_snapshot!(read(text), @"
    incomplete, unknown producer, 1 suites
    passed [a] `b`
    error 1:110 the file ends inside a tag; it was cut short
    ");
}

#[test]
fn deep_suites_with_long_names_stay_small() {
    let name = "n".repeat(200);
    let open = format!("<test-suite name='{name}'>").repeat(900);
    let leaves = "<test-suite name='x'><test-case name='y' result='Passed'/></test-suite>".repeat(2_000);
    let text = format!("{open}{leaves}{}", "</test-suite>".repeat(900));
    let report = super::read(&mut file(&text)).value.unwrap();
    let paths: std::collections::BTreeMap<_, _> =
        report.cases.iter().map(|case| (case.id.suite.as_ptr(), case.id.suite.len())).collect();
    assert_eq!(report.cases.len(), 2_000);
    assert!(paths.values().sum::<usize>() < 100 << 20);
}
