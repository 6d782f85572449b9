use std::fmt::Write as _;
use std::io::{Cursor, Read};

use proptest::prelude::*;
use quick_junit::{NonSuccessKind, Report, TestCase as Written, TestCaseStatus, TestRerun, TestSuite};

use super::read;
use crate::evidence::bytes::open;
use crate::evidence::reading::Reading;
use crate::model::input::InputState;
use crate::model::tests::{TestCounts, TestReport};

const PYTEST: &str = include_str!("../../../../tests/fixtures/test_results/junit/pytest-9.2.0-outcomes.xml");
const VITEST: &str =
    include_str!("../../../../tests/fixtures/test_results/junit/vitest-3.2.7-nested-and-broken.xml");
const NEXTEST: &str =
    include_str!("../../../../tests/fixtures/test_results/junit/nextest-0.9.143-flaky-and-reruns.xml");

fn reading(xml: impl AsRef<[u8]>) -> Reading<TestReport> {
    read(&mut open(Box::new(Cursor::new(xml.as_ref().to_vec()))).unwrap())
}

/// State, counts, cases and problems, one on each line.
fn picture(xml: impl AsRef<[u8]>) -> String {
    let reading = reading(xml);
    let mut picture = reading.state.name().to_owned();
    if let Some(report) = reading.value {
        let counts = report.counts();
        write!(picture, ", {} suites, {} cases", report.suites, counts.total).unwrap();
        for case in report.cases {
            write!(picture, "\n{}", case.outcome.name()).unwrap();
            if case.flaky {
                picture.push_str(" (flaky)");
            }
            write!(
                picture,
                " {:?}",
                [&*case.id.suite, case.id.class.as_deref().unwrap_or("-"), &case.id.name]
            )
            .unwrap();
            if let Some(duration) = case.duration {
                write!(picture, " {}ms", duration / 1_000_000).unwrap();
            }
            if let Some(detail) = case.detail {
                write!(picture, " {:?}", detail.message.as_deref().unwrap_or_default()).unwrap();
                if let (Some(file), line) = (&detail.file, detail.line) {
                    write!(picture, " at {file}:{}", line.unwrap_or(0)).unwrap();
                }
            }
        }
        for error in report.suite_errors {
            write!(picture, "\nsuite error {:?} {}", error.suite, error.message).unwrap();
        }
    }
    for problem in reading.problems {
        let place = format!("{}:{}", problem.line.unwrap_or(0), problem.column.unwrap_or(0));
        write!(picture, "\n{} {place} {}", problem.severity.name(), problem.message).unwrap();
    }
    picture
}

