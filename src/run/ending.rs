//! The end of the process: the last line on standard error and the exit status.

use std::process::ExitCode;

use super::exit::{Advice, Exit, chain};
use super::{last_words, output};

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
