//! The files of a commit.

use gix_hash::ObjectId;

use super::error::RepositoryError;
use super::index::{MOST_FILES, MOST_PATHS, Mode};
use super::names::Kind;
use super::objects::Objects;

/// The mode of a folder.
const TREE: u32 = 0o40_000;
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
            let mut rest = data.as_slice();
            while !rest.is_empty() {
                let damaged = || RepositoryError::damaged(&id, &"it is no tree");
                let (mode, name, entry, behind) = entry(rest).ok_or_else(damaged)?;
                rest = behind;
                let mut path = [folder.as_slice(), name].concat();
                files += 1;
                paths += path.len();
                if files > MOST_FILES || paths > MOST_PATHS || path.len() > MOST_PATH {
                    return Err(RepositoryError::TooMuch("two million files"));
                }
                if mode == TREE {
                    path.push(b'/');
                    if path.starts_with(self.way) || self.way.starts_with(&path) {
                        open.push((path, entry));
                    }
                } else if path.starts_with(self.way) {
                    each(Step::File(Blob { path, id: entry, mode: Mode::of(mode) }));
                }
            }
        }
        Ok(())
    }
}

/// The first entry: its mode, its name and its object, and what is behind it.
fn entry(data: &[u8]) -> Option<(u32, &[u8], ObjectId, &[u8])> {
    let (mode, rest) = data.split_at_checked(memchr::memchr(b' ', data)?)?;
    let (name, rest) = rest.get(1..)?.split_at_checked(memchr::memchr(0, rest.get(1..)?)?)?;
    let (id, behind) = rest.get(1..)?.split_at_checked(20)?;
    let mode = u32::from_str_radix(str::from_utf8(mode).ok()?, 8).ok()?;
    Some((mode, name, ObjectId::try_from(id).ok()?, behind))
}

/// One thing that is met.
pub(super) enum Step {
    File(Blob),
    /// All of the folder with this path is known.
    Known(Vec<u8>),
}
