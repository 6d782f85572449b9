//! From a commit to the files of the checkout.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::names::Kind;
use gix_hash::ObjectId;

use super::commits::Repository;
use super::error::RepositoryError;
use super::index::{Index, Mode};
use super::layout::Layout;
use super::renames::{self, Side, Which};
use super::tree::{Blob, Step, Walk};
use super::worktree::{self, Content, State, Worktree};
use super::{lines, merge_base, names};
use crate::model::commit::Sha;
use crate::model::diff::{Diff, FileChange};
use crate::model::order;
use crate::platform::files;

/// Most folders of a commit that are looked into.
const MOST_FOLDERS: usize = 200_000;
/// Most lines that a change adds and removes.
const MOST_LINES: usize = 20_000_000;

/// The change from the commit `base` to the files of the checkout around `folder`, with paths as seen from `folder`;
/// nothing when there is no checkout. `known` are paths that belong to the code even when git does not track them.
pub fn since_base(folder: &Path, base: &Sha, known: &[&str]) -> Result<Option<Diff>, RepositoryError> {
    let Some(layout) = Layout::around(folder)? else { return Ok(None) };
    let repository = Repository::open(layout)?;
    let base = repository.named(&base.0)?;
    changes(&repository, base, (folder, known)).map(Some)
}

/// As [`since_base`], from where `revision` and the checked out commit left each other.
pub fn since_revision(folder: &Path, revision: &str, known: &[&str]) -> Result<Diff, RepositoryError> {
    let none = || RepositoryError::NoRepository(folder.display().to_string());
    let repository = Repository::open(Layout::around(folder)?.ok_or_else(none)?)?;
    let (revision_id, head) = (repository.named(revision)?, repository.named("HEAD")?);
    let base = merge_base::find(&repository, revision_id, head)?.ok_or_else(|| {
        let revision = revision.to_owned();
        if repository.is_shallow() {
            RepositoryError::Cut(revision)
        } else {
            RepositoryError::Unrelated(revision)
        }
    })?;
    changes(&repository, base, (folder, known))
}

fn changes(
    repository: &Repository,
    base: ObjectId,
    (folder, known): (&Path, &[&str]),
) -> Result<Diff, RepositoryError> {
    let layout = &repository.layout;
    let index = Index::read(&layout.own.join("index"))?;
    let tree = repository.commit(&base)?.tree;
    let (blobs, mut gone) = beside(repository, &index, tree)?;
    let checkout = Worktree { root: &layout.root, index: &index };
    let states = checkout.states(&blobs)?;
    let mut change = Change { repository, diff: Diff::default(), lines: 0 };
    let mut new = Vec::new();
    for ((entry, state), blob) in index.entries.iter().zip(states).zip(&blobs) {
        if !entry.path.starts_with(&layout.way) {
            continue;
        }
        let path = entry.path.clone();
        let blob = blob.map(|(mode, id)| Blob { path: path.clone(), id, mode });
        match (state, blob) {
            (State::Gone, Some(blob)) => gone.push(blob),
            (State::Other, Some(blob)) => change.modified(&path, &blob, None)?,
            (State::Other, None) => new.push(path),
            (State::Stored, blob) => change.stored(&path, blob.as_ref(), entry.id)?,
            (State::Same | State::Gone, _) => {}
        }
    }
    new.extend(untracked(&index, layout, (folder, known)));
    change.moved(gone, new)?;
    Ok(change.diff)
}

/// What a commit has in the place of each entry.
type Blobs = Vec<Option<(Mode, ObjectId)>>;

