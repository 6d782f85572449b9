//! Work with what it pays, from tables, turned tables and sentences.

use num_traits::Signed as _;

use super::item::{Item, middle, rows};
use crate::audit::facts::Facts;
use crate::audit::quantity::{Quantity, Unit};
use crate::audit::rules::sentence::{Sentence, prose};
use crate::audit::table::Table;
use crate::audit::words::mentions;
use crate::model::exact::Exact;

/// Items of one document that are ranked.
pub(super) const MOST: usize = 60;

/// Work with what it pays for each unit of effort.
pub(super) struct Paid {
    pub(super) name: String,
    pub(super) pays: Exact,
}

/// All work of the document whose points and effort are known; a name with two of them is left out.
pub(super) fn paid(facts: &Facts<'_>) -> Vec<Paid> {
    let tables = facts.document.tables.iter();
    let mut items: Vec<Item> = tables.clone().flat_map(rows).chain(tables.flat_map(turned)).collect();
    for sentence in facts.document.blocks().flat_map(prose) {
        items.extend(of_sentence(&sentence));
    }
    let phases = ["phase", "total", "sprint", "option", "release", "version"];
    items.retain(|item| {
        !mentions(&item.name.to_lowercase(), &phases) && item.name.chars().any(char::is_alphabetic)
    });
    let same = |name: &str| items.iter().filter(|item| item.name.eq_ignore_ascii_case(name)).count();
    let single = items.iter().take(MOST).filter(|item| item.name.len() > 1 && same(&item.name) == 1);
    single.map(|item| Paid { name: item.name.to_lowercase(), pays: item.pays() }).collect()
}

/// A table whose columns are work, with a row of points and one of effort.
fn turned(table: &Table) -> Vec<Item> {
    let row = |words: &[&str]| table.rows.iter().find(|row| mentions(&row.cell(0).to_lowercase(), words));
    let gain = row(&["points", "gain", "improvement"]);
    let effort = row(&["hours", "effort", "person-days", "days", "weeks", "person-weeks", "stunden"]);
    let (Some(gain), Some(effort)) = (gain, effort) else { return Vec::new() };
    let of = |column: usize| {
        let (points, effort) = (gain.number(column)?, effort.number(column)?);
        let (points, effort) = (middle(&points), middle(&effort));
        let name = table.header.cell(column).to_owned();
        effort.is_positive().then(|| Item {
            line: gain.line,
            name,
            points,
            effort,
            rank: None,
            word: String::new(),
        })
    };
    (1..table.header.cells.len()).filter_map(of).collect()
}

/// "Autoscaling brings 6 points for 12 hours".
fn of_sentence(sentence: &Sentence) -> Vec<Item> {
    let found = &sentence.quantities;
    let of = |(at, pair): (usize, &[Quantity])| {
        let [points, effort] = pair else { return None };
        let timed = effort.unit.is_duration() && points.unit == Unit::Points && points.over.is_none();
        let joined = ["for", "in", "and takes", "and needs", "at", "and costs"]
            .contains(&&*sentence.between(points.end, effort.start));
        let from = at.checked_sub(1).and_then(|at| found.get(at)).map_or(0, |before| before.end);
        let lead = sentence.between(from, points.start);
        let verbs = [" brings", " bring", " gives", " give", " gains", " adds", " add"];
        let own = verbs.iter().find_map(|verb| lead.strip_suffix(verb));
        // "Alarms give 6 points for 3 days, docs 4 points for 4 days": the verb is said once.
        let said = at > 0 && verbs.iter().any(|verb| sentence.between(0, points.start).contains(verb));
        let name = own.or(Some(&*lead).filter(|_| said))?;
        let name = name.rsplit([',', ';', ':']).next().unwrap_or(name).trim();
        let name =
            ["and the ", "and ", "the "].iter().find_map(|lead| name.strip_prefix(lead)).unwrap_or(name);
        (timed && joined && effort.low.is_positive() && (2..=40).contains(&name.len())).then(|| Item {
            line: sentence.line(points.start),
            name: name.to_owned(),
            points: middle(points),
            effort: middle(effort),
            rank: None,
            word: String::new(),
        })
    };
    found.windows(2).enumerate().filter_map(of).collect()
}