#[test]
fn a_prefix_that_nobody_declares_hides_no_failure_and_nested_suites_are_told() {
    let xml = r#"<testsuite name="s"><testcase name="a"><x:failure message="no"/></testcase>
<testcase name="b"><testsuite name="inner"><testcase name="c"><failure/></testcase></testsuite></testcase></testsuite>"#;
    insta::assert_snapshot!(picture(xml), @r#"
    measured, 1 suites, 2 cases
    failed ["s", "-", "a"] "no"
    passed ["s", "-", "b"]
    warning 2:1 a case holds further cases or suites; these do not count
    "#);
}

#[test]
fn a_report_of_pytest_is_read_whole() {
    insta::assert_snapshot!(picture(PYTEST), @r#"
    measured, 1 suites, 8 cases
    passed ["pytest", "test_shop", "test_adds"] 0ms
    passed ["pytest", "test_shop", "test_prices[<1>]"] 13ms
    failed ["pytest", "test_shop", "test_prices[2 & 3]"] 1ms "AssertionError: price is odd"
    passed ["pytest", "test_shop", "test_prices[\\xe9\\n]"] 0ms
    skipped ["pytest", "test_shop", "test_stock"] 0ms "no stock yet"
    skipped ["pytest", "test_shop", "test_known"] 0ms "known"
    errored ["pytest", "test_shop", "test_database"] 0ms "failed on setup with \"RuntimeError: #x1B[31mno database#x1B[0m\""
    passed ["pytest", "test_shop.TestCart", "test_empty"] 0ms
    "#);
}

#[test]
fn a_report_of_vitest_is_read_whole() {
    insta::assert_snapshot!(picture(VITEST), @r#"
    measured, 2 suites, 6 cases
    failed ["broken.test.js", "broken.test.js", "broken.test.js"] 0ms "Cannot find module './missing.js' imported from '/tmp/shop/js/broken.test.js'"
    passed ["shop.test.js", "shop.test.js", "cart > adds"] 1ms
    failed ["shop.test.js", "shop.test.js", "cart > with a discount > subtracts"] 72ms "expected 9 to be 8 // Object.is equality"
    skipped ["shop.test.js", "shop.test.js", "cart > with a discount > never goes below zero"] 0ms
    skipped ["shop.test.js", "shop.test.js", "cart > with a discount > rounds half to even"] 0ms
    passed ["shop.test.js", "shop.test.js", "cart > reaches the bank"] 17ms
    "#);
}

#[test]
fn a_flaky_case_of_nextest_is_passed_and_reruns_count_once() {
    insta::assert_snapshot!(picture(NEXTEST), @r#"
    measured, 1 suites, 3 cases
    passed ["shop", "shop", "tests::adds"] 23ms
    passed (flaky) ["shop", "shop", "tests::settles"] 10ms "thread 'tests::settles' (22657) panicked at src/lib.rs:15:9"
    failed ["shop", "shop", "tests::breaks"] 40ms "thread 'tests::breaks' (22654) panicked at src/lib.rs:7:9"
    "#);
}

#[test]
fn the_worst_result_decides_but_skipped_means_tolerated() {
    insta::assert_snapshot!(
        picture(
            "<testsuite name='s'>
            <testcase name='a'><failure message='f'/><error>\n e\nat x</error></testcase>
            <testcase name='b'><failure>f</failure><skipped/></testcase>
            <testcase name='c' status='notrun'/>
            <testcase name='d' status='disabled'><failure type='T'/></testcase>
            <testcase name='e' status='failed'/>
            <testcase name='f'><rerunError>r</rerunError></testcase>
            <testcase name='g'><failure/><flakyFailure/></testcase>
            <testcase><skipped message='why'/></testcase>
            </testsuite>"
        ),
        @r#"
    measured, 1 suites, 8 cases
    errored ["s", "-", "a"] "e"
    skipped ["s", "-", "b"] "f"
    skipped ["s", "-", "c"]
    failed ["s", "-", "d"] "T"
    failed ["s", "-", "e"]
    errored ["s", "-", "f"] "r"
    failed ["s", "-", "g"]
    skipped ["s", "-", ""] "why"
    warning 5:13 a case has a failure beside `<skipped>`; tolerated, so skipped
    "#
    );
}

#[test]
fn nested_suites_are_flattened_and_cases_count_wherever_they_stand() {
    insta::assert_snapshot!(
        picture(
            "<testsuites name='root'><testcase name='a'/>
            <testsuite name='x' file='x.php'><testsuite><testsuite name='y'><testcase name='b' class='C' file='y.php' line='7'/>
            </testsuite></testsuite><testcase name='c'/></testsuite>
            <testsuites><testsuite name='z'><testcase name='d'/></testsuite></testsuites></testsuites>"
        ),
        @r#"
    measured, 4 suites, 4 cases
    passed ["", "-", "a"]
    passed ["x/y", "C", "b"] "" at y.php:7
    passed ["x", "-", "c"] "" at x.php:0
    passed ["z", "-", "d"]
    "#
    );
}

#[test]
fn what_suites_hide_is_a_suite_error() {
    insta::assert_snapshot!(
        picture(
            "<testsuites><testsuite name='a' tests='2' failures='1' errors='1'><testcase name='t'/></testsuite>
            <testsuite name='b'><error message='class does not load'/></testsuite></testsuites>"
        ),
        @r#"
    measured, 2 suites, 1 cases
    passed ["a", "-", "t"]
    suite error "a" claims 2 failures in its attributes and lists none
    suite error "b" class does not load
    warning 1:1 the file says 2 tests, 1 failure, 1 error; it lists 1 test, 0 failures, 0 errors
    "#
    );
}

#[test]
fn markup_in_output_and_foreign_elements_are_no_results() {
    insta::assert_snapshot!(
        picture(
            "<testsuites xmlns:x='u'><testsuite name='s'><testcase name='a'><system-out><failure/></system-out>
            <x:failure/></testcase><x:testcase name='ghost'/><system-err><testcase name='ghost'/></system-err>
            </testsuite></testsuites>"
        ),
        @r#"
    measured, 1 suites, 1 cases
    passed ["s", "-", "a"]
    "#
    );
    let check = "<testsuites xmlns='http://check.sourceforge.net/ns'><suite><test result='failure'/></suite></testsuites>";
    insta::assert_snapshot!(picture(check), @r"
    unrecognised
    error 0:0 holds `<suite>` and neither `<testsuite>` nor `<testcase>`; not JUnit
    ");
}

#[test]
fn odd_durations_cost_no_case() {
    insta::assert_snapshot!(
        picture(
            "<testsuite name='s' time='x'><testcase name='a' time='1,234.5'/><testcase name='b' time='soon'/>
            <testcase name='c' time='-1'/><testcase name='d' duration='3ms'/><testcase name='e' time='1967986371'/></testsuite>"
        ),
        @r#"
    measured, 1 suites, 5 cases
    passed ["s", "-", "a"] 1234500ms
    passed ["s", "-", "b"]
    passed ["s", "-", "c"]
    passed ["s", "-", "d"] 3ms
    passed ["s", "-", "e"] 1967ms
    warning 1:65 a duration is no number of seconds; counted as unknown (2 times, the first one here)
    warning 2:78 a duration of ten years and more; taken for nanoseconds
    "#
    );
}

/// Every encoding that the text can be written in gives the same report.
#[test]
fn encodings_do_not_change_what_is_read() {
    let xml =
        "<?xml version='1.0' encoding='ENCODING'?><testsuite name='été'><testcase name='naïve'/></testsuite>";
    let expected = reading(xml.replace("ENCODING", "utf-8")).value;
    let wide =
        |text: &str, order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let utf16 = xml.replace("ENCODING", "utf-16");
    let latin: Vec<u8> = xml.replace("ENCODING", "iso-8859-1").chars().map(|c| c as u8).collect();
    let mut all = vec![
        format!("\u{feff}{}", xml.replace("ENCODING", "UTF-8")).into_bytes(),
        wide(&format!("\u{feff}{utf16}"), u16::to_le_bytes),
        wide(&format!("\u{feff}{utf16}"), u16::to_be_bytes),
        wide(&utf16, u16::to_le_bytes),
        latin,
    ];
    let mut gzip = Vec::new();
    let mut packer = flate2::read::GzEncoder::new(all[0].as_slice(), flate2::Compression::fast());
    packer.read_to_end(&mut gzip).unwrap();
    all.push(gzip);
    all.push(zstd::encode_all(all[1].as_slice(), 1).unwrap());
    for bytes in all {
        let read = reading(&bytes);
        assert_eq!((&read.value, read.problems.as_slice()), (&expected, &[][..]));
    }
}

#[test]
fn what_a_damaged_archive_gave_before_its_damage_is_kept() {
    let xml = "<testsuite name='s'><testcase name='a'/></testsuite>";
    let mut packed = Vec::new();
    flate2::read::GzEncoder::new(xml.as_bytes(), flate2::Compression::fast())
        .read_to_end(&mut packed)
        .unwrap();
    packed.extend(b"\x1f\x8b\x08 and no more of it");
    let read = reading(&packed);
    assert_eq!(read.value.map(|report| report.cases.len()), Some(1));
    assert_ne!(read.state, InputState::Measured);
}

#[test]
fn invalid_bytes_are_replaced_with_a_warning_that_says_where() {
    let bytes = b"<testsuite name='s'>\n<testcase name='a\xff\xffb'/></testsuite>";
    insta::assert_snapshot!(picture(bytes), @r#"
    measured, 1 suites, 1 cases
    passed ["s", "-", "a��b"]
    "#);
}

/// How a generated case ends.
fn written(index: usize, kind: u8) -> Written {
    let mut status = match kind {
        0 | 4 => TestCaseStatus::success(),
        1 | 5 => TestCaseStatus::non_success(NonSuccessKind::Failure),
        2 => TestCaseStatus::non_success(NonSuccessKind::Error),
        _ => TestCaseStatus::skipped(),
    };
    if kind > 3 {
        let mut rerun = TestRerun::new(NonSuccessKind::Failure);
        rerun.set_description("<again> & \u{1b}[1m again");
        status.add_rerun(rerun);
    }
    let mut case = Written::new(format!("case {index} <&\"'>"), status);
    case.set_classname("shop::é").set_time(std::time::Duration::from_micros(index as u64));
    case.set_system_out("<testcase name='ghost'><failure/></testcase>");
    case
}

fn report(suites: &[Vec<u8>]) -> (String, TestCounts) {
    let mut report = Report::new("generated");
    let mut counts = TestCounts::default();
    for (number, kinds) in suites.iter().enumerate() {
        let mut suite = TestSuite::new(format!("suite {number}"));
        for (index, kind) in kinds.iter().enumerate() {
            suite.add_test_case(written(index, *kind));
            counts.total += 1;
            match kind {
                0 | 4 => counts.passed += 1,
                1 | 5 => counts.failed += 1,
                2 => counts.errored += 1,
                _ => counts.skipped += 1,
            }
            counts.flaky += u64::from(*kind == 4);
        }
        report.add_test_suite(suite);
    }
    (report.to_string().unwrap(), counts)
}

/// Hands out its bytes a few at a time.
struct Trickle {
    bytes: Cursor<Vec<u8>>,
    step: usize,
}

impl Read for Trickle {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let end = self.step.min(buffer.len());
        self.bytes.read(&mut buffer[..end])
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_written_report_is_read_back_with_the_same_counts(
        suites in prop::collection::vec(prop::collection::vec(0..6_u8, 0..8), 0..5),
    ) {
        let (xml, counts) = report(&suites);
        let read = reading(&xml).value.unwrap_or_default();
        prop_assert_eq!(read.counts(), counts);
        prop_assert_eq!(read.suites, suites.len() as u64);
    }

    #[test]
    fn a_cut_report_keeps_every_complete_case(
        kinds in prop::collection::vec(0..6_u8, 1..6),
        thousandths in 0..1000_usize,
    ) {
        let (xml, _) = report(&[kinds]);
        let cut = xml.len() * thousandths / 1000;
        let bytes = &xml.as_bytes()[..cut];
        let complete = String::from_utf8_lossy(bytes).matches("</testcase>").count();
        let read = reading(bytes);
        prop_assert_eq!(read.value.map_or(0, |report| report.cases.len()), complete);
        prop_assert!(matches!(read.state, InputState::Incomplete | InputState::Invalid | InputState::Empty) || cut + 2 >= xml.len());
    }

    #[test]
    fn the_size_of_the_pieces_does_not_matter(
        kinds in prop::collection::vec(0..6_u8, 1..6),
        step in 1..100_usize,
        gap in 0..100_000_usize,
    ) {
        let (xml, _) = report(&[kinds]);
        let xml = xml.replacen("<testcase", &format!("<!--{}-->\n<testcase", "é ".repeat(gap / 3)), 1);
        let bytes = Cursor::new(xml.clone().into_bytes());
        let pieces = read(&mut open(Box::new(Trickle { bytes, step })).unwrap());
        prop_assert_eq!(pieces, reading(&xml));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0..1700_usize) {
        let mut damaged = PYTEST.as_bytes().to_vec();
        let end = (at + bytes.len()).min(damaged.len());
        damaged.splice(at.min(end)..end, bytes);
        if let Ok(mut text) = open(Box::new(Cursor::new(damaged))) {
            let read = read(&mut text);
            prop_assert!(read.state != InputState::Measured || read.value.is_some());
        }
    }
}
