use std::fmt::Write as _;

use super::*;
use crate::evidence::bytes::open;
use crate::model::input::InputState;

/// The events of `xml` on one line, then the error and the warnings.
fn events(xml: &str) -> String {
    let mut text = open(Box::new(std::io::Cursor::new(xml.to_owned()))).unwrap();
    let mut cursor = Cursor::new(&mut text);
    let mut seen = String::new();
    let stop = loop {
        match cursor.next() {
            Ok(Event::Start(tag)) => {
                write!(seen, "<{}", tag.name()).unwrap();
                for (name, value) in tag.attributes() {
                    write!(seen, " {name}={}", value.decoded()).unwrap();
                }
                seen += if tag.is_foreign() { "!>" } else { ">" };
            }
            Ok(Event::End(name)) => write!(seen, "</{name}>").unwrap(),
            Ok(Event::Text(text)) => seen += &text.replace('\u{1b}', "\u{241b}"),
            Ok(Event::Eof) => break None,
            Err(stop) => break Some(stop),
        }
    };
    let problems = cursor.problems().into_iter().map(|p| ("warning", p));
    let stop = stop.into_iter().map(|stop| (stop.state.name(), stop.problem));
    for (state, p) in problems.chain(stop) {
        write!(seen, "\n{state} {}:{} {}", p.line.unwrap(), p.column.unwrap(), p.message).unwrap();
    }
    seen
}

#[test]
fn elements_attributes_text_and_cdata_come_in_order() {
    insta::assert_snapshot!(
        events("<?xml version='1.0'?><!-- c --><!DOCTYPE a [<!-- ]> ' --><!ENTITY x \"]>\">]><a b='1' c = \"x&lt;&#65;\"><d/>t&amp;<![CDATA[<x>&]]]]><![CDATA[>]]></a >"),
        @r"
    <a b=1 c=x<A><d></d>t&<x>&]]></a>
    warning 1:44 the document type declares entities or attributes; it is never applied
    "
    );
}

#[test]
fn namespaces_other_than_the_roots_are_foreign() {
    insta::assert_snapshot!(
        events("<j:a xmlns:j='u' xmlns:x='v'><j:b/><x:b/><b/><b xmlns='u'><c/></b><d/></j:a>"),
        @"<a xmlns:j=u xmlns:x=v><b></b><b!></b><b!></b><b xmlns=u><c></c></b><d!></d></a>"
    );
}

#[test]
fn each_fault_has_its_place() {
    let faults = [
        "<a>\n <b></c></a>",
        "<a></a></b>",
        "<a x='1' x='2'/>",
        "<a>&nbsp;</a>",
        "<a x='\n &nbsp;'/>",
        "<a>\n<!-- -- --></a>",
        "<a><b c></b></a>",
        "<a><b c=1></b></a>",
        "<a><b <c/></a>",
        "<a>< b/></a>",
        "<!-- x -->\n<?xml version='1.0'?><a/>",
        "<a/>\n<b/>",
        "just text",
    ];
    let all: Vec<String> = faults.iter().map(|xml| events(xml).lines().last().unwrap().to_owned()).collect();
    insta::assert_snapshot!(all.join("\n"), @r"
    invalid 2:5 `</c>` closes `<b>`
    invalid 1:8 `</b>` closes nothing
    invalid 1:10 attribute `x` stands twice in this tag
    invalid 1:4 entity `&nbsp;` is not defined; only the five of XML itself are read
    invalid 2:2 entity `&nbsp;` is not defined; only the five of XML itself are read
    invalid 2:6 `--` inside a comment
    invalid 1:7 attribute `c` has no value in quotes
    invalid 1:7 attribute `c` has no value in quotes
    invalid 1:7 `<` inside the tag `<b`; the `>` before it is missing
    invalid 1:4 `< ` begins no tag; write `&lt;` for a literal `<`
    invalid 2:1 an XML declaration may only stand at the beginning of the document
    invalid 2:1 a second document with another root, `<b>` after `<a>`
    invalid 1:10 no root element found
    ");
}

#[test]
fn a_cut_is_told_apart_from_a_fault() {
    let cuts =
        ["<a>\n<b x='1", "<a>\n<b>tex", "<a><![CDATA[x", "<a><!-- x", "<a></", "<a>\n</a", "<a><", "<a><!"];
    for xml in cuts {
        assert!(events(xml).lines().last().unwrap().starts_with("incomplete "), "{xml}: {}", events(xml));
    }
}

#[test]
fn damage_that_tools_write_is_repaired_with_a_warning() {
    insta::assert_snapshot!(
        events("log <1>\n<?xml version='1.0'?><a b='x<y & z'>1 ]]> 2 &#27;</a>\ndone\n<?xml version='1.0'?><a/>"),
        @r"
        <a b=x<y & z>1 ]]> 2 ␛</a><a></a>
        warning 1:1 text outside of the document; left out (2 times, the first one here)
        warning 2:29 a bare `<` in an attribute should be `&lt;`
        warning 2:32 a bare `&` should be `&amp;`
        warning 2:39 `]]>` in text should be `]]&gt;`
        warning 2:45 a reference to a character that XML does not allow
        warning 4:22 another document follows in the same file; read as well
        "
    );
}

#[test]
fn depth_is_limited() {
    let deep = "<a>".repeat(100_000);
    assert!(events(&deep).contains("invalid 1:3001 elements are nested deeper than 1000"));
}

#[test]
fn long_text_comes_in_pieces_and_whole() {
    let long = "é&amp;".repeat(100_000);
    assert_eq!(events(&format!("<a>{long}</a>")), format!("<a>{}</a>", "é&".repeat(100_000)));
    assert_eq!(events(&format!("<a><![CDATA[{long}]]></a>")), format!("<a>{long}</a>"));
    let mut text = open(Box::new(std::io::Cursor::new(format!("<a>{long}</a>")))).unwrap();
    let mut cursor = Cursor::new(&mut text);
    loop {
        match cursor.next() {
            Ok(Event::Text(text)) => assert!(text.len() <= 4 * PIECE),
            Ok(Event::Eof) => break,
            other => assert!(other.is_ok()),
        }
    }
}

#[test]
fn an_element_is_skipped_with_all_that_is_in_it() {
    let mut text = Text::from("<a><b><c/>x</b><d/></a>");
    let mut cursor = Cursor::new(&mut text);
    let mut names = Vec::new();
    while let Ok(event) = cursor.next() {
        let skip = match event {
            Event::Start(tag) => {
                names.push(tag.name().to_owned());
                tag.name() == "b"
            }
            Event::Eof => break,
            _ => false,
        };
        if skip {
            cursor.skip_element().unwrap();
        }
    }
    assert_eq!(names, ["a", "b", "d"]);
}

#[test]
fn a_cut_file_is_incomplete_and_never_invalid() {
    let xml = "<?xml version='1.0'?><!-- c --><a b='1'>t &lt;<c/><![CDATA[x]]></a>";
    for end in 1..xml.len() {
        let mut text = open(Box::new(std::io::Cursor::new(xml.as_bytes()[..end].to_vec()))).unwrap();
        let mut cursor = Cursor::new(&mut text);
        let stop = loop {
            match cursor.next() {
                Ok(Event::Eof) => panic!("{end}"),
                Ok(_) => {}
                Err(stop) => break stop,
            }
        };
        assert!(
            stop.state == InputState::Incomplete || stop.problem.message == "no root element found",
            "{end}"
        );
    }
}
