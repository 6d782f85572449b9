//! Globs: patterns that match whole texts. `*` and `?` stop at `/`, `**` as a whole folder does not; `[a-z]` is one of
//! these characters, `[!a-z]` one of the others, `{a,b}` one or the other, and `\` takes the meaning of what follows.
//!
//! A matcher of its own: libraries turn globs into regular expressions, whose engines take more room in the binary than
//! the readers of all coverage formats together.

mod parse;

/// A compiled glob.
#[derive(Clone, Debug)]
pub struct Glob {
    /// The text matches when one of them does.
    alternatives: Vec<Vec<Token>>,
}

/// What is wrong with a pattern.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GlobError {
    /// `[a`
    #[error("a `[` without its `]`")]
    Class,
    /// `[z-a]`
    #[error("the range `{0}-{1}` runs backwards")]
    Range(char, char),
    /// `{a`
    #[error("a `{{` without its `}}`")]
    Open,
    /// `a}`
    #[error("a `}}` without its `{{`; write `[}}]` for the character")]
    Closed,
    /// `a\`
    #[error("a `\\` at the end")]
    Escape,
    /// Too much in braces.
    #[error("more than {} alternatives", parse::MOST_ALTERNATIVES)]
    TooMany,
}

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Char(char),
    /// `?`
    Any,
    Class {
        negated: bool,
        ranges: Vec<(char, char)>,
    },
    /// `*`
    Star,
    /// `**/`: nothing, or anything up to a `/`.
    Folders,
    /// `**` at the end.
    All,
}

impl Token {
    /// Whether this is one character, and `c`.
    fn is(&self, c: char) -> bool {
        match self {
            Self::Char(known) => *known == c,
            Self::Any => c != '/',
            Self::Class { negated, ranges } => {
                c != '/' && ranges.iter().any(|(from, to)| (*from..=*to).contains(&c)) != *negated
            }
            Self::Star | Self::Folders | Self::All => false,
        }
    }
}

impl Glob {
    /// Understands a pattern.
    pub fn new(pattern: &str) -> Result<Self, GlobError> {
        parse::parse(pattern).map(|alternatives| Self { alternatives })
    }

    /// Whether the whole of `text` matches.
    pub fn matches(&self, text: &str) -> bool {
        self.alternatives.iter().any(|tokens| Match::of(tokens, text).is_whole())
    }
}

/// A pattern that matches `text` and nothing else.
pub fn escape(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '?' | '*' | '[' | ']' | '{' | '}' => format!("[{c}]"),
        '\\' => "\\\\".to_owned(),
        _ => c.to_string(),
    });
    escaped.collect()
}

/// Several globs.
#[derive(Clone, Debug, Default)]
pub struct Globs(pub Vec<Glob>);

impl Globs {
    /// Whether any of them matches.
    pub fn matches(&self, text: &str) -> bool {
        self.0.iter().any(|glob| glob.matches(text))
    }
}

/// A way back: the token behind a wildcard, and where in the text that token was tried last.
#[derive(Clone, Copy)]
struct Way {
    token: usize,
    at: usize,
}

/// One text against one list of tokens. The last wildcard alone takes more when what follows it does not fit: a `*`
/// cannot leave its folder, and what a `**` before another one could take, the other one can, too. So the time is
/// bounded by the product of both lengths.
struct Match<'a> {
    tokens: &'a [Token],
    text: &'a str,
    token: usize,
    at: usize,
    star: Option<Way>,
    deep: Option<Way>,
}

impl<'a> Match<'a> {
    fn of(tokens: &'a [Token], text: &'a str) -> Self {
        Self { tokens, text, token: 0, at: 0, star: None, deep: None }
    }

    fn is_whole(&mut self) -> bool {
        loop {
            match self.tokens.get(self.token) {
                None if self.at == self.text.len() => return true,
                Some(Token::All) if self.token + 1 == self.tokens.len() => return true,
                Some(Token::Star) => {
                    self.token += 1;
                    self.star = Some(self.here());
                }
                Some(Token::Folders | Token::All) => {
                    self.token += 1;
                    (self.star, self.deep) = (None, Some(self.here()));
                }
                token => match self.next(self.at) {
                    Some(c) if token.is_some_and(|token| token.is(c)) => {
                        self.token += 1;
                        self.at += c.len_utf8();
                    }
                    _ if self.goes_back() => {}
                    _ => return false,
                },
            }
        }
    }

    fn here(&self) -> Way {
        Way { token: self.token, at: self.at }
    }

    fn next(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// Lets the last wildcard take more.
    fn goes_back(&mut self) -> bool {
        let longer = self.star.and_then(|way| {
            let c = self.next(way.at).filter(|c| *c != '/')?;
            Some(Way { at: way.at + c.len_utf8(), ..way })
        });
        self.star = longer;
        if longer.is_none() {
            self.deep = self.deep.and_then(|way| self.deeper(way));
        }
        let Some(way) = longer.or(self.deep) else { return false };
        (self.token, self.at) = (way.token, way.at);
        true
    }

    /// `**/` takes a folder more, another `**` a character.
    fn deeper(&self, way: Way) -> Option<Way> {
        let taken = match self.tokens.get(way.token - 1) {
            Some(Token::Folders) => self.text.get(way.at..)?.find('/')? + 1,
            _ => self.next(way.at)?.len_utf8(),
        };
        Some(Way { at: way.at + taken, ..way })
    }
}

#[cfg(test)]
mod tests;
