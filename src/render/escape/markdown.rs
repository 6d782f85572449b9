//! Text in comments and job summaries, as GitHub's Markdown reads it.
//!
//! Text that is not ours goes into code spans, where GitHub resolves no mention, reference, emoji or link
//! (<https://docs.github.com/en/get-started/writing-on-github>). Sentences of ours that quote such text go through
//! [`prose`], which leaves plain words alone and puts everything else into code spans.

use std::fmt::Write;

use super::{shorten, visible};

/// Where a code span stands; cells of tables split at `|` before code spans are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Paragraphs, lists, summaries.
    Text,
    /// A table's cell.
    Cell,
}

/// `text` as a code span of at most `limit` characters.
pub fn code(text: &str, limit: usize, place: Place) -> String {
    let shown = visible(text);
    let shown = shorten(&shown, limit);
    match place {
        _ if shown.trim().is_empty() => String::from("`(empty)`"),
        // A backslash before the bar would escape the escape; entities mean the same in every table parser.
        Place::Cell if shown.contains('|') => entities(&shown),
        _ => span(&shown),
    }
}

/// A fence one longer than the longest run of backticks inside; the padding is dropped by the reader again.
fn span(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let padded = longest > 0 || (text.starts_with(' ') && text.ends_with(' '));
    let pad = if padded { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn entities(text: &str) -> String {
    let mut escaped = String::from("<code>");
    for character in text.chars() {
        if character.is_ascii_punctuation() {
            // Writing into a string cannot fail.
            let _ = write!(escaped, "&#{};", u32::from(character));
        } else {
            escaped.push(character);
        }
    }
    escaped + "</code>"
}

/// A sentence of ours, which may quote other people's text in backticks: plain words stay, quoted text and every
/// word that Markdown or GitHub could take for more than a word become code spans.
pub fn prose(text: &str, place: Place) -> String {
    let shown = visible(text);
    let parts = shown.split('`').enumerate().map(|(index, part)| {
        let quoted = index % 2 == 1 && !part.trim().is_empty();
        if quoted { code(part, QUOTED, place) } else { words(part, place, index == 0) }
    });
    join(parts)
}

/// Longest quotation inside a sentence.
const QUOTED: usize = 200;

/// Two code spans must not touch: their fences would run into one.
fn join(parts: impl Iterator<Item = String>) -> String {
    let mut joined = String::new();
    for part in parts {
        if joined.ends_with('`') && part.starts_with('`') {
            joined.push(' ');
        }
        joined.push_str(&part);
    }
    joined
}

fn words(text: &str, place: Place, begins: bool) -> String {
    let words = text.split(' ').enumerate().map(|(index, word)| match word {
        "<" => String::from("&lt;"),
        ">" => String::from("&gt;"),
        "&" => String::from("&amp;"),
        _ if begins && index == 0 && is_block_start(word) => code(word, QUOTED, place),
        _ if is_plain(word) => word.to_owned(),
        _ => punctuated(word, place),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A code span of `word` without the punctuation of the sentence that it stands in: `` (`#12`), ``.
fn punctuated(word: &str, place: Place) -> String {
    let stripped = word.strip_prefix('(').filter(|inner| !inner.contains('('));
    let (open, inner) = stripped.map_or(("", word), |inner| ("(", inner));
    let ends = |c: char| ",.;:!?".contains(c) || (c == ')' && !inner.contains('('));
    let core = inner.trim_end_matches(ends);
    match inner.strip_prefix(core) {
        Some(end) if !core.trim().is_empty() => format!("{open}{}{end}", code(core, QUOTED, place)),
        _ => code(word, QUOTED, place),
    }
}

/// Whether `word` means nothing but itself: no mention, reference, object name, address, emoji, markup, list item.
fn is_plain(word: &str) -> bool {
    let plain =
        |c: char| c.is_ascii_alphanumeric() || ".,;:%'\"()/+-?!=".contains(c) || "…–—−≥≤→›·×“”‘’".contains(c);
    word.chars().all(plain) && !is_reference(word) && word.matches(':').count() < 2
}

/// What GitHub or Markdown turns into a link: hexadecimal object names, `GH-12`, web addresses.
fn is_reference(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let object = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|run| run.len() >= 7 && run.bytes().all(|b| b.is_ascii_hexdigit()));
    let issue = lower.split("gh-").skip(1).any(|after| after.starts_with(|c: char| c.is_ascii_digit()));
    object || issue || lower.contains("://") || lower.contains("www.")
}

/// What starts a list, a rule or an underlined heading at the beginning of a line.
fn is_block_start(word: &str) -> bool {
    let marks = !word.is_empty() && word.chars().all(|c| "+-=".contains(c));
    let numbered = word
        .strip_suffix(['.', ')'])
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    marks || numbered
}

/// How GitHub reads our Markdown, for tests.
#[cfg(test)]
pub(in crate::render) mod reading {
    use proptest::prelude::*;

    /// HTML as GitHub's dialect gives it; raw HTML stays as it is.
    pub(in crate::render) fn html(markdown: &str) -> String {
        let mut options = comrak::Options::default();
        options.extension.table = true;
        options.extension.autolink = true;
        options.extension.strikethrough = true;
        options.extension.tasklist = true;
        options.extension.footnotes = true;
        options.extension.math_dollars = true;
        options.render.r#unsafe = true;
        comrak::markdown_to_html(markdown, &options)
    }

    /// Everything outside code spans.
    pub(in crate::render) fn outside_code(html: &str) -> String {
        let mut rest = html;
        let mut outside = String::new();
        while let Some((before, after)) = rest.split_once("<code>") {
            outside.push_str(before);
            rest = after.split_once("</code>").map_or("", |(_, after)| after);
        }
        outside + rest
    }

    /// The elements of a page in order, without code spans: what foreign text must not change.
    pub(in crate::render) fn skeleton(markdown: &str) -> Vec<String> {
        let html = outside_code(&html(markdown));
        html.split('<').skip(1).filter_map(|tag| tag.split_once('>')).map(|(tag, _)| tag.to_owned()).collect()
    }

    /// Text that tries to be more than text.
    pub(in crate::render) fn hostile_text() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "`",
            "``",
            "```",
            "|",
            "\\|",
            "\\",
            "@octocat",
            "@org/team",
            "#1",
            "GH-12",
            "o/r#3",
            "<!--",
            "-->",
            "<b>",
            "</details>",
            "<details>",
            "<script>",
            "![x](http://e.vil/y)",
            "[x](javascript:1)",
            "https://e.vil",
            "www.e.vil",
            "a@b.io",
            "\n",
            "\r\n",
            "\n\n# h",
            "\t",
            " ",
            "  ",
            "    ",
            "\u{1b}[31m",
            "\u{202e}",
            "\u{200b}",
            "\0",
            "*",
            "**",
            "_",
            "~~",
            "$x$",
            ":tada:",
            "- ",
            "1. ",
            "> ",
            "---",
            "&amp;",
            "&#60;",
            "0123456789abcdef0123456789abcdef01234567",
            "[^1]",
            "[ ]",
            "plain",
            "<",
            ">",
            "&",
            "name",
            "é",
            "::error::",
            "x",
        ]);
        prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_sentences_stay_as_they_are() {
        for said in [
            "patch coverage 61.1 % of 18 lines, at most 5.",
            "raise `coverage.lines` from 71.4 % to 80.0 %",
            "A+ (-1.2) → ok",
        ] {
            assert_eq!(prose(said, Place::Text), said);
        }
    }

    #[test]
    fn words_that_mean_more_become_code() {
        assert_eq!(
            prose("waived by @lead: see #12, GH-3, x_y < 3", Place::Text),
            "waived by `@lead`: see `#12`, `GH-3`, `x_y` &lt; 3"
        );
        assert_eq!(
            prose("see https://e.vil and 3f2c9e1b04", Place::Text),
            "see `https://e.vil` and `3f2c9e1b04`"
        );
        assert_eq!(prose("- item", Place::Text), "`-` item");
        assert_eq!(
            prose("from d891fc22d0, 0 days old (see @lead), f(a_b).", Place::Text),
            "from `d891fc22d0`, 0 days old (see `@lead`), `f(a_b)`."
        );
    }

    #[test]
    fn code_spans_hold_backticks_bars_and_nothing() {
        assert_eq!(code("a `b` c", 200, Place::Text), "`` a `b` c ``");
        assert_eq!(code("a|b", 200, Place::Text), "`a|b`");
        assert_eq!(code("a|b", 200, Place::Cell), "<code>a&#124;b</code>");
        assert_eq!(code(" \n", 200, Place::Text), "`(empty)`");
        assert_eq!(code("abcdefghij", 5, Place::Text), "`abc…j`");
    }

    proptest! {
        #[test]
        fn a_code_span_shows_the_text_and_nothing_else(text in reading::hostile_text()) {
            let html = reading::html(&format!("- x {} y", code(&text, 200, Place::Text)));
            prop_assert_eq!(reading::outside_code(&html), "<ul>\n<li>x  y</li>\n</ul>\n");
        }

        #[test]
        fn a_cell_stays_one_cell(text in reading::hostile_text()) {
            let table = |cell: &str| reading::html(&format!("| a | b |\n| --- | --- |\n| {cell} | {cell} |\n"));
            let html = table(&code(&text, 200, Place::Cell));
            prop_assert_eq!(reading::outside_code(&html), reading::outside_code(&table("`x`")), "{}", html);
        }

        #[test]
        fn prose_is_text_and_code(text in reading::hostile_text()) {
            let html = reading::html(&format!("x {} y", prose(&text, Place::Text)));
            let outside = reading::outside_code(&html);
            let inner = outside.trim_end().strip_prefix("<p>").and_then(|inner| inner.strip_suffix("</p>"));
            prop_assert!(inner.is_some_and(|inner| !inner.contains(['<', '@', '#', '$', '`', '|'])), "{}", html);
        }
    }
}
