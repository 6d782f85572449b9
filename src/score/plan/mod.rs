//! The way from the score of today to the goal.
//!
//! * `phases`: what the team's phases bring one after the other, and what they leave.
//! * `scenarios`: "what if" by the policy, each on its own.
//! * `trend`: a robust slope over the recorded runs, and what it projects.
//! * `warnings`: where the stated plan and the score do not fit together.
//!
//! All of it is the scorer itself on other attainments: nothing here knows another formula.

mod assumptions;
mod outline;
mod phases;
mod raised;
mod scenarios;
#[cfg(test)]
mod tests;
mod trend;
mod warnings;

pub use assumptions::Assumptions;
pub use outline::plan;
