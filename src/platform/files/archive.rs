//! Zip archives: entries are read where they lie, nothing is ever unpacked to disk.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::found::{Asked, Entry, Found, Place, can_be_evidence, not_read};
use crate::model::left_out::LeftOut;
use crate::model::order;

/// Most entries of one archive.
const MAX_ENTRIES: usize = 20_000;
/// Most bytes that all entries of one archive may unpack to.
const MAX_UNPACKED: u64 = 8 << 30;
/// Largest ratio of unpacked to packed bytes of an entry above [`RATIO_FREE`] bytes.
const MAX_RATIO: u64 = 300;
const RATIO_FREE: u64 = 64 << 20;
/// Longest name of an entry that is shown, in bytes.
const MAX_NAME: usize = 1000;

/// Why an archive is not opened, or an entry not read.
#[derive(Debug, thiserror::Error)]
enum ArchiveError {
    #[error("the zip cannot be read: {0}; pack it again")]
    Zip(#[from] zip::result::ZipError),
    #[error("failed to open the zip: {0}")]
    Open(#[from] io::Error),
    #[error("the zip has more than {MAX_ENTRIES} entries; hand over fewer files")]
    Entries,
    #[error("the zip unpacks to more than {MAX_UNPACKED} bytes; hand over fewer files")]
    Size,
    #[error("the zip has entries of the same name; pack each file once")]
    Duplicates,
    #[error("the zip has entries that overlap; pack it again")]
    Overlap,
    #[error("a zip inside a zip is not opened; unpack it first")]
    Nested,
    #[error("the entry is a link; pack the file that it leads to")]
    Link,
    #[error("the entry is encrypted; pack it without a password")]
    Encrypted,
    #[error("the entry is packed by a method that is not read; pack it with deflate")]
    Method,
    #[error("the entry unpacks to more than {MAX_RATIO} times its size; hand it over unpacked")]
    Ratio,
    #[error("the zip holds {0} files, and none of them can be a report")]
    NoReport(usize, LeftOut),
    #[error("the entry is damaged: its {0} differs from what the zip says; pack it again")]
    Damaged(&'static str),
    #[error("the entry is damaged: {0}; pack it again")]
    Corrupt(io::Error),
}

/// Whether the file begins like a zip.
pub(super) fn is_zip(place: &Path) -> bool {
    let mut magic = [0; 4];
    let read = File::open(place).and_then(|mut file| file.read_exact(&mut magic));
    read.is_ok() && matches!(&magic, b"PK\x03\x04" | b"PK\x05\x06")
}

/// The entries of an archive that can be evidence, or one refusal that says why there is none.
pub(super) fn entries(place: &Path, shown: &str, bytes: u64) -> Vec<Found> {
    list(place, shown).unwrap_or_else(|error| refusal(shown, bytes, &error))
}

/// As [`entries`]; an archive without any report is none at all.
pub(super) fn entries_if_any(place: &Path, shown: &str, bytes: u64) -> Vec<Found> {
    match list(place, shown) {
        Err(ArchiveError::NoReport(_, left_out)) => {
            Found::left_out(format!("{shown}!/"), left_out).into_iter().collect()
        }
        other => other.unwrap_or_else(|error| refusal(shown, bytes, &error)),
    }
}

fn refusal(shown: &str, bytes: u64, error: &ArchiveError) -> Vec<Found> {
    vec![Found::refused(shown.to_owned(), bytes, error.to_string())]
}

fn list(place: &Path, shown: &str) -> Result<Vec<Found>, ArchiveError> {
    let mut archive = ZipArchive::new(BufReader::new(File::open(place)?))?;
    if archive.len() > MAX_ENTRIES {
        return Err(ArchiveError::Entries);
    }
    if archive.has_duplicate_names() {
        return Err(ArchiveError::Duplicates);
    }
    if archive.has_overlapping_files()? {
        return Err(ArchiveError::Overlap);
    }
    let (mut found, mut files, mut total) = (Vec::new(), 0, 0_u64);
    let mut left_out = LeftOut::default();
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index)?;
        if file.is_dir() {
            continue;
        }
        files += 1;
        total = total.saturating_add(file.size());
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        let shown =
            format!("{shown}!/{}", name.get(..name.floor_char_boundary(MAX_NAME)).unwrap_or_default());
        if can_be_evidence(&name) {
            found.push(one(place, shown, &name, &file));
        } else {
            left_out.add(not_read(&shown));
        }
    }
    if total > MAX_UNPACKED {
        return Err(ArchiveError::Size);
    }
    if found.is_empty() {
        return Err(ArchiveError::NoReport(files, left_out));
    }
    order::sort_by(&mut found, |a, b| a.path.cmp(&b.path));
    found.extend(Found::left_out(format!("{shown}!/"), left_out));
    Ok(found)
}

/// One entry, or why it is not read.
fn one<R: Read + Seek>(place: &Path, shown: String, name: &str, file: &zip::read::ZipFile<'_, R>) -> Found {
    let deflated = match file.compression() {
        CompressionMethod::Stored => Ok(false),
        CompressionMethod::Deflated => Ok(true),
        _ => Err(ArchiveError::Method),
    };
    let checked = deflated.and_then(|deflated| {
        if file.is_symlink() {
            return Err(ArchiveError::Link);
        }
        if file.encrypted() {
            return Err(ArchiveError::Encrypted);
        }
        if name.to_ascii_lowercase().ends_with(".zip") {
            return Err(ArchiveError::Nested);
        }
        if file.size() > RATIO_FREE && file.size() > file.compressed_size().saturating_mul(MAX_RATIO) {
            return Err(ArchiveError::Ratio);
        }
        let start = file.data_start().ok_or(ArchiveError::Damaged("place"))?;
        let (packed, unpacked, crc) = (file.compressed_size(), file.size(), file.crc32());
        Ok(Entry { start, packed, unpacked, crc, deflated })
    });
    match checked {
        Ok(entry) => Found {
            path: shown,
            bytes: entry.packed,
            place: Place::Entry(place.to_path_buf(), entry),
            asked: Asked::AlongWith,
            origin: None,
        },
        Err(error) => Found::refused(shown, file.compressed_size(), error.to_string()),
    }
}

/// The unpacked bytes of an entry. Size and checksum are compared with what the zip says.
pub(super) fn reader(place: &Path, entry: &Entry) -> io::Result<Box<dyn Read + Send>> {
    let mut file = File::open(place)?;
    file.seek(SeekFrom::Start(entry.start))?;
    let packed = BufReader::new(file.take(entry.packed));
    let inner: Box<dyn Read + Send> =
        if entry.deflated { Box::new(DeflateDecoder::new(packed)) } else { Box::new(packed) };
    Ok(Box::new(Checked { inner, left: entry.unpacked, crc: Crc::new(), expected: entry.crc }))
}

/// Passes bytes through and ends in an error when they are not what the zip says.
struct Checked {
    inner: Box<dyn Read + Send>,
    left: u64,
    crc: Crc,
    expected: u32,
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let corrupt = |error: io::Error| io::Error::new(error.kind(), ArchiveError::Corrupt(error));
        let count = self.inner.read(buffer).map_err(corrupt)?;
        let damaged = |what| io::Error::new(io::ErrorKind::InvalidData, ArchiveError::Damaged(what));
        if count == 0 && !buffer.is_empty() {
            return match (self.left, self.crc.sum() == self.expected) {
                (0, true) => Ok(0),
                (0, false) => Err(damaged("checksum")),
                _ => Err(damaged("size")),
            };
        }
        self.left = self.left.checked_sub(count as u64).ok_or_else(|| damaged("size"))?;
        self.crc.update(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}
