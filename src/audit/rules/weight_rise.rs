//! What work brings to the whole: the weight of a part times its rise, in tables of work and in prose.

use num_traits::Signed as _;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Quantity, Unit, quantities, shown};
use crate::audit::table::{Row, Table};
use crate::audit::words::{is_within, mentions, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Headers of a score before and after, and of what the rise brings.
const FROM: [&str; 8] = ["from", "before", "today", "current", "now", "of", "baseline", "start"];
const TO: [&str; 7] = ["to", "after", "target", "then", "planned", "goal", "new"];
const GAIN: [&str; 7] = ["gain", "points", "effect", "worth", "contribution", "brings", "lift"];
/// Weights of a document and tables of work that are looked at.
const MOST: usize = 100;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let weights = Weights::of(facts);
    for table in &facts.document.tables {
        let rows = rises(&weights, table);
        if let Some(reading) = usual(&rows) {
            for rise in &rows {
                judge(rise, reading, findings);
            }
        }
    }
    for block in facts.document.blocks() {
        for item in items(block) {
            in_prose(item, findings);
        }
    }
}

/// Whether the gains of a table are rises times weights, and no plain rises.
pub(super) fn gains_weighted(facts: &Facts<'_>, table: &Table) -> bool {
    usual(&rises(&Weights::of(facts), table)).is_some_and(|reading| reading < 3)
}

/// The weights of a document by the words of the names.
struct Weights(Vec<(Vec<String>, Exact)>);

impl Weights {
    fn of(facts: &Facts<'_>) -> Self {
        let mut found: Vec<(Vec<String>, Exact)> = Vec::new();
        for set in facts.dimensions.iter().filter(|set| set.weights().is_some()) {
            // A last row that holds all of the weights is no part.
            let percent = |d: &crate::audit::facts::Dimension| d.weight.clone().filter(|_| set.percent);
            let shares = set.dimensions.iter().filter_map(|d| {
                let weight = percent(d).or_else(|| Some(set.share(d)? * whole(100)))?;
                (weight < whole(100)).then_some((d.words.clone(), weight))
            });
            found.extend(shares);
        }
        // `| Dimension (weight) | …` over `| Speed (20 %) | …`.
        for table in
            facts.document.tables.iter().filter(|t| t.header.cell(0).to_lowercase().contains("weight"))
        {
            found.extend(table.rows.iter().filter_map(|row| {
                let (name, rest) = row.cell(0).split_once('(')?;
                let weight = quantities(rest).into_iter().next().filter(|q| q.unit == Unit::Percent)?;
                Some((words(name), weight.low))
            }));
        }
        found.truncate(MOST);
        Self(found)
    }

    /// The weight of the only part that a cell names.
    fn named(&self, cell: &str) -> Option<&Exact> {
        let name = words(cell);
        let whole = |known: &&(Vec<String>, Exact)| known.0 == name;
        let part = |known: &&(Vec<String>, Exact)| is_within(&name, &known.0);
        let mut found =
            self.0.iter().filter(|known| whole(known) || !self.0.iter().any(|k| whole(&k)) && part(known));
        let (_, weight) = found.next()?;
        found.all(|(_, other)| other == weight).then_some(weight)
    }
}

/// A row of work.
struct Rise<'a> {
    row: &'a Row,
    weight: Exact,
    from: Quantity,
    to: Quantity,
    gain: Quantity,
    said: &'a str,
}

fn rises<'a>(weights: &Weights, table: &'a Table) -> Vec<Rise<'a>> {
    let column = |words: &[&str]| {
        (1..table.header.cells.len())
            .find(|column| mentions(&table.header.cell(*column).to_lowercase(), words))
    };
    let Some(gain) = column(&GAIN) else { return Vec::new() };
    let pair = column(&FROM).zip(column(&TO)).filter(|(from, to)| from < to && gain != *from && gain != *to);
    let changes = |column: &usize| *column != gain && table.body().any(|row| change(row, *column).is_some());
    // `7 → 9` in one cell.
    let one = (1..table.header.cells.len()).find(changes);
    let Some(at) = one.or(pair.map(|(from, _)| from)).filter(|_| table.rows.len() <= MOST) else {
        return Vec::new();
    };
    let own = column(&["weight"]).filter(|column| *column != gain);
    let rise = |row: &'a Row| {
        let plain = |column: usize| row.number(column).filter(|q| q.is_point() && !q.low.is_negative());
        let named = || (0..at).find_map(|column| weights.named(row.cell(column)).cloned());
        let weight = own.map_or_else(named, |column| plain(column).map(|q| q.low))?;
        let (from, to) = match one {
            Some(column) => change(row, column)?,
            None => pair.and_then(|(from, to)| plain(from).zip(plain(to)))?,
        };
        Some(Rise { row, weight, from, to, gain: plain(gain)?, said: row.cell(gain) })
    };
    table.body().filter_map(rise).collect()
}

