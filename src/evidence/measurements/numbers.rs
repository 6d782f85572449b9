//! Named numbers while a file is read: every reader of this kind puts its numbers in here.

use std::collections::HashMap;

use num_traits::Signed;

use super::unit;
use crate::evidence::bytes::Place;
use crate::evidence::json::Value;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::tally::Tally;
use crate::model::exact::{Exact, parse_decimal, ratio, whole};
use crate::model::input::{InputState, Problem};
use crate::model::metric::{Better, Counts, Measurement, Unit};
use crate::model::order;

/// Most numbers of one file; the rest is left out with a warning.
const MOST: usize = 20_000;
/// Longest name in bytes; a longer one is cut.
const LONGEST_NAME: usize = 512;
/// Errors that are told one by one.
const MOST_ERRORS: usize = 20;

/// A number and what it means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    /// As in `unit`.
    pub(super) unit: &'static str,
    /// `None`: nobody knows.
    pub(super) better: Option<Better>,
}

impl Meaning {
    /// Less is better.
    pub(super) const fn lower(unit: &'static str) -> Self {
        Self { unit, better: Some(Better::Lower) }
    }

    /// More is better.
    pub(super) const fn higher(unit: &'static str) -> Self {
        Self { unit, better: Some(Better::Higher) }
    }

    /// Neither is.
    pub(super) const fn neutral(unit: &'static str) -> Self {
        Self { unit, better: None }
    }
}

/// The numbers so far. What is no number from 0 on is left out and makes the file invalid.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    list: Vec<Measurement>,
    by_id: HashMap<String, usize>,
    problems: Vec<Problem>,
    errors: usize,
    surplus: Tally,
    /// Where all of it was measured: CPU, system.
    pub(super) environment: Option<String>,
    /// The commit that all of it was measured on.
    pub(super) commit: Option<String>,
}

impl Numbers {
    /// Adds the number `written`; nothing when it is absent or null, an error when it is anything else.
    pub(super) fn add(&mut self, id: &str, written: &Value, meaning: Meaning, place: Place) {
        match written {
            Value::Null => {}
            Value::Text(text) | Value::Number(text) => self.add_text(id, text, meaning, place),
            _ => self.wrong(id, "something else than a number", place),
        }
    }

    /// Adds the number that `text` is.
    pub(super) fn add_text(&mut self, id: &str, text: &str, meaning: Meaning, place: Place) {
        let shown: String = text.chars().take(40).collect();
        match (parse_decimal(text.trim()), unit::base(meaning.unit)) {
            (Some(value), Some((unit, one))) if !value.is_negative() => {
                self.put(id, value * one, (unit, meaning.better), place);
            }
            _ => self.wrong(id, &format!("`{shown}`"), place),
        }
    }

    /// Adds a number from 0 on in the unit of `meaning`.
    pub(super) fn exact(&mut self, id: &str, value: Exact, meaning: Meaning, place: Place) {
        if let Some((unit, one)) = unit::base(meaning.unit) {
            self.put(id, value * one, (unit, meaning.better), place);
        }
    }

    /// Adds a number in its base unit.
    pub(super) fn put(&mut self, id: &str, value: Exact, of: (Unit, Option<Better>), place: Place) {
        let (unit, better) = of;
        let measurement = Measurement {
            id: cut(id),
            value,
            unit,
            better,
            commit: None,
            environment: None,
            spread: None,
            counts: None,
        };
        self.keep(measurement, place);
    }

    /// Adds a share of counts, which adds up over files; nothing when `total` is 0.
    pub(super) fn put_share(&mut self, id: &str, (part, total): (u64, u64), better: Better, place: Place) {
        let Some(value) = ratio(part, total) else { return };
        self.put(id, value, (Unit::Ratio, Some(better)), place);
        self.count_as(id, Counts::Share(part, total));
    }

    /// Adds a count, which adds up over files.
    pub(super) fn put_sum(&mut self, id: &str, count: u64, better: Option<Better>, place: Place) {
        self.put(id, whole(count), (Unit::Count, better), place);
        self.count_as(id, Counts::Sum(count));
    }

