//! A part of a whole, and the percentage that it is.

use num_traits::Signed as _;

use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, says, shown, ulp};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Whether a stated percentage is `part / whole`, as rounded or floored.
pub(in crate::audit::rules) fn holds(percent: &Quantity, part: &Exact, total: &Exact) -> bool {
    if !total.is_positive() || !percent.is_point() {
        return true;
    }
    let exact = part * whole(100) / total;
    match percent.limit {
        Limit::Exactly => says(&percent.low, percent.decimals, &exact),
        Limit::About => (&percent.low - &exact).abs() <= whole(2),
        Limit::AtLeast => exact >= &percent.low - ulp(percent.decimals),
        Limit::AtMost => exact <= percent.low,
    }
}

/// Adds a percentage that is not the share beside it, once per line.
pub(super) fn report(line: u32, part: &Exact, total: &Exact, stated: &str, findings: &mut Findings) {
    let computed = format!("{}%", shown(&(part * whole(100) / total)));
    let message = format!("{} of {} is {computed}, not {stated}", shown(part), shown(total));
    if !findings.has(Rule::Ratio, line) {
        findings.add(Rule::Ratio, line, message, (stated.to_owned(), Some(computed)));
    }
}
