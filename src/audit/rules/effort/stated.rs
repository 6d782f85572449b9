//! A return that is written down, against points and hours.

use num_traits::{Signed as _, Zero as _};

use super::item::{Item, middle};
use crate::audit::facts::{Facts, hours_in};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Unit, shown};
use crate::audit::table::Table;
use crate::audit::words::{mentions, shared, words};
use crate::model::audit::Rule;
use crate::model::exact::Exact;

/// A column of points per hour against its points and hours.
pub(super) fn per_hour(table: &Table, findings: &mut Findings) {
    let per = (0..table.header.cells.len()).find(|c| {
        let head = table.header.cell(*c).to_lowercase();
        head.contains("points/hour")
            || head.contains("points per hour")
            || head.contains("points/h")
            || head.contains("pts/hour")
            || head.contains("gain/h")
            || head.contains("pts/h")
            || head.contains("points / hour")
    });
    let gain = (0..table.header.cells.len()).find(|c| {
        Some(*c) != per && mentions(&table.header.cell(*c).to_lowercase(), &["improvement", "gain", "points"])
    });
    let effort = (0..table.header.cells.len()).find(|c| {
        Some(*c) != per
            && mentions(
                &table.header.cell(*c).to_lowercase(),
                &["effort", "hours", "cost", "time", "investment"],
            )
    });
    let (Some(per), Some(gain), Some(effort)) = (per, gain, effort) else { return };
    for row in table.body() {
        let (Some(said), Some(points), Some(hours)) = (row.number(per), row.number(gain), row.number(effort))
        else {
            continue;
        };
        if !hours.low.is_positive() || !said.is_point() {
            continue;
        }
        // Points may be rounded to the decimals that they are written with.
        let more = if points.decimals > 0 { points.ulp() } else { Exact::zero() };
        let (least, most) = ((&points.low - &more) / &hours.high, (&points.high + &more) / &hours.low);
        let slack = said.ulp();
        if said.low < &least - &slack || said.low > &most + &slack {
            let exact = middle(&points) / middle(&hours);
            let message = format!(
                "{} points in {} hours are {} an hour, not {}",
                shown(&points.low),
                shown(&middle(&hours)),
                shown(&exact),
                row.cell(per)
            );
            findings.add(
                Rule::EffortOrder,
                row.line,
                message,
                (row.cell(per).to_owned(), Some(shown(&exact))),
            );
        }
    }
}

/// `Best ROI: v2.3.2 → v2.4.0 (60h, +5 points)` while one row pays more.
pub(super) fn best(facts: &Facts<'_>, items: &[Item], findings: &mut Findings) {
    let Some(top) = items.iter().max_by(|a, b| a.pays().cmp(&b.pays())) else { return };
    for line in facts.document.lines.iter().filter(|l| {
        mentions(&l.key(), &["best roi", "best return", "best value", "highest roi", "highest return"])
    }) {
        let hours = hours_in(&line.quantities);
        let points = line.quantities.iter().find(|q| q.unit == Unit::Points);
        let named = items.iter().find(|item| {
            shared(&words(&item.name), &words(&line.value)) > 0 || line.value.starts_with(&item.name)
        });
        let pays = match (hours, points) {
            (Some(hours), Some(points)) if hours.low.is_positive() => Some(middle(points) / middle(&hours)),
            _ => named.map(Item::pays),
        };
        if let Some(pays) = pays.filter(|pays| *pays < top.pays()) {
            let message = format!(
                "this is called the best and pays {} points per hour; `{}` pays {}",
                shown(&pays),
                top.name,
                shown(&top.pays())
            );
            findings.add(Rule::EffortOrder, line.number, message, (shown(&pays), Some(shown(&top.pays()))));
        }
    }
}
