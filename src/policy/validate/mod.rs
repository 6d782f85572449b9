//! From the policy as written to the policy as meant: one file per section, each value checked on its own and
//! with its neighbours.
//!
//! Nothing here knows lines and columns: an [`Issue`] names the path to the value, and `locate` finds its place.

mod attestation;
mod bands;
mod check;
mod components;
mod dimensions;
mod evidence;
mod extract;
mod gate;
mod history;
mod issue;
mod keys;
mod metric;
pub(super) mod number;
mod plan;
mod text;
mod waivers;
mod whole;

pub(super) use issue::Issue;
pub(super) use whole::policy;
