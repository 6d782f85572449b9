//! The objects of a repository, wherever they lie.

use crate::model::order;
use std::path::{Path, PathBuf};

use super::names::Kind;
use gix_hash::ObjectId;

use super::error::RepositoryError;
use super::packs::{self, Pack};
use super::{loose, names, small};

/// Largest object that is read; there are no lines to be shown in larger ones.
pub(super) const MOST_BYTES: u64 = 16 << 20;
const MOST_ALTERNATES: usize = 32;
const MOST_LIST: u64 = 1 << 20;

/// An object; without its data when that is too large.
pub(super) struct Found {
    pub(super) kind: Kind,
    pub(super) data: Option<Vec<u8>>,
}

/// Folders with objects, and the packs in them.
pub(super) struct Objects {
    folders: Vec<PathBuf>,
    packs: Vec<Pack>,
}

impl Objects {
    /// Those of `folder` and of the folders that it borrows from.
    pub(super) fn open(folder: PathBuf) -> Result<Self, RepositoryError> {
        let mut folders = vec![folder];
        let (mut packs, mut next) = (Vec::new(), 0);
        while let Some(folder) = folders.get(next).cloned() {
            packs::open(&folder, &mut packs)?;
            for lender in lenders(&folder)? {
                if !folders.contains(&lender) && folders.len() < MOST_ALTERNATES {
                    folders.push(lender);
                }
            }
            next += 1;
        }
        Ok(Self { folders, packs })
    }

    /// The object `id`, if it is there and holds what its name says.
    pub(super) fn find(&self, id: &ObjectId) -> Result<Option<Found>, RepositoryError> {
        let mut found = None;
        for pack in &self.packs {
            found = pack.find(id)?;
            if found.is_some() {
                break;
            }
        }
        for folder in self.folders.iter().take_while(|_| found.is_none()).collect::<Vec<_>>() {
            found = found.or(loose::find(folder, id)?);
        }
        let is_other =
            |found: &Found| found.data.as_ref().is_some_and(|data| names::name_of(found.kind, data) != *id);
        if found.as_ref().is_some_and(is_other) {
            return Err(RepositoryError::damaged(id, &"it is not what its name says"));
        }
        Ok(found)
    }

    /// A blob's content; nothing when it is too large.
    pub(super) fn blob(&self, id: &ObjectId) -> Result<Option<Vec<u8>>, RepositoryError> {
        Ok(self.of_kind(id, Kind::Blob)?.data)
    }

    /// The data of a tree, a commit or a tag.
    pub(super) fn whole(&self, id: &ObjectId, kind: Kind) -> Result<Vec<u8>, RepositoryError> {
        self.of_kind(id, kind)?.data.ok_or_else(|| RepositoryError::damaged(id, &"it is too large"))
    }

    fn of_kind(&self, id: &ObjectId, kind: Kind) -> Result<Found, RepositoryError> {
        let found = self.find(id)?.ok_or_else(|| RepositoryError::Missing(id.to_string()))?;
        if found.kind != kind {
            return Err(RepositoryError::damaged(
                id,
                &format!("it is a {}, where a {kind} belongs", found.kind),
            ));
        }
        Ok(found)
    }

    /// Names that begin with `digits`, each once, and no more than `most` and one.
    pub(super) fn beginning_with(&self, digits: &str, most: usize) -> Vec<ObjectId> {
        let mut found = Vec::new();
        for pack in &self.packs {
            pack.beginning_with(digits, &mut found, most);
        }
        for folder in &self.folders {
            loose::beginning_with(folder, digits, &mut found, most);
        }
        order::sort(&mut found);
        found.dedup();
        found
    }
}

/// The folders whose objects are borrowed, one per line.
fn lenders(folder: &Path) -> Result<Vec<PathBuf>, RepositoryError> {
    let text = small::text(&folder.join("info").join("alternates"), MOST_LIST)?.unwrap_or_default();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(lines.map(|line| folder.join(line)).collect())
}
