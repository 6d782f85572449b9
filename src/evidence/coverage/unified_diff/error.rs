//! What can be wrong with a diff.

/// A diff that cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("reading the diff: line {line}: {problem}")]
pub struct DiffError {
    /// 1-based line of the diff.
    pub line: u64,
    /// What was found there.
    pub problem: DiffProblem,
}

impl DiffError {
    /// What the reader can do about it.
    pub fn help(&self) -> &'static str {
        match self.problem {
            DiffProblem::NotADiff(_) | DiffProblem::HunkWithoutFile => {
                "write it with `git diff BASE...HEAD > change.diff`"
            }
            DiffProblem::Combined => "compare two commits: `git diff BASE...HEAD`",
            DiffProblem::FileTwice(_) => {
                "a series of patches cannot be read as one change; compare its ends: `git diff BASE...HEAD`"
            }
            DiffProblem::HunkHeader(_) | DiffProblem::HunkLine(_) | DiffProblem::HunkCutShort { .. } => {
                "the diff was changed or cut after it was written; write it anew"
            }
        }
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DiffProblem {
    /// Text without any diff in it.
    #[error("no diff begins in this text, which starts with `{0}`")]
    NotADiff(String),
    /// A hunk header whose numbers cannot be read.
    #[error("`{0}` is not a hunk header such as `@@ -1,4 +1,5 @@`")]
    HunkHeader(String),
    /// A hunk before any file was named.
    #[error("a hunk begins, but no file was named before it")]
    HunkWithoutFile,
    /// Something that no hunk holds.
    #[error("`{0}` stands inside a hunk, whose lines start with a blank, `+`, `-` or `\\`")]
    HunkLine(String),
    /// The text ends inside a hunk.
    #[error("the text ends inside a hunk: {old} old and {new} new lines are missing")]
    HunkCutShort {
        /// Lines of the old side that the header announces and that are missing.
        old: u32,
        /// The same for the new side.
        new: u32,
    },
    /// The diff of a merge commit against several parents.
    #[error("a combined diff of a merge commit cannot be read")]
    Combined,
    /// Two changes of one file, one after the other.
    #[error("`{0}` is changed twice")]
    FileTwice(String),
}

/// The beginning of a line of the diff, short enough for an error message.
pub(super) fn beginning(line: &str) -> String {
    let mut shown: String = line.chars().take(60).collect();
    if shown.len() < line.len() {
        shown.push('…');
    }
    shown
}
