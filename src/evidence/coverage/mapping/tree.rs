//! The files of the repository, ready to be asked for by the end of their paths.

use std::sync::OnceLock;

use super::go_modules::GoModules;
use super::suffix::SuffixIndex;

/// All repository paths of one commit, with `/` as separator.
#[derive(Debug, Default)]
pub struct Tree {
    by_suffix: SuffixIndex,
    /// The same in lower case, built when the first path needs it.
    folded: OnceLock<SuffixIndex>,
    modules: GoModules,
    is_guess: bool,
}

impl Tree {
    /// Indexes `paths`, which are relative to the root of the repository.
    pub fn new(paths: Vec<String>) -> Self {
        Self { by_suffix: SuffixIndex::new(paths), folded: OnceLock::new(), ..Self::default() }
    }

    /// The same files with the Go modules among them: the path and the text of each `go.mod` and `go.work`.
    #[must_use]
    pub fn with_go_modules<'a>(mut self, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        self.modules = GoModules::of(files);
        self
    }

    /// The same files where nobody said that reports are about them: a report that names none of them is taken as it is.
    #[must_use]
    pub fn guessed(self) -> Self {
        Self { is_guess: true, ..self }
    }

    pub(super) fn is_guess(&self) -> bool {
        self.is_guess
    }

    /// Without any file nothing can be matched, and report paths are taken as they are.
    pub fn is_empty(&self) -> bool {
        self.by_suffix.is_empty()
    }

    /// Whether `path` is a file of the repository.
    pub fn contains(&self, path: &str) -> bool {
        self.by_suffix.exact(path).is_some()
    }

    pub(super) fn modules(&self) -> &GoModules {
        &self.modules
    }

    pub(super) fn index(&self) -> &SuffixIndex {
        &self.by_suffix
    }

    /// The index in lower case; its answers carry the paths as the repository writes them.
    pub(super) fn folded(&self) -> &SuffixIndex {
        self.folded.get_or_init(|| self.by_suffix.folded())
    }
}
