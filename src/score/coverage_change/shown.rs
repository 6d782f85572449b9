//! From lines to points that add up.

use super::split::Parts;
use crate::model::coverage::Covered;
use crate::model::coverage_change::{Change, Difference, Part};
use crate::model::exact::{Exact, Tenths, percent, ratio, whole};
use crate::score::apportion::{Ties, apportion};

/// `parts`, which lead from `base` to `head`, with their shares of the change of the shown percentage.
pub(super) fn change(parts: Parts, base: Covered, head: Covered) -> Change {
    let lines = [parts.patch, parts.removed, parts.indirect, parts.reports];
    let total = Difference::between(base, head);
    let Some((whole, shares)) = points(lines, base, head) else {
        let part = |lines| Part { lines, points: None };
        let [patch, removed, indirect, reports] = lines.map(part);
        return Change { patch, removed, indirect, reports, total: part(total) };
    };
    let mut shares = shares.into_iter();
    let [patch, removed, indirect, reports] = lines.map(|lines| Part { lines, points: shares.next() });
    Change { patch, removed, indirect, reports, total: Part { lines: total, points: Some(whole) } }
}

/// The change of the shown percentage and each part's share of it.
///
/// A part of `c` covered and `t` coverable lines moves a share of `b` to one over `T` lines by `(c − b·t) / T`: how
/// much better its lines are than those of the base were. These sum to the whole exactly, in whatever order.
fn points(lines: [Difference; 4], base: Covered, head: Covered) -> Option<(Tenths, Vec<Tenths>)> {
    let shown = percent(head.covered, head.total)? - percent(base.covered, base.total)?;
    let (before, total) = (ratio(base.covered, base.total)?, whole(head.total));
    let share = |part: Difference| -> Exact {
        (whole(part.covered) - &before * whole(part.total)) * whole(100) / &total
    };
    Some((shown, apportion(&lines.map(share), shown, Ties::EarlierFirst)))
}