/// What `tree` has in the place of each entry of the index, and its files that the index does not have.
fn beside(
    repository: &Repository,
    index: &Index,
    tree: ObjectId,
) -> Result<(Blobs, Vec<Blob>), RepositoryError> {
    let (mut blobs, mut gone): (Blobs, _) = (vec![None; index.entries.len()], Vec::new());
    let is_known = |folder: &[u8], id: &ObjectId| index.trees.get(folder) == Some(id);
    let walk = Walk {
        objects: &repository.objects,
        way: &repository.layout.way,
        is_known: &is_known,
        most: MOST_FOLDERS,
    };
    walk.files(tree, &mut |step| match step {
        Step::Known(folder) => {
            let range = index.below(&folder);
            let entries = index.entries.get(range.clone()).unwrap_or_default();
            for (blob, entry) in blobs.get_mut(range).unwrap_or_default().iter_mut().zip(entries) {
                *blob = Some((entry.mode, entry.id));
            }
        }
        Step::File(file) => match index.position(&file.path).and_then(|place| blobs.get_mut(place)) {
            Some(blob) => *blob = Some((file.mode, file.id)),
            None if file.mode == Mode::Folder || is_left_out(index, &file.path) => {}
            None => gone.push(file),
        },
    })?;
    Ok((blobs, gone))
}

/// Whether a sparse index has the folder around `path` as one entry: its files are not in the checkout.
fn is_left_out(index: &Index, path: &[u8]) -> bool {
    let ends = path.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(place, _)| place + 1);
    ends.filter_map(|end| path.get(..end)).any(|folder| index.position(folder).is_some())
}

/// Paths that coverage knows, that are there and that git neither tracks nor ignores: files that are about to be added.
fn untracked(index: &Index, layout: &Layout, (folder, known): (&Path, &[&str])) -> Vec<Vec<u8>> {
    let full = |path: &str| [layout.way.as_slice(), path.as_bytes()].concat();
    let is_new = |path: &str| {
        let full = full(path);
        index.position(&full).is_none()
            && worktree::place(&layout.root, &full).is_some_and(|place| place.is_file())
    };
    let new: Vec<&str> = known.iter().copied().filter(|path| is_new(path)).collect();
    if new.is_empty() {
        return Vec::new();
    }
    let listed = order::set(files::tree(folder));
    new.into_iter().filter(|path| listed.contains(*path)).map(full).collect()
}

/// The diff as it comes together.
struct Change<'a> {
    repository: &'a Repository,
    diff: Diff,
    lines: usize,
}

