//! What could not be read or written, and what to grant: said in the job summary, never silent.

use crate::forge::http::error::ApiError;
use crate::history::record::RecordError;
use crate::render::escape::markdown::{Place, prose};
use crate::run::output;

/// Whether the job may go on as if nothing had happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// The token may not do it, or it is only a detail: the gate alone decides.
    Light,
    /// What a branch rule or a later comparison waits for is missing: the run failed.
    Heavy,
}

/// One thing that did not happen.
#[derive(Clone, Debug)]
pub(super) struct Shortfall {
    message: String,
    help: Option<String>,
    /// How much it counts.
    pub(super) weight: Weight,
}

impl Shortfall {
    /// Something that the gate's answer does not depend on.
    pub(super) fn light(error: &ApiError) -> Self {
        Self { message: error.to_string(), help: Some(error.help()), weight: Weight::Light }
    }

    /// Something that must be there, unless the token may not write it.
    pub(super) fn heavy(error: &ApiError) -> Self {
        let weight = if is_denied(error) { Weight::Light } else { Weight::Heavy };
        Self { weight, ..Self::light(error) }
    }

    /// A run that was not recorded.
    pub(super) fn unrecorded(error: &RecordError) -> Self {
        let denied = match error {
            RecordError::Store(error) => error.cause.downcast_ref::<ApiError>().is_some_and(is_denied),
            _ => false,
        };
        let weight = if denied { Weight::Light } else { Weight::Heavy };
        Self { message: format!("this run is not recorded: {error}"), help: error.help(), weight }
    }

    /// A plain remark.
    pub(super) fn remark(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, weight: Weight::Light }
    }

    /// What the last line says of it, when it makes the run fail.
    pub(super) fn failing(&self) -> Option<&str> {
        (self.weight == Weight::Heavy).then_some(self.message.as_str())
    }

    /// As a paragraph of the job summary.
    pub(super) fn markdown(&self) -> String {
        let help = self.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        let weight = if self.weight == Weight::Heavy { "**Failed, whatever the gate says:** " } else { "" };
        format!("> {weight}{}\n\n", prose(&format!("{}{help}", self.message), Place::Text))
    }

    /// On standard error, for the job's log.
    pub(super) fn tell(&self) {
        output::error_line(&format!("warning: {}", self.message));
        if let Some(help) = &self.help {
            output::error_line(&format!("   help: {help}"));
        }
    }
}

/// GitHub hides what a token may not see behind 404.
fn is_denied(error: &ApiError) -> bool {
    error.is_forbidden() || error.is_not_found()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_is_not_recorded_is_said_to_be_that_and_fails_the_step() {
        let error = RecordError::Contention { place: "`data`".into(), tries: 3 };
        let unrecorded = Shortfall::unrecorded(&error);
        assert!(unrecorded.failing().unwrap().starts_with("this run is not recorded: failed to record"));
        assert!(unrecorded.markdown().starts_with("> **Failed, whatever the gate says:** this run is not"));
        let remark = Shortfall::remark("a detail");
        assert_eq!((remark.failing(), &*remark.markdown()), (None, "> a detail\n\n"));
    }
}
