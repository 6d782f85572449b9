//! Data that holds no text: archives and compressions that are not opened, and encodings that are not read.

/// First bytes of data that is not text, and what to call it.
const MAGIC: [(&[u8], &str); 13] = [
    (b"\x1f\x8b", "gzip data inside of packed data"),
    (b"\x28\xb5\x2f\xfd", "zstd data inside of packed data"),
    (b"PK\x03\x04", "a zip inside of packed data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a", "a rar archive"),
    (b"\x04\x22\x4d\x18", "lz4 data"),
    (b"\xff\xfe\0\0", "text in UTF-32"),
    (b"\0\0\xfe\xff", "text in UTF-32"),
    (b"<\0\0\0", "text in UTF-32"),
    (b"\0\0\0<", "text in UTF-32"),
    (b"\x89PNG", "a picture"),
];
/// Where a tar says that it is one; POSIX.1-1988, `ustar` header.
const TAR: std::ops::Range<usize> = 257..262;

/// What data that begins like this is, when it is known not to be a text.
pub(super) fn name(head: &[u8]) -> Option<&'static str> {
    if head.get(TAR) == Some(b"ustar") {
        return Some("a tar archive");
    }
    // Text may begin with the three letters of bzip2, but not with the block behind them.
    let is_bzip2 = head.get(4..10) == Some(b"1AY&SY");
    let known = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, name)| *name);
    known.filter(|name| *name != "bzip2 data" || is_bzip2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_called_by_its_name() {
        let mut tar = vec![b'a'; 600];
        tar.splice(TAR, *b"ustar");
        assert_eq!(name(&tar), Some("a tar archive"));
        assert_eq!(name(b"BZh91AY&SY...."), Some("bzip2 data"));
        assert_eq!(name(b"\xff\xfe\0\0<\0\0\0"), Some("text in UTF-32"));
        for text in [&b"BZh and other words"[..], b"<a/>", b"", b"\xff\xfe<\0"] {
            assert_eq!(name(text), None);
        }
    }
}
