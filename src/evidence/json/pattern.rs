//! Whether keys stand at the beginning of a JSON document as a format has them.

use std::io::BufRead;

use super::cursor::{Cursor, WALKED_DEPTH};
use super::scan::Kind;
use crate::evidence::reading::Stop;

/// Whether the document that `head` begins holds a value at `path`; `head` may be cut anywhere.
///
/// A step of the path is a key, `*` for any key, `#` for any key that is a number, or `[]` for any element.
pub fn holds(head: &str, path: &[&str]) -> bool {
    // A fault is no matter: what stands before it counts.
    head.trim_start().starts_with(['{', '['])
        && leads(&mut Cursor::new(head.as_bytes()), path).unwrap_or(false)
}

/// Follows `path` from the value that comes next. What stands behind the first hit is not read; the path is short,
/// so the depth of the calls is too.
fn leads<R: BufRead>(cursor: &mut Cursor<R>, path: &[&str]) -> Result<bool, Stop> {
    let Some((step, rest)) = path.split_first() else { return Ok(true) };
    let mut first = true;
    match (cursor.kind()?, *step) {
        (Kind::List, "[]") => {
            cursor.enter(WALKED_DEPTH)?;
            while cursor.next_element(&mut first)? {
                if leads(cursor, rest)? {
                    return Ok(true);
                }
            }
        }
        (Kind::Object, step) if step != "[]" => {
            cursor.enter(WALKED_DEPTH)?;
            let mut key = String::new();
            while cursor.next_key(&mut first, &mut key)? {
                if !fits(&key, step) {
                    cursor.skip()?;
                } else if leads(cursor, rest)? {
                    return Ok(true);
                }
            }
        }
        _ => cursor.skip()?,
    }
    Ok(false)
}

fn fits(key: &str, step: &str) -> bool {
    match step {
        "*" => true,
        "#" => !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit()),
        step => key == step,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        r#"{"data": [{"files": []}, {"files": [{"name": "a"}]}], "lines": {"7": {"x": 1}}, "cut": ["#;

    #[test]
    fn paths_are_found_wherever_the_head_is_cut_behind_them() {
        for path in [
            &["data"][..],
            &["data", "[]", "files"],
            &["data", "[]", "files", "[]", "name"],
            &["*", "[]", "*", "[]", "name"],
            &["lines", "#", "x"],
            &["cut"],
        ] {
            assert!(holds(HEAD, path), "{path:?}");
        }
    }

    #[test]
    fn other_paths_are_not() {
        for path in [&["files"][..], &["data", "files"], &["data", "[]", "#"], &["cut", "[]", "x"], &["[]"]] {
            assert!(!holds(HEAD, path), "{path:?}");
        }
        assert!(!holds("<xml/>", &["data"]));
        assert!(!holds(&"[".repeat(1 << 16), &["[]", "[]", "data"]));
    }
}
