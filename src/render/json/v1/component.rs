//! Components of the policy.

use serde::Serialize;

use crate::model::report::{CarriedReport, ComponentReport};

use super::number::Number;
use super::parts::{Percentage, Totals};

#[derive(Serialize)]
pub(super) struct Component<'a> {
    id: &'a str,
    name: &'a str,
    state: &'static str,
    #[serde(flatten)]
    totals: Totals,
    base: Option<Totals>,
    delta: Option<Number>,
    patch: Option<Percentage>,
    carried: Vec<Carried<'a>>,
    reason: Option<&'a str>,
}

impl<'a> From<&'a ComponentReport> for Component<'a> {
    fn from(component: &'a ComponentReport) -> Self {
        Self {
            id: &component.id,
            name: &component.name,
            state: component.state.name(),
            totals: (&component.totals).into(),
            base: component.base.as_ref().map(Totals::from),
            delta: component.delta.map(Number::from),
            patch: component.patch.map(Percentage::from),
            carried: component.carried.iter().map(Carried::from).collect(),
            reason: component.reason.as_deref(),
        }
    }
}

/// Files whose numbers are those of an earlier commit.
#[derive(Serialize)]
struct Carried<'a> {
    sha: &'a str,
    days: Option<u32>,
    files: u64,
}

impl<'a> From<&'a CarriedReport> for Carried<'a> {
    fn from(carried: &'a CarriedReport) -> Self {
        Self { sha: &carried.sha.0, days: carried.days, files: carried.files }
    }
}
