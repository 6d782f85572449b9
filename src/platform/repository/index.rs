//! The index: which files git tracks, and what they looked like when it last saw them.
//! <https://git-scm.com/docs/index-format>

use std::collections::HashMap;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use gix_hash::ObjectId;

use super::error::RepositoryError;
use super::small;

const MOST_BYTES: u64 = 512 << 20;
/// Most files that are tracked, and largest sum of their paths.
pub(super) const MOST_FILES: usize = 2_000_000;
pub(super) const MOST_PATHS: usize = 256 << 20;
const SIGNATURE: &[u8] = b"DIRC";
const CHECKSUM: usize = 20;

/// Bits of an entry's flags.
const ASSUME_VALID: u16 = 1 << 15;
const EXTENDED: u16 = 1 << 14;
const STAGE: u16 = 3 << 12;
const SKIP_WORKTREE: u16 = 1 << 14;

/// What kind of thing a tracked path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    File,
    Link,
    /// A submodule, or a folder of a sparse index: nothing of it belongs to this repository's files.
    Folder,
}

impl Mode {
    pub(super) fn of(bits: u32) -> Self {
        match bits & 0o170_000 {
            0o100_000 => Self::File,
            0o120_000 => Self::Link,
            _ => Self::Folder,
        }
    }
}

/// When a file was written: seconds and nanoseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Written(pub(super) u32, pub(super) u32);

impl Written {
    pub(super) fn of(time: SystemTime) -> Self {
        let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        // The index keeps the lower 32 bits.
        Self(u32::try_from(since.as_secs() & u64::from(u32::MAX)).unwrap_or(0), since.subsec_nanos())
    }
}

/// A tracked file.
#[derive(Debug)]
pub(super) struct Entry {
    /// From the root, with `/`.
    pub(super) path: Vec<u8>,
    pub(super) id: ObjectId,
    pub(super) mode: Mode,
    pub(super) written: Written,
    /// In bytes, as in the checkout; the lower 32 bits.
    pub(super) size: u32,
    /// Somebody promised that it does not change.
    pub(super) is_assumed: bool,
    /// Not in the checkout, by intent.
    pub(super) is_left_out: bool,
}

/// All tracked files, by path.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) entries: Vec<Entry>,
    /// Folders, each with a `/` at the end, whose entries are those of this tree.
    pub(super) trees: HashMap<Vec<u8>, ObjectId>,
    /// A file that was written at this time or later may have changed without a trace.
    pub(super) written: Written,
}

impl Index {
    /// Reads the index of a repository; one without has no tracked files.
    pub(super) fn read(path: &Path) -> Result<Self, RepositoryError> {
        let Some(bytes) = small::bytes(path, MOST_BYTES)? else { return Ok(Self::default()) };
        let time = path.metadata().and_then(|metadata| metadata.modified());
        let mut index = parse(&bytes).map_err(|problem| match problem {
            Problem::Damaged => RepositoryError::file(path, &"it is damaged"),
            Problem::Unknown(what) => RepositoryError::Format(what),
            Problem::TooMuch => RepositoryError::TooMuch("two million files"),
        })?;
        index.written = time.map(Written::of).unwrap_or_default();
        Ok(index)
    }

    /// Where the entry of `path` is.
    pub(super) fn position(&self, path: &[u8]) -> Option<usize> {
        self.entries.binary_search_by(|entry| entry.path.as_slice().cmp(path)).ok()
    }

    /// The positions of all entries whose paths begin with `start`.
    pub(super) fn below(&self, start: &[u8]) -> std::ops::Range<usize> {
        let first = self.entries.partition_point(|entry| entry.path.as_slice() < start);
        let behind = self.entries.get(first..).unwrap_or_default();
        first..first + behind.partition_point(|entry| entry.path.starts_with(start))
    }
}

enum Problem {
    Damaged,
    Unknown(String),
    TooMuch,
}

/// What is still to be read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Problem> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Problem::Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    fn number<const N: usize>(&mut self) -> Result<[u8; N], Problem> {
        self.take(N)?.try_into().map_err(|_wrong| Problem::Damaged)
    }

    fn u32(&mut self) -> Result<u32, Problem> {
        Ok(u32::from_be_bytes(self.number()?))
    }

    fn u16(&mut self) -> Result<u16, Problem> {
        Ok(u16::from_be_bytes(self.number()?))
    }

    /// What stands before the next `end`, which is passed over.
    fn until(&mut self, end: u8) -> Result<&'a [u8], Problem> {
        let length = memchr::memchr(end, self.0).ok_or(Problem::Damaged)?;
        let taken = self.take(length)?;
        self.take(1)?;
        Ok(taken)
    }
}

