//! Readiness tells whether a commit is ready to ship, from what its CI run measured, and says what changed.
//!
//! The way of the data goes one way:
//!
//! ```text
//! artifacts ─ read ─▶ evidence ─ measure ─▶ metrics ─ score ─▶ report ─ render ─▶ comment, status, summary, JSON
//!                                               ▲                 │
//!                         baseline ◀─ history ──┘                 └─ record ─▶ history
//! ```
//!
//! * [`model`]: plain values, knows nobody.
//! * [`evidence`]: readers turn bytes into evidence, or into a problem with a place; merging and path mapping.
//! * [`policy`]: `readiness.yml` as validated values.
//! * [`score`]: pure; evidence and policy in, a finished report out.
//! * [`audit`]: pure; documents in, contradictions out.
//! * [`render`]: one file per output, takes a finished report.
//! * [`history`]: what is remembered, and the stores that keep it.
//! * [`forge`]: GitHub: events, comments, statuses, the data branch.
//! * [`platform`]: the outside world: environment, clock, files, the local repository, runner files.
//! * [`run`]: one file per command; the only layer that sees all others.

pub mod audit;
pub mod cli;
pub mod evidence;
pub mod forge;
pub mod history;
pub mod model;
pub mod platform;
pub mod policy;
pub mod render;
pub mod run;
pub mod score;
