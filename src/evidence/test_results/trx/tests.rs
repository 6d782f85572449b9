use super::super::view::{file, view};
use super::element::class_name;
use super::looks_like;
use crate::evidence::format::Head;

fn read(text: &str) -> String {
    view(&super::read(&mut file(text)))
}

fn results(inside: &str) -> String {
    format!(
        "<TestRun xmlns='http://microsoft.com/schemas/VisualStudio/TeamTest/2010'><Results>{inside}</Results></TestRun>"
    )
}

#[test]
fn results_get_their_class_from_the_definitions() {
    let text = "\u{feff}<TestRun><Results>
        <UnitTestResult testId='1' testName='a' outcome='Passed' duration='00:00:01.5000000'/>
        <UnitTestResult testId='2' testName='b' outcome='Failed'><Output><StdOut>x</StdOut><ErrorInfo>
        <Message>1 is not 2</Message><StackTrace>at B() in C:\\s\\Cart.cs:line 4</StackTrace></ErrorInfo></Output>
        </UnitTestResult></Results><TestDefinitions>
        <UnitTest id='1'><TestMethod className='Shop.Cart, Shop, Version=1.0' name='a'/></UnitTest>
        <UnitTest id='2'><TestMethod className='Shop.Cart' name='b'/></UnitTest></TestDefinitions>
        <ResultSummary outcome='Failed'><Counters total='2' passed='1' failed='1'/></ResultSummary></TestRun>";
    insta::assert_snapshot!(read(text), @r#"
    measured, unknown producer, 0 suites
    passed [] (Shop.Cart) `a` 1500000000ns
    failed [] (Shop.Cart) `b` @C:\s\Cart.cs:4 "1 is not 2"
    "#);
}

#[test]
fn every_word_has_its_outcome_and_no_word_is_an_error() {
    let words = ["Timeout", "Aborted", "NotExecuted", "Inconclusive", "PassedButRunAborted", "Wonderful"];
    let inside: String =
        words.map(|word| format!("<WebTestResult testName='{word}' outcome='{word}'/>")).concat();
    insta::assert_snapshot!(read(&results(&format!("{inside}<TestResultAggregation testName='none'/>"))), @"
    measured, unknown producer, 0 suites
    errored [] `Timeout`
    errored [] `Aborted`
    skipped [] `NotExecuted`
    skipped [] `Inconclusive`
    passed [] `PassedButRunAborted`
    errored [] `Wonderful`
    errored [] `none`
    warning 1:390 1 cases have outcomes that are not known, the first one is `Wonderful`; counted as errored
    ");
}

#[test]
fn rows_are_the_cases_and_a_failure_beside_them_is_not_lost() {
    let inside = "<UnitTestResult testName='t' outcome='Failed'><InnerResults>
        <UnitTestResult testName='t (1)' outcome='Passed'/><UnitTestResult testName='t (2)' outcome='Failed'/>
        </InnerResults></UnitTestResult><UnitTestResult testName='u' outcome='Failed'><InnerResults>
        <UnitTestResult testName='u (1)' outcome='Passed'/></InnerResults></UnitTestResult>";
    insta::assert_snapshot!(read(&results(inside)), @"
    measured, unknown producer, 0 suites
    passed [] `t (1)`
    failed [] `t (2)`
    passed [] `u (1)`
    suite error [] u: failed, though none of its rows did
    ");
}

#[test]
fn errors_of_the_run_are_suite_errors() {
    let run = |outcome: &str, infos: &str| {
        format!(
            "<TestRun><ResultSummary outcome='{outcome}'><Counters total='0'/><RunInfos>{infos}</RunInfos></ResultSummary></TestRun>"
        )
    };
    let infos = "<RunInfo outcome='Warning'><Text>no tests</Text></RunInfo><RunInfo outcome='Error'><Text>host died</Text></RunInfo>";
    insta::assert_snapshot!(read(&run("Error", infos)), @"
    measured, unknown producer, 0 suites
    suite error [] host died
    ");
    insta::assert_snapshot!(read(&run("Failed", "")), @"
    measured, unknown producer, 0 suites
    suite error [] the run ended as `Failed`, though no result did
    ");
    insta::assert_snapshot!(read(&run("Completed", "")), @"empty");
}

#[test]
fn a_cut_file_keeps_its_complete_results() {
    let text = "<TestRun><Results><UnitTestResult testName='a' outcome='Passed'/><UnitTestResult testName='b' outcome='Passed'>";
    insta::assert_snapshot!(read(text), @"
    incomplete, unknown producer, 0 suites
    passed [] `a`
    error 1:112 the file ends before `</UnitTestResult>`; it was cut short
    ");
}

#[test]
fn assemblies_are_cut_from_classes_and_other_roots_are_not_claimed() {
    assert_eq!(class_name("A.B`1[[C, D]], E"), "A.B`1[[C, D]]");
    assert!(!looks_like(&Head::of("<TestRun><FailedTests></FailedTests><SuccessfulTests/></TestRun>")));
    assert!(!looks_like(&Head::of("<TestRuns>")));
}
