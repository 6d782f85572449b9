//! Entity and character references: checked where they stand, replaced only in text that someone asks for.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3};

use super::fault::{Blemish, Fault};

/// Longest reference, in bytes between `&` and `;`.
pub(super) const MAX_REFERENCE: usize = 64;

/// What `&` at the beginning of some text is.
enum Reference<'a> {
    /// Stands for this character; the reference with `&` and `;` has this many bytes.
    Character(char, usize),
    /// Stands for something that is no character of XML.
    Illegal(char, usize),
    /// A name that nobody defines.
    Unknown(&'a str),
    /// `&#` with something that is no number.
    Malformed(&'a str),
    /// Just an ampersand.
    Bare,
}

/// Reads the reference that `text` begins with.
fn reference(text: &str) -> Reference<'_> {
    let window = text.get(..text.floor_char_boundary(MAX_REFERENCE + 2)).unwrap_or_default();
    let Some(end) = memchr(b';', window.as_bytes()) else { return Reference::Bare };
    let name = window.get(1..end).unwrap_or_default();
    if let Some(number) = name.strip_prefix('#') {
        return numeric(number, end + 1);
    }
    let character = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ if is_name(name) => return Reference::Unknown(name),
        _ => return Reference::Bare,
    };
    Reference::Character(character, end + 1)
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == ':')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.'))
}

fn numeric(number: &str, length: usize) -> Reference<'_> {
    let parsed = match number.strip_prefix('x') {
        Some(hex) if hex.bytes().all(|byte| byte.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16).ok(),
        None if number.bytes().all(|byte| byte.is_ascii_digit()) => number.parse().ok(),
        _ => None,
    };
    let Some(code) = parsed else { return Reference::Malformed(number) };
    match char::from_u32(code) {
        Some(c) if is_allowed(c) => Reference::Character(c, length),
        Some(c) if c != '\0' => Reference::Illegal(c, length),
        _ => Reference::Illegal(char::REPLACEMENT_CHARACTER, length),
    }
}

/// Characters of XML 1.0, production 2.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// Checks the references in `text`; `note` hears of what is repaired, with its offset.
pub(super) fn check(text: &str, mut note: impl FnMut(Blemish, usize)) -> Result<(), (usize, Fault)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr(b'&', bytes.get(at..).unwrap_or_default()) {
        at += found;
        at += match reference(text.get(at..).unwrap_or_default()) {
            Reference::Character(_, length) => length,
            Reference::Illegal(_, length) => {
                note(Blemish::Character, at);
                length
            }
            Reference::Bare => {
                note(Blemish::Ampersand, at);
                1
            }
            Reference::Unknown(name) => return Err((at, Fault::Entity(name.to_owned()))),
            Reference::Malformed(number) => return Err((at, Fault::Reference(number.to_owned()))),
        };
    }
    Ok(())
}

/// `text` with its references replaced. What [`check`] refuses stays as it is.
pub(super) fn replaced(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut clean = String::with_capacity(text.len());
    let (plain, mut rest) = text.split_at(first);
    clean.push_str(plain);
    while !rest.is_empty() {
        let used = match reference(rest) {
            Reference::Character(c, length) | Reference::Illegal(c, length) => {
                clean.push(c);
                length
            }
            _ => {
                clean.push('&');
                1
            }
        };
        rest = rest.get(used..).unwrap_or_default();
        let plain = memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        let (before, behind) = rest.split_at(plain);
        clean.push_str(before);
        rest = behind;
    }
    Cow::Owned(clean)
}

/// An attribute's value: line breaks and tabs that are not references count as spaces (XML 1.0, 3.3.3).
pub(super) fn attribute(value: &str) -> Cow<'_, str> {
    if memchr3(b'\n', b'\r', b'\t', value.as_bytes()).is_none() {
        return replaced(value);
    }
    let spaced = value.replace("\r\n", " ").replace(['\n', '\r', '\t'], " ");
    Cow::Owned(replaced(&spaced).into_owned())
}

/// Where text without markup may be cut so that no reference and no `]]>` is torn apart.
pub(super) fn safe_cut(text: &str) -> usize {
    let from = text.floor_char_boundary(text.len().saturating_sub(MAX_REFERENCE));
    let tail = text.as_bytes().get(from..).unwrap_or_default();
    memchr2(b'&', b']', tail).map_or(text.len(), |at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_predefined_and_numeric_references_are_replaced() {
        assert_eq!(replaced("a&lt;b&#x41;&#66;&apos;&amp;lt;"), "a<bAB'&lt;");
        assert_eq!(replaced("AT&T & co; &#x1b;[0m &unknown;"), "AT&T & co; \u{1b}[0m &unknown;");
    }

    #[test]
    fn an_undefined_entity_is_a_fault_and_a_bare_ampersand_is_not() {
        assert_eq!(check("a &nbsp; b", |_, _| ()), Err((2, Fault::Entity("nbsp".into()))));
        assert_eq!(check("a &#xyz; b", |_, _| ()), Err((2, Fault::Reference("xyz".into()))));
        let mut seen = Vec::new();
        assert_eq!(check("a & b &#27;", |what, at| seen.push((what, at))), Ok(()));
        assert_eq!(seen, [(Blemish::Ampersand, 2), (Blemish::Character, 6)]);
    }

    #[test]
    fn literal_line_breaks_in_attributes_are_spaces_and_referenced_ones_stay() {
        assert_eq!(attribute("a\r\nb\tc&#10;d"), "a b c\nd");
    }

    #[test]
    fn a_cut_never_tears_a_reference_apart() {
        assert_eq!(safe_cut("abc &am"), 4);
        assert_eq!(safe_cut("abc]]"), 3);
        assert_eq!(safe_cut("abc"), 3);
    }
}
