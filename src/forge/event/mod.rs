//! From what the runner says to what is to be done: one pure function, [`activity`].
//!
//! Gitea and Forgejo name their events and write their payloads as GitHub does.
//!
//! [`Run`] stands for the odd one: `workflow_run`, a run of another workflow that has ended, whose artifacts
//! are judged afterwards with a token that can write.
//!
//! Events: <https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows>.

mod branch;
mod decide;
mod error;
mod followed;
mod kinds;
mod pull;
mod queue;
#[cfg(test)]
mod tests;
mod trigger;

pub use decide::activity;
pub use error::EventError;
pub use kinds::{Activity, Followed, Origin, Pull, Push, Queue, Rights, Run, Source, SourceBranch};
pub use trigger::Trigger;
