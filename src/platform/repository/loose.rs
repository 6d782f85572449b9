//! Objects in files of their own: <https://git-scm.com/book/en/v2/Git-Internals-Git-Objects>.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::names::Kind;
use flate2::read::ZlibDecoder;
use gix_hash::ObjectId;

use super::error::RepositoryError;
use super::objects::{Found, MOST_BYTES};
use super::{names, small};

/// Longest header: a kind, a size and a zero byte.
const MOST_HEADER: usize = 32;

/// The object `id` in `folder`, if it is there.
pub(super) fn find(folder: &Path, id: &ObjectId) -> Result<Option<Found>, RepositoryError> {
    let place = place_of(folder, &id.to_string());
    match place.metadata() {
        Ok(metadata) if metadata.is_file() => {}
        Err(error) if !small::is_absence(error.kind()) => return Err(RepositoryError::file(&place, &error)),
        _ => return Ok(None),
    }
    let file = File::open(&place).map_err(|error| RepositoryError::file(&place, &error))?;
    read(ZlibDecoder::new(file)).map(Some).map_err(|reason| RepositoryError::damaged(id, &reason))
}

fn place_of(folder: &Path, id: &str) -> PathBuf {
    let (first, rest) = id.split_at_checked(2).unwrap_or((id, ""));
    folder.join(first).join(rest)
}

fn read(mut stream: ZlibDecoder<File>) -> Result<Found, String> {
    let (kind, size) = header(&mut stream)?;
    if size > MOST_BYTES {
        return Ok(Found { kind, data: None });
    }
    let mut data = Vec::new();
    stream.take(size + 1).read_to_end(&mut data).map_err(|error| error.to_string())?;
    if data.len() as u64 != size {
        return Err(format!("it holds {} bytes, and {size} are announced", data.len()));
    }
    Ok(Found { kind, data: Some(data) })
}

fn header(stream: &mut ZlibDecoder<File>) -> Result<(Kind, u64), String> {
    let mut header = Vec::new();
    let mut byte = [0];
    while header.len() < MOST_HEADER {
        stream.read_exact(&mut byte).map_err(|error| error.to_string())?;
        match byte {
            [0] => break,
            byte => header.extend(byte),
        }
    }
    let text = String::from_utf8_lossy(&header);
    let parsed = text.split_once(' ').and_then(|(kind, size)| Some((Kind::named(kind)?, size.parse().ok()?)));
    parsed.ok_or_else(|| "it does not begin with a kind and a size".to_owned())
}

/// Adds the objects in `folder` whose names begin with `digits` to `found`, as far as `most` of them.
pub(super) fn beginning_with(folder: &Path, digits: &str, found: &mut Vec<ObjectId>, most: usize) {
    let (first, rest) = digits.split_at_checked(2).unwrap_or((digits, ""));
    let Ok(entries) = folder.join(first).read_dir() else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(rest) && found.len() < most {
            found.extend(names::parse([first, &name].concat().as_bytes()));
        }
    }
}
