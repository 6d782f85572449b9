//! The functions of one source file, in the order in which a report names them.

use crate::model::coverage::functions::Functions;
use crate::model::order;

/// Functions that grow record by record; their names stand in one text.
#[derive(Debug, Default)]
pub(super) struct FunctionRecords {
    names: String,
    records: Vec<Record>,
    /// The record that the next name probably repeats: many formats name all functions twice in the same order.
    expected: usize,
}

#[derive(Clone, Copy, Debug)]
struct Record {
    start: u32,
    length: u32,
    ran: bool,
}

impl FunctionRecords {
    /// A function, known by its name; it ran when any of its records says so.
    pub(super) fn add(&mut self, name: &str, ran: bool) {
        if self.is_expected(name, ran) {
            return;
        }
        let (Ok(start), Ok(length)) = (u32::try_from(self.names.len()), u32::try_from(name.len())) else {
            return;
        };
        self.names.push_str(name);
        self.records.push(Record { start, length, ran });
    }

    /// Takes in `name` if it stands where it is expected.
    fn is_expected(&mut self, name: &str, ran: bool) -> bool {
        let Self { names, records, expected } = self;
        let Some(record) = records.get_mut(*expected) else { return false };
        let is_expected = order::is_same(named(names, record), name);
        if is_expected {
            record.ran |= ran;
            *expected += 1;
        }
        is_expected
    }

    /// Bytes that the records take.
    pub(super) fn size(&self) -> usize {
        self.names.len() + size_of_val(self.records.as_slice())
    }

    /// Whether there is any.
    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The functions by name; afterwards there is none.
    pub(super) fn take(&mut self) -> Functions {
        let functions = self.iter().collect();
        self.records.clear();
        self.names.clear();
        self.expected = 0;
        functions
    }

    /// In the order of the records; names may repeat.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, bool)> {
        self.records.iter().map(|record| (named(&self.names, record), record.ran))
    }
}

fn named<'a>(names: &'a str, record: &Record) -> &'a str {
    let start = record.start as usize;
    names.get(start..start + record.length as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_come_again_are_one_function_in_any_order() {
        let mut records = FunctionRecords::default();
        for (name, ran) in [("b", false), ("a", false), ("b", true), ("a", false), ("b", false), ("c", true)]
        {
            records.add(name, ran);
        }
        assert!(records.size() > 0);
        assert_eq!(records.take(), [("a", false), ("b", true), ("c", true)].into_iter().collect());
        assert!(records.is_empty());
        records.add("a", true);
        assert_eq!(records.take(), [("a", true)].into_iter().collect());
    }
}
