//! Why it cannot be told what to do.

/// Why it cannot be told what to do.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// Readiness has nothing to say to this event.
    #[error("the event `{0}` is not supported")]
    Unsupported(String),
    /// The run that ended was started by an event that Readiness has nothing to say to.
    #[error("the event `workflow_run` for a run that `{0}` started is not supported")]
    UnsupportedRun(String),
    /// The payload lacks something.
    #[error("failed to read the payload of the event `{name}`: {source}")]
    Payload {
        /// The event.
        name: String,
        /// Where and what.
        #[source]
        source: serde_json::Error,
    },
    /// A name of a commit that is none.
    #[error("failed to read the payload of the event `{name}`: `{value}` is no commit")]
    Commit {
        /// The event.
        name: String,
        /// What was found.
        value: String,
    },
    /// The payload contradicts itself.
    #[error("failed to read the payload of the event `{name}`: {what}")]
    Contradiction {
        /// The event.
        name: String,
        /// What does not fit.
        what: &'static str,
    },
}

impl EventError {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Unsupported(_) | Self::UnsupportedRun(_) => {
                "run Readiness on pull_request, pull_request_target, merge_group, push, schedule or \
                 workflow_dispatch, or on workflow_run after one of them"
            }
            Self::Payload { .. } | Self::Commit { .. } | Self::Contradiction { .. } => {
                "GITHUB_EVENT_PATH must name the file that the runner wrote for this event"
            }
        }
    }
}
