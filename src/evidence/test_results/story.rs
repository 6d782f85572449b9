//! What a result element tells: `<message>` and `<stack-trace>` as the tools around .NET and `TestNG` write them.

use super::message::FirstLine;
use super::trace::dotnet;
use crate::evidence::reading::Stop;
use crate::evidence::xml::{Cursor, Event};

/// How much of a stack trace is looked at, in bytes.
const LONGEST_TRACE: usize = 16 << 10;

/// The message and place of one result.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Story {
    pub(super) message: Option<String>,
    /// The first source file of the trace, with its line.
    pub(super) place: Option<(String, u32)>,
    /// The beginning of the trace.
    pub(super) trace: String,
}

/// What the text that comes next belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Own,
    Message,
    Trace,
    Other,
}

impl Part {
    fn of(name: &str) -> Self {
        match name {
            "message" | "Message" => Self::Message,
            "stack-trace" | "StackTrace" | "full-stacktrace" | "short-stacktrace" => Self::Trace,
            "failure" | "Text" => Self::Own,
            _ => Self::Other,
        }
    }
}

impl Story {
    /// Reads to the end of the element whose start came last. Its own text stands in for a missing message.
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Self, Stop> {
        let outside = cursor.depth().saturating_sub(1);
        let (mut own, mut line, mut trace) = (FirstLine::default(), FirstLine::default(), String::new());
        let (mut part, mut message) = (Part::Own, None);
        while cursor.depth() > outside {
            match cursor.next()? {
                Event::Start(tag) => part = Part::of(tag.name()),
                Event::End(_) => {
                    message = message.or(std::mem::take(&mut line).finish());
                    part = Part::Own;
                }
                Event::Text(text) => match part {
                    Part::Own => own.push(&text),
                    Part::Message => line.push(&text),
                    Part::Trace => push_bounded(&mut trace, &text),
                    Part::Other => {}
                },
                Event::Eof => break,
            }
        }
        Ok(Self { message: message.or(own.finish()), place: place_in(&trace), trace })
    }

    /// Reads to the end of a case; the story of the first element in it whose name is one of `tellers`.
    pub(super) fn of_case(cursor: &mut Cursor<'_>, tellers: &[&str]) -> Result<Self, Stop> {
        let mut story: Option<Self> = None;
        loop {
            let tells = match cursor.next()? {
                Event::End(_) | Event::Eof => return Ok(story.unwrap_or_default()),
                Event::Text(_) => continue,
                Event::Start(tag) => !tag.is_foreign() && tellers.contains(&tag.name()),
            };
            if tells && story.is_none() {
                story = Some(Self::read(cursor)?);
            } else {
                cursor.skip_element()?;
            }
        }
    }
}

/// Adds `text` to a trace, of which only the beginning is kept.
pub(super) fn push_bounded(trace: &mut String, text: &str) {
    if trace.len() < LONGEST_TRACE {
        trace.push_str(text.get(..text.floor_char_boundary(LONGEST_TRACE)).unwrap_or_default());
    }
}

/// The place in the first frame that has one: `at Shop.Cart.Sum() in /src/Cart.cs:line 12`.
fn place_in(trace: &str) -> Option<(String, u32)> {
    trace.lines().find_map(dotnet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_frame_with_a_source_file_is_the_place() {
        let trace = "  at NUnit.Assert.That()\n  at Cart.Sum() in C:\\a in b\\Cart.cs:line 12\n  at X() in /x.cs:line 3";
        assert_eq!(place_in(trace), Some(("C:\\a in b\\Cart.cs".to_owned(), 12)));
        assert_eq!(
            place_in("   bei Cart.Sum() in /src/Cart.cs:Zeile 7."),
            Some(("/src/Cart.cs".to_owned(), 7))
        );
        for odd in ["", "at A() in <hash>:0", "at B() in /b.cs:line x", "at C() in /c.cs:line 99999999999"] {
            assert_eq!(place_in(odd), None, "{odd}");
        }
    }
}
