//! Formats that write what others put in attributes as elements of their own.

use super::message::FirstLine;
use crate::evidence::reading::Stop;
use crate::evidence::xml::{Cursor, Event};

/// Reads to the end of the element whose start came last: the first line of text directly inside of each element
/// called as one of `wanted`, at any depth. The first one that says something stands.
pub(super) fn read<const N: usize>(
    cursor: &mut Cursor<'_>,
    wanted: [&str; N],
) -> Result<[Option<String>; N], Stop> {
    let outside = cursor.depth().saturating_sub(1);
    let mut found = [const { None }; N];
    let (mut open, mut line) = (None, FirstLine::default());
    while cursor.depth() > outside {
        match cursor.next()? {
            Event::Start(tag) => {
                open = wanted.iter().position(|name| *name == tag.name());
                line = FirstLine::default();
            }
            Event::Text(text) if open.is_some() => line.push(&text),
            Event::Text(_) => {}
            Event::End(_) => {
                if let Some(field) = open.take().and_then(|field| found.get_mut(field)) {
                    *field = field.take().or(std::mem::take(&mut line).finish());
                }
            }
            Event::Eof => break,
        }
    }
    Ok(found)
}

/// Reads to the end of the element whose start came last: the first line of its own text.
pub(super) fn text(cursor: &mut Cursor<'_>) -> Result<Option<String>, Stop> {
    let mut line = FirstLine::default();
    loop {
        match cursor.next()? {
            Event::Text(text) => line.push(&text),
            Event::Start(_) => cursor.skip_element()?,
            Event::End(_) | Event::Eof => return Ok(line.finish()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::file;
    use super::*;

    #[test]
    fn the_first_text_of_each_element_stands() {
        let mut text = file("<a><b/><c>in<d>1</d>behind</c><b> 2\n3</b><b>4</b></a>");
        let mut cursor = Cursor::new(&mut text);
        cursor.next().unwrap();
        let found = read(&mut cursor, ["b", "c", "d", "e"]).unwrap();
        assert_eq!(found, [Some("2".to_owned()), None, Some("1".to_owned()), None]);
        assert!(matches!(cursor.next(), Ok(Event::Eof)));
    }
}
