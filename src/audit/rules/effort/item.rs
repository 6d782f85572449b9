//! Work with its points, its effort and the word for its return.

use num_traits::Signed as _;

use crate::audit::outline::Line;
use crate::audit::quantity::{Quantity, Unit};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::exact::{Exact, whole};

/// Something with points and effort.
pub(super) struct Item {
    pub(super) line: u32,
    pub(super) name: String,
    pub(super) points: Exact,
    /// Middle of the range, times people.
    pub(super) effort: Exact,
    /// High is large; from words such as "High" or "LOW-MEDIUM".
    pub(super) rank: Option<i32>,
    pub(super) word: String,
}

impl Item {
    pub(super) fn pays(&self) -> Exact {
        &self.points / &self.effort
    }
}

/// Rows with a gain and an effort; the word of a return column is their rank.
pub(super) fn rows(table: &Table) -> Vec<Item> {
    let gain = table.column(&["improvement", "gain", "points", "impact", "score gain"]);
    let effort = table
        .column(&["engineer-", "person-", "effort", "hours", "investment"])
        .or_else(|| table.column(&["time", "cost", "weeks", "days"]));
    let word = (0..table.header.cells.len())
        .find(|c| mentions(&table.header.cell(*c).to_lowercase(), &["roi", "return", "value", "efficiency"]));
    let (Some(gain), Some(effort)) = (gain, effort) else { return Vec::new() };
    let plain_hours =
        mentions(&table.header.cell(effort).to_lowercase(), &["h", "hours", "hrs", "weeks", "days"]);
    let item = |row: &Row| {
        let points = row
            .number(gain)
            .filter(|q| q.over.is_none() && matches!(q.unit, Unit::Points | Unit::Percent | Unit::None))?;
        let hours =
            row.number(effort).filter(|q| q.unit.is_duration() || q.unit == Unit::None && plain_hours)?;
        let middle = middle(&hours);
        let word = word.map(|c| row.cell(c).to_owned()).unwrap_or_default();
        (middle.is_positive() && !points.low.is_negative()).then(|| Item {
            line: row.line,
            name: row.cell(0).to_owned(),
            points: super::item::middle(&points),
            effort: middle,
            rank: rank(&word),
            word,
        })
    };
    table.body().filter_map(item).collect()
}

pub(super) fn middle(quantity: &Quantity) -> Exact {
    (&quantity.low + &quantity.high) / whole(2)
}

pub(super) fn rank(word: &str) -> Option<i32> {
    let lower = word.to_lowercase();
    let mut sum = 0;
    let mut count = 0;
    for (name, value) in [("low", 2), ("medium", 4), ("high", 6), ("very high", 2), ("critical", 8)] {
        if mentions(&lower, &[name]) {
            sum += value;
            count += i32::from(name != "very high");
        }
    }
    (count > 0).then(|| sum / count)
}

/// `Chaos: 10% | 3 weeks | 2 engineers`, `Load tests: +5 points, 8h`.
pub(super) fn of_line(line: &Line) -> Option<Item> {
    let points = line
        .quantities
        .iter()
        .find(|q| matches!(q.unit, Unit::Points | Unit::Percent) && q.over.is_none())?;
    let efforts: Vec<&Quantity> = line.quantities.iter().filter(|q| q.unit.is_duration()).collect();
    let [effort] = efforts.as_slice() else { return None };
    let people = line.quantities.iter().find(|q| q.unit == Unit::People).map_or_else(|| whole(1), middle);
    let effort = middle(effort) * people;
    let name = line
        .label
        .clone()
        .unwrap_or_else(|| line.text.get(..points.start).unwrap_or_default().trim().to_owned());
    (effort.is_positive()).then(|| Item {
        line: line.number,
        name,
        points: middle(points),
        effort,
        rank: None,
        word: String::new(),
    })
}
