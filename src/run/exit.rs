//! Exit statuses, and the last words on standard error.

use std::fmt::{Display, Write as _};
use std::process::ExitCode;

use super::{last_words, output};

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

/// Lets a panic end like every other failure: said on standard error, last words said, exit status 2.
#[expect(clippy::exit, reason = "nothing is left to return to")]
pub(super) fn guard_against_panics() {
    std::panic::set_hook(Box::new(|panic| {
        output::error_line(&format!("error: internal error: {panic}"));
        last_words::say("Readiness failed by a mistake of its own");
        output::error_line(
            "readiness: no evaluation was possible (exit 2); this is a mistake in Readiness, please report it",
        );
        std::process::exit(2);
    }));
}

/// Prints an error with its causes, and its help as the last line.
pub(super) fn conclude(result: anyhow::Result<Exit>) -> ExitCode {
    match result {
        Ok(exit) => exit.into(),
        Err(error) => {
            output::error_line(&format!("error: {}", chain(&error)));
            let help = error.downcast_ref::<Advice>().map(|advice| advice.help.clone());
            let help = help.or_else(|| {
                error
                    .downcast_ref::<crate::policy::error::PolicyError>()
                    .and_then(|e| e.help().map(Into::into))
            });
            let help = help.map(|help| format!("; {help}")).unwrap_or_default();
            output::error_line(&format!("readiness: no evaluation was possible (exit 2){help}"));
            Exit::Unable.into()
        }
    }
}
