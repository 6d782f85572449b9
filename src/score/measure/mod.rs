//! One metric per check: its value, or the state that says why there is none.

mod age;
mod check;
mod coverage;
mod findings;
mod named;
mod states;
mod tests;
mod todos;

pub(super) use age::kind;
pub(super) use check::measure;
pub(super) use findings::{Selected as SelectedFindings, is_counted};
use states::{absent, measured, unmeasured};
pub(super) use tests::Selected;
pub(super) use todos::selected as selected_todos;
