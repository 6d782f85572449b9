//! Named numbers of several files.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::model::metric::Measurement;
use crate::model::order;

/// Measurements by name.
#[derive(Default)]
pub(super) struct ByName {
    known: BTreeMap<String, Measurement>,
    /// How many files hold each.
    files: BTreeMap<String, u64>,
}

impl ByName {
    /// Adds what one file holds. Counts add up; of two other values for one name the worse stands, and the second
    /// file is told.
    pub(super) fn add(&mut self, read: Vec<Measurement>, path: &str) -> Option<String> {
        let mut conflict = None;
        for id in order::set(read.iter().map(|measurement| &measurement.id)) {
            *self.files.entry(id.clone()).or_insert(0) += 1;
        }
        for measurement in read {
            match self.known.entry(measurement.id.clone()) {
                Entry::Vacant(free) => {
                    free.insert(measurement);
                }
                Entry::Occupied(mut known) => {
                    if added(known.get_mut(), &measurement) || *known.get() == measurement {
                        continue;
                    }
                    let id = &measurement.id;
                    conflict = conflict.or_else(|| {
                        Some(format!(
                            "`{id}` has another value in a file before `{path}`; the worse one counts"
                        ))
                    });
                    if measurement.is_worse_than(known.get()) {
                        known.insert(measurement);
                    }
                }
            }
        }
        conflict
    }

    /// In order of name.
    pub(super) fn into_list(self) -> Vec<Measurement> {
        self.known.into_values().collect()
    }

    /// In how many files each stands that stands in several.
    pub(super) fn in_several(&self) -> BTreeMap<String, u64> {
        let several = self.files.iter().filter(|(_, number)| **number > 1);
        order::map(several.map(|(id, number)| (id.clone(), *number)))
    }
}

/// Adds the counts of `more` to those of `known`, where both have such.
fn added(known: &mut Measurement, more: &Measurement) -> bool {
    let both = known.counts.zip(more.counts).and_then(|(one, two)| one.with(two));
    let Some((counts, value)) = both.and_then(|counts| Some((counts, counts.value()?))) else { return false };
    known.counts = Some(counts);
    known.value = value;
    true
}
