//! "The bar is 85, so we are 17 points short."

use num_traits::Signed as _;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(current) = facts.current().filter(|current| current.low == current.high) else { return };
    for line in &facts.document.lines {
        for short in line.quantities.iter().filter(|q| is_short(line, q)) {
            judge(line, short, &current.low, findings);
        }
    }
}

/// `17 points short`, `17 points to go`.
fn is_short(line: &Line, quantity: &Quantity) -> bool {
    let after = line.text.get(quantity.end..).unwrap_or_default().trim_start().to_lowercase();
    let said = [
        "short",
        "to go",
        "below the bar",
        "below target",
        "missing to",
        "are missing to",
        "away from",
        "short of",
        "below the",
    ]
    .iter()
    .any(|end| after.starts_with(end));
    said && quantity.unit == Unit::Points
        && quantity.is_point()
        && quantity.limit == Limit::Exactly
        && !quantity.signed
}

/// What is short makes one of the scores that the line names, of which the bar is the last before it.
fn judge(line: &Line, short: &Quantity, current: &Exact, findings: &mut Findings) {
    let is_bar = |q: &&Quantity| {
        let scale = matches!(q.unit, Unit::None | Unit::Percent) && q.is_point() && !q.signed;
        q.end <= short.start && scale && q.low > *current && q.low <= whole(100)
    };
    let scale = |q: &&Quantity| matches!(q.unit, Unit::None | Unit::Percent) && q.is_point() && !q.signed;
    let next = || {
        let next = line.quantities.iter().find(|q| q.start >= short.end).filter(scale)?;
        let near = line.between(short.end, next.start).len() <= 50;
        (near && next.low > *current && next.low <= whole(100)).then_some(next)
    };
    let Some(bar) = line.quantities.iter().rfind(is_bar).or_else(next) else { return };
    let exact = &bar.low - current;
    if (&exact - &short.low).abs() >= short.ulp() && !findings.has(Rule::Sum, line.number) {
        let said = line.between(short.start, short.end).to_owned();
        let message =
            format!("from {} to {} is {}, not {said}", shown(current), shown(&bar.low), shown(&exact));
        findings.add(Rule::Sum, line.number, message, (said, Some(shown(&exact))));
    }
}