    fn count_as(&mut self, id: &str, counts: Counts) {
        let at = self.by_id.get(&cut(id)).copied();
        if let Some(measurement) = at.and_then(|at| self.list.get_mut(at)) {
            measurement.counts = Some(counts);
        }
    }

    /// Of two values for one name the worse stands, as it does over files.
    fn keep(&mut self, measurement: Measurement, place: Place) {
        if let Some(known) = self.by_id.get(&measurement.id).and_then(|at| self.list.get_mut(*at)) {
            if measurement.is_worse_than(known) {
                *known = measurement;
            }
            return;
        }
        if self.list.len() >= MOST {
            self.surplus.add(|| place);
            return;
        }
        self.by_id.insert(measurement.id.clone(), self.list.len());
        self.list.push(measurement);
    }

    /// Says by how much `id` scatters, in the unit of `meaning`; what is no number from 0 on is nothing.
    pub(super) fn scatter(&mut self, id: &str, written: &Value, meaning: Meaning) {
        let spread = written.text().and_then(parse_decimal).filter(|spread| !spread.is_negative());
        if let Some(spread) = spread {
            self.scatter_exact(id, spread, meaning);
        }
    }

    /// Says by how much `id` scatters, in the unit of `meaning`.
    pub(super) fn scatter_exact(&mut self, id: &str, spread: Exact, meaning: Meaning) {
        let one = unit::base(meaning.unit).map(|(_, one)| one);
        let at = self.by_id.get(&cut(id)).copied();
        if let Some(measurement) = at.and_then(|at| self.list.get_mut(at)) {
            measurement.spread = one.map(|one| spread * one);
        }
    }

    /// The value of `id` so far, in the base unit.
    pub(super) fn value(&self, id: &str) -> Option<&Exact> {
        self.by_id.get(id).and_then(|at| self.list.get(*at)).map(|measurement| &measurement.value)
    }

    /// `found` stands where a number from 0 on belongs.
    pub(super) fn wrong(&mut self, id: &str, found: &str, place: Place) {
        let id = cut(id);
        self.error(format!("the value of `{id}` is {found}; a number from 0 on belongs there"), place);
    }

    /// Something makes the file unusable in part.
    pub(super) fn error(&mut self, message: String, place: Place) {
        self.errors += 1;
        if self.errors <= MOST_ERRORS {
            self.problems.push(Problem::error(message).at(place.line, place.column));
        }
    }

    /// Something is odd.
    pub(super) fn warn(&mut self, message: String, place: Place) {
        if self.problems.len() < 4 * MOST_ERRORS {
            self.problems.push(Problem::warning(message).at(place.line, place.column));
        }
    }

    /// The reading, which `ended` well or not, with the `problems` of the layers below.
    pub(super) fn finish(self, ended: Result<(), Stop>, problems: Vec<Problem>) -> Reading<Vec<Measurement>> {
        let Self { mut list, problems: own, surplus, environment, commit, errors, .. } = self;
        let beyond = surplus.said(&format!("a file gives at most {MOST} numbers; this one is left out"));
        let mut problems: Vec<Problem> = problems.into_iter().chain(own).chain(beyond).collect();
        order::sort_by_key(&mut problems, Problem::place);
        for measurement in &mut list {
            measurement.environment.clone_from(&environment);
            measurement.commit.clone_from(&commit);
        }
        let value = (!list.is_empty()).then_some(list);
        match ended {
            Err(stop) => Reading::stopped(value, problems, stop),
            Ok(()) if errors > 0 => Reading { value, state: InputState::Invalid, problems },
            Ok(()) => Reading::complete(value, problems),
        }
    }
}

/// `id` without line ends, at most as long as a name may be.
fn cut(id: &str) -> String {
    let id: String = id.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    id.get(..id.floor_char_boundary(LONGEST_NAME)).unwrap_or_default().to_owned()
}

/// The end of a file that has the keys of a format, and not what they should hold.
pub(super) fn not_a(what: &str, place: Place) -> Stop {
    Stop::invalid(Problem::error(what.to_owned()).at(place.line, place.column))
}
