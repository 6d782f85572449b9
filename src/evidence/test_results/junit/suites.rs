//! The open suites: nested ones are flattened with their path.

use std::sync::Arc;

use super::claims::Claims;
use crate::evidence::xml::Tag;

/// How much the paths of nested suites may repeat of their parents' paths, in bytes.
const MAX_REPEATED: usize = 32 << 20;
/// Longest source file of a suite that its cases inherit, in bytes.
const MAX_FILE: usize = 256;

/// Suites that nest so deep, or have names so long, that their paths would not fit in memory.
#[derive(Debug, thiserror::Error)]
#[error("the paths of nested suites repeat more than {MAX_REPEATED} bytes; nest less, or use shorter names")]
pub(super) struct TooRepetitive;

/// What is listed so far in the whole file; suites compare it with what it was when they were opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Listed {
    /// Failures, errors and failed attempts of cases.
    pub(super) signals: u64,
    /// Suite errors.
    pub(super) errors: usize,
}

/// A container that is open.
#[derive(Debug)]
pub(super) struct Open {
    /// Names of the suites down to this one, joined by `/`.
    pub(super) path: Arc<str>,
    /// Source file.
    pub(super) file: Option<Arc<str>>,
    pub(super) claims: Claims,
    /// A suite, and not `<testsuites>`.
    is_suite: bool,
    before: Listed,
    /// Bytes of the path that belong to the parent.
    inherited: usize,
}

impl Open {
    /// A container with this tag. Only suites have names.
    pub(super) fn of(tag: &Tag<'_>) -> Self {
        let is_suite = tag.name() == "testsuite";
        let name = if is_suite { tag.attribute("name").unwrap_or_default() } else { "".into() };
        let file = tag.attribute("file").or_else(|| tag.attribute("filepath"));
        Self {
            path: Arc::from(&*name),
            file: file
                .filter(|file| !file.is_empty() && file.len() <= MAX_FILE)
                .map(|file| Arc::from(&*file)),
            claims: Claims::of(tag),
            is_suite,
            before: Listed::default(),
            inherited: 0,
        }
    }

    /// A suite, and not `<testsuites>`.
    pub(super) fn is_suite(&self) -> bool {
        self.is_suite
    }

    /// Whether this container claims failures while nothing in it tells of one.
    pub(super) fn hides_failures(&self, listed: Listed) -> bool {
        self.claims.failing() > 0 && self.before == listed
    }
}

/// All containers that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct Suites {
    open: Vec<Open>,
    /// Sum over the outermost suites.
    outermost: Claims,
    /// Sum over the roots that are no suites.
    roots: Claims,
    repeated: usize,
}

impl Suites {
    /// Opens `suite` inside of what is open.
    pub(super) fn open(&mut self, mut suite: Open, listed: Listed) {
        suite.before = listed;
        if !suite.is_suite && self.open.is_empty() {
            self.roots = self.roots.plus(suite.claims);
        }
        if suite.is_suite && !self.open.iter().any(|open| open.is_suite) {
            self.outermost = self.outermost.plus(suite.claims);
        }
        if let Some(parent) = self.open.last() {
            suite.file = suite.file.or_else(|| parent.file.clone());
            if suite.path.is_empty() {
                suite.path = Arc::clone(&parent.path);
            } else if !parent.path.is_empty() {
                suite.inherited = parent.path.len();
                suite.path = Arc::from(format!("{}/{}", parent.path, suite.path));
            }
        }
        self.open.push(suite);
    }

    /// Closes the innermost container. Its path counts as repeated when cases keep it.
    pub(super) fn close(&mut self) -> Result<Option<Open>, TooRepetitive> {
        let Some(closed) = self.open.pop() else { return Ok(None) };
        if Arc::strong_count(&closed.path) > 1 {
            self.repeated += closed.inherited;
        }
        if self.repeated > MAX_REPEATED { Err(TooRepetitive) } else { Ok(Some(closed)) }
    }

    /// The innermost open container.
    pub(super) fn innermost(&self) -> Option<&Open> {
        self.open.last()
    }

    /// What the file claims in all: the outermost suites, or the roots when no suite claims anything.
    pub(super) fn claims(&self) -> Claims {
        self.outermost.or(self.roots)
    }
}
