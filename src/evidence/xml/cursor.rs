//! The cursor: one event after another.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use super::fault::{Blemish, Blemishes, Fault, MAX_TAG};
use super::names::{Names, local, shown};
use super::reference;
use super::tag::{Outline, Span, Tag, Trouble, outline};
use crate::evidence::bytes::{Place, Text};
use crate::evidence::reading::Stop;
use crate::model::input::Problem;

/// Text is handed out in pieces of at least this size, unless it ends before.
const PIECE: usize = 32 << 10;

/// What the cursor comes upon. An empty element is a start and an end.
#[derive(Clone, Debug)]
pub enum Event<'a> {
    /// `<name …>`, or the first half of `<name …/>`.
    Start(Tag<'a>),
    /// `</name>`, or the second half of `<name …/>`; the name without its prefix.
    End(&'a str),
    /// A piece of text or CDATA with its references replaced; long text comes in several pieces.
    Text(Cow<'a, str>),
    /// The end of a well-formed file.
    Eof,
}

/// A pull parser; see the module's documentation for what it guarantees.
pub struct Cursor<'t> {
    text: &'t mut Text,
    state: State,
    names: Names,
    spans: Vec<Span>,
    /// Bytes of the last event, consumed when the next one is asked for.
    pending: usize,
    /// Name of the first root element.
    root: Option<String>,
    /// Markup other than text was seen before the root.
    prolog: bool,
    blemishes: Blemishes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Content,
    Cdata,
    /// Behind the start of `<a/>`, whose name ends at this offset.
    Empty {
        name: usize,
    },
}

/// An event as offsets into the rest of the text.
#[derive(Clone, Copy, Debug)]
enum Token {
    Start { outline: Outline, foreign: bool },
    End { from: usize, to: usize },
    Text { length: usize, raw: bool },
    Eof,
}

impl<'t> Cursor<'t> {
    /// A cursor at the beginning of `text`.
    pub fn new(text: &'t mut Text) -> Self {
        Self {
            text,
            state: State::Content,
            names: Names::default(),
            spans: Vec::new(),
            pending: 0,
            root: None,
            prolog: false,
            blemishes: Blemishes::default(),
        }
    }

    /// The next event.
    #[expect(
        clippy::should_implement_trait,
        reason = "the event borrows from the cursor, an iterator's item cannot"
    )]
    pub fn next(&mut self) -> Result<Event<'_>, Stop> {
        let token = self.advance()?;
        Ok(match token {
            Token::Eof => Event::Eof,
            Token::End { from, to } => Event::End(local(self.text.slice(from, to))),
            Token::Text { length, raw: true } => Event::Text(Cow::Borrowed(self.text.slice(0, length))),
            Token::Text { length, raw: false } => {
                Event::Text(reference::replaced(self.text.slice(0, length)))
            }
            Token::Start { outline, foreign } => {
                let source = self.text.slice(0, outline.length);
                let name = self.text.slice(1, outline.name);
                Event::Start(Tag { source, name, spans: &self.spans, foreign })
            }
        })
    }

    /// Goes to the end of the element whose [`Event::Start`] came last; nothing of it is kept.
    pub fn skip_element(&mut self) -> Result<(), Stop> {
        let outside = self.names.depth().saturating_sub(1);
        while self.names.depth() > outside {
            if matches!(self.advance()?, Token::Eof) {
                break;
            }
        }
        Ok(())
    }

    /// Where the last event begins.
    pub fn place(&mut self) -> Place {
        self.text.place()
    }

    /// How many elements are open; 1 directly behind the root's start.
    pub fn depth(&self) -> usize {
        self.names.depth()
    }

    /// Warnings about what was repaired so far.
    pub fn problems(&self) -> Vec<Problem> {
        self.blemishes.problems()
    }

    fn advance(&mut self) -> Result<Token, Stop> {
        if let State::Empty { name } = self.state {
            self.state = State::Content;
            self.names.pop();
            return Ok(Token::End { from: 1, to: name });
        }
        self.text.consume_bytes(std::mem::take(&mut self.pending));
        loop {
            let first = self.text.rest().as_bytes().first().copied();
            let step = match (self.state, first) {
                (_, None) if self.grow()? => None,
                (_, None) => return self.end_of_file(),
                (State::Cdata, Some(_)) => self.cdata()?,
                (_, Some(b'<')) => self.markup()?,
                (_, Some(_)) => self.characters()?,
            };
            if let Some(token) = step {
                return Ok(token);
            }
        }
    }

    fn grow(&mut self) -> Result<bool, Stop> {
        self.text.grow().map_err(|error| {
            let place = self.text.place_ahead(usize::MAX);
            Stop::from_io(&error, place.line, place.column)
        })
    }

    /// Grows until the rest has at least `length` bytes; false when the file ends before.
    fn reach(&mut self, length: usize) -> Result<bool, Stop> {
        while self.text.rest().len() < length {
            if !self.grow()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn fault(&self, ahead: usize, fault: &Fault) -> Stop {
        let place = self.text.place_ahead(ahead);
        Stop::invalid(Problem::error(fault.to_string()).at(place.line, place.column))
    }

    /// The file ends where it must not.
    fn cut(&self, inside: &str) -> Stop {
        let place = self.text.place_ahead(usize::MAX);
        let message = Fault::Cut(inside.to_owned()).to_string();
        Stop::incomplete(Problem::error(message).at(place.line, place.column))
    }

    fn end_of_file(&self) -> Result<Token, Stop> {
        match (self.names.innermost(), &self.root) {
            (_, _) if self.state == State::Cdata => Err(self.cut("inside a CDATA section")),
            (Some(open), _) => Err(self.cut(&format!("before `</{}>`", shown(open)))),
            (None, None) => Err(self.fault(0, &Fault::NoRoot)),
            (None, Some(_)) => Ok(Token::Eof),
        }
    }

    /// Takes the next `length` bytes as text.
    fn piece(&mut self, length: usize, raw: bool) -> Option<Token> {
        self.pending = length;
        (length > 0).then_some(Token::Text { length, raw })
    }

    fn characters(&mut self) -> Result<Option<Token>, Stop> {
        let rest = self.text.rest();
        let length = match memchr(b'<', rest.as_bytes()) {
            Some(length) => length,
            None if rest.len() < PIECE && self.grow()? => return Ok(None),
            None => match reference::safe_cut(self.text.rest()) {
                0 if self.grow()? => return Ok(None),
                0 => self.text.rest().len(),
                cut => cut,
            },
        };
        let text = self.text.slice(0, length);
        if self.names.depth() == 0 {
            let blank = text.trim_ascii().is_empty();
            self.outside(blank, length);
            return Ok(None);
        }
        if memchr::memchr2(b'&', b']', text.as_bytes()).is_some() {
            self.check(length)?;
        }
        Ok(self.piece(length, false))
    }

    /// Checks the references and looks for `]]>` in the text ahead.
    fn check(&mut self, length: usize) -> Result<(), Stop> {
        let Self { text, blemishes, .. } = self;
        let ahead = text.slice(0, length);
        for at in memmem::find_iter(ahead.as_bytes(), b"]]>") {
            blemishes.add(Blemish::CdataEnd, || text.place_ahead(at));
        }
        let checked = reference::check(ahead, |what, at| blemishes.add(what, || text.place_ahead(at)));
        checked.map_err(|(at, fault)| self.fault(at, &fault))
    }

    /// Text before or behind the root element. Log lines may hold `<`, so a declaration further on goes first.
    fn outside(&mut self, blank: bool, length: usize) {
        let mut skipped = length;
        if !blank {
            self.blemishes.add(Blemish::TextOutside, || self.text.place_ahead(0));
            if self.root.is_none() {
                let declaration = memmem::find(self.text.rest().as_bytes(), b"<?xml");
                skipped = declaration.unwrap_or(length);
            }
        }
        self.text.consume_bytes(skipped);
    }

    fn cdata(&mut self) -> Result<Option<Token>, Stop> {
        const END: &[u8] = b"]]>";
        let rest = self.text.rest();
        if rest.as_bytes().starts_with(END) {
            self.text.consume_bytes(END.len());
            self.state = State::Content;
            return Ok(None);
        }
        let length = match memmem::find(rest.as_bytes(), END) {
            Some(length) => length,
            None if rest.len() >= PIECE => rest.floor_char_boundary(rest.len() - END.len()),
            None if self.grow()? => return Ok(None),
            None => return Err(self.cut("inside a CDATA section")),
        };
        Ok(self.piece(length, true))
    }

    fn markup(&mut self) -> Result<Option<Token>, Stop> {
        const LONGEST: usize = "<![CDATA[".len();
        self.reach(LONGEST)?;
        let rest = self.text.rest().as_bytes();
        match rest.get(1) {
            None => Err(self.cut("inside a tag")),
            Some(b'/') => self.end_tag().map(Some),
            Some(b'?') => self.instruction(),
            Some(b'!') if rest.starts_with(b"<!--") => self.comment(),
            Some(b'!') if rest.starts_with(b"<![CDATA[") && self.names.depth() > 0 => {
                self.text.consume_bytes(LONGEST);
                self.state = State::Cdata;
                Ok(None)
            }
            Some(b'!') if rest.starts_with(b"<!DOCTYPE") && self.root.is_none() => self.document_type(),
            Some(b'!') if rest.len() < LONGEST => Err(self.cut("inside markup")),
            Some(byte) if byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':' | 0x80..) => {
                self.start_tag().map(Some)
            }
            Some(_) if self.names.depth() == 0 => {
                self.outside(false, 1);
                Ok(None)
            }
            Some(_) => {
                let next = self.text.slice(1, self.text.rest().len()).chars().next().unwrap_or(' ');
                Err(self.fault(0, &Fault::Markup(next)))
            }
        }
    }

    fn end_tag(&mut self) -> Result<Token, Stop> {
        let mut searched = 2;
        let end = loop {
            let rest = self.text.rest().as_bytes();
            match memchr::memchr2(b'>', b'<', rest.get(searched..).unwrap_or_default()) {
                Some(at) => break searched + at,
                None if rest.len() > MAX_TAG => return Err(self.fault(0, &Fault::TagSize)),
                None => searched = rest.len(),
            }
            if !self.grow()? {
                return Err(self.cut("inside an end tag"));
            }
        };
        let name = self.text.slice(2, end).trim_ascii_end();
        let length = name.len();
        if self.text.slice(end, end + 1) == "<" {
            return Err(self.fault(end, &Fault::UnclosedTag(shown(&format!("/{name}")))));
        }
        let closed = self.names.close(name);
        closed.map_err(|fault| self.fault(0, &fault))?;
        self.pending = end + 1;
        Ok(Token::End { from: 2, to: 2 + length })
    }

    fn start_tag(&mut self) -> Result<Token, Stop> {
        let outline = self.outline()?;
        let Self { text, names, spans, .. } = self;
        let tag = text.slice(0, outline.length);
        let name = text.slice(1, outline.name);
        let opened = names.open(name);
        for span in spans.iter().filter(|span| span.name(tag).starts_with("xmlns")) {
            names.declare(span.name(tag), span.value(tag));
        }
        let foreign = names.is_foreign();
        let rooted = if names.depth() == 1 { self.root_element(outline) } else { Ok(()) };
        opened.and(rooted).map_err(|fault| self.fault(0, &fault))?;
        if outline.empty {
            self.state = State::Empty { name: outline.name };
        }
        self.pending = outline.length;
        Ok(Token::Start { outline, foreign })
    }

    /// The outline of the tag ahead, growing as far as it needs.
    fn outline(&mut self) -> Result<Outline, Stop> {
        loop {
            let Self { text, spans, blemishes, .. } = self;
            let found = outline(text.rest(), spans, |what, at| blemishes.add(what, || text.place_ahead(at)));
            let length = match found {
                Ok(outline) => return Ok(outline),
                Err(Trouble::Fault(at, fault)) => return Err(self.fault(at, &fault)),
                Err(Trouble::More) => self.text.rest().len(),
            };
            if length > MAX_TAG {
                return Err(self.fault(0, &Fault::TagSize));
            }
            if !self.reach(2 * length)? && self.text.rest().len() == length {
                return Err(self.cut("inside a tag"));
            }
        }
    }

    /// The first root is remembered; another document may follow when its root has the same name.
    fn root_element(&mut self, outline: Outline) -> Result<(), Fault> {
        let name = self.text.slice(1, outline.name);
        match &self.root {
            None => self.root = Some(shown(name)),
            Some(first) if *first == shown(name) => {
                self.blemishes.add(Blemish::SecondDocument, || self.text.place_ahead(0));
            }
            Some(first) => {
                return Err(Fault::OtherRoot { first: first.clone(), found: shown(name) });
            }
        }
        Ok(())
    }

    fn comment(&mut self) -> Result<Option<Token>, Stop> {
        self.prolog = true;
        self.text.consume_bytes("<!--".len());
        loop {
            let rest = self.text.rest();
            match memmem::find(rest.as_bytes(), b"--") {
                Some(at) if rest.as_bytes().get(at + 2) == Some(&b'>') => {
                    self.text.consume_bytes(at + 3);
                    return Ok(None);
                }
                Some(at) if rest.len() > at + 2 => return Err(self.fault(at, &Fault::Comment)),
                Some(at) => self.text.consume_bytes(at),
                None => {
                    let kept = usize::from(rest.ends_with('-'));
                    self.text.consume_bytes(rest.len() - kept);
                }
            }
            if !self.grow()? {
                return Err(self.cut("inside a comment"));
            }
        }
    }

    fn instruction(&mut self) -> Result<Option<Token>, Stop> {
        let declaration = self.text.rest().as_bytes().starts_with(b"<?xml ");
        if declaration && (self.names.depth() > 0 || (self.prolog && self.root.is_none())) {
            return Err(self.fault(0, &Fault::Declaration));
        }
        self.prolog = true;
        self.text.consume_bytes("<?".len());
        loop {
            let rest = self.text.rest();
            if let Some(at) = memmem::find(rest.as_bytes(), b"?>") {
                self.text.consume_bytes(at + 2);
                return Ok(None);
            }
            let kept = usize::from(rest.ends_with('?'));
            self.text.consume_bytes(rest.len() - kept);
            if !self.grow()? {
                return Err(self.cut("inside a processing instruction"));
            }
        }
    }

    /// Skips a document type with its internal subset; nothing in it is ever applied.
    fn document_type(&mut self) -> Result<Option<Token>, Stop> {
        self.prolog = true;
        let (mut quote, mut brackets) = (None, 0_u64);
        loop {
            let rest = self.text.rest().as_bytes();
            for (at, byte) in rest.iter().enumerate() {
                match (quote, byte) {
                    (Some(open), byte) if open == *byte => quote = None,
                    (Some(_), _) => {}
                    (None, b'"' | b'\'') => quote = Some(*byte),
                    (None, b'[') => brackets += 1,
                    (None, b']') => brackets = brackets.saturating_sub(1),
                    (None, b'>') if brackets == 0 => {
                        self.text.consume_bytes(at + 1);
                        return Ok(None);
                    }
                    (None, _) => {}
                }
            }
            self.text.consume_bytes(rest.len());
            if !self.grow()? {
                return Err(self.cut("inside the document type"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
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
                    seen += &format!("<{}", tag.name());
                    for (name, value) in tag.attributes() {
                        seen += &format!(" {name}={}", value.decoded());
                    }
                    seen += if tag.is_foreign() { "!>" } else { ">" };
                }
                Ok(Event::End(name)) => seen += &format!("</{name}>"),
                Ok(Event::Text(text)) => seen += &text.replace('\u{1b}', "\u{241b}"),
                Ok(Event::Eof) => break None,
                Err(stop) => break Some(stop),
            }
        };
        let problems = cursor.problems().into_iter().map(|p| ("warning", p));
        let stop = stop.into_iter().map(|stop| (stop.state.name(), stop.problem));
        for (state, p) in problems.chain(stop) {
            seen += &format!("\n{state} {}:{} {}", p.line.unwrap(), p.column.unwrap(), p.message);
        }
        seen
    }

    #[test]
    fn elements_attributes_text_and_cdata_come_in_order() {
        insta::assert_snapshot!(
            events("<?xml version='1.0'?><!-- c --><!DOCTYPE a [<!ENTITY x \"]>\">]><a b='1' c = \"x&lt;&#65;\"><d/>t&amp;<![CDATA[<x>&]]]]><![CDATA[>]]></a >"),
            @"<a b=1 c=x<A><d></d>t&<x>&]]></a>"
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
        let all: Vec<String> =
            faults.iter().map(|xml| events(xml).lines().last().unwrap().to_owned()).collect();
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
        let cuts = [
            "<a>\n<b x='1",
            "<a>\n<b>tex",
            "<a><![CDATA[x",
            "<a><!-- x",
            "<a></",
            "<a>\n</a",
            "<a><",
            "<a><!",
        ];
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
            let mut text = open(Box::new(std::io::Cursor::new(xml[..end].to_owned()))).unwrap();
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
}
