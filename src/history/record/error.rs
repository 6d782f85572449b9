//! Why a run was not recorded.

use crate::history::store::StoreError;
use crate::history::wire::WireError;

/// Why a run was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file that must not be changed by this version.
    #[error("failed to record into `{path}`: {source}")]
    File {
        /// Inside the store.
        path: String,
        /// What is wrong with it.
        #[source]
        source: WireError,
    },
    /// Too many others wrote at the same time.
    #[error("failed to record the run: others kept writing to {place} until the time was up ({tries} tries)")]
    Contention {
        /// The store.
        place: String,
        /// How often it was tried.
        tries: u32,
    },
}

impl RecordError {
    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Store(error) => error.help.clone(),
            Self::File { source, .. } => Some(source.help().to_owned()),
            Self::Contention { .. } => {
                Some("run the job again; a run that was recorded is not recorded twice".to_owned())
            }
        }
    }
}
