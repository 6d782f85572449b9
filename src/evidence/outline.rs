//! The outline of the beginning of a file: what it looks like when no format claims it.

/// What the beginning of a file looks like, for a message: "an XML file with the root `<html>`".
pub(super) fn describe(head: &str) -> String {
    match Look::at(head) {
        Look::Xml(root) => format!("an XML file with the root element `<{root}>`"),
        Look::Json(keys) if keys.is_empty() => "a JSON object without keys".to_owned(),
        Look::Json(keys) => format!("a JSON object with the keys `{}`", keys.join("`, `")),
        Look::JsonList => "a JSON list".to_owned(),
        Look::Binary => "binary data".to_owned(),
        Look::Text(line) => format!("text that begins with `{line}`"),
        Look::Nothing => "nothing".to_owned(),
    }
}

/// The outline of the beginning of a file.
#[derive(Debug, PartialEq, Eq)]
enum Look<'a> {
    /// By the root element's name without prefix.
    Xml(&'a str),
    /// A JSON object by its first keys, at most eight.
    Json(Vec<&'a str>),
    JsonList,
    Binary,
    /// By the first line that is not blank, at most 60 characters.
    Text(&'a str),
    Nothing,
}

impl<'a> Look<'a> {
    fn at(head: &'a str) -> Self {
        let start = head.trim_start();
        if start.is_empty() {
            return Self::Nothing;
        }
        if start.starts_with('{') {
            return Self::Json(keys(start));
        }
        if start.starts_with('[')
            && start.get(1..).is_some_and(|rest| rest.trim_start().starts_with(['{', '[', '"']))
        {
            return Self::JsonList;
        }
        if let Some(root) = root(head) {
            return Self::Xml(root);
        }
        let odd = start.chars().take(512).filter(|c| *c == '\0' || *c == char::REPLACEMENT_CHARACTER).count();
        if odd > 0 {
            return Self::Binary;
        }
        let line = start.lines().next().unwrap_or_default().trim_end();
        Self::Text(line.get(..line.floor_char_boundary(60)).unwrap_or_default())
    }
}

/// The name of the root element. Text before it may be log lines, so an XML declaration or a known root is looked for
/// behind it.
pub(super) fn root(head: &str) -> Option<&str> {
    const KNOWN: [&str; 3] = ["<?xml", "<testsuites", "<testsuite"];
    let mut rest = head.trim_start();
    if !rest.starts_with('<') {
        let found = KNOWN.iter().filter_map(|known| rest.find(known)).min()?;
        rest = rest.get(found..)?;
    }
    loop {
        rest = rest.trim_start();
        rest = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")?.1
        } else if let Some(instruction) = rest.strip_prefix("<?") {
            instruction.split_once("?>")?.1
        } else if rest.starts_with("<!") {
            behind_document_type(rest)?
        } else {
            break;
        };
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(name.len());
    let name = name.get(..end)?;
    let first = name.chars().next()?;
    (first.is_alphabetic() || first == '_').then(|| name.rsplit(':').next().unwrap_or(name))
}

/// What follows `<!DOCTYPE …>` with its internal subset.
fn behind_document_type(text: &str) -> Option<&str> {
    let mut brackets = 0_u32;
    for (at, c) in text.char_indices() {
        match c {
            '[' => brackets += 1,
            ']' => brackets = brackets.saturating_sub(1),
            '>' if brackets == 0 => return text.get(at + 1..),
            _ => {}
        }
    }
    None
}

/// The first keys of the object that `text` begins with; those of inner objects are left out.
fn keys(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut rest) = (0_u32, text);
    while let Some(at) = rest.find(['{', '}', '[', ']', '"']) {
        let (_, token) = rest.split_at(at);
        rest = token.get(1..).unwrap_or_default();
        match token.chars().next() {
            Some('{' | '[') => depth += 1,
            Some('"') => {
                let Some(end) = end_of_string(rest) else { break };
                let (string, behind) = rest.split_at(end);
                rest = behind.get(1..).unwrap_or_default();
                if depth == 1 && rest.trim_start().starts_with(':') && found.len() < 8 {
                    found.push(string);
                }
            }
            _ => depth = depth.saturating_sub(1),
        }
        if depth == 0 {
            break;
        }
    }
    found
}

/// The offset of the quote that ends a JSON string.
fn end_of_string(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let end = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        end
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_files_are_described() {
        assert_eq!(describe("<!DOCTYPE html><html lang='en'>"), "an XML file with the root element `<html>`");
        assert_eq!(
            describe("{\"a\\\"b\": 1, \"c\": {\"d\": 2}, \"e\": []}"),
            "a JSON object with the keys `a\\\"b`, `c`, `e`"
        );
        assert_eq!(describe("\u{fffd}PNG\0"), "binary data");
        assert_eq!(describe("\nversion https://x\noid"), "text that begins with `version https://x`");
    }
}
