//! The functions of one section.

use std::collections::{BTreeMap, HashMap, HashSet};

/// Functions in the order in which their records came; their names stand in one text.
#[derive(Debug, Default)]
pub(super) struct Functions {
    names: String,
    records: Vec<Record>,
    groups: Groups,
}

#[derive(Clone, Copy, Debug)]
struct Record {
    start: u32,
    length: u32,
    ran: bool,
}

/// Functions of LCOV 2.2 and later: several names of one place share an index, and count once.
#[derive(Debug, Default)]
struct Groups {
    names: HashMap<Box<str>, Box<str>>,
    taken: HashSet<Box<str>>,
}

impl Functions {
    /// A function, known by its name; it ran when any of its records says so.
    pub(super) fn add(&mut self, name: &str, ran: bool) {
        let (Ok(start), Ok(length)) = (u32::try_from(self.names.len()), u32::try_from(name.len())) else {
            return;
        };
        self.names.push_str(name);
        self.records.push(Record { start, length, ran });
    }

    /// `FNL`: the place of the group `index`. Indexes differ from file to file, places do not.
    pub(super) fn add_group(&mut self, index: &str, place: &str) {
        let mut name = format!("line {place}");
        for other in 2.. {
            if self.groups.taken.insert(name.as_str().into()) {
                break;
            }
            name = format!("line {place}, function {other}");
        }
        self.add(&name, false);
        self.groups.names.insert(index.into(), name.into());
    }

    /// `FNA`: one name of the group `index`.
    pub(super) fn add_alias(&mut self, index: &str, alias: &str, ran: bool) {
        let name = self.groups.names.get(index).cloned();
        self.add(name.as_deref().unwrap_or(alias), ran);
    }

    /// Bytes that the records take.
    pub(super) fn size(&self) -> usize {
        self.names.len() + size_of_val(self.records.as_slice())
    }

    /// No group of the section is known any more.
    pub(super) fn end_section(&mut self) {
        self.groups.names.clear();
        self.groups.taken.clear();
    }

    /// The functions by name; afterwards there is none.
    pub(super) fn take(&mut self) -> Option<BTreeMap<Box<str>, bool>> {
        let Self { names, records, .. } = self;
        let name = |record: &Record| {
            let (start, length) = (record.start as usize, record.length as usize);
            names.get(start..start + length).unwrap_or_default()
        };
        records.sort_by(|a, b| name(a).cmp(name(b)));
        records.dedup_by(|next, kept| {
            let same = name(next) == name(kept);
            kept.ran |= same && next.ran;
            same
        });
        let functions: BTreeMap<_, _> =
            records.iter().map(|record| (name(record).into(), record.ran)).collect();
        self.records.clear();
        self.names.clear();
        (!functions.is_empty()).then_some(functions)
    }
}
