//! The gate: one file per condition, and the list of them.
//!
//! A new condition is one file with a function from [`Context`] to its decided conditions (none when the policy
//! does not ask for it), one line in the list of `decide`, and its name in the policy's list of waivable conditions.

mod bad_evidence;
mod components;
mod condition;
mod context;
mod decide;
mod dimension_min;
mod lost_evidence;
mod lost_tests;
mod max_drop;
mod max_failures;
mod min_score;
mod new_failures;
mod new_findings;
mod new_flaky;
mod patch_coverage;
mod policy_change;
mod required;
mod suite_errors;
mod waive;

use condition::{condition, no_baseline, or_waive, outcome, unless};
pub(super) use context::Context;
pub(super) use decide::decide;

use crate::model::exact::Tenths;
use crate::model::gate::{Condition, ConditionOutcome, GateNumber};
