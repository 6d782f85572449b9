//! The XML cursor against itself and against quick-xml.

use std::io::Cursor as Bytes;

use quick_xml::events::Event as Theirs;
use readiness::evidence::bytes;
use readiness::evidence::reading::Stop;
use readiness::evidence::xml::{Cursor, Event};

/// Names of elements in the order in which they open, and whether the file was well-formed without repair.
struct Walk {
    names: Vec<String>,
    ended: Result<(), Stop>,
    repaired: bool,
}

/// Skipping an element ends where walking through it ends, and quick-xml sees the same elements in a file that it
/// and we read without complaint.
pub fn xml(input: &[u8]) {
    let Some(walked) = walk(input, usize::MAX) else { return };
    let Some(skipped) = walk(input, 2) else { return };
    assert_eq!(walked.ended, skipped.ended, "an element that is skipped ends in another way");
    assert_eq!(walked.repaired, skipped.repaired, "an element that is skipped is repaired in another way");
    if let (Ok(()), false, Some(theirs)) = (&walked.ended, walked.repaired, theirs(input)) {
        assert_eq!(walked.names, theirs);
    }
}

/// Walks, and skips elements at `depth`. `None` for what is no text.
fn walk(input: &[u8], depth: usize) -> Option<Walk> {
    let mut text = bytes::open(Box::new(Bytes::new(input.to_vec()))).ok()?;
    let undecodable = !text.problems().is_empty();
    let mut cursor = Cursor::new(&mut text);
    let mut names = Vec::new();
    let ended = loop {
        match cursor.next() {
            Ok(Event::Eof) => break Ok(()),
            Ok(Event::Start(tag)) => {
                let attributes = tag.attributes().count();
                names.push(format!("{} {attributes}", tag.name()));
            }
            Ok(_) => continue,
            Err(stop) => break Err(stop),
        }
        if cursor.depth() == depth
            && let Err(stop) = cursor.skip_element()
        {
            break Err(stop);
        }
    };
    let repaired = undecodable || !cursor.problems().is_empty();
    Some(Walk { names, ended, repaired })
}

/// The same by quick-xml; `None` where it refuses something, or reads what is not plain UTF-8.
fn theirs(input: &[u8]) -> Option<Vec<String>> {
    let text =
        std::str::from_utf8(input).ok().filter(|text| !text.contains("<?") && !text.contains('\u{feff}'))?;
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut names = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Theirs::Eof => return Some(names),
            Theirs::DocType(_) => return None,
            Theirs::Start(tag) => {
                let attributes = tag.attributes().collect::<Result<Vec<_>, _>>().ok()?.len();
                names.push(format!("{} {attributes}", tag.local_name().as_ref()));
            }
            _ => {}
        }
    }
}
