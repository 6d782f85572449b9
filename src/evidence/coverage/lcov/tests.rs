use super::*;
use crate::evidence::coverage::shown;

fn shown(text: &str) -> String {
    shown::shown(&read(text.as_bytes()))
}

#[test]
fn records_of_all_dialects_are_read() {
    insta::assert_snapshot!(shown("\
#made by hand after geninfo(1)
TN:unit
SF:src/a.cpp
VER:1
FN:3,9,int f<int, int>(int)
FNDA:2,int f<int, int>(int)
FN:12,g()
BRDA:3,0,0,1
BRDA:3,e0,1,-
BRDA:3,U0,2,-
BRDA:3,1,jump to line 4, or 5,0
DA:3,2,4gJGHzLkTFjUjmOBY0Vvbg
DA:5,1.5e+10
DA:4,0
DA:4,1
MCDC:4,2,t,1,0,a
LF:3
LH:3
end_of_record
SF:C:\\repo\\src\\b.cpp
FNL:0,3,9
FNA:0,0,f<int>()
FNA:0,2,f<double>()
FNL:1,12
FNA:1,0,g()
DA:12,0
LF:1
LH:0
end_of_record
"), @"
    measured
    C:/repo/src/b.cpp [(12, 0)] functions 1/2
    src/a.cpp [(3, 2), (4, 1), (5, 255)] branches 1/3 functions 1/2
    ");
}

#[test]
fn sections_of_one_file_are_united() {
    let text = "SF:a.c\nDA:1,1\nDA:2,0\nBRDA:2,0,0,-\nLF:2\nLH:1\nend_of_record\n\
                TN:other\nSF:./a.c\nDA:2,5\nDA:3,0\nBRDA:2,0,0,3\nLF:2\nLH:1\nend_of_record\n";
    assert_eq!(shown(text), "measured\na.c [(1, 1), (2, 5), (3, 0)] branches 1/1");
}

#[test]
fn windows_line_ends_and_trailing_blanks_change_nothing() {
    let text = "TN:\nSF:src/a.c\nFN:1,f\nFNDA:1,f\nDA:1,1\nDA:2,0\nBRDA:2,0,0,-\nend_of_record\n";
    assert_eq!(shown(&text.replace('\n', "\r\n")), shown(text));
    assert_eq!(shown(&text.replace('\n', " \n")), shown(text));
}

#[test]
fn odd_records_are_said_once_each_with_their_place() {
    insta::assert_snapshot!(shown("\
DA:1,1
SF:
DA:1,1
DA:2,1
end_of_record
SF:../../outside.c
DA:0,1
DA:-5,1
DA:99999999999999999999,1
DA:7
DA:8,=====
DA:9,-1
DA:4294967295,18446744073709551616
BRDA:9,0,0,None
BRDA:9
SF:src/b.c
DA:1,0
LF:9
LH:9
"), @"
    measured
    ../../outside.c [(8, 0), (9, 0), (4294967295, 255)] branches 0/1
    src/b.c [(1, 0)]
    warning 1:1 `DA:1,1`: belongs to no source file; left out (4 times, the first one here)
    warning 6:1 `../../outside.c`: a source file above the project; kept as a name only
    warning 7:1 `DA:0,1`: no line number from 1 to 4294967295; left out (3 times, the first one here)
    warning 10:1 `DA:7`: cannot be read; left out (2 times, the first one here)
    warning 11:1 `DA:8,=====`: no hit count; taken as not run (3 times, the first one here)
    warning 16:1 `SF:../../outside.c`: has no `end_of_record`; kept (2 times, the first one here)
    ");
}

#[test]
fn a_file_cut_in_the_middle_of_a_record_is_incomplete() {
    let whole = "SF:a.c\nDA:1,1\nend_of_record\nSF:b.c\nDA:1,0\n";
    assert!(shown(whole).starts_with("measured\na.c [(1, 1)]\nb.c [(1, 0)]\nwarning 5:1 `SF:b.c`"));
    for cut in ["D", "DA:2", "BRDA:1,0", "end_of_rec"] {
        let shown = shown(&format!("{whole}{cut}"));
        assert!(shown.starts_with("incomplete\na.c [(1, 1)]\nb.c [(1, 0)]\n"), "{shown}");
        assert!(
            shown.ends_with("error 6:1 the file ends in the middle of a record; what came before it is kept")
        );
    }
}

#[test]
fn no_coverable_line_is_empty_and_never_a_percentage() {
    for text in ["", "TN:\n", "SF:a.ts\nFN:1,f\nend_of_record\n"] {
        assert!(shown(text).starts_with("empty\nwarning"), "{text}");
    }
}

#[test]
fn a_section_without_end_is_read_in_parts() {
    let branches = |taken| (1..=300_000).map(move |line| format!("BRDA:{line},0,jump,{taken}\n"));
    let text: String = ["SF:a.c\nDA:1,1\nFN:1,f\n".to_owned()]
        .into_iter()
        .chain(branches("-"))
        .chain(branches("1"))
        .chain(["FNDA:1,f\nend_of_record\n".to_owned()])
        .collect();
    assert_eq!(shown(&text), "measured\na.c [(1, 1)] branches 300000/300000 functions 1/1");
}

#[test]
fn very_long_names_are_read() {
    let name = "_Z".repeat(2 << 20);
    let text = format!("SF:a.c\nFN:1,{name}\nFNDA:1,{name}\nDA:1,1\nend_of_record\n");
    assert_eq!(shown(&text), "measured\na.c [(1, 1)] functions 1/1");
}

#[test]
fn tracefiles_are_known_by_their_first_record() {
    for head in ["TN:\nSF:a", "\n\nSF:/x/a.c\n", "# made by hand\nTN:unit\n", "VER:1\n"] {
        assert!(looks_like(head), "{head}");
    }
    for head in ["", "<coverage/>", "mode: set\n", "SFX: no", "#only a comment\n"] {
        assert!(!looks_like(head), "{head}");
    }
}
