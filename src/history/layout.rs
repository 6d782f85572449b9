//! Paths inside a store. Branch names are encoded so that each is one safe path segment.

use super::content::ContentId;
use crate::model::commit::Branch;

/// The folder with one folder per branch.
pub const BRANCHES: &str = "v1/branches";
/// A segment longer than this is cut and made unique by a hash: file systems stop at 255 bytes.
const SEGMENT_MAX: usize = 180;

/// The folder of `branch`.
pub fn folder(branch: &Branch) -> String {
    format!("{BRANCHES}/{}", encode(&branch.0))
}

/// The lines recorded in the month of `recorded_at` (RFC 3339).
pub fn month(branch: &Branch, recorded_at: &str) -> String {
    format!("{}/{}.jsonl", folder(branch), recorded_at.get(..7).unwrap_or("undated"))
}

/// The newest run in full.
pub fn tip(branch: &Branch) -> String {
    format!("{}/tip.json.zst", folder(branch))
}

/// The last run that was recorded after a newer one: in full, so that its content can be read by its name later.
pub fn late(branch: &Branch) -> String {
    format!("{}/late.json.zst", folder(branch))
}

/// The per-case ledger.
pub fn ledger(branch: &Branch) -> String {
    format!("{}/tests.json.zst", folder(branch))
}

/// One safe path segment for any branch name: percent-encoded, never `.` or `..`.
pub fn encode(name: &str) -> String {
    let mut segment = String::with_capacity(name.len());
    for (at, byte) in name.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => segment.push(char::from(byte)),
            b'.' if at > 0 => segment.push('.'),
            other => segment.extend(escaped(other)),
        }
    }
    if segment.len() <= SEGMENT_MAX {
        return segment;
    }
    let hash = ContentId::of(name.as_bytes());
    segment.truncate(SEGMENT_MAX);
    format!("{segment}~{hash}")
}

fn escaped(byte: u8) -> impl Iterator<Item = char> {
    let digit = |half: u8| char::from_digit(half.into(), 16).map(|digit| digit.to_ascii_uppercase());
    [Some('%'), digit(byte >> 4), digit(byte & 15)].into_iter().flatten()
}

/// The branch name behind a segment; a cut one stays as it is.
pub fn decode(segment: &str) -> Branch {
    Branch(percent_decoded(segment))
}

/// `text` with the byte in place of each `%2F`; what is no encoding stays as it is.
pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let byte = after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(b'%'));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_branch_name_is_one_safe_segment() {
        assert_eq!(encode("main"), "main");
        assert_eq!(encode("release/1.2"), "release%2F1.2");
        assert_eq!(encode("../../etc"), "%2E.%2F..%2Fetc");
        assert_eq!(encode("ümlaut"), "%C3%BCmlaut");
        let long = encode(&"ü".repeat(120));
        assert!(long.len() < 255 && long != encode(&"ü".repeat(121)), "{long}");
    }

    #[test]
    fn segments_lead_back_to_the_name() {
        for name in ["main", "release/1.2", "..", "100%", "ümlaut", "a~b"] {
            assert_eq!(decode(&encode(name)).0, name);
        }
    }

    #[test]
    fn lines_are_kept_by_month() {
        let main = Branch("main".into());
        assert_eq!(month(&main, "2026-11-21T10:00:00Z"), "v1/branches/main/2026-11.jsonl");
    }
}
