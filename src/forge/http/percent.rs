//! Percent-encoding of what stands in URLs.

/// Undoes [`encode`]; what is no encoding stays as it is.
pub(in crate::forge) use crate::history::layout::percent_decoded as decode;

/// Encodes everything but unreserved characters (RFC 3986, 2.3).
pub(in crate::forge) fn encode(text: &str) -> String {
    text.bytes().map(encoded).collect()
}

/// As [`encode`], leaving the slashes of a path.
pub(in crate::forge) fn encode_path(path: &str) -> String {
    path.split('/').map(encode).collect::<Vec<_>>().join("/")
}

fn encoded(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_place_in_a_url() {
        assert_eq!(encode("a b/ü?#%"), "a%20b%2F%C3%BC%3F%23%25");
        assert_eq!(decode(&encode("a b/ü?#%")), "a b/ü?#%");
        assert_eq!(decode("100%, %zz"), "100%, %zz");
        assert_eq!(encode_path("v1/release%2F1/x.json"), "v1/release%252F1/x.json");
    }
}
