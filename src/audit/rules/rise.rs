//! "Readiness rose from 71% to 78% (+7 points)".

use num_traits::{Signed as _, Zero as _};

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for (line, text, quantities) in facts.texts() {
        for three in quantities.windows(3) {
            if let [now, before, gain] = three {
                was(line, text, [now, before, gain], findings);
            }
        }
        for pair in quantities.windows(2) {
            if let [range, gain] = pair
                && is_rise(text, range, gain)
            {
                judge(line, text, range, gain, findings);
            }
        }
    }
}

/// "84/100 (was 78/100 in spring, so +6)", "82 points, up from 75 (+7)".
fn was(line: u32, text: &str, [now, before, gain]: [&Quantity; 3], findings: &mut Findings) {
    let between = |a: &Quantity, b: &Quantity| text.get(a.end..b.start).unwrap_or_default().to_lowercase();
    let earlier = between(now, before);
    let said = ["was", "up from", "down from", "instead of", "before:", "previously", "last time"]
        .iter()
        .any(|word| earlier.trim_end().ends_with(word));
    let score = |q: &Quantity| q.is_point() && !q.signed && q.limit == Limit::Exactly;
    let alike = now.over == before.over && (now.unit == before.unit || before.unit == Unit::None);
    let counted = gain.signed && gain.is_point() && matches!(gain.unit, Unit::None | Unit::Points);
    let exact = &now.low - &before.low;
    let near = between(before, gain).len() <= 40 && earlier.len() <= 24;
    let off = (&exact - &gain.low).abs() >= gain.ulp().max(now.ulp()).max(before.ulp());
    if said
        && near
        && score(now)
        && score(before)
        && alike
        && counted
        && off
        && !findings.has(Rule::Sum, line)
    {
        let sign = if exact.is_negative() { "" } else { "+" };
        let (said, computed) = (
            text.get(gain.start..gain.end).unwrap_or_default().to_owned(),
            format!("{sign}{}", shown(&exact)),
        );
        let message = format!("from {} to {} is {computed}, not {said}", shown(&before.low), shown(&now.low));
        findings.add(Rule::Sum, line, message, (said, Some(computed)));
    }
}

/// `from 71% to 78% (+7 points)`.
fn is_rise(text: &str, range: &Quantity, gain: &Quantity) -> bool {
    let before = text.get(..range.start).unwrap_or_default().trim_end().to_lowercase();
    let to = text.get(range.start..range.end).is_some_and(|said| said.contains(" to "));
    let between = text.get(range.end..gain.start).unwrap_or_default().trim();
    let counts = matches!(gain.unit, Unit::Percent | Unit::Points | Unit::None)
        && gain.is_point()
        && gain.over.is_none();
    let score = range.as_percent().is_some() || gain.unit == range.unit;
    score
        && before.ends_with("from")
        && to
        && between == "("
        && gain.signed
        && gain.low.is_positive()
        && counts
}

/// A gain in points, or in percent of what was before.
fn judge(line: u32, text: &str, range: &Quantity, gain: &Quantity, findings: &mut Findings) {
    let exact = &range.high - &range.low;
    let slack = range.ulp().max(gain.ulp());
    let slack = if range.decimals + gain.decimals == 0 { Exact::zero() } else { slack };
    let relative =
        range.low.is_positive() && (&exact * whole(100) / &range.low - &gain.low).abs() < gain.ulp();
    // A part of the rise may be what it brings to the whole.
    let parts = &exact / &gain.low;
    let of_whole = gain.unit == Unit::Points && parts.is_integer() && parts >= whole(2) && parts <= whole(20);
    let is_relative = relative && gain.unit == Unit::Percent || of_whole;
    if (&exact - &gain.low).abs() > slack && !is_relative && !findings.has(Rule::Sum, line) {
        let (said, computed) =
            (text.get(gain.start..gain.end).unwrap_or_default().to_owned(), format!("+{}", shown(&exact)));
        let message =
            format!("from {} to {} is {computed}, not {said}", shown(&range.low), shown(&range.high));
        findings.add(Rule::Sum, line, message, (said, Some(computed)));
    }
}
