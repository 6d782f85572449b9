//! The source files of reports, growing as records come.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::unite::Ordered;
use crate::model::coverage::functions::Functions;
use crate::model::coverage::{FileCoverage, LineHits, Lines};

/// Source files by path, growing record by record.
///
/// Reports name one file in thousands of classes or sections; what each adds is put in order only once in a
/// while, so the whole takes little longer than sorting all lines at once.
#[derive(Debug, Default)]
pub struct Files {
    files: BTreeMap<String, FileCoverage>,
    /// What came of files that were there already, by path: of most there is nothing.
    growing: BTreeMap<String, Growing>,
}

/// What a file waits for. What each of its lists holds first is in order; the rest is in the order in which it came.
#[derive(Debug)]
struct Growing {
    /// Lines that are not in the file yet.
    lines: Vec<LineHits>,
    branches: Ordered,
    statements: Ordered,
    /// Functions that are not in the file yet.
    functions: Vec<Functions>,
    /// How many these are.
    waiting: usize,
}

impl Files {
    /// Puts `file` under `path`, united with what is there already; whether nothing was.
    pub fn add(&mut self, path: String, file: FileCoverage) -> bool {
        match self.files.entry(path) {
            Entry::Vacant(place) => {
                place.insert(file);
                true
            }
            Entry::Occupied(mut known) => {
                if !self.growing.contains_key(known.key()) {
                    self.growing.insert(known.key().clone(), Growing::of(known.get()));
                }
                if let Some(growing) = self.growing.get_mut(known.key()) {
                    growing.add(known.get_mut(), file);
                }
                false
            }
        }
    }

    /// Takes `lines`, which are in order, of the file at `path` away.
    pub fn leave_out(&mut self, path: &str, lines: &[u32]) {
        let Some(file) = self.files.get_mut(path) else { return };
        if let Some(growing) = self.growing.get_mut(path) {
            growing.unite_lines(file);
        }
        file.lines = file.lines.iter().filter(|line| lines.binary_search(&line.line).is_err()).collect();
    }

    /// All files, with their lines in order.
    pub fn finish(self) -> BTreeMap<String, FileCoverage> {
        let Self { mut files, growing } = self;
        for (path, growing) in growing {
            if let Some(file) = files.get_mut(&path) {
                growing.finish(file);
            }
        }
        files
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
    fn of(file: &FileCoverage) -> Self {
        Self {
            lines: Vec::new(),
            branches: Ordered::whole(file.branches.as_deref().unwrap_or_default()),
            statements: Ordered::whole(file.statements.as_deref().unwrap_or_default()),
            functions: Vec::new(),
            waiting: 0,
        }
    }

    fn add(&mut self, file: &mut FileCoverage, other: FileCoverage) {
        self.add_lines(file, &other.lines);
        if let Some(new) = other.branches {
            self.branches.add(file.branches.get_or_insert_default(), new);
        }
        if let Some(new) = other.statements {
            self.statements.add(file.statements.get_or_insert_default(), new);
        }
        file.stated = file.stated.unite(other.stated);
        self.add_functions(file, other.functions);
    }

    fn add_lines(&mut self, file: &mut FileCoverage, new: &Lines) {
        let known = file.lines.len();
        // Reports of parallel jobs speak of the same lines.
        if self.lines.is_empty() && new.len() >= known / 2 {
            file.lines = file.lines.union(new, u32::saturating_add);
            return;
        }
        self.lines.extend(new);
        if self.lines.len() > known + Ordered::SLACK {
            self.unite_lines(file);
        }
    }

    fn unite_lines(&mut self, file: &mut FileCoverage) {
        let new = Lines::take(&mut self.lines, u32::saturating_add);
        if !new.is_empty() {
            file.lines = file.lines.union(&new, u32::saturating_add);
        }
    }

    fn add_functions(&mut self, file: &mut FileCoverage, new: Option<Functions>) {
        let Some(new) = new else { return };
        let Some(known) = &mut file.functions else {
            file.functions = Some(new);
            return;
        };
        if known.absorb(&new) {
            return;
        }
        let most = known.count() + Ordered::SLACK;
        self.waiting += new.count();
        self.functions.push(new);
        if self.waiting > most {
            self.unite_functions(file);
        }
    }

    fn unite_functions(&mut self, file: &mut FileCoverage) {
        let parts = file.functions.iter().chain(&self.functions);
        file.functions = Some(parts.flat_map(Functions::iter).collect());
        self.functions.clear();
        self.waiting = 0;
    }

    fn finish(mut self, file: &mut FileCoverage) {
        self.unite_lines(file);
        file.branches.iter_mut().for_each(|branches| self.branches.finish(branches));
        file.statements.iter_mut().for_each(|statements| self.statements.finish(statements));
        if !self.functions.is_empty() {
            self.unite_functions(file);
        }
    }
}
