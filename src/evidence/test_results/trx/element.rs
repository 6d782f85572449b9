//! The elements of a file and the words for outcomes.

use crate::evidence::test_results::assembly::Claimed;
use crate::evidence::test_results::attributes::{count, owned, sum};
use crate::evidence::xml::Tag;
use crate::model::tests::Outcome;

/// What a start tag opens.
pub(super) enum Element {
    Result(Box<Started>),
    /// With its id.
    Definition(Option<String>),
    /// The method of a definition, with its class.
    Method(Option<String>),
    ErrorInfo,
    /// With the outcome of the run.
    Summary(Option<String>),
    Counters(Claimed),
    /// Whether it is an error.
    RunInfo(bool),
    /// Looked into.
    Through,
    Other,
}

/// The tag of a result.
pub(super) struct Started {
    pub(super) name: String,
    /// Of its definition.
    pub(super) id: Option<String>,
    pub(super) outcome: String,
    pub(super) duration: Option<String>,
}

impl Element {
    pub(super) fn of(tag: &Tag<'_>) -> Self {
        if tag.is_foreign() {
            return Self::Other;
        }
        match tag.name() {
            "TestRun" | "Results" | "InnerResults" | "Output" | "TestDefinitions" | "RunInfos" => {
                Self::Through
            }
            "UnitTest" => Self::Definition(owned(tag, "id")),
            "TestMethod" => Self::Method(owned(tag, "className")),
            "ErrorInfo" => Self::ErrorInfo,
            "ResultSummary" => Self::Summary(owned(tag, "outcome")),
            "Counters" => Self::Counters(Claimed {
                total: count(tag, "total"),
                failing: sum(tag, &["failed", "error", "timeout", "aborted"]),
                ..Claimed::default()
            }),
            "RunInfo" => {
                let word = tag.attribute("outcome").unwrap_or_default();
                Self::RunInfo(outcome(&word).is_some_and(Outcome::is_failing))
            }
            name if name.ends_with("TestResult") || name == "TestResultAggregation" => {
                Self::Result(Box::new(Started::of(tag)))
            }
            _ => Self::Other,
        }
    }
}

impl Started {
    fn of(tag: &Tag<'_>) -> Self {
        Self {
            name: owned(tag, "testName").unwrap_or_default(),
            id: owned(tag, "testId"),
            outcome: owned(tag, "outcome").unwrap_or_else(|| "Error".to_owned()),
            duration: owned(tag, "duration"),
        }
    }
}

/// What the words of the schema's `TestOutcome` mean.
pub(super) fn outcome(word: &str) -> Option<Outcome> {
    Some(match word {
        "Passed" | "Completed" | "Warning" | "PassedButRunAborted" => Outcome::Passed,
        "Failed" => Outcome::Failed,
        "Error" | "Timeout" | "Aborted" | "Disconnected" | "InProgress" => Outcome::Errored,
        "NotExecuted" | "NotRunnable" | "Inconclusive" | "Pending" => Outcome::Skipped,
        _ => return None,
    })
}

/// `Shop.CartTests` of `Shop.CartTests, Shop.Tests, Version=1.0.0.0`; commas of type arguments stay.
pub(super) fn class_name(class: &str) -> &str {
    let mut depth = 0_u32;
    let end = class.char_indices().find_map(|(at, c)| {
        match c {
            '[' | '<' => depth += 1,
            ']' | '>' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => return Some(at),
            _ => {}
        }
        None
    });
    class.get(..end.unwrap_or(class.len())).unwrap_or(class).trim()
}
