//! How much `inspect` shows.

/// How much of each file is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Totals and problems.
    #[default]
    Summary,
    /// Also every case and every source file.
    Full,
}
