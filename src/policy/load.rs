//! From text to a valid policy, or to an error with its place.

use super::Policy;
use super::error::{Place, PolicyError, Problem};
use super::extends::{self, Extended};
use super::locate::{self, Part, Path};
use super::outline::{self, Finding, MAX_VALUES};
use super::presets;
use super::raw::RawPolicy;
use super::validate;

/// Bytes that a policy may have.
pub const MAX_BYTES: usize = 256 * 1024;

/// `[` and `{` that a policy may have. The YAML reader takes time that grows with the square of their nesting.
pub const MAX_BRACKETS: usize = 4_000;

/// Reads a policy; `origin` is what errors call it ("readiness.yml").
pub fn parse(text: &str, origin: &str) -> Result<Policy, PolicyError> {
    let fail = |place, problem| PolicyError { origin: origin.to_owned(), place, problem };
    if text.len() > MAX_BYTES {
        return Err(fail(None, Problem::TooLong { bytes: text.len(), limit: MAX_BYTES }));
    }
    if text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).nth(MAX_BRACKETS).is_some() {
        return Err(fail(None, Problem::TooManyBrackets { limit: MAX_BRACKETS }));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (own, base) = extends::split(text);
    let raw = raw(own, origin)?;
    let raw = match raw.extends.as_deref().map(str::trim) {
        None if base.is_some() => {
            return Err(fail(None, Problem::Unreadable { detail: MORE_THAN_ONE.to_owned() }));
        }
        None => raw,
        Some(word) => {
            let located =
                |problem| fail(locate::place(own, &Path::default().key("extends"), Part::Value), problem);
            let base = extended(word, base, located)?;
            raw.over(base)
        }
    };
    validate::policy(&raw, text)
        .map_err(|issue| fail(locate::place(own, &issue.path, issue.part), issue.problem))
}

const MORE_THAN_ONE: &str = "the file holds more than one document";

/// The policy that `word` names, as written; it is checked on its own, so that its mistakes are told apart.
fn extended(
    word: &str,
    bundled: Option<&str>,
    fail: impl Fn(Problem) -> PolicyError,
) -> Result<RawPolicy, PolicyError> {
    let text = match extends::understood(word) {
        Some(Extended::BuiltIn(text)) => text,
        Some(Extended::Pinned(_)) => bundled.ok_or_else(|| fail(not_at_hand(word)))?,
        None => return Err(fail(unknown(word))),
    };
    let base = raw(text, word)?;
    if base.extends.is_some() {
        let message = format!("`{word}` extends a policy itself");
        let way_out = "only one level is read: put what it extends into it".into();
        return Err(fail(Problem::Contradiction { message, way_out }));
    }
    parse(text, word).map(|_valid| base)
}

fn not_at_hand(word: &str) -> Problem {
    Problem::Contradiction {
        message: format!("`{word}` lies in another repository, which only `readiness run` reads"),
        way_out: "get that file at that commit and name it with `--policy-base FILE`".into(),
    }
}

fn unknown(word: &str) -> Problem {
    if word.contains('/') {
        let allowed = "OWNER/REPO/PATH@COMMIT with all 40 digits of the commit".into();
        return Problem::Value { key: "extends".to_owned(), found: word.to_owned(), allowed };
    }
    let known = presets::ALL.iter().map(|(name, _)| (*name).to_owned()).collect();
    Problem::UnknownName { what: "policy", found: word.to_owned(), known }
}

/// Reads one document of bounded size.
fn raw(text: &str, origin: &str) -> Result<RawPolicy, PolicyError> {
    let fail = |place, problem| PolicyError { origin: origin.to_owned(), place, problem };
    outline::check(text).map_err(|(error, finding)| fail(place(&error), outlined(text, &error, finding)))?;
    serde_yaml::from_str(text).map_err(|error| fail(place(&error), rephrased(&error)))
}

fn place(error: &serde_yaml::Error) -> Option<Place> {
    let location = error.location()?;
    Some(Place { line: location.line(), column: location.column() })
}

fn outlined(text: &str, error: &serde_yaml::Error, finding: Option<Finding>) -> Problem {
    let blank = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    match finding {
        Some(Finding::Duplicate(key)) => Problem::DuplicateKey { key },
        Some(Finding::TooMany) => Problem::TooManyValues { limit: MAX_VALUES },
        None if blank => Problem::Empty,
        None if begins_with_tab(text, error) => Problem::Contradiction {
            message: "a tab indents this line, and YAML knows only spaces".to_owned(),
            way_out: "write spaces in its place".into(),
        },
        None => rephrased(error),
    }
}

/// Whether the line that the reader stopped at is indented by a tab, which it calls a character.
fn begins_with_tab(text: &str, error: &serde_yaml::Error) -> bool {
    let line = error.location().and_then(|location| text.lines().nth(location.line().saturating_sub(1)));
    line.is_some_and(|line| line.trim_start_matches(' ').starts_with('\t'))
}

/// serde says `…: unknown field `a`, expected one of `b`, `c` at line 1 column 2`; our errors have a place already.
fn rephrased(error: &serde_yaml::Error) -> Problem {
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(message, _)| message);
    match said.split_once("unknown field `") {
        Some((_, rest)) => unknown_key(rest),
        None => Problem::Unreadable { detail: said.to_owned() },
    }
}

fn unknown_key(rest: &str) -> Problem {
    let (key, expected) = rest.rsplit_once("`, expected ").unwrap_or((rest, ""));
    let allowed = expected.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    Problem::UnknownKey { key: key.to_owned(), allowed }
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
