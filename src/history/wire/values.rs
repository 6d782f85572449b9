//! Values as texts of the wire.

use std::collections::BTreeMap;

use super::WireError;
use crate::model::exact::{Tenths, parse_decimal};
use crate::model::gate::GateOutcome;
use crate::model::order;

/// The one of `all` that is called `wanted`; `what` is for the error.
pub(in crate::history) fn named<T: Copy>(
    all: &[T],
    name: fn(T) -> &'static str,
    what: &'static str,
    wanted: &str,
) -> Result<T, WireError> {
    let found = all.iter().copied().find(|one| name(*one) == wanted);
    found.ok_or_else(|| WireError::Value { what, value: wanted.chars().take(40).collect() })
}

pub(in crate::history) fn shown_to_wire(shown: &BTreeMap<String, Tenths>) -> BTreeMap<String, String> {
    order::map(shown.iter().map(|(id, tenths)| (id.clone(), tenths.to_string())))
}

pub(in crate::history) fn shown_from_wire(
    wire: BTreeMap<String, String>,
) -> Result<BTreeMap<String, Tenths>, WireError> {
    let mut shown = BTreeMap::new();
    for (id, text) in wire {
        shown.insert(id, tenths(&text)?);
    }
    Ok(shown)
}

pub(in crate::history) fn tenths(text: &str) -> Result<Tenths, WireError> {
    let exact = if text.len() > 20 { None } else { parse_decimal(text) };
    exact
        .and_then(|exact| Tenths::exactly(&exact))
        .ok_or_else(|| WireError::Value { what: "number of tenths", value: text.chars().take(40).collect() })
}

pub(in crate::history) fn outcome(text: &str) -> Result<GateOutcome, WireError> {
    match text {
        "pass" => Ok(GateOutcome::Pass),
        "fail" => Ok(GateOutcome::Fail),
        other => Err(WireError::Value { what: "gate outcome", value: other.chars().take(40).collect() }),
    }
}
