//! Report paths in one spelling, by text alone: no disk is asked, nothing is stripped or joined.

/// `path` with `/` as separator and without `//`, `/./`, a leading `./` and `x/../`.
///
/// A leading `//` (a network share), a leading `/`, a drive and leading `..` stay.
pub fn normalise(path: &str) -> String {
    let path = path.trim();
    if is_normal(path) {
        return path.to_owned();
    }
    let path = path.replace('\\', "/");
    let (root, rest) = split_root(&path);
    let mut kept: Vec<&str> = Vec::new();
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| *last != "..") => {
                kept.pop();
            }
            part => kept.push(part),
        }
    }
    format!("{root}{}", kept.join("/"))
}

/// Whether nothing needs to change, as in most reports: parts go by, and each is a name.
fn is_normal(path: &str) -> bool {
    let mut parts = path.split('/');
    // Nothing before the first `/` is a root.
    let starts_well = parts.next().is_some_and(|first| !matches!(first, "." | ".."));
    starts_well && !path.contains('\\') && parts.all(|part| !matches!(part, "" | "." | ".."))
}

/// Whether a normalised path starts at a root of some machine and not at a folder of the project.
pub fn is_absolute(path: &str) -> bool {
    !split_root(path).0.is_empty()
}

/// `path` below `folder`; absolute paths stay where they are.
pub fn join(folder: &str, path: &str) -> String {
    if is_absolute(path) { path.to_owned() } else { normalise(&format!("{folder}/{path}")) }
}

/// The root (`/`, `//`, `C:/`, or nothing) and what follows.
fn split_root(path: &str) -> (&str, &str) {
    let slashes = path.bytes().take_while(|byte| *byte == b'/').count();
    let drive = match path.as_bytes() {
        [letter, b':', b'/', ..] if letter.is_ascii_alphabetic() => 3,
        _ => slashes.min(2),
    };
    path.split_at_checked(drive).unwrap_or(("", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_get_one_spelling() {
        for (written, expected) in [
            ("src/a.c", "src/a.c"),
            ("./src/./a.c", "src/a.c"),
            ("src//a.c", "src/a.c"),
            ("build/../src/a.c", "src/a.c"),
            ("../../etc/passwd", "../../etc/passwd"),
            ("a/../../b", "../b"),
            ("/etc/shadow", "/etc/shadow"),
            ("/a/b/../c", "/a/c"),
            ("//server/share/a.c", "//server/share/a.c"),
            ("C:\\temp\\a.cs", "C:/temp/a.cs"),
            ("D:\\a\\..\\b.cs", "D:/b.cs"),
            (" src/with space/a b.c ", "src/with space/a b.c"),
            ("grüße\\größe.c", "grüße/größe.c"),
            ("", ""),
        ] {
            assert_eq!(normalise(written), expected, "{written}");
        }
    }

    #[test]
    fn only_relative_paths_are_joined() {
        assert_eq!(join("/repo/src", "shop/cart.py"), "/repo/src/shop/cart.py");
        assert_eq!(join("src/", "./cart.py"), "src/cart.py");
        assert_eq!(join("/repo", "/other/cart.py"), "/other/cart.py");
        assert_eq!(join("/repo", "C:/x/cart.cs"), "C:/x/cart.cs");
    }

    #[test]
    fn normalising_twice_changes_nothing() {
        for path in ["..//a/../..\\b", "/../a", "///a//b", "C:\\..\\x", "a/..", "./.."] {
            let once = normalise(path);
            assert_eq!(normalise(&once), once, "{path}");
        }
    }
}
