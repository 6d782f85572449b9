//! What one line is.

use super::document::{Kind, Mark};

/// An open fence: its marker, and whether it holds text of no language.
pub(super) struct Fence {
    pub(super) marker: String,
    pub(super) is_text: bool,
}

pub(super) fn opening(trimmed: &str) -> Option<Fence> {
    let sign = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = trimmed.trim_start_matches(sign);
    let length = trimmed.len() - info.len();
    if length < 3 || info.contains('`') {
        return None;
    }
    let is_text = matches!(info.trim(), "" | "text" | "txt" | "plain" | "plaintext");
    Some(Fence { marker: trimmed.get(..length)?.to_owned(), is_text })
}

pub(super) fn heading(trimmed: &str) -> Option<(u8, &str)> {
    let title = trimmed.trim_start_matches('#');
    let level = u8::try_from(trimmed.len() - title.len()).ok().filter(|level| (1..=6).contains(level))?;
    title.starts_with(' ').then(|| (level, title.trim().trim_end_matches('#')))
}

pub(super) fn underline(trimmed: &str, next: &str) -> Option<u8> {
    let next = next.trim();
    let all = |sign: char| next.len() >= 3 && next.chars().all(|c| c == sign);
    let prose = !trimmed.is_empty() && !item(trimmed).0 && !trimmed.contains(": ") && !is_rule(trimmed);
    match (prose, all('='), all('-')) {
        (true, true, _) => Some(1),
        (true, _, true) => Some(2),
        _ => None,
    }
}

/// Bytes from which a bold line that ends with a point is a sentence.
const SENTENCE: usize = 40;

/// A bold line is a heading, a bold label without a value heads the list below it.
pub(super) fn pseudo_heading(trimmed: &str) -> Option<(u8, &str)> {
    let inside = trimmed.strip_prefix("**")?;
    let (title, after) = inside.split_once("**")?;
    match after.trim() {
        // A sentence in bold letters says something and heads nothing.
        "" if title.ends_with('.') && title.len() >= SENTENCE => None,
        "" if title.ends_with(':') => Some((8, title.trim_end_matches(':'))),
        "" => Some((7, title)),
        ":" => Some((8, title)),
        rest if rest.starts_with('(') && rest.ends_with("):") => Some((8, trimmed.trim_end_matches(':'))),
        _ => None,
    }
}

pub(super) fn is_rule(trimmed: &str) -> bool {
    trimmed
        .chars()
        .all(|c| matches!(c, '-' | '_' | '*' | '=' | '━' | '─' | '═' | '╌' | '\u{fffd}' | ' ' | '+'))
}

/// Whether a line is a list item, and its text.
pub(super) fn item(trimmed: &str) -> (bool, &str) {
    if let Some(rest) = ["- ", "* ", "+ ", "• "].iter().find_map(|bullet| trimmed.strip_prefix(bullet)) {
        return (true, rest.trim_start());
    }
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let after = trimmed.get(digits..).unwrap_or_default();
    let text = after.strip_prefix(". ").or_else(|| after.strip_prefix(") "));
    match text {
        Some(text) if (1..4).contains(&digits) => (true, text.trim_start()),
        _ => (false, trimmed),
    }
}

/// Takes marks out of a text; the first one counts.
pub(super) fn without_mark(text: &str) -> (String, Option<Mark>, bool) {
    for (box_, mark) in [("[x] ", Mark::Done), ("[X] ", Mark::Done), ("[ ] ", Mark::Open)] {
        if let Some(rest) = text.strip_prefix(box_) {
            return (without_mark_signs(rest).0, Some(mark), true);
        }
    }
    let (text, mark) = without_mark_signs(text);
    (text, mark, false)
}

fn without_mark_signs(text: &str) -> (String, Option<Mark>) {
    let mark = text.chars().find_map(sign);
    let kept: String = text.chars().filter(|c| sign(*c).is_none() && !is_block(*c)).collect();
    (kept.trim().to_owned(), mark)
}

/// A piece of a drawn bar.
fn is_block(character: char) -> bool {
    matches!(character, '█' | '░' | '▓' | '▒' | '▰' | '▱')
}

fn sign(character: char) -> Option<Mark> {
    match character {
        '✅' | '✔' | '☑' | '✓' => Some(Mark::Done),
        '☐' => Some(Mark::Open),
        '🔄' | '⏳' | '🚧' => Some(Mark::Progress),
        '⚠' => Some(Mark::Warning),
        '❌' | '✗' | '✘' => Some(Mark::Failed),
        _ => None,
    }
}

/// Whether a sentence ends inside a label: then it is none.
fn ends_sentence(label: &str) -> bool {
    label.match_indices(". ").any(|(at, _)| {
        label
            .get(..at)
            .and_then(|before| before.split_whitespace().next_back())
            .is_some_and(|word| word.len() > 3 && word.chars().all(char::is_alphabetic))
    })
}

/// `Core engine - 85%`: the dash before a number is as good as a colon.
pub(super) fn dashed(text: &str) -> Option<(Option<String>, String)> {
    let (at, dash) = [" — ", " – ", " - "].iter().find_map(|dash| text.find(dash).map(|at| (at, dash)))?;
    let (label, value) = (text.get(..at)?.trim(), text.get(at + dash.len()..)?.trim_start());
    let number = value.trim_start_matches(['~', '≈']).starts_with(|c: char| c.is_ascii_digit());
    let name = label.ends_with(|c: char| c.is_alphabetic() || c == ')') && label.len() <= 60;
    (number && name).then(|| (Some(label.to_owned()), value.to_owned()))
}

/// `Build ..... 95%`, and in fenced text `Build    95%`: leaders and columns are as good as a colon.
pub(super) fn leaders(text: &str, kind: Kind) -> Option<(Option<String>, String)> {
    let gap = if text.contains("...") { "..." } else { "  " };
    let (label, rest) = text.split_once(gap).filter(|_| gap != "  " || kind == Kind::Fenced)?;
    let value = rest.trim_start_matches(['.', ' ']);
    let number = value.trim_start_matches('~').starts_with(|c: char| c.is_ascii_digit());
    let label = label.trim_end();
    let name = label.starts_with(char::is_alphabetic) && label.len() <= 60;
    (number && name).then(|| (Some(label.to_owned()), value.to_owned()))
}

/// Takes away a bar that draws the number beside it: `[####--] Core: 71%`.
pub(super) fn without_bar(text: String) -> String {
    let bar = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    match bar {
        Some((bar, rest)) if bar.len() >= 3 && bar.contains(['#', '=', '█', '■', '▓']) => {
            let drawn = bar.chars().all(|c| "#=->. █░▓▒■□".contains(c));
            if drawn { rest.trim_start().to_owned() } else { text }
        }
        _ => text,
    }
}

/// What stands before and after the first colon that ends a word.
pub(super) fn labelled(text: &str) -> (Option<String>, String) {
    let at = text.char_indices().find_map(|(at, c)| {
        let after = text.get(at + 1..).unwrap_or_default();
        (c == ':' && (after.is_empty() || after.starts_with(' '))).then_some(at)
    });
    match at.and_then(|at| Some((text.get(..at)?, text.get(at + 1..)?))) {
        Some((label, value)) if !label.is_empty() && label.len() <= 100 && !ends_sentence(label) => {
            (Some(label.trim().to_owned()), value.trim_start().to_owned())
        }
        _ => (None, text.to_owned()),
    }
}
