use std::fmt::Write as _;

use super::characters::PIECE;
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

/// The same as [`events`], as quick-xml sees it.
fn second_opinion(xml: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut seen = String::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) => {
                write!(seen, "<{}", tag.name().0).unwrap();
                for attribute in tag.attributes().map(Result::unwrap) {
                    let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap();
                    write!(seen, " {}={value}", attribute.key.0).unwrap();
                }
                seen.push('>');
            }
            quick_xml::events::Event::End(tag) => write!(seen, "</{}>", tag.name().0).unwrap(),
            quick_xml::events::Event::Text(text) => seen += &text,
            quick_xml::events::Event::CData(text) => seen += &text,
            quick_xml::events::Event::GeneralRef(name) => {
                seen += &reference::replaced(&format!("&{};", &*name));
            }
            quick_xml::events::Event::Eof => return seen,
            _ => {}
        }
    }
}

proptest::proptest! {
    #[test]
    fn well_formed_files_look_the_same_to_another_parser(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "<a>", "</a>", "<b c='1' d=\"x &lt; é\"/>", "text ", "&amp;", "&#233;", "<![CDATA[<x> & ]] ]]>",
                "<!-- > ' -->", "<?p > ?>", "\n\t", "] ]>",
            ]),
            0..40,
        ),
    ) {
        let mut open = 1_usize;
        let mut xml = String::from("<r>");
        for part in parts {
            match part {
                "<a>" => open += 1,
                "</a>" if open == 1 => continue,
                "</a>" => open -= 1,
                _ => {}
            }
            xml += part;
        }
        xml += &"</a>".repeat(open - 1);
        xml += "</r>";
        proptest::prop_assert_eq!(events(&xml), second_opinion(&xml));
    }
}

/// Longer than what is read before a thread of its own reads ahead.
const LONG: usize = 3 << 20;

#[test]
fn a_long_file_that_is_read_ahead_looks_as_its_parts_do() {
    // No part is as long as a piece, so that each is cut by some of them; what looks like a tag is not always one.
    let part = "<case name='a &lt; b' class=\"k\"\n  time=\"0.5\"/><!-- <case name='no'/> --><t:out xmlns:t='v'>\
                é<![CDATA[<case name=\"no\">]]></t:out><case less='<b x=\"1\">' tab='\t'>text</case><é ü='漢字'/>\n";
    let alone = events(&format!("<r>{part}</r>"));
    let (seen, warning) = alone.split_once("\nwarning").unwrap();
    let inside = seen.strip_prefix("<r>").and_then(|seen| seen.strip_suffix("</r>")).unwrap();
    let times = LONG / part.len();
    let long = events(&format!("<r>{}</r>", part.repeat(times)));
    let (long, long_warning) = long.split_once("\nwarning").unwrap();
    assert!(long == format!("<r>{}</r>", inside.repeat(times)));
    assert_eq!(long_warning, format!("{warning} ({times} times, the first one here)"));
}

#[test]
fn a_fault_far_into_a_file_that_is_read_ahead_has_its_place() {
    let part = "<case name='a'/>\n";
    let times = LONG / part.len();
    let fault = |end: &str| {
        events(&format!("<r>\n{}{end}", part.repeat(times))).split_once('\n').unwrap().1.to_owned()
    };
    let line = times + 2;
    assert!(
        fault("<a></b></r>").ends_with(&format!("invalid {line}:4 `</b>` closes `<a>`")),
        "{}",
        fault("<a></b></r>")
    );
}
