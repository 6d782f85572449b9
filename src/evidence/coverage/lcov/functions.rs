//! The functions of one section.

use std::collections::HashMap;
use std::fmt::Write;

use super::super::functions::FunctionRecords;
use crate::model::coverage::functions::Functions;

/// Functions in the order in which their records came.
#[derive(Debug, Default)]
pub(super) struct SectionFunctions {
    records: FunctionRecords,
    /// LCOV 2.2 and later: several names of one place share an index, and count once. By index, what stands for them.
    groups: HashMap<u32, Group>,
    /// How many groups begin on a line.
    of_line: HashMap<u32, u32>,
    name: String,
}

/// The `number`th group that begins on `line`.
#[derive(Clone, Copy, Debug)]
struct Group {
    line: u32,
    number: u32,
}

impl SectionFunctions {
    /// A function, known by its name; it ran when any of its records says so.
    pub(super) fn add(&mut self, name: &str, ran: bool) {
        self.records.add(name, ran);
    }

    /// `FNL`: the `line` of the group `index`. Indexes differ from file to file, places do not.
    pub(super) fn add_group(&mut self, index: u32, line: u32) {
        let number = self.of_line.entry(line).or_default();
        *number = number.saturating_add(1);
        let group = Group { line, number: *number };
        self.groups.insert(index, group);
        self.add_to(group, false);
    }

    /// `FNA`: one name of the group `index`.
    pub(super) fn add_alias(&mut self, index: u32, alias: &str, ran: bool) {
        match self.groups.get(&index) {
            Some(group) => self.add_to(*group, ran),
            None => self.add(alias, ran),
        }
    }

    fn add_to(&mut self, group: Group, ran: bool) {
        let Group { line, number } = group;
        self.name.clear();
        // Writing into a text cannot fail.
        let _ = match number {
            1 => write!(self.name, "lcov\tline {line}"),
            _ => write!(self.name, "lcov\tline {line}, function {number}"),
        };
        self.records.add(&self.name, ran);
    }

    /// Bytes that the records take.
    pub(super) fn size(&self) -> usize {
        self.records.size()
    }

    /// No group of the section is known any more.
    pub(super) fn end_section(&mut self) {
        self.groups.clear();
        self.of_line.clear();
    }

    /// The functions by name; afterwards there is none.
    pub(super) fn take(&mut self) -> Option<Functions> {
        (!self.records.is_empty()).then(|| self.records.take())
    }
}
