//! The cheapest set of steps that turns a failing gate green.
//!
//! Conditions on points (`min-score`, `max-drop`, `dimension-min`, `required`) are met by closing gaps; of all sets
//! of gaps that suffice the cheapest is named, and of a single one no more than is needed. Every other failing condition
//! is one plain step: its own way out.
//! Work that meets two conditions is one step: where every failing case has to pass anyway, the gaps that this closes
//! come with it, as far as they do: a case that is lost does not pass with the others.

mod candidate;
mod cheapest;
mod conditions;
mod need;
mod part;
mod passing;
mod way;

pub(super) use way::way;
