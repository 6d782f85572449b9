//! Which encoding a text is in: byte order marks first, then the shape of the first bytes, then the XML declaration.

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED};
use memchr::memmem;

use crate::model::input::Problem;

const UTF8_BOM: &[u8] = &[0xEF, 0xBB, 0xBF];
/// The character that stands for the first byte of a packet of `SubUnit` 2, whose bytes are no text: each of them from
/// 0x80 on becomes a character that no text has, from which it is got back.
pub const SUBUNIT: char = '\u{F7B3}';
/// How far an XML declaration is looked for.
const DECLARATION: usize = 1024;

/// What the first bytes say.
#[derive(Debug)]
pub(super) struct Sniffed {
    /// How to decode what follows.
    pub(super) encoding: &'static Encoding,
    /// Bytes of byte order marks to leave out.
    pub(super) marks: usize,
    /// Something odd that was put right.
    pub(super) warning: Option<Problem>,
}

/// The declared encoding is not one that can be decoded.
#[derive(Debug, thiserror::Error)]
#[error("the XML declaration names the encoding `{0}`, which is not known; write the report as UTF-8")]
pub(super) struct UnknownEncoding(String);

/// Looks at the first bytes of an input.
pub(super) fn sniff(head: &[u8]) -> Result<Sniffed, UnknownEncoding> {
    if head.starts_with(UTF8_BOM) {
        let marks = head.chunks(UTF8_BOM.len()).take_while(|chunk| *chunk == UTF8_BOM).count();
        let warning = (marks > 1).then(|| odd(format!("{marks} byte order marks in a row; one is usual")));
        return Ok(Sniffed { encoding: UTF_8, marks: marks * UTF8_BOM.len(), warning });
    }
    if let Some((encoding, marks)) = wide(head) {
        let warning = declared(&narrowed(head, encoding))
            .filter(|name| !name.to_ascii_lowercase().starts_with("utf-16"))
            .map(|name| odd(format!("declared as `{name}`, but the bytes are {}", encoding.name())));
        return Ok(Sniffed { encoding, marks, warning });
    }
    if let [0xB3, flags, ..] = head
        && flags >> 4 == 2
    {
        return Ok(Sniffed { encoding: X_USER_DEFINED, marks: 0, warning: None });
    }
    match declared(head) {
        Some(name) => by_name(&name),
        None => Ok(Sniffed { encoding: UTF_8, marks: 0, warning: None }),
    }
}

/// UTF-16 with a byte order mark, or told by the zero bytes around the first character.
fn wide(head: &[u8]) -> Option<(&'static Encoding, usize)> {
    match head {
        [0xFF, 0xFE, 0, 0, ..] => None,
        [0xFF, 0xFE, ..] => Some((UTF_16LE, 2)),
        [0xFE, 0xFF, ..] => Some((UTF_16BE, 2)),
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Some((UTF_16LE, 0)),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => Some((UTF_16BE, 0)),
        _ => None,
    }
}

/// The ASCII side of UTF-16, enough to find a declaration in it.
fn narrowed(head: &[u8], encoding: &'static Encoding) -> Vec<u8> {
    let text = head.get(..head.len().min(2 * DECLARATION) & !1).unwrap_or_default();
    encoding.decode_without_bom_handling(text).0.trim_start_matches('\u{feff}').as_bytes().to_vec()
}

/// The name in `<?xml … encoding="name"?>`, if the text begins with one.
fn declared(head: &[u8]) -> Option<String> {
    let head = head.get(..DECLARATION).unwrap_or(head).trim_ascii_start();
    let head = head.strip_prefix(b"<?xml")?;
    let head = head.get(..memchr::memchr(b'>', head)?)?;
    let value = head.get(memmem::find(head, b"encoding")? + "encoding".len()..)?.trim_ascii_start();
    let (quote, value) = value.strip_prefix(b"=")?.trim_ascii_start().split_first()?;
    let end = memchr::memchr(*quote, value)?;
    Some(String::from_utf8_lossy(value.get(..end)?).trim().to_owned())
}

/// A declaration in single bytes: UTF-16 cannot be true, and ASCII is UTF-8.
fn by_name(name: &str) -> Result<Sniffed, UnknownEncoding> {
    let plain = name.to_ascii_lowercase();
    if plain.starts_with("utf-16") || plain.starts_with("ucs-2") || plain == "unicode" {
        let warning = Some(odd(format!("declared as `{name}`, but the bytes are not; read as UTF-8")));
        return Ok(Sniffed { encoding: UTF_8, marks: 0, warning });
    }
    let encoding = match plain.as_str() {
        "ascii" | "us-ascii" => Some(UTF_8),
        label => Encoding::for_label(label.as_bytes()).filter(|known| *known != REPLACEMENT),
    };
    let encoding = encoding.ok_or_else(|| UnknownEncoding(name.chars().take(60).collect()))?;
    Ok(Sniffed { encoding, marks: 0, warning: None })
}

fn odd(message: String) -> Problem {
    Problem::warning(message).at(1, 1)
}
