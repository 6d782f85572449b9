//! Exit statuses, and errors that say what to do.

use std::fmt::{Display, Write as _};
use std::process::ExitCode;

/// What the exit status says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: the gate passed, or the command did what it was asked for.
    Passed,
    /// 1: the gate failed.
    Failed,
    /// 2: no evaluation was possible.
    Unable,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Passed => Self::from(0),
            Exit::Failed => Self::from(1),
            Exit::Unable => Self::from(2),
        }
    }
}

/// An error together with what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Advice {
    /// What went wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Advice {
    /// An error with a way out.
    pub fn error(message: impl Display, help: impl Display) -> anyhow::Error {
        Self { message: message.to_string(), help: help.to_string() }.into()
    }
}

/// An error with its causes in one line. Layers that show their cause in their own words say it once.
pub(super) fn chain(error: &anyhow::Error) -> String {
    let mut words = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !words.contains(&cause) {
            // Writing to a string cannot fail.
            let _done = write!(words, ": {cause}");
        }
    }
    words
}
