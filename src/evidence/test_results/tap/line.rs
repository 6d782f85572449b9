//! What one line of TAP says.

use crate::evidence::test_results::duration::known;

/// A directive behind `#`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Directive {
    Skip,
    Todo,
}

/// A test point.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) ok: bool,
    pub(super) number: Option<u64>,
    pub(super) description: String,
    pub(super) directive: Option<Directive>,
    pub(super) reason: String,
    /// Nanoseconds, of `# time=5ms`.
    pub(super) duration: Option<u64>,
}

/// A line of the outermost level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Version,
    /// Number of points; the largest number when it is larger than that.
    Plan {
        points: u64,
        skip: Option<String>,
    },
    Point(Point),
    BailOut(String),
    Comment(String),
    /// The beginning of a block of YAML, indented so far.
    Yaml(usize),
    /// Part of a subtest, or anything else.
    Other,
}

/// Reads one line.
pub(super) fn line(text: &str) -> Line {
    let content = text.trim_start();
    let indent = text.len() - content.len();
    if indent > 0 {
        return match content.trim_end() {
            "---" => Line::Yaml(indent),
            _ if is_bail_out(content) => bail_out(content),
            _ => Line::Other,
        };
    }
    if let Some(comment) = content.strip_prefix('#') {
        return Line::Comment(comment.trim().to_owned());
    }
    if is_bail_out(content) {
        return bail_out(content);
    }
    let version = content.strip_prefix("TAP version ");
    if version.is_some_and(|version| version.trim().bytes().all(|byte| byte.is_ascii_digit())) {
        return Line::Version;
    }
    plan(content).or_else(|| point(content).map(Line::Point)).unwrap_or(Line::Other)
}

fn is_bail_out(content: &str) -> bool {
    content.get(..9).is_some_and(|word| word.eq_ignore_ascii_case("bail out!"))
}

fn bail_out(content: &str) -> Line {
    Line::BailOut(content.get(9..).unwrap_or_default().trim().to_owned())
}

/// `1..4`, `1..0 # SKIP not on this system`.
fn plan(content: &str) -> Option<Line> {
    let rest = content.strip_prefix("1..")?;
    let digits = leading_digits(rest);
    if digits.is_empty() {
        return None;
    }
    let behind = rest.get(digits.len()..).unwrap_or_default().trim();
    if !behind.is_empty() && !behind.starts_with('#') {
        return None;
    }
    let reason = behind.trim_start_matches('#').trim();
    let skip = (digits.bytes().all(|byte| byte == b'0')).then(|| reason.to_owned());
    Some(Line::Plan { points: digits.parse().unwrap_or(u64::MAX), skip })
}

/// `ok 1 - name # SKIP reason`; number, dash and name may all be missing.
pub(super) fn point(content: &str) -> Option<Point> {
    let (ok, rest) = match content.strip_prefix("not ok") {
        Some(rest) => (false, rest),
        None => (true, content.strip_prefix("ok")?),
    };
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let rest = rest.trim_start();
    let digits = leading_digits(rest);
    let rest = rest.get(digits.len()..).unwrap_or_default();
    // `12abc` is a name, no number.
    let (number, rest) = match rest.chars().next() {
        Some(c) if c.is_alphanumeric() => {
            (None, content.trim_start_matches("not ").trim_start_matches("ok").trim_start())
        }
        _ => (digits.parse().ok(), rest),
    };
    let rest = rest.trim();
    let rest = rest.strip_prefix('-').unwrap_or(rest).trim_start();
    // A subtest may follow in braces.
    let rest = rest.strip_suffix('{').map_or(rest, str::trim_end);
    let mut point = Point { ok, number, ..Point::default() };
    point.take_hashes(rest);
    Some(point)
}

impl Point {
    /// Parts the description from what stands behind its hashes.
    fn take_hashes(&mut self, text: &str) {
        let mut end = text.len();
        for (at, behind) in hashes(text) {
            if let Some((directive, reason)) = directive(behind) {
                self.directive = Some(directive);
                reason.clone_into(&mut self.reason);
                end = end.min(at);
                break;
            }
            if let Some(duration) = time(behind) {
                self.duration = Some(duration);
                end = end.min(at);
            }
        }
        text.get(..end).unwrap_or(text).trim_end().clone_into(&mut self.description);
    }
}

/// Hashes that are not escaped, with the text behind each.
fn hashes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('#').filter_map(move |(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let escapes = before.len() - before.trim_end_matches('\\').len();
        (escapes % 2 == 0).then(|| (at, text.get(at + 1..).unwrap_or_default().trim_start()))
    })
}

/// `SKIP reason`, `skipped: reason`, `TODO`.
fn directive(text: &str) -> Option<(Directive, &str)> {
    let word = text.split(char::is_whitespace).next().unwrap_or_default();
    let starts = |prefix: &str| word.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let reason = text.get(word.len()..).unwrap_or_default().trim();
    let reason = if reason == "-" { "" } else { reason };
    if starts("skip") {
        Some((Directive::Skip, reason))
    } else if starts("todo") && !word.get(4..5).is_some_and(|next| next.starts_with(char::is_alphanumeric)) {
        Some((Directive::Todo, reason))
    } else {
        None
    }
}

/// `time=5.2ms`.
fn time(text: &str) -> Option<u64> {
    known(text.strip_prefix("time=")?.split(char::is_whitespace).next()?)
}

fn leading_digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &str) -> String {
        let Some(point) = point(text) else { return "no point".to_owned() };
        let ok = if point.ok { "ok" } else { "not ok" };
        let number = point.number.map(|number| format!(" {number}")).unwrap_or_default();
        let directive =
            point.directive.map(|word| format!(" {word:?}({})", point.reason)).unwrap_or_default();
        format!("{ok}{number} `{}`{directive}", point.description)
    }

    #[test]
    fn test_points_are_read_in_every_spelling() {
        let cases = [
            ("ok", "ok ``"),
            ("ok 1 - name", "ok 1 `name`"),
            ("ok 2-name 2", "ok 2 `name 2`"),
            ("not ok-no number", "not ok `no number`"),
            ("ok 3 4 apples", "ok 3 `4 apples`"),
            ("ok 12abc", "ok `12abc`"),
            ("ok - # skip no network # hash", "ok `` Skip(no network # hash)"),
            ("not ok 18 # todo", "not ok 18 `` Todo()"),
            ("ok 9 - a \\# b # SKIPPED: later", "ok 9 `a \\# b` Skip(later)"),
            ("ok 8 - issue #12 # not a directive", "ok 8 `issue #12 # not a directive`"),
            ("ok 1 - x # todoist", "ok 1 `x # todoist`"),
            ("not ok 2 - file # time=26.40ms {", "not ok 2 `file`"),
            ("okay", "no point"),
            ("oké", "no point"),
        ];
        for (text, expected) in cases {
            assert_eq!(view(text), expected, "{text}");
        }
    }

    #[test]
    fn plans_do_not_overflow() {
        assert_eq!(line("1..99999999999999999999"), Line::Plan { points: u64::MAX, skip: None });
        assert_eq!(
            line("1..0 # SKIP no display"),
            Line::Plan { points: 0, skip: Some("SKIP no display".to_owned()) }
        );
        assert_eq!(line("1..x"), Line::Other);
    }
}
