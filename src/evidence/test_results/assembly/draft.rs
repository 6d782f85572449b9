//! One case as a reader hands it over.

use super::SuiteId;
use crate::evidence::test_results::trace::Frames;
use crate::model::tests::{Frame, Outcome};

/// One case, borrowed from where it was read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) suite: SuiteId,
    pub(crate) class: Option<&'a str>,
    pub(crate) name: &'a str,
    /// The matrix cell, which a converted run names.
    pub(crate) cell: Option<&'a str>,
    pub(crate) outcome: Outcome,
    pub(crate) flaky: bool,
    /// Nanoseconds.
    pub(crate) duration: Option<u64>,
    /// Any text; its first line is kept.
    pub(crate) message: Option<&'a str>,
    /// More text, of which only the frames of a stack trace are kept.
    pub(crate) trace: Option<&'a str>,
    pub(crate) file: Option<&'a str>,
    pub(crate) line: Option<u32>,
}

impl<'a> Draft<'a> {
    /// A passed case, outside of all suites.
    pub(crate) fn named(name: &'a str) -> Self {
        Self {
            suite: SuiteId::ROOT,
            class: None,
            name,
            cell: None,
            outcome: Outcome::Passed,
            flaky: false,
            duration: None,
            message: None,
            trace: None,
            file: None,
            line: None,
        }
    }

    /// The frames in what a failing case says.
    pub(super) fn frames(&self) -> Vec<Frame> {
        let mut frames = Frames::default();
        for text in [self.message, self.trace].into_iter().flatten() {
            frames.push(text);
            frames.end_line();
        }
        frames.finish()
    }
}
