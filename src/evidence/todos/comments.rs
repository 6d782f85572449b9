//! The comments of a text: one pass, linear in its length.

use memchr::{memchr, memchr3, memmem};

use super::languages::Language;
use super::tokens::{Place, Token, What, tokens};

/// Longest regular expression and longest delimiter of a raw string, in bytes: what is longer is taken for code.
const LONGEST_REGEX: usize = 1000;
const LONGEST_DELIMITER: usize = 16;

/// Shows every comment of `text` to `found`: where it begins, and its bytes without what ends it.
pub(super) fn comments<'t>(text: &'t [u8], language: &Language, found: &mut dyn FnMut(usize, &'t [u8])) {
    let tokens = tokens(language);
    let mut scan = Scan { text, at: 0, has_heredocs: true };
    // Outside of its marks a PHP file is no code.
    if let Some(outside) = tokens.iter().find(|token| token.open == "?>") {
        scan.at = scan.end_of_quote(0, &outside.what);
    }
    let mut starts = [false; 256];
    for token in &tokens {
        let first = token.open.as_bytes().first().copied().unwrap_or_default();
        if let Some(start) = starts.get_mut(usize::from(first)) {
            *start = true;
        }
    }
    let is_start = |byte: &u8| starts.get(usize::from(*byte)) == Some(&true);
    while let Some(next) = scan.rest().iter().position(is_start) {
        scan.at += next;
        let rest = scan.rest();
        match tokens.iter().find(|token| rest.starts_with(token.open.as_bytes()) && scan.fits(token)) {
            Some(token) => scan.pass(token, found),
            None => scan.at += 1,
        }
    }
}

struct Scan<'t> {
    text: &'t [u8],
    at: usize,
    /// Not any more once one had no end: looking for the end of each would take too long.
    has_heredocs: bool,
}