fn parse(bytes: &[u8]) -> Result<Index, Problem> {
    let body = bytes.len().checked_sub(CHECKSUM).and_then(|end| bytes.get(..end)).ok_or(Problem::Damaged)?;
    let mut rest = Bytes(body);
    if rest.take(SIGNATURE.len())? != SIGNATURE {
        return Err(Problem::Damaged);
    }
    let (version, count) = (rest.u32()?, rest.u32()?);
    if !(2..=4).contains(&version) {
        return Err(Problem::Unknown(format!("an index of version {version}")));
    }
    let mut index = Index::default();
    let (mut last, mut paths) = (Vec::new(), 0);
    for _ in 0..count {
        let (entry, stage) = entry(&mut rest, version, &last)?;
        paths += entry.path.len();
        if index.entries.len() == MOST_FILES || paths > MOST_PATHS {
            return Err(Problem::TooMuch);
        }
        last.clone_from(&entry.path);
        // The sides of a conflict stand one after the other; one of them is enough to know the file.
        let is_same = index.entries.last().is_some_and(|before: &Entry| before.path == entry.path);
        if stage == 0 || !is_same {
            index.entries.push(entry);
        }
    }
    // A damaged order must not hide files.
    if !index.entries.is_sorted_by(|a, b| a.path < b.path) {
        return Err(Problem::Damaged);
    }
    extensions(&mut rest, &mut index)?;
    Ok(index)
}

/// One entry and its stage in a merge.
fn entry(rest: &mut Bytes<'_>, version: u32, last: &[u8]) -> Result<(Entry, u16), Problem> {
    let start = rest.0.len();
    let _created = rest.take(8)?;
    let written = Written(rest.u32()?, rest.u32()?);
    let _device_and_inode = rest.take(8)?;
    let mode = Mode::of(rest.u32()?);
    let _owner_and_group = rest.take(8)?;
    let size = rest.u32()?;
    let id = ObjectId::Sha1(rest.number()?);
    let flags = rest.u16()?;
    let extended = if flags & EXTENDED != 0 && version > 2 { rest.u16()? } else { 0 };
    let path = if version == 4 {
        let cut = shortened_by(rest)?;
        let kept = last.len().checked_sub(cut).and_then(|kept| last.get(..kept)).ok_or(Problem::Damaged)?;
        [kept, rest.until(0)?].concat()
    } else {
        let path = rest.until(0)?.to_vec();
        // Entries are padded with zero bytes, of which one is behind the path already, to a multiple of eight.
        rest.take((8 - (start - rest.0.len()) % 8) % 8)?;
        path
    };
    let stage = flags & STAGE;
    let entry = Entry {
        path,
        id,
        mode,
        // What is in conflict was never seen as a whole.
        written: if stage == 0 { written } else { Written::default() },
        size,
        is_assumed: flags & ASSUME_VALID != 0 && stage == 0,
        is_left_out: extended & SKIP_WORKTREE != 0,
    };
    Ok((entry, stage))
}

/// By how much version 4 shortens the path before: seven bits a byte, with an offset, as in packs.
fn shortened_by(rest: &mut Bytes<'_>) -> Result<usize, Problem> {
    let [mut byte] = rest.number()?;
    let mut value = usize::from(byte & 127);
    while byte & 128 != 0 {
        [byte] = rest.number()?;
        let next = value.checked_add(1).and_then(|value| value.checked_mul(128)).ok_or(Problem::Damaged)?;
        value = next + usize::from(byte & 127);
    }
    Ok(value)
}

fn extensions(rest: &mut Bytes<'_>, index: &mut Index) -> Result<(), Problem> {
    while !rest.0.is_empty() {
        let name = rest.take(4)?;
        let length = usize::try_from(rest.u32()?).map_err(|_large| Problem::Damaged)?;
        let content = rest.take(length)?;
        match name {
            b"TREE" => index.trees = trees(content).unwrap_or_default(),
            // Folders that are not in the checkout stand as one entry each.
            b"sdir" => {}
            b"link" => return Err(Problem::Unknown("a split index".to_owned())),
            [first, ..] if first.is_ascii_uppercase() => {}
            other => {
                let name = String::from_utf8_lossy(other);
                return Err(Problem::Unknown(format!("an index with the extension `{name}`")));
            }
        }
    }
    Ok(())
}

/// The tree objects of folders that did not change since they were written; nothing when the list is damaged, which
/// only costs time.
fn trees(content: &[u8]) -> Option<HashMap<Vec<u8>, ObjectId>> {
    let mut rest = Bytes(content);
    let mut trees = HashMap::new();
    // The folders around, each with the number of folders in it that are still to come.
    let mut around: Vec<(Vec<u8>, u64)> = Vec::new();
    let number = |text: &[u8]| str::from_utf8(text).ok()?.parse::<i64>().ok();
    let mut sum = 0;
    while !rest.0.is_empty() {
        let name = rest.until(0).ok()?;
        let (entries, folders) = (number(rest.until(b' ').ok()?)?, number(rest.until(b'\n').ok()?)?);
        let outer = around.last_mut().map(|(path, left)| {
            *left = left.saturating_sub(1);
            path.clone()
        });
        let path = outer.map_or_else(Vec::new, |outer| [outer.as_slice(), name, b"/"].concat());
        sum += path.len();
        if sum > MOST_PATHS {
            return None;
        }
        if entries >= 0 {
            trees.insert(path.clone(), ObjectId::Sha1(rest.number().ok()?));
        }
        around.push((path, u64::try_from(folders).ok()?));
        while around.last().is_some_and(|(_, left)| *left == 0) {
            around.pop();
        }
    }
    Some(trees)
}
