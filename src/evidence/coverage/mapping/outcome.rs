//! What becomes of one report path.

/// What became of a report path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// This file of the repository.
    File(String),
    /// Several files fit, none better than the others.
    Ambiguous,
    /// No file fits.
    Unmatched,
    /// A file of a toolchain or of an installed package.
    Foreign,
}

impl Outcome {
    /// Whether no further step could tell more.
    pub(super) fn is_settled(&self) -> bool {
        matches!(self, Self::File(_) | Self::Foreign)
    }
}
