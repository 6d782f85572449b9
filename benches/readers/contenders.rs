//! Who else reads the same bytes.

use quick_xml::events::Event;
use serde::de::IgnoredAny;

use super::measure::Contender;

/// Readers of JUnit.
pub(crate) fn junit() -> Vec<Contender> {
    vec![
        ("a bare quick-xml walk with attributes", walk),
        ("the junit-parser crate", |bytes| {
            junit_parser::from_reader(bytes)
                .map_or(0, |suites| suites.suites.iter().map(|suite| suite.cases.len()).sum())
        }),
        ("quick-junit's deserialiser", |bytes| {
            let report = quick_junit::Report::deserialize(bytes);
            report.map_or(0, |report| report.test_suites.iter().map(|suite| suite.test_cases.len()).sum())
        }),
    ]
}

/// Who reads any XML.
pub(crate) fn xml() -> Vec<Contender> {
    vec![("a bare quick-xml walk with attributes", walk)]
}

/// Who reads any JSON.
pub(crate) fn json() -> Vec<Contender> {
    vec![
        ("serde_json that skips everything", |bytes| {
            usize::from(serde_json::from_slice::<IgnoredAny>(bytes).is_ok())
        }),
        ("serde_json that keeps everything", |bytes| {
            usize::from(serde_json::from_slice::<serde_json::Value>(bytes).is_ok())
        }),
    ]
}

/// Who reads any lines.
pub(crate) fn lines() -> Vec<Contender> {
    vec![("counting line ends by memchr", |bytes| memchr::memchr_iter(b'\n', bytes).count())]
}

/// Events and attributes of a document that is in memory, so that nothing is copied.
fn walk(bytes: &[u8]) -> usize {
    let mut reader = quick_xml::Reader::from_reader(bytes);
    let (mut elements, mut length) = (0, 0);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                elements += 1;
                length += tag.attributes().flatten().map(|attribute| attribute.value.len()).sum::<usize>();
            }
            Ok(_) => {}
            Err(error) => panic!("{error}"),
        }
    }
    std::hint::black_box(length);
    elements
}
