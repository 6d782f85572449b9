//! The branches of one section.

use std::borrow::Cow;

use crate::model::coverage::LineBranches;
use crate::model::coverage::branch_row::{self, BranchRow};
use crate::model::coverage::branches::{self, NamedBranches, SharedBranches};
use crate::model::order;

/// Branches in the order in which they came; those whose names are no numbers stand in one text, each as
/// [`branches::write_one`] writes it.
#[derive(Debug, Default)]
pub(super) struct Branches {
    names: String,
    records: Vec<Record>,
}

#[derive(Clone, Copy, Debug)]
struct Record {
    line: u32,
    name: Name,
    taken: bool,
}

#[derive(Clone, Copy, Debug)]
enum Name {
    Number {
        block: u32,
        branch: u32,
    },
    /// In `names`, without its ending.
    Text {
        start: u32,
        length: u32,
    },
}

/// What is written behind a name.
const ENDING: u32 = 2;

impl Name {
    /// Where it stands in `names`, unless it is two numbers.
    fn text(self, names: &str) -> Option<&str> {
        match self {
            Self::Number { .. } => None,
            Self::Text { start, length } => names.get(start as usize..(start + length) as usize),
        }
    }
}

impl Branches {
    /// A branch with a name of any kind.
    pub(super) fn add(&mut self, line: u32, name: &str, taken: bool) {
        if let Some(number) = branch_row::number(name) {
            return self.add_number(line, number, taken);
        }
        let (Ok(start), Ok(length)) = (u32::try_from(self.names.len()), u32::try_from(name.len())) else {
            return;
        };
        branches::write_one(&mut self.names, name, taken);
        self.records.push(Record { line, name: Name::Text { start, length }, taken });
    }

    /// A branch whose name is two numbers.
    pub(super) fn add_number(&mut self, line: u32, (block, branch): (u32, u32), taken: bool) {
        self.records.push(Record { line, name: Name::Number { block, branch }, taken });
    }

    /// Bytes that the records take.
    pub(super) fn size(&self) -> usize {
        self.names.len() + size_of_val(self.records.as_slice())
    }

    /// The branches by line; afterwards there is none.
    pub(super) fn take(&mut self, shared: &mut SharedBranches) -> Option<Vec<(u32, LineBranches)>> {
        let Self { names, records } = self;
        if !records.is_sorted_by_key(|record| record.line) {
            order::sort_by_key(records, |record| record.line);
        }
        let of_line = |chunk: &[Record]| {
            let named = row(chunk).map_or_else(|| by_name(chunk, names, shared), NamedBranches::from);
            Some((chunk.first()?.line, LineBranches::Named(named)))
        };
        let of_lines = || records.chunk_by(|one, next| one.line == next.line);
        let mut lines = Vec::with_capacity(of_lines().count());
        lines.extend(of_lines().filter_map(of_line));
        self.records.clear();
        self.names.clear();
        (!lines.is_empty()).then_some(lines)
    }
}

/// The branches of a line as a row, if they are one.
fn row(line: &[Record]) -> Option<BranchRow> {
    let Name::Number { block: first, .. } = line.first()?.name else { return None };
    let is_row =
        line.iter().all(|record| matches!(record.name, Name::Number { block, .. } if block == first));
    let numbered = line.iter().filter_map(|record| match record.name {
        Name::Number { branch, .. } => Some((branch, record.taken)),
        Name::Text { .. } => None,
    });
    if is_row { BranchRow::numbered(first, numbered) } else { None }
}

/// The text of the branches of a line, if they came one behind the other and in order of name.
fn written<'a>(line: &[Record], names: &'a str) -> Option<&'a str> {
    let (first, mut end, mut before) = (line.first()?, None, "");
    for record in line {
        let Name::Text { start, length } = record.name else { return None };
        let name = record.name.text(names)?;
        if end.is_some_and(|end| end != start || order::of_texts(name, before).is_le()) {
            return None;
        }
        (end, before) = (Some(start + length + ENDING), name);
    }
    let Name::Text { start, .. } = first.name else { return None };
    names.get(start as usize..end? as usize)
}

/// The branches of a line in order of name; of several records of one, one taken is enough.
fn by_name(line: &[Record], names: &str, shared: &mut SharedBranches) -> NamedBranches {
    if let Some(written) = written(line, names) {
        return shared.share_written(written);
    }
    let name = |record: &Record| match record.name {
        Name::Number { block, branch } => Cow::Owned(format!("{block},{branch}")),
        Name::Text { .. } => Cow::Borrowed(record.name.text(names).unwrap_or_default()),
    };
    let mut all: Vec<(Cow<'_, str>, bool)> = line.iter().map(|record| (name(record), record.taken)).collect();
    order::sort_by(&mut all, |(a, taken), (b, other)| a.cmp(b).then(other.cmp(taken)));
    all.dedup_by(|(next, _), (kept, _)| next == kept);
    shared.share(all.iter().map(|(name, taken)| (name.as_ref(), *taken)))
}
