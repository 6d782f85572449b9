//! The files of a commit.

/// The files of one commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Paths from the root of the repository.
    pub paths: Vec<String>,
    /// There are more than the forge hands out.
    pub is_cut: bool,
}
