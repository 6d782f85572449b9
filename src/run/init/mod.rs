//! `readiness init`: looks at the repository, writes `readiness.yml` and a workflow.

mod command;
mod ecosystem;
mod modules;
mod policy;
mod project;
mod workflow;

pub use command::run;
