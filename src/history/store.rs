//! What a store can do: read small files, and commit changes to several of them at once by compare and swap.

use std::future::Future;

use super::content::ContentId;

/// A state of a store; `None` inside means that nothing was ever committed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version(pub Option<String>);

/// Which state is read.
#[derive(Clone, Copy, Debug)]
pub enum At<'a> {
    /// Whatever is newest.
    Newest,
    /// The state that [`Store::head`] named.
    Exactly(&'a Version),
}

/// Files to be written together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The state that the change was made from.
    pub parent: Version,
    /// Path → whole new content.
    pub files: Vec<(String, Vec<u8>)>,
    /// One line that says why.
    pub message: String,
}

/// The answer to a commit. After all but the first: read again, decide again. A change must be safe to make again.
#[derive(Debug)]
pub enum Commit {
    /// Written; this is the new state.
    Committed(Version),
    /// Not written: somebody else was faster.
    Moved,
    /// Not known to be written: the store failed meanwhile.
    Unsure(StoreError),
}

/// Why a store could not do what it was asked for.
#[derive(Debug, thiserror::Error)]
#[error("failed to {action} the history in {place}: {cause}")]
pub struct StoreError {
    /// `read`, `list`, `write`.
    pub action: &'static str,
    /// Folder or branch, as shown to people.
    pub place: String,
    /// What was found.
    #[source]
    pub cause: Box<dyn std::error::Error + Send + Sync>,
    /// What to do about it.
    pub help: Option<String>,
}

/// Keeps the history.
pub trait Store: Sync {
    /// For people: the folder's path, "branch `readiness-data`".
    fn place(&self) -> String;

    /// The newest state.
    fn head(&self) -> impl Future<Output = Result<Version, StoreError>> + Send;

    /// The content of a file; `None` when there is no such file.
    fn read(
        &self,
        at: At<'_>,
        path: &str,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>> + Send;

    /// A content that some file once had; `None` when the store does not keep it (any more).
    fn read_version(
        &self,
        id: &ContentId,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, StoreError>> + Send;

    /// The names of the files and folders in `folder`, sorted; empty when there is no such folder.
    fn list(&self, folder: &str) -> impl Future<Output = Result<Vec<String>, StoreError>> + Send;

    /// Writes all files of `change`, only if the store still is at its parent.
    fn commit(&self, change: &Change) -> impl Future<Output = Result<Commit, StoreError>> + Send;
}
