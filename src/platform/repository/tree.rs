//! The files of a commit.

use gix_hash::{Kind as Hash, ObjectId};
use gix_object::{Kind, TreeRefIter};

use super::error::RepositoryError;
use super::index::{MOST_FILES, MOST_PATHS, Mode};
use super::objects::Objects;

/// Longest path.
const MOST_PATH: usize = 4096;

/// A file of a commit.
#[derive(Clone, Debug)]
pub(super) struct Blob {
    /// From the root, with `/`.
    pub(super) path: Vec<u8>,
    pub(super) id: ObjectId,
    pub(super) mode: Mode,
}

/// The part of a commit's tree that is looked at.
pub(super) struct Walk<'a> {
    pub(super) objects: &'a Objects,
    /// The folder that matters, empty or with a `/` at the end.
    pub(super) way: &'a [u8],
    /// Whether the tree of this name need not be looked into, for the folder with that path.
    pub(super) is_known: &'a dyn Fn(&[u8], &ObjectId) -> bool,
    /// Most folders that are looked into: trees may hold one another many times over.
    pub(super) most: usize,
}

impl Walk<'_> {
    /// Hands out every file of `tree`, in no order, but of folders that are known only the path and its name.
    pub(super) fn files(&self, tree: ObjectId, each: &mut dyn FnMut(Step)) -> Result<(), RepositoryError> {
        let mut open = vec![(Vec::new(), tree)];
        let (mut folders, mut files, mut paths) = (0, 0, 0);
        while let Some((folder, id)) = open.pop() {
            if (self.is_known)(&folder, &id) {
                each(Step::Known(folder));
                continue;
            }
            folders += 1;
            if folders > self.most {
                return Err(RepositoryError::TooMuch("200000 folders"));
            }
            let data = self.objects.whole(&id, Kind::Tree)?;
            for entry in TreeRefIter::from_bytes(&data, Hash::Sha1) {
                let entry = entry.map_err(|error| RepositoryError::damaged(&id, &error))?;
                let name: &[u8] = entry.filename;
                let mut path = [folder.as_slice(), name].concat();
                files += 1;
                paths += path.len();
                if files > MOST_FILES || paths > MOST_PATHS || path.len() > MOST_PATH {
                    return Err(RepositoryError::TooMuch("two million files"));
                }
                if entry.mode.is_tree() {
                    path.push(b'/');
                    if path.starts_with(self.way) || self.way.starts_with(&path) {
                        open.push((path, entry.oid.to_owned()));
                    }
                } else if path.starts_with(self.way) {
                    let mode = Mode::of(u32::from(entry.mode.value()));
                    each(Step::File(Blob { path, id: entry.oid.to_owned(), mode }));
                }
            }
        }
        Ok(())
    }
}

/// One thing that is met.
pub(super) enum Step {
    File(Blob),
    /// All of the folder with this path is known.
    Known(Vec<u8>),
}
