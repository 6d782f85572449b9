//! The branches of one section.

use std::collections::BTreeMap;

use crate::model::branches::SharedBranches;
use crate::model::coverage::LineBranches;

/// Branches in the order in which they came; their names stand in one text.
#[derive(Debug, Default)]
pub(super) struct Branches {
    names: String,
    records: Vec<Record>,
}

#[derive(Clone, Copy, Debug)]
struct Record {
    line: u32,
    start: u32,
    length: u32,
    taken: bool,
}

impl Branches {
    pub(super) fn add(&mut self, line: u32, name: &str, taken: bool) {
        let (Ok(start), Ok(length)) = (u32::try_from(self.names.len()), u32::try_from(name.len())) else {
            return;
        };
        self.names.push_str(name);
        self.records.push(Record { line, start, length, taken });
    }

    /// Bytes that the records take.
    pub(super) fn size(&self) -> usize {
        self.names.len() + size_of_val(self.records.as_slice())
    }

    /// The branches by line; afterwards there is none.
    pub(super) fn take(&mut self, shared: &mut SharedBranches) -> Option<BTreeMap<u32, LineBranches>> {
        let Self { names, records } = self;
        let name = |record: &Record| {
            let (start, length) = (record.start as usize, record.length as usize);
            names.get(start..start + length).unwrap_or_default()
        };
        if !records.is_sorted_by(|one, next| (one.line, name(one)) < (next.line, name(next))) {
            records.sort_by(|a, b| (a.line, name(a)).cmp(&(b.line, name(b))));
            records.dedup_by(|next, kept| {
                let same = next.line == kept.line && name(next) == name(kept);
                kept.taken |= same && next.taken;
                same
            });
        }
        let of_line = |chunk: &[Record]| {
            let named = shared.share(chunk.iter().map(|record| (name(record), record.taken)));
            Some((chunk.first()?.line, LineBranches::Named(named)))
        };
        let lines: BTreeMap<_, _> =
            records.chunk_by(|one, next| one.line == next.line).filter_map(of_line).collect();
        self.records.clear();
        self.names.clear();
        (!lines.is_empty()).then_some(lines)
    }
}
