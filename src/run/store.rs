//! Stores by their words on the command line: a folder, or `branch:NAME` for a data branch on a forge.

use std::future::Future;
use std::path::Path;

use super::exit::Advice;
use super::forge::{self, Access};
use crate::forge::AnyForge;
use crate::forge::gitea::data_branch::DataBranch as Contents;
use crate::forge::github::data_branch::DataBranch;
use crate::history::baseline::{self, BaselineError};
use crate::history::content::ContentId;
use crate::history::folder::FolderStore;
use crate::history::snapshot::Snapshot;
use crate::history::store::{At, Change, Commit, Store, StoreError, Version};
use crate::model::commit::Branch;
use crate::platform::environment::Environment;

/// Any of the stores.
pub(super) enum AnyStore {
    /// A directory.
    Folder(FolderStore),
    /// An orphan branch on GitHub.
    Branch(DataBranch),
    /// A branch of its own on Gitea or Forgejo.
    Contents(Contents),
}

/// A store's place, before it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A directory.
    Folder(String),
    /// An orphan branch of the repository.
    Branch(String),
}

impl Place {
    /// Understands STORE.
    pub(super) fn parse(text: &str) -> anyhow::Result<Self> {
        match text.split_once(':') {
            Some(("branch", name)) if is_branch(name) => Ok(Self::Branch(name.to_owned())),
            Some(("branch", name)) => Err(Advice::error(
                format!("`{name}` is no name of a branch"),
                "write `branch:readiness-data`",
            )),
            _ => Ok(Self::Folder(text.to_owned())),
        }
    }

    /// The store in a repository; folders start at `workdir`.
    pub(super) fn within(&self, forge: &AnyForge, workdir: &Path) -> AnyStore {
        match self {
            Self::Folder(path) => AnyStore::Folder(FolderStore::new(workdir.join(path))),
            Self::Branch(name) => data_branch(forge, name),
        }
    }
}

/// The rules of git that matter here: the name becomes part of URLs and refs.
fn is_branch(name: &str) -> bool {
    let is_lock = |part: &str| part.rsplit_once('.').is_some_and(|(_, extension)| extension == "lock");
    let sound = |part: &str| !part.is_empty() && !part.starts_with('.') && !is_lock(part);
    name.split('/').all(sound)
        && !name.contains("..")
        && name.bytes().all(|b| b.is_ascii_graphic() && !b"~^:?*[\\@{}".contains(&b))
}

/// Opens STORE with what the environment says. Must be called inside a tokio runtime.
pub(super) async fn open(text: &str, environment: &Environment) -> anyhow::Result<AnyStore> {
    match Place::parse(text)? {
        Place::Folder(path) => Ok(AnyStore::Folder(FolderStore::new(path))),
        Place::Branch(name) => Ok(data_branch(&forge::connect(environment, Access::default()).await?, &name)),
    }
}

fn data_branch(forge: &AnyForge, name: &str) -> AnyStore {
    match forge {
        AnyForge::GitHub(github) => AnyStore::Branch(DataBranch::new(github.clone(), name)),
        AnyForge::Gitea(gitea) => AnyStore::Contents(Contents::new(gitea.clone(), name)),
    }
}

/// Runs `work` to its end on a runtime of its own.
pub(super) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}

/// The newest run of `branch` in STORE; `None` when nothing is recorded yet.
pub(super) fn tip(place: &str, branch: &str) -> anyhow::Result<Option<Snapshot>> {
    block_on(async {
        let store = open(place, &Environment::from_process()).await?;
        match baseline::tip(&store, &Branch(branch.to_owned())).await {
            Ok(snapshot) => Ok(Some(snapshot)),
            Err(BaselineError::Nothing(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    })
}

impl Store for AnyStore {
    fn place(&self) -> String {
        match self {
            Self::Folder(store) => store.place(),
            Self::Branch(store) => store.place(),
            Self::Contents(store) => store.place(),
        }
    }

    async fn head(&self) -> Result<Version, StoreError> {
        match self {
            Self::Folder(store) => store.head().await,
            Self::Branch(store) => store.head().await,
            Self::Contents(store) => store.head().await,
        }
    }

    async fn read(&self, at: At<'_>, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match self {
            Self::Folder(store) => store.read(at, path).await,
            Self::Branch(store) => store.read(at, path).await,
            Self::Contents(store) => store.read(at, path).await,
        }
    }

    async fn read_version(&self, id: &ContentId) -> Result<Option<Vec<u8>>, StoreError> {
        match self {
            Self::Folder(store) => store.read_version(id).await,
            Self::Branch(store) => store.read_version(id).await,
            Self::Contents(store) => store.read_version(id).await,
        }
    }

    async fn list(&self, folder: &str) -> Result<Vec<String>, StoreError> {
        match self {
            Self::Folder(store) => store.list(folder).await,
            Self::Branch(store) => store.list(folder).await,
            Self::Contents(store) => store.list(folder).await,
        }
    }

    async fn commit(&self, change: &Change) -> Result<Commit, StoreError> {
        match self {
            Self::Folder(store) => store.commit(change).await,
            Self::Branch(store) => store.commit(change).await,
            Self::Contents(store) => store.commit(change).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_is_a_folder_or_a_branch() {
        assert_eq!(Place::parse("hist").unwrap(), Place::Folder("hist".into()));
        assert_eq!(Place::parse("branch:readiness-data").unwrap(), Place::Branch("readiness-data".into()));
        for wrong in ["branch:", "branch:a..b", "branch:/x", "branch:a b", "branch:x.lock", "branch:a?b"] {
            assert!(Place::parse(wrong).is_err(), "{wrong}");
        }
    }
}
