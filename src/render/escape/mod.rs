//! The one place where text that is not ours is made safe to show.
//!
//! Names, messages, paths and branches come out of files that a pull request controls. They reach a reader only
//! through one of these: [`markdown`] for comments and summaries, [`mod@html`] and [`url`] for pages and links,
//! [`mod@terminal`] for people's screens, [`command`] for workflow commands. JSON escapes for itself and loses nothing.

pub mod command;
mod html;
pub mod markdown;
mod terminal;
pub mod url;

pub use html::html;
pub use terminal::terminal;

use std::borrow::Cow;
use std::fmt::Write;

/// Whether `character` steers a terminal, reorders text or cannot be seen: C0 and C1 controls, line and paragraph
/// separators, bidirectional controls, zero-width and other invisible format characters, tags, interlinear marks.
pub fn is_unprintable(character: char) -> bool {
    matches!(character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}'
        | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// `text` on one line with nothing hidden: colour sequences are dropped, line breaks and tabs become spaces,
/// every other unprintable character is spelled out as `\u{…}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unprintable) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if let Some(after) = after_colour(rest) {
            rest = after;
            continue;
        }
        match character {
            '\r' if rest.starts_with("\r\n") => {}
            '\n' | '\t' | '\r' => shown.push(' '),
            c if is_unprintable(c) => push_spelled(&mut shown, c),
            c => shown.push(c),
        }
        rest = rest.strip_prefix(character).unwrap_or_default();
    }
    Cow::Owned(shown)
}

/// What follows a colour sequence (`ESC [ digits m`) at the start of `text`, if there is one.
fn after_colour(text: &str) -> Option<&str> {
    let parameters = text.strip_prefix("\u{1b}[")?;
    let end = parameters.find(|c: char| !matches!(c, '0'..='9' | ';' | ':'))?;
    parameters.get(end..)?.strip_prefix('m')
}

/// `text` with every character that `is_lost` spelled out as `\u{…}`, for forms that cannot hold it.
pub(super) fn spelled(text: &str, is_lost: fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(is_lost) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_lost(character) {
            push_spelled(&mut shown, character);
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

fn push_spelled(shown: &mut String, character: char) {
    // Writing into a string cannot fail.
    let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
}

/// `text` in at most `limit` characters: the middle gives way to an ellipsis, since names that differ mostly
/// differ at their ends.
pub fn shorten(text: &str, limit: usize) -> Cow<'_, str> {
    if text.chars().nth(limit).is_none() {
        return Cow::Borrowed(text);
    }
    let kept = limit.saturating_sub(1);
    let tail = kept / 3;
    let total = text.chars().count();
    let start: String = text.chars().take(kept - tail).collect();
    let end: String = text.chars().skip(total - tail).collect();
    Cow::Owned(format!("{start}…{end}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hidden_characters_are_spelled_out_and_colours_dropped() {
        assert_eq!(visible("\u{1b}[1;31mE\u{1b}[0m  x\r\ny\tz"), "E  x y z");
        assert_eq!(
            visible("a\u{202e}b\u{200b}c\0\u{1b}]0;t\u{7}"),
            "a\\u{202e}b\\u{200b}c\\u{0}\\u{1b}]0;t\\u{7}"
        );
        assert_eq!(visible("plain ünïcödé 漢字"), "plain ünïcödé 漢字");
    }

    #[test]
    fn long_names_keep_both_ends() {
        assert_eq!(shorten("abcdefghij", 10), "abcdefghij");
        assert_eq!(shorten("abcdefghijk", 7), "abcd…jk");
    }

    proptest! {
        #[test]
        fn nothing_unprintable_survives(text in "\\PC*|[\\x00-\\x20a\\u{1b}\\[m;\\u{200b}\\u{202e}]*") {
            prop_assert!(!visible(&text).chars().any(is_unprintable));
        }

        #[test]
        fn shortened_text_fits(text in "\\PC{0,40}", limit in 1_usize..30) {
            prop_assert!(shorten(&text, limit).chars().count() <= limit);
        }
    }
}
