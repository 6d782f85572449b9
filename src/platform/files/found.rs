//! One place that evidence can be read from.

use std::path::{Path, PathBuf};

use crate::model::left_out::LeftOut;
use crate::model::origin::Origin;

/// A file, an entry of a zip, or something that was asked for and cannot be read.
#[derive(Clone, Debug)]
pub struct Found {
    /// As shown to people: below the working directory where possible; `archive.zip!/entry` inside archives.
    pub path: String,
    /// In bytes, as found.
    pub bytes: u64,
    pub(super) place: Place,
    pub(super) asked: Asked,
    /// Which job wrote it, when more is known than its path.
    pub(super) origin: Option<Origin>,
}

/// Where the bytes are.
#[derive(Clone, Debug)]
pub(super) enum Place {
    File(PathBuf),
    Entry(PathBuf, Entry),
    /// Nowhere: why it cannot be read.
    Refused(String),
    /// Not to be read: files beside evidence.
    LeftOut(LeftOut),
}

/// Where an entry lies in its archive.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) start: u64,
    pub(super) packed: u64,
    /// As the archive says, in bytes.
    pub(super) unpacked: u64,
    pub(super) crc: u32,
    pub(super) deflated: bool,
}

/// How a file came into the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// By name or by a glob: always reported.
    ByName,
    /// It lies in a folder or a zip that was named: left out when no format fits.
    AlongWith,
}

impl Found {
    pub(super) fn file(path: String, bytes: u64, place: &Path, asked: Asked) -> Self {
        Self { path, bytes, place: Place::File(place.to_path_buf()), asked, origin: None }
    }

    /// Whether there is something to read.
    pub fn is_there(&self) -> bool {
        matches!(self.place, Place::File(_) | Place::Entry(..))
    }

    /// Something that was asked for and cannot be read, and why.
    pub fn refused(path: String, bytes: u64, reason: impl Into<String>) -> Self {
        Self { path, bytes, place: Place::Refused(reason.into()), asked: Asked::ByName, origin: None }
    }

    /// What lies beside evidence in the folder or zip `path`; nothing when there is none.
    pub(super) fn left_out(path: String, left_out: LeftOut) -> Option<Self> {
        let place = Place::LeftOut(left_out);
        let found = Self { path, bytes: 0, place, asked: Asked::AlongWith, origin: None };
        (!matches!(&found.place, Place::LeftOut(none) if none.is_empty())).then_some(found)
    }
}

/// Whether a file with this name can be evidence at all. Sources, pictures and programs in a report folder cannot.
pub(super) fn can_be_evidence(name: &str) -> bool {
    const EXTENSIONS: [&str; 20] = [
        "xml", "json", "jsonl", "ndjson", "info", "lcov", "trx", "tap", "txt", "log", "out", "gz", "zst",
        "zip", "cov", "csv", "jtl", "sarif", "gcov", "dat",
    ];
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match base.rsplit_once('.') {
        Some((_, extension)) => EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)),
        None => true,
    }
}

/// What it means that the file `path` is not read.
pub(super) fn not_read(path: &str) -> LeftOut {
    const ENDINGS: [&str; 9] = [".tar", ".tgz", ".tar.gz", ".tar.zst", ".rar", ".7z", ".xz", ".bz2", ".tbz"];
    let bytes = path.as_bytes();
    let ends_in = |ending: &&str| {
        let from = bytes.len().checked_sub(ending.len());
        from.and_then(|from| bytes.get(from..)).is_some_and(|end| end.eq_ignore_ascii_case(ending.as_bytes()))
    };
    if ENDINGS.iter().any(ends_in) {
        return LeftOut::unopened(path.to_owned());
    }
    let is_alike = [".xml", ".json", ".info", ".lcov", ".trx", ".tap", ".sarif"].iter().any(ends_in);
    if is_alike { LeftOut::alike(path.to_owned()) } else { LeftOut::unrelated() }
}
