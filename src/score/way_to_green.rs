//! The cheapest set of steps that turns a failing gate green.

use super::gate::Context;
use super::layout::BaseCards;
use crate::model::gate::Gate;
use crate::model::report::{Gap, WayToGreen};

pub(super) fn way(_: &Context<'_>, _: &Gate, _: &[Gap], _: Option<&BaseCards<'_>>) -> Option<WayToGreen> {
    None
}