impl Change<'_> {
    fn add(&mut self, path: &[u8], change: FileChange) -> Result<(), RepositoryError> {
        self.lines += change.added.len() + change.removed.len();
        if self.lines > MOST_LINES {
            return Err(RepositoryError::TooMuch("20 million lines"));
        }
        self.diff.files.insert(self.shown(path), change);
        Ok(())
    }

    /// A path as seen from the folder that was asked for, as diffs show what is not UTF-8.
    fn shown(&self, path: &[u8]) -> String {
        let path = path.strip_prefix(self.repository.layout.way.as_slice()).unwrap_or(path);
        String::from_utf8_lossy(path).into_owned()
    }

    /// The bytes that lie at `path`, where there are lines in them.
    fn file(&self, path: &[u8]) -> Result<Option<Vec<u8>>, RepositoryError> {
        let Some(place) = worktree::place(&self.repository.layout.root, path) else { return Ok(None) };
        Ok(match worktree::content(&place)? {
            Content::File(content) => Some(content).filter(|content| !lines::has_none(content)),
            Content::Opaque | Content::Absent => None,
        })
    }

    /// The bytes of a blob, where there are lines in them.
    fn blob(&self, id: &ObjectId, mode: Mode) -> Result<Option<Vec<u8>>, RepositoryError> {
        let content = if mode == Mode::File { self.repository.objects.blob(id)? } else { None };
        Ok(content.filter(|content| !lines::has_none(content)))
    }

    /// A file that was there before, perhaps under another name.
    fn modified(&mut self, path: &[u8], old: &Blob, name: Option<&[u8]>) -> Result<(), RepositoryError> {
        let (before, after) = (self.blob(&old.id, old.mode)?, self.file(path)?);
        self.compared(path, (before.as_deref(), after.as_deref()), name)
    }

    /// A file whose content only the index knows.
    fn stored(&mut self, path: &[u8], old: Option<&Blob>, new: ObjectId) -> Result<(), RepositoryError> {
        let after = self.blob(&new, Mode::File)?;
        let before = match old {
            Some(old) => self.blob(&old.id, old.mode)?,
            None => Some(Vec::new()),
        };
        self.compared(path, (before.as_deref(), after.as_deref()), None)
    }

    fn compared(
        &mut self,
        path: &[u8],
        sides: (Option<&[u8]>, Option<&[u8]>),
        name: Option<&[u8]>,
    ) -> Result<(), RepositoryError> {
        let mut change =
            FileChange { renamed_from: name.map(|name| self.shown(name)), ..FileChange::default() };
        if let (Some(before), Some(after)) = sides {
            (change.removed, change.added) = lines::changed(before, after);
            if change.removed.is_empty() && change.added.is_empty() && name.is_none() {
                return Ok(());
            }
        }
        self.add(path, change)
    }

    /// Files that are gone and files that are new, of which some are the same ones.
    fn moved(&mut self, gone: Vec<Blob>, new: Vec<Vec<u8>>) -> Result<(), RepositoryError> {
        let modes = order::map(gone.iter().map(|blob| (blob.id, blob.mode)));
        let mut old: Vec<Side> =
            gone.into_iter().map(|blob| Side { path: blob.path, id: blob.id, size: 0 }).collect();
        order::sort_by(&mut old, |a, b| a.path.cmp(&b.path));
        let mut new = self.sides(new, !old.is_empty())?;
        let equal = renames::equal(&old, &new);
        self.renamed((&mut old, &mut new), equal, &modes)?;
        let mode = |id: &ObjectId| modes.get(id).copied().unwrap_or(Mode::File);
        let alike = renames::alike((&old, &new), &|which| match which {
            Which::Old(side) => self.blob(&side.id, mode(&side.id)),
            Which::New(side) => self.file(&side.path),
        })?;
        self.renamed((&mut old, &mut new), alike, &modes)?;
        for side in old {
            let removed = self.blob(&side.id, mode(&side.id))?.map(|content| lines::numbers(&content));
            let change =
                FileChange { removed: removed.unwrap_or_default(), deleted: true, ..FileChange::default() };
            self.add(&side.path, change)?;
        }
        for side in new {
            let added = self.file(&side.path)?.map(|content| lines::numbers(&content)).unwrap_or_default();
            self.add(&side.path, FileChange { added, ..FileChange::default() })?;
        }
        Ok(())
    }

    /// New files with the names of their contents, if anything is there to compare these with.
    fn sides(&self, paths: Vec<Vec<u8>>, is_compared: bool) -> Result<Vec<Side>, RepositoryError> {
        let side = |path: Vec<u8>| {
            let place = worktree::place(&self.repository.layout.root, &path).filter(|_| is_compared);
            let content = match place.map(|place| worktree::content(&place)).transpose()? {
                Some(Content::File(content)) => content,
                _ => Vec::new(),
            };
            Ok(Side { path, id: names::name_of(Kind::Blob, &content), size: content.len() as u64 })
        };
        paths.into_iter().map(side).collect()
    }

    /// Adds pairs as renamed files and takes them from both sides.
    fn renamed(
        &mut self,
        (old, new): (&mut Vec<Side>, &mut Vec<Side>),
        pairs: Vec<renames::Pair>,
        modes: &BTreeMap<ObjectId, Mode>,
    ) -> Result<(), RepositoryError> {
        let (mut left, mut right) = (BTreeSet::new(), BTreeSet::new());
        for (place, number) in pairs {
            let (Some(before), Some(after)) = (old.get(place), new.get(number)) else { continue };
            let mode = modes.get(&before.id).copied().unwrap_or(Mode::File);
            let blob = Blob { path: before.path.clone(), id: before.id, mode };
            self.modified(&after.path, &blob, Some(&before.path))?;
            left.insert(place);
            right.insert(number);
        }
        keep(old, &left);
        keep(new, &right);
        Ok(())
    }
}

/// Takes the sides at these places out.
fn keep(sides: &mut Vec<Side>, out: &BTreeSet<usize>) {
    let mut place = 0;
    sides.retain(|_| {
        place += 1;
        !out.contains(&(place - 1))
    });
}
