//! The table's notation as openings: what begins a comment or a string, and what ends it.

use super::languages::Language;
use crate::model::order;

/// One opening.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) open: &'static str,
    pub(super) place: Place,
    pub(super) what: What,
}

/// Where an opening is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Anywhere,
    /// At the beginning of a line.
    Line,
    /// After white space.
    Space,
}

/// What an opening opens.
#[derive(Debug)]
pub(super) enum What {
    /// A comment to the end of the line.
    Line,
    /// A comment to `close`.
    Block {
        close: &'static str,
        nests: bool,
    },
    /// A string.
    Quote {
        close: &'static str,
        escapes: bool,
        spans_lines: bool,
    },
    /// Nothing: it and the byte after it are code.
    Code,
    Char,
    Regex,
    RawR,
    RawCpp,
    Heredoc {
        tight: bool,
    },
}

/// The openings of a language, the longest first.
pub(super) fn tokens(language: &Language) -> Vec<Token> {
    let words = |text: &'static str| text.split(' ').filter(|word| !word.is_empty());
    let mut tokens: Vec<Token> = words(language.line).map(|word| placed(word, What::Line)).collect();
    let mut blocks = words(language.block);
    while let (Some(open), Some(close)) = (blocks.next(), blocks.next()) {
        let (nests, open) = flag(open, '+');
        tokens.push(placed(open, What::Block { close, nests }));
    }
    for word in words(language.strings) {
        string(word, &mut tokens);
    }
    order::sort_by_key(&mut tokens, |token| std::cmp::Reverse(token.open.len()));
    tokens
}

fn string(word: &'static str, tokens: &mut Vec<Token>) {
    let mut token = |open, what| tokens.push(Token { open, place: Place::Anywhere, what });
    match word {
        "char" => token("'", What::Char),
        "regex" => token("/", What::Regex),
        "raw-r" => {
            token("r\"", What::RawR);
            token("r#", What::RawR);
        }
        "raw-R" => token("R\"", What::RawCpp),
        "heredoc" => token("<<", What::Heredoc { tight: false }),
        "heredoc-tight" => token("<<", What::Heredoc { tight: true }),
        _ if word.starts_with('~') => token(flag(word, '~').1, What::Code),
        _ => {
            let (spans_lines, word) = flag(word, '*');
            let (literal, word) = flag(word, '!');
            let (open, close) = word.split_once('…').unwrap_or((word, word));
            token(open, What::Quote { close, escapes: !literal, spans_lines });
        }
    }
}

fn placed(word: &'static str, what: What) -> Token {
    let (at_line, word) = flag(word, '^');
    let (after_space, open) = flag(word, '_');
    let place = match (at_line, after_space) {
        (true, _) => Place::Line,
        (_, true) => Place::Space,
        _ => Place::Anywhere,
    };
    Token { open, place, what }
}

fn flag(word: &'static str, flag: char) -> (bool, &'static str) {
    word.strip_prefix(flag).map_or((false, word), |word| (true, word))
}