impl<'t> Scan<'t> {
    fn rest(&self) -> &'t [u8] {
        self.from(self.at)
    }

    fn from(&self, at: usize) -> &'t [u8] {
        self.text.get(at..).unwrap_or_default()
    }

    fn before(&self) -> &'t [u8] {
        self.text.get(..self.at).unwrap_or_default()
    }

    /// Whether `token` may stand here. An address is no comment: `https://`.
    fn fits(&self, token: &Token) -> bool {
        let last = self.before().last();
        match token.place {
            Place::Anywhere => token.open != "//" || last != Some(&b':'),
            Place::Space => last.is_none_or(u8::is_ascii_whitespace),
            Place::Line => {
                let blank = |byte: &&u8| !matches!(**byte, b' ' | b'\t');
                self.before().iter().rev().take(LONGEST_REGEX).find(blank).is_none_or(|byte| *byte == b'\n')
            }
        }
    }

    /// Moves behind what `token` opens here; always by at least a byte.
    fn pass(&mut self, token: &Token, found: &mut dyn FnMut(usize, &'t [u8])) {
        let (start, inside) = (self.at, self.at + token.open.len());
        self.at = match &token.what {
            What::Line => {
                let length = memchr(b'\n', self.from(inside)).unwrap_or(self.from(inside).len());
                self.show(inside, length, found)
            }
            What::Block { close, nests } => {
                let open = if *nests { token.open } else { "" };
                let (length, closing) = block(self.from(inside), open, close);
                self.show(inside, length, found) + closing
            }
            What::Quote { .. } => self.end_of_quote(inside, &token.what),
            What::Code => inside + 1,
            What::Char => inside + character(self.from(inside)).unwrap_or(0),
            What::Regex => inside + self.regex(inside).unwrap_or(0),
            What::RawR => inside + raw_r(self.from(start)).unwrap_or(0),
            What::RawCpp => inside + raw_cpp(self.from(inside)).unwrap_or(0),
            What::Heredoc { tight } => self.heredoc(inside, *tight),
        };
    }

    fn show(&self, inside: usize, length: usize, found: &mut dyn FnMut(usize, &'t [u8])) -> usize {
        found(inside, self.from(inside).get(..length).unwrap_or_default());
        inside + length
    }

    /// The end of a string whose content begins at `at`. One that may not span lines ends with its line, closed or not.
    fn end_of_quote(&self, mut at: usize, what: &What) -> usize {
        let What::Quote { close, escapes, spans_lines } = what else { return at };
        let first = close.as_bytes().first().copied().unwrap_or_default();
        let escape = if *escapes { b'\\' } else { first };
        let line = if *spans_lines { first } else { b'\n' };
        while let Some(next) = memchr3(first, escape, line, self.from(at)) {
            at += next;
            match self.from(at) {
                rest if rest.starts_with(close.as_bytes()) => return at + close.len(),
                [b'\\', ..] if *escapes => at += 2,
                [b'\n', ..] if !*spans_lines => return at,
                _ => at += 1,
            }
        }
        self.text.len()
    }

    /// The length of the regular expression whose content begins at `at`, where no division can stand.
    fn regex(&self, at: usize) -> Option<usize> {
        let mut before = self.before().iter().rev().take(LONGEST_REGEX);
        let last = before.find(|byte| !matches!(**byte, b' ' | b'\t'));
        if last.is_some_and(|byte| !b"(,=:[!&|?{};+-*%>~^\n\r".contains(byte)) {
            return None;
        }
        let (mut in_class, mut escaped) = (false, false);
        for (length, byte) in self.from(at).iter().take(LONGEST_REGEX).enumerate() {
            match byte {
                b'\n' => return None,
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => return Some(length + 1),
                _ => {}
            }
        }
        None
    }

    /// The end of a here-document: behind the line that holds its word alone; behind the operator when there is none.
    fn heredoc(&mut self, operator: usize, tight: bool) -> usize {
        let rest = self.from(operator);
        if !self.has_heredocs || (!tight && rest.starts_with(b"<")) {
            return operator + 1;
        }
        let marks = |byte: &u8| b"<-~'\"\\".contains(byte) || (!tight && *byte == b' ');
        let from = rest.iter().position(|byte| !marks(byte)).unwrap_or(rest.len());
        let tail = rest.get(from..).unwrap_or_default();
        let length = tail.iter().position(|byte| !is_word(*byte)).unwrap_or(tail.len());
        let word = tail.get(..length).unwrap_or_default();
        if word.first().is_none_or(u8::is_ascii_digit) {
            return operator;
        }
        let mut at = operator + from + length;
        while let Some(next) = memchr(b'\n', self.from(at)) {
            at += next + 1;
            let line = self.from(at).trim_ascii_start();
            if line.strip_prefix(word).is_some_and(|after| after.first().is_none_or(|byte| !is_word(*byte))) {
                return self.text.len() - line.len() + word.len();
            }
        }
        self.has_heredocs = false;
        operator
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The length of a comment's content and of what closes it; `open` is what nests, or empty.
fn block(content: &[u8], open: &str, close: &str) -> (usize, usize) {
    let ends = memmem::find_iter(content, close);
    if open.is_empty() {
        let mut ends = ends;
        return ends.next().map_or((content.len(), 0), |at| (at, close.len()));
    }
    let (mut depth, mut at) = (1_usize, 0_usize);
    let first = |text: &str| text.as_bytes().first().copied().unwrap_or_default();
    while let Some(next) = memchr::memchr2(first(open), first(close), content.get(at..).unwrap_or_default()) {
        at += next;
        let rest = content.get(at..).unwrap_or_default();
        if rest.starts_with(close.as_bytes()) {
            depth -= 1;
            if depth == 0 {
                return (at, close.len());
            }
            at += close.len();
        } else if rest.starts_with(open.as_bytes()) {
            depth += 1;
            at += open.len();
        } else {
            at += 1;
        }
    }
    (content.len(), 0)
}

/// The length of a character with its closing quote; nothing for a lifetime or a prime.
fn character(content: &[u8]) -> Option<usize> {
    let longest = content.get(..content.len().min(LONGEST_DELIMITER)).unwrap_or_default();
    if let [b'\\', _, tail @ ..] = longest {
        return memchr(b'\'', tail).map(|at| at + 3);
    }
    let end = memchr(b'\'', longest.get(1..)?)? + 1;
    let one = longest.get(..end).and_then(|bytes| std::str::from_utf8(bytes).ok())?;
    (one.chars().count() == 1 && one != "\n").then_some(end + 1)
}

/// The length of a raw string behind its first two bytes: `r##"…"##`.
fn raw_r(content: &[u8]) -> Option<usize> {
    let hashes = content.get(1..)?.iter().take_while(|byte| **byte == b'#').count();
    let inside = content.get(1 + hashes..)?.strip_prefix(b"\"")?;
    let close = [b"\"", "#".repeat(hashes).as_bytes()].concat();
    let length = memmem::find(inside, &close).map_or(inside.len(), |at| at + close.len());
    Some(hashes + length)
}

/// The length of a raw string behind its quote: `delimiter(…)delimiter"`.
fn raw_cpp(content: &[u8]) -> Option<usize> {
    let longest = content.get(..content.len().min(LONGEST_DELIMITER + 1)).unwrap_or_default();
    let length = memchr(b'(', longest)?;
    let delimiter = content.get(..length)?;
    let close = [b")", delimiter, b"\""].concat();
    let inside = content.get(length..)?;
    let end = memmem::find(inside, &close).map_or(inside.len(), |at| at + close.len());
    Some(length + end)
}
