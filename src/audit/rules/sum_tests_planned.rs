//! "All 2,700 tests" against those that there are and those that are planned.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Unit, quantities, shown};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// "all 2700+ tests" cannot be more than there are and what is still planned.
pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let total = facts
        .document
        .lines
        .iter()
        .find(|l| mentions(&l.key(), &["total collected", "total tests", "tests collected"]));
    let block = total.map(|line| line.block);
    let Some(total) =
        total.and_then(|line| line.values().next().filter(|q| q.over.is_none() && q.is_point()))
    else {
        return;
    };
    let within: Exact = facts
        .document
        .lines
        .iter()
        .filter(|line| block.is_some_and(|block| line.block == block) && line.label.is_some())
        .filter_map(|line| line.values().next().and_then(|q| q.over.clone()))
        .sum();
    // A total that is the sum of all suites holds the planned ones already.
    let included = within == total.low;
    let planned: Exact = facts
        .document
        .lines
        .iter()
        .filter_map(|line| {
            line.values()
                .next()
                .filter(|q| line.label.is_some() && q.low == whole(0))
                .and_then(|q| q.over.clone())
        })
        .sum();
    let most = if included { total.low.clone() } else { &total.low + planned };
    for line in &facts.document.lines {
        let lower = line.text.to_lowercase();
        let Some(rest) = lower.strip_prefix("all ") else { continue };
        let claimed = quantities(rest)
            .into_iter()
            .next()
            .filter(|q| q.start == 0 && q.unit == Unit::None && q.over.is_none());
        let Some(claimed) = claimed
            .filter(|q| rest.get(q.end..).is_some_and(|after| after.trim_start().starts_with("tests")))
        else {
            continue;
        };
        if claimed.low > most {
            let said = shown(&claimed.low);
            let message =
                format!("there are {} tests with all that are planned, fewer than {said}", shown(&most));
            findings.add(Rule::Sum, line.number, message, (said, Some(shown(&most))));
        }
    }
}
