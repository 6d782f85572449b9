//! The source files of reports, growing as records come.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::unite::{in_order, unite_branches, unite_maps};
use crate::model::coverage::{FileCoverage, LineHits};
use crate::model::functions::Functions;

/// Source files by path, growing record by record.
///
/// Reports name one file in thousands of classes or sections; what each adds is put in order only once in a
/// while, so the whole takes little longer than sorting all lines at once.
#[derive(Debug, Default)]
pub struct Files(BTreeMap<String, Growing>);

#[derive(Debug)]
struct Growing {
    /// Lines from `in_order` on are in the order in which they came.
    file: FileCoverage,
    in_order: usize,
    /// Functions that are not in the file yet.
    functions: Vec<Functions>,
    /// How many these are.
    waiting: usize,
}

impl Files {
    /// Puts `file`, whose lines are in order, under `path`, united with what is there already.
    pub fn add(&mut self, path: String, file: FileCoverage) {
        match self.0.entry(path) {
            Entry::Vacant(place) => {
                let in_order = file.lines.len();
                place.insert(Growing { file, in_order, functions: Vec::new(), waiting: 0 });
            }
            Entry::Occupied(mut place) => place.get_mut().add(file),
        }
    }

    /// Whether something is there under `path`.
    pub fn contains(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// All files, with their lines in order.
    pub fn finish(self) -> BTreeMap<String, FileCoverage> {
        self.0.into_iter().map(|(path, growing)| (path, growing.finish())).collect()
    }
}

impl FromIterator<(String, FileCoverage)> for Files {
    fn from_iter<I: IntoIterator<Item = (String, FileCoverage)>>(all: I) -> Self {
        let mut files = Self::default();
        for (path, file) in all {
            files.add(path, file);
        }
        files
    }
}

impl Growing {
    /// How many lines or functions may wait in a small file.
    const SLACK: usize = 16;

    fn add(&mut self, other: FileCoverage) {
        self.add_lines(other.lines);
        self.add_functions(other.functions);
        let file = &mut self.file;
        unite_maps(&mut file.branches, other.branches, unite_branches);
        unite_maps(&mut file.statements, other.statements, |known, new| *known = known.unite(new));
        file.stated = file.stated.unite(other.stated);
    }

    fn add_lines(&mut self, new: Vec<LineHits>) {
        let known = &mut self.file.lines;
        // Reports of parallel jobs name the same lines: nothing moves then.
        let is_same = self.in_order == known.len()
            && known.len() == new.len()
            && known.iter().zip(&new).all(|(known, new)| known.line == new.line);
        if is_same {
            for (known, new) in known.iter_mut().zip(new) {
                known.hits = known.hits.saturating_add(new.hits);
            }
            return;
        }
        known.extend(new);
        if known.len() > 2 * self.in_order + Self::SLACK {
            self.put_in_order();
        }
    }

    fn add_functions(&mut self, new: Option<Functions>) {
        let Some(new) = new else { return };
        let Some(known) = &mut self.file.functions else {
            self.file.functions = Some(new);
            return;
        };
        if known.absorb(&new) {
            return;
        }
        let most = known.count() + Self::SLACK;
        self.waiting += new.count();
        self.functions.push(new);
        if self.waiting > most {
            self.unite_functions();
        }
    }

    fn unite_functions(&mut self) {
        let parts = self.file.functions.iter().chain(&self.functions);
        self.file.functions = Some(parts.flat_map(Functions::iter).collect());
        self.functions.clear();
        self.waiting = 0;
    }

    fn put_in_order(&mut self) {
        in_order(&mut self.file.lines, u32::saturating_add);
        self.in_order = self.file.lines.len();
    }

    fn finish(mut self) -> FileCoverage {
        if self.in_order < self.file.lines.len() {
            self.put_in_order();
        }
        self.file.lines.shrink_to_fit();
        if !self.functions.is_empty() {
            self.unite_functions();
        }
        self.file
    }
}
