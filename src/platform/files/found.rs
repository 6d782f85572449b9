//! One place that evidence can be read from.

use std::path::{Path, PathBuf};

use super::archive::Entry;
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
        !matches!(self.place, Place::Refused(_))
    }

    /// Something that was asked for and cannot be read, and why.
    pub fn refused(path: String, bytes: u64, reason: impl Into<String>) -> Self {
        Self { path, bytes, place: Place::Refused(reason.into()), asked: Asked::ByName, origin: None }
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
