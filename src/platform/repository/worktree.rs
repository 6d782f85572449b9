//! The files of a checkout, compared with what a commit had in their places.

use std::borrow::Cow;
use std::fs::{File, Metadata};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use gix_hash::ObjectId;

use super::error::RepositoryError;
use super::index::{Entry, Index, Mode, Written};
use super::names::Kind;
use super::objects::MOST_BYTES;
use super::{names, small};

/// What became of a tracked file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// As it was.
    Same,
    /// Not there any more.
    Gone,
    /// Another content, or a new file.
    Other,
    /// Not in the checkout by intent; the index knows its content.
    Stored,
}

/// What is in the place of a path.
pub(super) enum Content {
    /// All bytes of a file.
    File(Vec<u8>),
    /// Something without lines: a link, or a very large file.
    Opaque,
    Absent,
}

/// A checkout with its index.
pub(super) struct Worktree<'a> {
    pub(super) root: &'a Path,
    pub(super) index: &'a Index,
}

impl Worktree<'_> {
    /// The state of each entry of the index against its blob in `base`.
    pub(super) fn states(&self, base: &[Option<(Mode, ObjectId)>]) -> Result<Vec<State>, RepositoryError> {
        self.index.entries.iter().zip(base).map(|(entry, base)| self.state(entry, *base)).collect()
    }

    fn state(&self, entry: &Entry, base: Option<(Mode, ObjectId)>) -> Result<State, RepositoryError> {
        if entry.mode == Mode::Folder {
            return Ok(State::Same);
        }
        let Some(place) = place(self.root, &entry.path) else { return Ok(State::Same) };
        let is_base = |id| base.is_some_and(|(mode, base)| mode == entry.mode && base == id);
        let gone = if base.is_some() { State::Gone } else { State::Same };
        let metadata = match place.symlink_metadata() {
            Ok(metadata) => metadata,
            Err(error) if !small::is_absence(error.kind()) => {
                return Err(RepositoryError::file(&place, &error));
            }
            Err(_) if !entry.is_left_out => return Ok(gone),
            Err(_) if is_base(entry.id) => return Ok(State::Same),
            Err(_) => return Ok(State::Stored),
        };
        if metadata.is_dir() {
            return Ok(gone);
        }
        let is_same = if self.is_untouched(entry, &metadata) {
            is_base(entry.id)
        } else {
            match content(&place)? {
                // Where there are no links, they are files that say where they lead.
                Content::File(bytes) => is_base(names::name_of(Kind::Blob, &bytes)),
                Content::Opaque => entry.mode == Mode::Link && target(&place).is_some_and(is_base),
                Content::Absent => return Ok(gone),
            }
        };
        Ok(if is_same { State::Same } else { State::Other })
    }

    /// Whether a file is certainly what the index says.
    fn is_untouched(&self, entry: &Entry, metadata: &Metadata) -> bool {
        let is_kind = match entry.mode {
            Mode::File => metadata.is_file(),
            Mode::Link => metadata.is_symlink(),
            Mode::Folder => false,
        };
        let written = metadata.modified().map(Written::of).unwrap_or_default();
        // Not every file system and not every git keeps nanoseconds.
        let is_time = written.0 == entry.written.0
            && (written.1 == entry.written.1 || written.1 == 0 || entry.written.1 == 0);
        let is_size = metadata.len() & u64::from(u32::MAX) == u64::from(entry.size);
        is_kind && (entry.is_assumed || is_time && is_size && entry.written < self.index.written)
    }
}

/// Where a path of the repository lies; nothing for one that would lead elsewhere.
pub(super) fn place(root: &Path, path: &[u8]) -> Option<PathBuf> {
    let is_odd = |byte: &u8| *byte == 0 || (cfg!(windows) && b"\\:".contains(byte));
    let is_fine = |part: &[u8]| {
        !matches!(part, b"" | b"." | b"..") && !part.eq_ignore_ascii_case(b".git") && !part.iter().any(is_odd)
    };
    path.split(|byte| *byte == b'/').all(is_fine).then(|| root.join(name(path)))
}

#[cfg(unix)]
fn name(path: &[u8]) -> Cow<'_, Path> {
    use std::os::unix::ffi::OsStrExt as _;
    Cow::Borrowed(Path::new(std::ffi::OsStr::from_bytes(path)))
}

#[cfg(not(unix))]
fn name(path: &[u8]) -> Cow<'_, Path> {
    Cow::Owned(String::from_utf8_lossy(path).into_owned().into())
}

/// What lies at `place`.
pub(super) fn content(place: &Path) -> Result<Content, RepositoryError> {
    let wrong = |error| RepositoryError::file(place, &error);
    match place.symlink_metadata() {
        Ok(metadata) if metadata.is_dir() => return Ok(Content::Absent),
        Ok(metadata) if !metadata.is_file() || metadata.len() > MOST_BYTES => return Ok(Content::Opaque),
        Ok(_) => {}
        Err(error) if small::is_absence(error.kind()) => return Ok(Content::Absent),
        Err(error) => return Err(wrong(error)),
    }
    let mut bytes = Vec::new();
    File::open(place).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes)).map_err(wrong)?;
    Ok(if bytes.len() as u64 > MOST_BYTES { Content::Opaque } else { Content::File(bytes) })
}

/// The name of the content that git gives to a link: where it leads.
fn target(place: &Path) -> Option<ObjectId> {
    let target = place.read_link().ok()?;
    Some(names::name_of(Kind::Blob, target.as_os_str().as_encoded_bytes()))
}
