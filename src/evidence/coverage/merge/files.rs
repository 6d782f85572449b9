//! The source files of reports, growing as records come.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::unite::Ordered;
use crate::model::coverage::FileCoverage;
use crate::model::coverage::functions::Functions;

/// Source files by path, growing record by record.
///
/// Reports name one file in thousands of classes or sections; what each adds is put in order only once in a
/// while, so the whole takes little longer than sorting all lines at once.
#[derive(Debug, Default)]
pub struct Files(BTreeMap<String, Growing>);

/// What each list holds first is in order; the rest is in the order in which it came.
#[derive(Debug)]
struct Growing {
    file: FileCoverage,
    lines: Ordered,
    branches: Ordered,
    statements: Ordered,
    /// Functions that are not in the file yet.
    functions: Vec<Functions>,
    /// How many these are.
    waiting: usize,
}

impl Files {
    /// Puts `file`, whose lines are in order, under `path`, united with what is there already; whether nothing was.
    pub fn add(&mut self, path: String, file: FileCoverage) -> bool {
        match self.0.entry(path) {
            Entry::Vacant(place) => {
                place.insert(Growing::new(file));
                true
            }
            Entry::Occupied(mut place) => {
                place.get_mut().add(file);
                false
            }
        }
    }

    /// Takes `lines`, which are in order, of the file at `path` away.
    pub fn leave_out(&mut self, path: &str, lines: &[u32]) {
        if let Some(Growing { file, lines: ordered, .. }) = self.0.get_mut(path) {
            ordered.finish(&mut file.lines);
            file.lines.retain(|line| lines.binary_search(&line.line).is_err());
            *ordered = Ordered::whole(&file.lines);
        }
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
    fn new(file: FileCoverage) -> Self {
        Self {
            lines: Ordered::whole(&file.lines),
            branches: Ordered::whole(file.branches.as_deref().unwrap_or_default()),
            statements: Ordered::whole(file.statements.as_deref().unwrap_or_default()),
            functions: Vec::new(),
            waiting: 0,
            file,
        }
    }

    fn add(&mut self, other: FileCoverage) {
        let file = &mut self.file;
        self.lines.add(&mut file.lines, other.lines);
        if let Some(new) = other.branches {
            self.branches.add(file.branches.get_or_insert_default(), new);
        }
        if let Some(new) = other.statements {
            self.statements.add(file.statements.get_or_insert_default(), new);
        }
        file.stated = file.stated.unite(other.stated);
        self.add_functions(other.functions);
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
        let most = known.count() + Ordered::SLACK;
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

    fn finish(mut self) -> FileCoverage {
        let file = &mut self.file;
        self.lines.finish(&mut file.lines);
        file.branches.iter_mut().for_each(|branches| self.branches.finish(branches));
        file.statements.iter_mut().for_each(|statements| self.statements.finish(statements));
        if !self.functions.is_empty() {
            self.unite_functions();
        }
        self.file
    }
}
