//! The paths in a Rust text, in `use` or in the middle of an expression, without a parser.

use std::collections::BTreeSet;

/// The paths of a text that start at the crate's root, and the crates that others start at.
#[derive(Default)]
pub(super) struct Found {
    pub(super) inside: Vec<Vec<String>>,
    pub(super) crates: BTreeSet<String>,
}

/// The paths in the text of `module`.
pub(super) fn paths(module: &[String], text: &str) -> Found {
    Scanner::new(module, text).scan()
}

/// Walks the tokens of a file, with the inline modules around each of them.
struct Scanner {
    tokens: Vec<String>,
    module: Vec<String>,
    /// Number of open braces at which each inline module closes.
    inline: Vec<usize>,
    found: Found,
}

impl Scanner {
    fn new(module: &[String], text: &str) -> Self {
        Self { tokens: tokens(text), module: module.to_vec(), inline: Vec::new(), found: Found::default() }
    }

    fn token(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", String::as_str)
    }

    fn scan(mut self) -> Found {
        let (mut at, mut open) = (0, 0);
        while at < self.tokens.len() {
            match self.token(at) {
                "mod" if self.token(at + 2) == "{" => {
                    self.module.push(self.token(at + 1).to_owned());
                    self.inline.push(open);
                    at += 1;
                }
                "{" => open += 1,
                "}" => {
                    open -= 1;
                    if self.inline.last() == Some(&open) {
                        self.inline.pop();
                        self.module.pop();
                    }
                }
                _ if self.token(at + 1) == "::" && self.starts_a_path(at) => self.path(at),
                _ => {}
            }
            at += 1;
        }
        self.found
    }

    /// Whether no path continues here: `a::b` starts at `a` alone, `::b` at `b`.
    fn starts_a_path(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.token(before));
        let further = at.checked_sub(2).map_or("", |before| self.token(before));
        before != "::" || !is_word(further)
    }

    fn path(&mut self, at: usize) {
        let mut at = at;
        let mut root = match self.token(at) {
            "crate" | "readiness" => Vec::new(),
            "self" => self.module.clone(),
            "super" => {
                let mut root = self.module.clone();
                root.pop();
                while self.token(at + 1) == "::" && self.token(at + 2) == "super" {
                    root.pop();
                    at += 2;
                }
                root
            }
            name => {
                self.found.crates.insert(name.to_owned());
                return;
            }
        };
        self.tree(at + 2, &mut root);
    }

    /// Reads what follows `::`: a name, a path or a group in braces. Returns where it ends.
    fn tree(&mut self, at: usize, root: &mut Vec<String>) -> usize {
        let (mut at, depth) = (at, root.len());
        if self.token(at) == "{" {
            at += 1;
            while !matches!(self.token(at), "}" | "") {
                at = if is_word(self.token(at)) || self.token(at) == "{" {
                    self.tree(at, root)
                } else {
                    at + 1
                };
            }
            at += 1;
        } else {
            root.push(self.token(at).to_owned());
            at += 1;
            if self.token(at) == "::" {
                at = self.tree(at + 1, root);
            } else {
                self.found.inside.push(root.clone());
            }
        }
        root.truncate(depth);
        at
    }
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Words, `::` and single signs of a Rust text, without comments, strings and characters.
fn tokens(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let (mut i, mut out) = (0, Vec::new());
    while i < chars.len() {
        let start = i;
        match (at(i), at(i + 1)) {
            ('/', '/') => i = end_of_line(&chars, i),
            ('/', '*') => i = end_of_comment(&chars, i),
            ('"', _) => i = end_of_string(&chars, i),
            ('r' | 'b', '"' | '#' | 'r') if raw_hashes(&chars, i).is_some() => i = end_of_raw(&chars, i),
            ('\'', '\\') => i = end_of_character(&chars, i + 3),
            ('\'', _) if at(i + 2) == '\'' => i += 3,
            (':', ':') => {
                out.push("::".to_owned());
                i += 2;
            }
            (c, _) if c.is_alphanumeric() || c == '_' => {
                while at(i).is_alphanumeric() || at(i) == '_' {
                    i += 1;
                }
                out.push(chars[start..i].iter().collect());
            }
            (c, _) => {
                if !c.is_whitespace() {
                    out.push(c.to_string());
                }
                i += 1;
            }
        }
    }
    out
}

fn end_of_line(chars: &[char], from: usize) -> usize {
    chars[from..].iter().position(|c| *c == '\n').map_or(chars.len(), |n| from + n)
}

fn end_of_comment(chars: &[char], from: usize) -> usize {
    let (mut i, mut depth) = (from, 0);
    while i < chars.len() {
        match chars[i..].get(..2) {
            Some(['/', '*']) => (depth, i) = (depth + 1, i + 2),
            Some(['*', '/']) => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            break;
        }
    }
    i
}

fn end_of_string(chars: &[char], from: usize) -> usize {
    let mut i = from + 1;
    while i < chars.len() && chars[i] != '"' {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    i + 1
}

/// Number of hashes when a raw string starts here: `r"`, `r#"`, `br##"`; none for a plain byte string or a word.
fn raw_hashes(chars: &[char], from: usize) -> Option<usize> {
    let mut i = from;
    if i.checked_sub(1).is_some_and(|before| chars[before].is_alphanumeric() || chars[before] == '_') {
        return None;
    }
    i += usize::from(chars[i] == 'b');
    if chars.get(i) != Some(&'r') {
        return None;
    }
    let hashes = chars[i + 1..].iter().take_while(|c| **c == '#').count();
    (chars.get(i + 1 + hashes) == Some(&'"')).then_some(hashes)
}

fn end_of_raw(chars: &[char], from: usize) -> usize {
    let hashes = raw_hashes(chars, from).unwrap_or(0);
    let mut close = vec!['"'];
    close.extend(std::iter::repeat_n('#', hashes));
    let open = from + 2 + hashes + usize::from(chars[from] == 'b');
    let body = chars.get(open..).unwrap_or_default();
    body.windows(close.len()).position(|part| part == close).map_or(chars.len(), |n| open + n + close.len())
}

fn end_of_character(chars: &[char], from: usize) -> usize {
    chars
        .get(from..)
        .unwrap_or_default()
        .iter()
        .position(|c| *c == '\'')
        .map_or(chars.len(), |n| from + n + 1)
}
