//! The paths in the header lines of a diff.

/// The two paths of a file's header, without prefixes; `None` stands for `/dev/null`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sides {
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

/// Prefixes of old and new side: the usual ones, those of `diff.mnemonicPrefix`, and the latter reversed (`-R`).
const PREFIXES: [(&str, &str); 8] = [
    ("a/", "b/"),
    ("i/", "w/"),
    ("c/", "i/"),
    ("c/", "w/"),
    ("o/", "w/"),
    ("b/", "a/"),
    ("w/", "i/"),
    ("1/", "2/"),
];

/// The paths after `diff --git `, when they are the same on both sides; renames name theirs on lines of their own.
pub(super) fn git_sides(rest: &str) -> Option<Sides> {
    let (old, new) = split_pair(rest)?;
    let (old, new) = strip_prefixes(&old, &new);
    Some(Sides { old: Some(old), new: Some(new) })
}

/// The paths of a `---` line and the `+++` line after it, both without their first four characters.
pub(super) fn plain_sides(old: &str, new: &str) -> Sides {
    let (old, new) = (path(old), path(new));
    let is_null = |path: &str| path == "/dev/null";
    match (is_null(&old), is_null(&new)) {
        (true, _) => Sides { old: None, new: Some(strip_prefixes("a/", &new).1) },
        (_, true) => Sides { old: Some(strip_prefixes(&old, "b/").0), new: None },
        _ => {
            let (old, new) = strip_prefixes(&old, &new);
            Sides { old: Some(old), new: Some(new) }
        }
    }
}

/// One path, unquoted, without the timestamp or the lone tab that follows it.
pub(super) fn path(text: &str) -> String {
    let text = text.strip_suffix('\r').unwrap_or(text);
    match text.strip_prefix('"').and_then(unquote) {
        Some((path, _)) => path,
        None => text.split('\t').next().unwrap_or(text).to_owned(),
    }
}

fn strip_prefixes(old: &str, new: &str) -> (String, String) {
    let stripped = PREFIXES.iter().find_map(|(a, b)| Some((old.strip_prefix(a)?, new.strip_prefix(b)?)));
    let (old, new) = stripped.unwrap_or((old, new));
    (old.to_owned(), new.to_owned())
}

/// Cuts `a/x b/x` in two. Unquoted paths may hold blanks: then only the middle is a safe place to cut.
fn split_pair(rest: &str) -> Option<(String, String)> {
    let rest = rest.strip_suffix('\r').unwrap_or(rest);
    if let Some((old, rest)) = rest.strip_prefix('"').and_then(unquote) {
        return Some((old, path(rest.strip_prefix(' ')?)));
    }
    if let Some((old, new)) = rest.strip_suffix('"').and_then(|_| rest.split_once(" \"")) {
        return Some((old.to_owned(), unquote(new)?.0));
    }
    let (old, new) = rest.split_at_checked(rest.len() / 2)?;
    let new = new.strip_prefix(' ')?;
    let same = old == new || old.split_once('/')?.1 == new.split_once('/')?.1;
    same.then(|| (old.to_owned(), new.to_owned()))
}

/// What stands before the closing quote, unescaped as git's `quote_c_style` escapes, and what follows it.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [b'"', after @ ..] => {
                let (_, after) = text.split_at_checked(text.len() - after.len())?;
                return Some((String::from_utf8_lossy(&bytes).into_owned(), after));
            }
            [b'\\', a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', after @ ..] => {
                bytes.push((a - b'0') << 6 | (b - b'0') << 3 | (c - b'0'));
                after
            }
            [b'\\', letter, after @ ..] => {
                bytes.push(unescape(*letter));
                after
            }
            [byte, after @ ..] => {
                bytes.push(*byte);
                after
            }
            [] => return None,
        };
    }
}

fn unescape(letter: u8) -> u8 {
    match letter {
        b'a' => 7,
        b'b' => 8,
        b't' => b'\t',
        b'n' => b'\n',
        b'v' => 11,
        b'f' => 12,
        b'r' => b'\r',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sides(old: &str, new: &str) -> Sides {
        let side = |path: &str| (!path.is_empty()).then(|| path.to_owned());
        Sides { old: side(old), new: side(new) }
    }

    #[test]
    fn the_git_line_is_cut_in_the_middle() {
        for (line, old, new) in [
            ("a/src/a.rs b/src/a.rs", "src/a.rs", "src/a.rs"),
            ("a/with space/b c.rs b/with space/b c.rs", "with space/b c.rs", "with space/b c.rs"),
            ("i/x w/x", "x", "x"),
            ("src/a.rs src/a.rs", "src/a.rs", "src/a.rs"),
            (r#""a/caf\303\251.py" "b/caf\303\251.py""#, "café.py", "café.py"),
            (r#"a/plain "b/qu\"ote\t""#, "plain", "qu\"ote\t"),
        ] {
            assert_eq!(git_sides(line), Some(sides(old, new)), "{line}");
        }
        assert_eq!(git_sides("a/one b/another"), None, "a rename names its paths elsewhere");
    }

    #[test]
    fn plain_headers_lose_timestamps_and_prefixes() {
        for (old, new, expected) in [
            ("a/x.c\t2026-01-01 10:00:00.0 +0000", "b/x.c\t2026-01-02 10:00:00.0 +0000", sides("x.c", "x.c")),
            ("x.c.orig", "x.c", sides("x.c.orig", "x.c")),
            ("/dev/null", "b/new.c\r", sides("", "new.c")),
            ("a/old.c", "/dev/null", sides("old.c", "")),
            ("a/mod one.py\t", "b/mod one.py\t", sides("mod one.py", "mod one.py")),
            ("a/x.c", "a/y.c", sides("a/x.c", "a/y.c")),
        ] {
            assert_eq!(plain_sides(old, new), expected, "{old} {new}");
        }
    }
}
