//! The attributes of a `<testcase>`, by all the names that tools give them.

use std::borrow::Cow;

use crate::evidence::xml::Tag;
use crate::model::tests::Outcome;

/// What a case says about itself in its tag.
#[derive(Debug, Default)]
pub(super) struct CaseAttributes<'a> {
    pub(super) name: Option<Cow<'a, str>>,
    pub(super) class: Option<Cow<'a, str>>,
    pub(super) time: Option<Cow<'a, str>>,
    pub(super) file: Option<Cow<'a, str>>,
    pub(super) line: Option<u32>,
    /// The matrix cell, which a converted run names.
    pub(super) cell: Option<Cow<'a, str>>,
    /// What `status` or `result` say, when it is not that the case passed.
    pub(super) status: Option<Outcome>,
}

impl<'a> CaseAttributes<'a> {
    /// Reads them in one pass; where two names mean the same, the usual one wins.
    pub(super) fn of(tag: &Tag<'a>) -> Self {
        let mut found = Self::default();
        let mut class = None;
        let mut duration = None;
        for (name, value) in tag.attributes() {
            match name {
                "name" => found.name = Some(value.decoded()),
                "classname" => found.class = Some(value.decoded()),
                "class" => class = Some(value.decoded()),
                "time" => found.time = Some(value.decoded()),
                "duration" => duration = Some(value.decoded()),
                "file" | "filepath" => found.file = Some(value.decoded()).filter(|file| !file.is_empty()),
                "line" | "lineno" => found.line = value.raw().trim().parse().ok(),
                "cell" => found.cell = Some(value.decoded()).filter(|cell| !cell.is_empty()),
                "status" | "result" => found.status = found.status.or(outcome(value.raw())),
                _ => {}
            }
        }
        found.class = found.class.or(class).filter(|class| !class.is_empty());
        found.time = found.time.or(duration);
        found
    }
}

/// Words for cases that did not run or did not hold; `run`, `completed`, `passed` and unknown ones say nothing.
fn outcome(status: &str) -> Option<Outcome> {
    const SKIPPED: [&str; 8] =
        ["skipped", "disabled", "notrun", "suppressed", "ignored", "skip", "not_run", "pending"];
    const FAILED: [&str; 3] = ["failed", "fail", "failure"];
    const ERRORED: [&str; 3] = ["error", "errored", "broken"];
    let status = status.trim();
    let is_one_of = |words: &[&str]| words.iter().any(|word| status.eq_ignore_ascii_case(word));
    if is_one_of(&SKIPPED) {
        Some(Outcome::Skipped)
    } else if is_one_of(&FAILED) {
        Some(Outcome::Failed)
    } else if is_one_of(&ERRORED) {
        Some(Outcome::Errored)
    } else {
        None
    }
}
