//! From a pattern to its tokens.

use std::iter::Peekable;
use std::str::Chars;

use super::{GlobError, Token};

/// What braces may multiply to at most.
pub(super) const MOST_ALTERNATIVES: usize = 1000;
/// Braces within braces at most.
const DEEPEST: usize = 10;

/// The alternatives that `pattern` consists of.
pub(super) fn parse(pattern: &str) -> Result<Vec<Vec<Token>>, GlobError> {
    let mut parser = Parser { rest: pattern.chars().peekable(), before: None, depth: 0 };
    let (mut alternatives, end) = parser.one_of()?;
    // `**/` with nothing behind it is what `**` is.
    for tokens in alternatives.iter_mut().filter(|tokens| !tokens.is_empty()) {
        if tokens.iter().all(|token| *token == Token::Folders) {
            *tokens = vec![Token::All];
        }
    }
    if end.is_some() { Err(GlobError::Closed) } else { Ok(alternatives) }
}

struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
    /// The character before.
    before: Option<char>,
    /// Open braces.
    depth: usize,
}

impl Parser<'_> {
    fn bump(&mut self) -> Option<char> {
        let next = self.rest.next();
        self.before = next.or(self.before);
        next
    }

    /// One side of a comma, up to what ends it: `,` or `}`, or the end of the pattern.
    fn one_of(&mut self) -> Result<(Vec<Vec<Token>>, Option<char>), GlobError> {
        let mut all = vec![Vec::new()];
        loop {
            let before = self.before;
            let Some(c) = self.bump() else { return Ok((all, None)) };
            let token = match c {
                '}' => return Ok((all, Some(c))),
                ',' if self.depth > 0 => return Ok((all, Some(c))),
                '{' => {
                    all = product(&all, &self.braces()?)?;
                    continue;
                }
                '?' => Token::Any,
                '*' => self.star(before, all.iter().all(Vec::is_empty)),
                '[' => self.class()?,
                '\\' => Token::Char(self.bump().ok_or(GlobError::Escape)?),
                _ => Token::Char(c),
            };
            for tokens in &mut all {
                tokens.push(token.clone());
            }
        }
    }

    fn braces(&mut self) -> Result<Vec<Vec<Token>>, GlobError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(GlobError::TooMany);
        }
        let mut all = Vec::new();
        loop {
            let (one, end) = self.one_of()?;
            all.extend(one);
            match end {
                Some(',') => {}
                Some(_) => break,
                None => return Err(GlobError::Open),
            }
        }
        self.depth -= 1;
        Ok(all)
    }

    /// Behind a `*`: only a `**` that is a whole folder goes through folders.
    fn star(&mut self, before: Option<char>, is_first: bool) -> Token {
        if self.rest.next_if_eq(&'*').is_none() {
            return Token::Star;
        }
        let begins = is_first || before == Some('/');
        let is_inside = self.depth > 0;
        match self.rest.peek() {
            Some('/') if begins => {
                self.bump();
                Token::Folders
            }
            None if begins => Token::All,
            Some(',' | '}') if begins && !is_first && is_inside => Token::All,
            _ => Token::Star,
        }
    }

    fn class(&mut self) -> Result<Token, GlobError> {
        let negated = self.rest.next_if(|c| matches!(c, '!' | '^')).is_some();
        let mut ranges: Vec<(char, char)> = Vec::new();
        loop {
            let c = self.bump().ok_or(GlobError::Class)?;
            if c == ']' && !ranges.is_empty() {
                return Ok(Token::Class { negated, ranges });
            }
            let mut ahead = self.rest.clone();
            let is_range = ahead.next() == Some('-') && ahead.next().is_some_and(|to| to != ']');
            if !is_range {
                ranges.push((c, c));
                continue;
            }
            self.bump();
            let to = self.bump().ok_or(GlobError::Class)?;
            if to < c {
                return Err(GlobError::Range(c, to));
            }
            ranges.push((c, to));
        }
    }
}

/// Each of `one` followed by each of `other`.
fn product(one: &[Vec<Token>], other: &[Vec<Token>]) -> Result<Vec<Vec<Token>>, GlobError> {
    if one.len().saturating_mul(other.len()) > MOST_ALTERNATIVES {
        return Err(GlobError::TooMany);
    }
    Ok(one.iter().flat_map(|first| other.iter().map(|then| [first.as_slice(), then].concat())).collect())
}
