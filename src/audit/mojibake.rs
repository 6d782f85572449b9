//! Text that was decoded twice: UTF-8 read as `MacRoman`, windows-1254 or windows-1252 and saved again.
//!
//! Repaired for reading only; lines stay where they are.

use std::borrow::Cow;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252, WINDOWS_1254};

const DAMAGES: [&Encoding; 3] = [MACINTOSH, WINDOWS_1254, WINDOWS_1252];

/// What is left of a cross mark when a decoder dropped the byte in the middle, which windows-1254 does not define.
const CROSS_REST: [u8; 2] = [0xe2, 0x8c];

/// `text` with double encoding undone; unchanged where most of it reads well as it is.
pub(super) fn repaired(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let best = DAMAGES
        .into_iter()
        .map(Upper::of)
        .map(|upper| (votes(text, &upper), upper))
        .max_by_key(|((valid, invalid), _)| (*valid, std::cmp::Reverse(*invalid)));
    match best {
        Some(((valid, invalid), upper)) if valid > invalid => Cow::Owned(undone(text, &upper)),
        _ => Cow::Borrowed(text),
    }
}

/// The characters of the bytes from 0x80 on, in an encoding of single bytes.
struct Upper(Vec<char>);

impl Upper {
    fn of(encoding: &'static Encoding) -> Self {
        let bytes: Vec<u8> = (0x80..=0xff).collect();
        Self(encoding.decode_without_bom_handling(&bytes).0.chars().collect())
    }

    /// The bytes of `run`, if each of its characters has one.
    fn bytes(&self, run: &str) -> Option<Vec<u8>> {
        run.chars().map(|character| self.byte(character)).collect()
    }

    fn byte(&self, character: char) -> Option<u8> {
        let is_it = |upper: &char| *upper == character && character != char::REPLACEMENT_CHARACTER;
        u8::try_from(0x80 + self.0.iter().position(is_it)?).ok()
    }
}

/// How many runs of foreign characters are whole UTF-8 under `encoding`, and how many are not.
fn votes(text: &str, upper: &Upper) -> (usize, usize) {
    let (mut valid, mut invalid) = (0, 0);
    for run in foreign_runs(text) {
        match upper.bytes(run) {
            Some(bytes) if std::str::from_utf8(&bytes).is_ok() => valid += 1,
            _ => invalid += 1,
        }
    }
    (valid, invalid)
}

fn foreign_runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_ascii()).filter(|run| !run.is_empty())
}

fn undone(text: &str, upper: &Upper) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for character in text.chars() {
        if character.is_ascii() {
            flush(&mut run, &mut out, upper);
            out.push(character);
        } else {
            run.push(character);
        }
    }
    flush(&mut run, &mut out, upper);
    out
}

fn flush(run: &mut String, out: &mut String, upper: &Upper) {
    if run.is_empty() {
        return;
    }
    match upper.bytes(run) {
        Some(bytes) if bytes == CROSS_REST => out.push('❌'),
        Some(bytes) => out.push_str(&String::from_utf8_lossy(&bytes)),
        None => out.push_str(run),
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn damaged(text: &str, encoding: &'static Encoding) -> String {
        encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn each_damage_is_undone() {
        let text = "## План ✅ 60 % → 80 %";
        for encoding in DAMAGES {
            assert_eq!(repaired(&damaged(text, encoding)), text, "{}", encoding.name());
        }
    }

    #[test]
    fn a_cross_with_a_dropped_byte_is_a_cross() {
        let text = damaged("✅ a\n✅ b\n", WINDOWS_1254) + "âŒ chaos";
        assert_eq!(repaired(&text), "✅ a\n✅ b\n❌ chaos");
    }

    #[test]
    fn text_that_reads_well_is_left_alone() {
        for text in ["plain", "déjà vu – 90 % → 95 %", "✅ done", "Größe: 10 µm", "“quoted”", "– – –"]
        {
            assert!(matches!(repaired(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
