//! Parts of addresses that we build ourselves.

use std::fmt::Write;

/// `path` percent-encoded as RFC 3986 asks for, with `/` kept: every other character outside `A-Za-z0-9-._~` goes.
pub fn path(path: &str) -> String {
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// One segment percent-encoded, `/` included.
pub fn segment(segment: &str) -> String {
    let mut encoded = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_unreserved_characters_and_slashes_stay() {
        assert_eq!(super::path("src/a b/ü?#%.rs"), "src/a%20b/%C3%BC%3F%23%25.rs");
        assert_eq!(super::segment("release/1.0"), "release%2F1.0");
    }
}
