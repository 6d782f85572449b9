//! The hidden last line of a comment: whose it is, and which run wrote it.

use crate::forge::http::percent;
use crate::model::commit::{RunId, Sha};

const START: &str = "<!-- readiness:v1 ";
const END: &str = " -->";

/// What a comment says about itself. Only comments of the own author are ever read for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// The report's name; empty for the unnamed one.
    pub name: String,
    /// The run that wrote the comment.
    pub run: RunId,
    /// The commit that it speaks about.
    pub sha: Sha,
}

impl Marker {
    /// The line; texts are percent-encoded, so none can end it.
    pub fn line(&self) -> String {
        format!(
            "{START}name={} run={} attempt={} sha={}{END}",
            encoded(&self.name),
            encoded(&self.run.id),
            self.run.attempt,
            encoded(&self.sha.0)
        )
    }

    /// The marker at the end of `body`, and what stands before it.
    pub fn split(body: &str) -> Option<(&str, Self)> {
        let (before, line) = body.trim_end().rsplit_once('\n')?;
        let fields = line.trim().strip_prefix(START)?.strip_suffix(END)?;
        let value =
            |key: &str| fields.split(' ').find_map(|field| field.strip_prefix(key)?.strip_prefix('='));
        let marker = Self {
            name: decoded(value("name")?),
            run: RunId { id: decoded(value("run")?), attempt: value("attempt")?.parse().ok()? },
            sha: Sha(decoded(value("sha")?)),
        };
        Some((before.trim_end(), marker))
    }

    /// Whether this marker's run is later than `other`'s on the same commit.
    pub fn is_newer_than(&self, other: &Self) -> bool {
        if self.sha != other.sha {
            return false;
        }
        match (self.run.id.parse::<u64>(), other.run.id.parse::<u64>()) {
            (Ok(left), Ok(right)) => (left, self.run.attempt) > (right, other.run.attempt),
            _ => self.run.id == other.run.id && self.run.attempt > other.run.attempt,
        }
    }
}

/// `-` is encoded, too: two of them would end the comment early.
fn encoded(text: &str) -> String {
    percent::encode(text).replace('-', "%2D")
}

fn decoded(text: &str) -> String {
    percent::decode(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marker(run: &str, attempt: u32, sha: &str) -> Marker {
        Marker { name: "unit tests".into(), run: RunId { id: run.into(), attempt }, sha: Sha(sha.into()) }
    }

    #[test]
    fn a_marker_is_found_again_at_the_end_only() {
        let own = marker("12", 2, "abc");
        let body = format!("# Report\n\ntext\n\n{}\r\n", own.line());
        assert_eq!(Marker::split(&body), Some(("# Report\n\ntext", own.clone())));
        assert_eq!(Marker::split(&format!("quoted: {}\nreply", own.line())), None);
        assert_eq!(Marker::split("text\n<!-- readiness:v1 name=x -->"), None);
    }

    #[test]
    fn no_name_ends_the_marker_early() {
        let hostile = Marker { name: "--> <b>@team".into(), ..marker("1", 1, "a") };
        let line = hostile.line();
        assert_eq!(line.matches("--").count(), 2, "{line}");
        assert_eq!(Marker::split(&format!("x\n{line}")).unwrap().1, hostile);
    }

    #[test]
    fn later_runs_and_attempts_are_newer_on_the_same_commit() {
        assert!(marker("100", 1, "a").is_newer_than(&marker("99", 3, "a")));
        assert!(marker("99", 2, "a").is_newer_than(&marker("99", 1, "a")));
        assert!(!marker("99", 1, "a").is_newer_than(&marker("99", 1, "a")));
        assert!(!marker("100", 1, "b").is_newer_than(&marker("99", 1, "a")));
    }
}
