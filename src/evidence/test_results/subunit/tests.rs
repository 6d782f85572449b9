use crate::evidence::bytes::{Text, open};
use crate::evidence::test_results::view::view;

const MIXED: &[u8] =
    include_bytes!("../../../../tests/fixtures/test_results/subunit/python-subunit-1.4.4-mixed.subunit");
const MIXED_V1: &[u8] =
    include_bytes!("../../../../tests/fixtures/test_results/subunit/python-subunit-1.4.4-mixed-v1.txt");

fn text(bytes: &[u8]) -> Text {
    open(Box::new(std::io::Cursor::new(bytes.to_vec()))).unwrap()
}

fn read(bytes: &[u8]) -> String {
    let text = text(bytes);
    assert!(super::looks_like(text.head()));
    view(&super::read(text))
}

#[test]
fn packets_are_read_with_what_they_attach() {
    insta::assert_snapshot!(read(MIXED), @r#"
    measured, unknown producer, 0 suites
    passed [] `test_cart.Cart.test_adds` 86000ns
    skipped [] `test_cart.Cart.test_rounds` 53000ns "AssertionError: 1 is not 2"
    failed [] `test_cart.Cart.test_sums` 72000ns "AssertionError: 1 is not 2"
    failed [] `test_cart.Cart.test_surprises` 36000ns
    skipped [] `test_cart.Cart.test_taxes` 21000ns "no tax yet"
    failed [] `test_cart.Cart.test_throws` 33000ns "RuntimeError: no café"
    "#);
}

#[test]
fn lines_are_read_with_their_details() {
    insta::assert_snapshot!(read(MIXED_V1), @r#"
    measured, unknown producer, 0 suites
    passed [] `test_cart.Cart.test_adds`
    skipped [] `test_cart.Cart.test_rounds` "AssertionError: 1 is not 2"
    failed [] `test_cart.Cart.test_sums` "AssertionError: 1 is not 2"
    failed [] `test_cart.Cart.test_surprises`
    skipped [] `test_cart.Cart.test_taxes` "no tax yet"
    failed [] `test_cart.Cart.test_throws` "RuntimeError: no café"
    "#);
}

#[test]
fn frames_of_a_traceback_are_kept_in_both_versions() {
    for bytes in [MIXED, MIXED_V1] {
        let report = super::read(text(bytes)).value.unwrap();
        let case = report.cases.iter().find(|case| case.id.name.ends_with("test_sums")).unwrap();
        let frame = &case.detail.as_ref().unwrap().frames[0];
        assert_eq!((frame.file.as_str(), frame.line), ("/builds/shop/py/test_cart.py", 10));
    }
}

#[test]
fn a_cut_or_damaged_stream_is_no_good_news() {
    let between = [MIXED, b"printed \xc3\xb3 3\n".as_slice()].concat();
    insta::assert_snapshot!(read(&between).lines().last().unwrap(), @"warning 13 bytes stand between the packets; left out");
    let mut damaged = MIXED.to_vec();
    damaged[10] ^= 1;
    insta::assert_snapshot!(read(&damaged), @"
    invalid
    error packet 1 has another checksum than it says; the stream is damaged
    ");
    insta::assert_snapshot!(read(&MIXED[..MIXED.len() - 3]).lines().last().unwrap(), @"error the stream ends in packet 28; it was cut short");
    insta::assert_snapshot!(read(b"test: a\nsuccess: a\ntest: b\ntest: c\nerror: c [\nno"), @r#"
    incomplete, unknown producer, 0 suites
    passed [] `a`
    errored [] `b` "started and did not finish"
    errored [] `c` "started and did not finish"
    error 6:1 the stream ends inside of details; it was cut short
    "#);
    insta::assert_snapshot!(read(b"test: a\nsuccess: a\ntest: bc\nsuccess: b"), @r#"
    incomplete, unknown producer, 0 suites
    passed [] `a`
    errored [] `bc` "started and did not finish"
    error 4:1 the stream ends inside of a line; it was cut short
    "#);
}