/// The rise that is all of a cell.
fn change(row: &Row, column: usize) -> Option<(Quantity, Quantity)> {
    let cell = row.cell(column);
    let found = super::super::facts::rises(cell, &quantities(cell));
    let [rise] = found.as_slice() else { return None };
    let all = rise.from.start == 0 && rise.to.end == cell.trim_end().len();
    (all && rise.from.is_point() && rise.to.is_point()).then(|| (rise.from.clone(), rise.to.clone()))
}

impl Rise<'_> {
    /// What the rise brings: of scores of 100, of 10, of 1 as a share of 1, and as it is.
    fn brings(&self, reading: usize) -> Exact {
        let rise = &self.to.low - &self.from.low;
        let weighted = &self.weight * &rise;
        match reading {
            0 => weighted / whole(100),
            1 => weighted / whole(10),
            2 => weighted,
            _ => rise,
        }
    }

    fn fits(&self, reading: usize) -> bool {
        let slack = if self.gain.decimals > 0 { self.gain.ulp() } else { self.gain.ulp() / whole(2) };
        (self.brings(reading) - &self.gain.low).abs() <= slack
    }
}

/// The reading that two rows or more keep, and more rows than break it.
fn usual(rows: &[Rise<'_>]) -> Option<usize> {
    let kept = |reading: &usize| rows.iter().filter(|row| row.fits(*reading)).count();
    let best = (0..4).max_by_key(|reading| (kept(reading), std::cmp::Reverse(*reading)))?;
    let count = kept(&best);
    (count >= 2 && count * 2 >= rows.len()).then_some(best)
}

fn judge(rise: &Rise<'_>, reading: usize, findings: &mut Findings) {
    if reading == 3 {
        return;
    }
    let top = [100, 10, 1].get(reading).copied().unwrap_or(100);
    if rise.to.low > whole(top) && rise.from.low <= whole(top) && !findings.has(Rule::Bound, rise.row.line) {
        let (said, computed) = (shown(&rise.to.low), top.to_string());
        let message = format!("`{}` is to reach {said}; a score ends at {top}", rise.row.cell(0));
        findings.add(Rule::Bound, rise.row.line, message, (said, Some(computed)));
    }
    if !rise.fits(reading) && !findings.has(Rule::WeightMismatch, rise.row.line) {
        let (said, computed) = (rise.said.to_owned(), shown(&rise.brings(reading)));
        let message = format!(
            "with weight {} from {} to {} is {computed}, not {said}",
            shown(&rise.weight),
            shown(&rise.from.low),
            shown(&rise.to.low)
        );
        findings.add(Rule::WeightMismatch, rise.row.line, message, (said, Some(computed)));
    }
}

/// The lines of each item of a block, with those that it goes on over.
fn items(block: &[Line]) -> impl Iterator<Item = &[Line]> {
    block.chunk_by(|_, next| next.kind == Kind::Text)
}

/// "Operations, 70 to 85. With a weight of 20 % this is worth 3.0 points."
fn in_prose(item: &[Line], findings: &mut Findings) {
    let mut rise: Option<(Exact, Exact)> = None;
    let mut weight: Option<Exact> = None;
    for line in item.iter().take(6) {
        let lower = line.text.to_lowercase();
        for quantity in &line.quantities {
            let before = lower.get(..quantity.start).unwrap_or_default().trim_end();
            let called = ["weight of", "weight", "weight:", "weighs", "weighted"]
                .iter()
                .any(|word| before.ends_with(word));
            let range = lower.get(quantity.start..quantity.end).is_some_and(|said| said.contains(" to "));
            if quantity.unit == Unit::Percent && called && quantity.is_point() {
                weight = Some(quantity.low.clone());
            } else if range && quantity.unit == Unit::None && quantity.high <= whole(100) {
                if rise.is_some() {
                    return;
                }
                rise = Some((quantity.low.clone(), quantity.high.clone()));
            } else if let (Some((from, to)), Some(weight)) = (&rise, &weight)
                && quantity.unit == Unit::Points
                && quantity.is_point()
                && quantity.over.is_none()
            {
                let exact = weight * (to - from) / whole(100);
                let of_ten = &exact * whole(10);
                let off = |exact: &Exact| (exact - &quantity.low).abs() > quantity.ulp() / whole(2);
                if off(&exact)
                    && (*to > whole(10) || off(&of_ten))
                    && !findings.has(Rule::WeightMismatch, line.number)
                {
                    let (said, computed) =
                        (line.between(quantity.start, quantity.end).to_owned(), shown(&exact));
                    let message = format!(
                        "{}% of the {} from {} to {} is {computed}, not {said}",
                        shown(weight),
                        shown(&(to - from)),
                        shown(from),
                        shown(to)
                    );
                    findings.add(Rule::WeightMismatch, line.number, message, (said, Some(computed)));
                }
                return;
            }
        }
    }
}
