//! Evidence and policy in, a finished report out: pure, exact, and the same for the same input.
//!
//! * `measure`: one metric per check, with its state; missing evidence is a state, never a gap in the sum.
//! * `attainment`, `points`: metric → 0..1 → points; everything is an exact rational.
//! * `apportion`: from exact points to shown ones that add up.
//! * `delta`: head against base, evidence apart from policy, per check and with a cause.
//! * `components`: parts of the repository with limits of their own.
//! * `lost`: what of the base's evidence is not here; it never makes anything look better.
//! * `coverage_change`: why the line coverage is another one, in parts that add up.
//! * `gate`: one file per condition; waivers change conditions, never the score.
//! * `gaps`, `way_to_green`: what is missing, and the cheapest set of steps that turns the gate green.
//! * `explain`: one check back to the cases, lines and numbers that it was computed from.
//! * `plan`: the way to the goal: phases, scenarios, what-if, and what the trend projects.
//!
//! [`evaluate()`] puts them together. No clock, no files: today's day is an argument.

mod apportion;
mod attainment;
mod components;
mod coverage_change;
mod coverage_section;
mod delta;
mod evaluate;
mod explain;
mod facts;
mod findings_diff;
mod flaky;
mod gaps;
mod gate;
mod layout;
mod lost;
mod measure;
mod measurements_diff;
mod mutation_diff;
mod notes;
mod plan;
mod points;
mod renames;
mod report_pairs;
mod rows;
mod show;
mod situation;
#[cfg(test)]
mod tests;
mod tests_diff;
mod todos_diff;
mod verdict;
mod way_to_green;

pub use evaluate::evaluate;
pub use explain::explain;
pub use plan::{Assumptions, plan};
pub use situation::{Baseline, Proposed, Situation};
