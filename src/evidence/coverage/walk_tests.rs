//! What holds for the readers of all XML formats that share the walk.

use crate::evidence::bytes;
use crate::evidence::coverage::formats::FORMATS;
use crate::evidence::format::Head;
use crate::model::input::{Content, InputState};

const SAMPLES: [(&str, &str); 8] = [
    (
        "jacoco",
        "<report name='r'><package name='p'><sourcefile name='A.java'><line nr='1' mi='0' ci='1'/></sourcefile></package></report>",
    ),
    (
        "clover",
        "<coverage generated='1'><project><file name='a'><line num='1' type='stmt' count='1'/></file></project></coverage>",
    ),
    (
        "opencover",
        "<CoverageSession><Module><File uid='1' fullPath='a'/><SequencePoint vc='1' sl='1' el='2' fileid='1'/></Module></CoverageSession>",
    ),
    (
        "dotcover",
        "<Root><FileIndices><File Index='1' Name='a'/></FileIndices><Statement FileIndex='1' Line='1' Covered='True'/></Root>",
    ),
    (
        "vs-coverage",
        "<results><modules><module><range source_id='1' start_line='1' end_line='2' covered='yes'/><source_file id='1' path='a'/></module></modules></results>",
    ),
    (
        "vs-coverage",
        "<CoverageDSPriv><Lines><LnStart>1</LnStart><Coverage>0</Coverage><SourceFileID>1</SourceFileID></Lines><SourceFileNames><SourceFileID>1</SourceFileID><SourceFileName>a</SourceFileName></SourceFileNames></CoverageDSPriv>",
    ),
    (
        "sonar-coverage",
        "<coverage version='1'><file path='a'><lineToCover lineNumber='1' covered='true'/></file></coverage>",
    ),
    (
        "scoverage",
        "<scoverage><class filename='a'><statement line='1' invocation-count='1'/></class></scoverage>",
    ),
];

fn detect(text: &str) -> Vec<&'static str> {
    let head = Head::of(text);
    FORMATS.iter().filter(|format| (format.looks_like)(&head)).map(|format| format.name).collect()
}

/// The state, and how many lines there are.
fn read(name: &str, text: &str) -> (InputState, u64) {
    let format = FORMATS.iter().find(|format| format.name == name).unwrap();
    let mut text = bytes::open(Box::new(std::io::Cursor::new(text.to_owned()))).unwrap();
    let reading = (format.read)(&mut text);
    let lines = match reading.value {
        Some(Content::Coverage(report)) => report.totals().lines.total,
        _ => 0,
    };
    (reading.state, lines)
}

#[test]
fn exactly_one_format_claims_an_xml_report_and_reads_it() {
    for (name, text) in SAMPLES {
        assert_eq!(detect(text), [name], "{text}");
        let (state, lines) = read(name, text);
        assert!(state == InputState::Measured && lines > 0, "{text}");
    }
}

#[test]
fn a_root_that_formats_share_is_not_enough() {
    for (head, formats) in [
        ("<coverage line-rate='1'><packages/></coverage>", &["cobertura"][..]),
        ("<coverage line-rate='1' version='1'/>", &["cobertura"]),
        ("<coverage version='1'/>", &["sonar-coverage"]),
        ("<coverage clover='3.2.0'/>", &["clover"]),
        ("<coverage clover='3.2.0' version='1'/>", &["clover"]),
        ("<coverage profilerVersion='1'><module/></coverage>", &[]),
        ("<coverage/>", &[]),
        ("<report><section/></report>", &[]),
        ("<report/>", &[]),
        ("<results><test/></results>", &[]),
        ("<Root><a/></Root>", &[]),
        ("<a><CoverageSession/></a>", &[]),
    ] {
        assert_eq!(detect(head), formats, "{head}");
    }
}

#[test]
fn an_xml_report_that_is_cut_anywhere_is_never_measured() {
    for (name, text) in SAMPLES {
        for end in 1..text.len() {
            let (state, _) = read(name, text.get(..end).unwrap());
            assert!(!matches!(state, InputState::Measured | InputState::Empty), "{name} {end}");
        }
    }
}

#[test]
fn two_reports_in_one_file_are_refused() {
    for (name, text) in SAMPLES {
        assert_eq!(read(name, &format!("{text}{text}")).0, InputState::Invalid, "{name}");
    }
}

#[test]
fn absurd_numbers_are_survived() {
    for (name, text) in SAMPLES {
        for number in ["'0'", "'-1'", "''", "'4294967295'", "'18446744073709551616'", "'1e400'", "'&#9;'"] {
            let (state, lines) = read(name, &text.replace("'1'", number));
            assert!(state != InputState::Measured || lines < 3, "{name} {number}");
        }
    }
}
