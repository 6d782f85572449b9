//! The folder store: a directory, one writer at a time.
//!
//! `lock` is held exclusively while a change is written, `version` counts the changes, and each file is replaced by
//! renaming, so a reader sees whole files. Contents of tips stay readable by name under `.versions`.

#![expect(clippy::disallowed_methods, reason = "a store in a folder is files")]

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::content::ContentId;
use super::recent::KEPT;
use super::store::{At, Change, Commit, Store, StoreError, Version};
use crate::model::order;

/// Holds what replaced tips held.
const VERSIONS: &str = ".versions";

/// A store in a directory.
#[derive(Clone, Debug)]
pub struct FolderStore {
    root: PathBuf,
}

impl FolderStore {
    /// A store in `root`, which need not exist yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    fn error(&self, action: &'static str, cause: io::Error) -> StoreError {
        let help = match cause.kind() {
            io::ErrorKind::PermissionDenied => "check who owns the folder and its files",
            io::ErrorKind::NotADirectory => "name a folder, not a file",
            _ => "check that the folder is on a healthy disk with space left",
        };
        StoreError { action, place: self.place(), cause: Box::new(cause), help: Some(help.to_owned()) }
    }

    fn version(&self) -> io::Result<Version> {
        Ok(Version(
            read_if_there(&self.path("version"))?
                .map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned()),
        ))
    }

    fn write(&self, change: &Change) -> io::Result<Commit> {
        fs::create_dir_all(&self.root)?;
        let lock = File::options().create(true).truncate(false).write(true).open(self.path("lock"))?;
        lock.lock()?;
        if self.version()? != change.parent {
            return Ok(Commit::Moved);
        }
        for (name, bytes) in &change.files {
            self.replace(name, bytes)?;
            if name.ends_with(".json.zst") {
                self.replace(&format!("{VERSIONS}/{}", ContentId::of(bytes)), bytes)?;
            }
        }
        self.prune()?;
        let next = change.parent.0.as_deref().and_then(|text| text.parse::<u64>().ok()).unwrap_or(0) + 1;
        let next = next.to_string();
        self.replace("version", next.as_bytes())?;
        Ok(Commit::Committed(Version(Some(next))))
    }

    /// The temporary name is unique because the lock is held.
    fn replace(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let temporary = self.path("next");
        fs::write(&temporary, bytes)?;
        fs::rename(temporary, path)
    }

    /// Forgets the oldest contents.
    fn prune(&self) -> io::Result<()> {
        let Ok(entries) = fs::read_dir(self.path(VERSIONS)) else { return Ok(()) };
        let mut kept = Vec::new();
        for entry in entries {
            let entry = entry?;
            kept.push((entry.metadata()?.modified()?, entry.path()));
        }
        order::sort(&mut kept);
        let surplus = kept.len().saturating_sub(KEPT);
        kept.into_iter().take(surplus).try_for_each(|(_, path)| fs::remove_file(path))
    }
}

impl Store for FolderStore {
    fn place(&self) -> String {
        format!("folder `{}`", self.root.display())
    }

    async fn head(&self) -> Result<Version, StoreError> {
        self.version().map_err(|cause| self.error("read", cause))
    }

    async fn read(&self, _at: At<'_>, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        // Only the newest state is kept. A reader that decides on it commits with the version it started from, and is
        // told when that is not the newest any more.
        read_if_there(&self.path(path)).map_err(|cause| self.error("read", cause))
    }

    async fn read_version(&self, id: &ContentId) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.path(VERSIONS).join(id.as_str());
        read_if_there(&path).map_err(|cause| self.error("read", cause))
    }

    async fn list(&self, folder: &str) -> Result<Vec<String>, StoreError> {
        names_in(&self.path(folder)).map_err(|cause| self.error("list", cause))
    }

    async fn commit(&self, change: &Change) -> Result<Commit, StoreError> {
        self.write(change).map_err(|cause| self.error("write", cause))
    }
}

fn read_if_there(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    order::sort(&mut names);
    Ok(names)
}
