//! The suites of a report and their paths.
//!
//! Suites may be named after their cases were read: keys of JSON objects come in any order.

use std::collections::HashMap;
use std::sync::Arc;

/// How much the paths of nested suites may repeat of their parents' paths, in bytes. Beyond it, suites are not told
/// from their parents; real files stay far below.
const MAX_REPEATED: usize = 32 << 20;

/// A suite of the report that is being put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SuiteId(pub(super) usize);

impl SuiteId {
    /// Outside of all suites.
    pub(crate) const ROOT: Self = Self(0);
}

#[derive(Debug, Default)]
struct Suite {
    parent: Option<SuiteId>,
    title: String,
    file: Option<Arc<str>>,
}

/// All suites, a parent before its children.
#[derive(Debug)]
pub(super) struct Suites {
    all: Vec<Suite>,
    by_title: HashMap<String, SuiteId>,
}

impl Default for Suites {
    fn default() -> Self {
        Self { all: vec![Suite::default()], by_title: HashMap::new() }
    }
}

impl Suites {
    /// A new suite inside of `parent`; [`Suites::name`] gives it a name.
    pub(super) fn open(&mut self, parent: SuiteId) -> SuiteId {
        self.all.push(Suite { parent: Some(parent), ..Suite::default() });
        SuiteId(self.all.len() - 1)
    }

    /// Gives `suite` its name.
    pub(super) fn name(&mut self, suite: SuiteId, title: &str) {
        if let Some(suite) = self.all.get_mut(suite.0) {
            title.clone_into(&mut suite.title);
        }
    }

    /// The file of the cases in `suite` that name none themselves.
    pub(super) fn place(&mut self, suite: SuiteId, file: &str) {
        if let Some(suite) = self.all.get_mut(suite.0).filter(|_| !file.is_empty()) {
            suite.file = Some(file.into());
        }
    }

    /// The outermost suite called `title`; no title is no suite.
    pub(super) fn titled(&mut self, title: &str) -> SuiteId {
        if title.is_empty() {
            return SuiteId::ROOT;
        }
        if let Some(known) = self.by_title.get(title) {
            return *known;
        }
        let suite = self.open(SuiteId::ROOT);
        self.name(suite, title);
        self.by_title.insert(title.to_owned(), suite);
        suite
    }

    /// The path of every suite; a parent stands before its children.
    pub(super) fn paths(&self) -> Vec<Arc<str>> {
        let mut paths: Vec<Arc<str>> = Vec::with_capacity(self.all.len());
        let mut repeated: usize = 0;
        for suite in &self.all {
            let parent = suite.parent.and_then(|parent| paths.get(parent.0));
            let path: Arc<str> = match parent {
                Some(parent) if parent.is_empty() => suite.title.as_str().into(),
                Some(parent) if suite.title.is_empty() || repeated > MAX_REPEATED => parent.clone(),
                Some(parent) => {
                    repeated += parent.len();
                    format!("{parent}/{}", suite.title).into()
                }
                None => suite.title.as_str().into(),
            };
            paths.push(path);
        }
        paths
    }

    pub(super) fn file_of(&self, suite: SuiteId) -> Option<Arc<str>> {
        let mut next = Some(suite);
        while let Some(suite) = next.and_then(|id| self.all.get(id.0)) {
            if suite.file.is_some() {
                return suite.file.clone();
            }
            next = suite.parent;
        }
        None
    }
}
