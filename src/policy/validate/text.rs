//! Texts of a policy: names, keys, globs, dates.

use jiff::civil::Date;

use super::Issue;
use crate::policy::Selection;
use crate::policy::error::Problem;
use crate::policy::glob;
use crate::policy::locate::Path;
use crate::policy::raw::OneOrMany;

/// Characters of a name that is shown to people.
const MAX_NAME: usize = 200;

/// The text of a key that must be there and say something.
pub(super) fn required<'a>(
    text: Option<&'a str>,
    path: &Path,
    key: &'static str,
    hint: &'static str,
) -> Result<&'a str, Issue> {
    let text = text.ok_or_else(|| Issue::missing(path, key, hint))?;
    name(text, &path.key(key))
}

/// A text that is shown: not blank, one line, not endless.
pub(super) fn name<'a>(text: &'a str, path: &Path) -> Result<&'a str, Issue> {
    let text = text.trim();
    let fits = !text.is_empty() && text.chars().count() <= MAX_NAME && !text.chars().any(char::is_control);
    if fits { Ok(text) } else { Err(Issue::value(path, text, "one line of 1 to 200 characters")) }
}

/// An optional text that is shown.
pub(super) fn optional(text: Option<&str>, path: &Path) -> Result<Option<String>, Issue> {
    text.map(|text| name(text, path).map(str::to_owned)).transpose()
}

/// A key that becomes part of an id; `separators` are the characters that ids use themselves.
pub(super) fn key(text: &str, path: &Path, separators: &[char]) -> Result<(), Issue> {
    let fits = !text.is_empty()
        && text.chars().count() <= MAX_NAME
        && text.trim() == text
        && !text.chars().any(|c| c.is_control() || separators.contains(&c));
    if fits {
        return Ok(());
    }
    let words: Vec<String> = separators.iter().map(|c| format!("`{c}`")).collect();
    let allowed = format!("one line of 1 to 200 characters without {} in it", words.join(" and "));
    Err(Issue::key(
        path,
        Problem::Value { key: "key".to_owned(), found: text.to_owned(), allowed: allowed.into() },
    ))
}

/// A day.
pub(super) fn date(text: &str, path: &Path) -> Result<Date, Issue> {
    let shape =
        text.len() == 10 && text.bytes().enumerate().all(|(at, b)| matches!(at, 4 | 7) == (b == b'-'));
    let date = if shape { text.parse().ok() } else { None };
    date.ok_or_else(|| Issue::value(path, text, "a day such as `2027-01-31`"))
}

/// Globs, compiled; absent ones select everything.
pub(super) fn selection(globs: Option<&OneOrMany>, path: &Path) -> Result<Selection, Issue> {
    let Some(globs) = globs else { return Ok(Selection::default()) };
    glob::compile(&globs.texts).map_err(|(index, error)| {
        let at = if globs.listed { path.index(index) } else { path.clone() };
        let found = globs.texts.get(index).map_or("", String::as_str);
        Issue::value(&at, found, format!("a glob such as `src/**/*.rs` ({error})"))
    })
}

/// Globs as written, after a check that they compile.
pub(super) fn globs(globs: Option<&OneOrMany>, path: &Path) -> Result<Vec<String>, Issue> {
    selection(globs, path).map(|selection| selection.patterns)
}
