//! The small files of a repository, which may have been made by anybody.

use std::fmt::Display;
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use super::error::RepositoryError;

/// The bytes of a regular file of at most `most` bytes; nothing when it is not there. A pipe would wait for ever.
pub(super) fn bytes(path: &Path, most: u64) -> Result<Option<Vec<u8>>, RepositoryError> {
    let wrong = |reason: &dyn Display| RepositoryError::file(path, reason);
    let is_file = match path.metadata() {
        Ok(metadata) => metadata.is_file(),
        Err(error) if is_absence(error.kind()) => return Ok(None),
        Err(error) => return Err(wrong(&error)),
    };
    if !is_file {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| wrong(&error))?;
    file.take(most + 1).read_to_end(&mut bytes).map_err(|error| wrong(&error))?;
    if bytes.len() as u64 > most {
        return Err(wrong(&format!("it is larger than {most} bytes")));
    }
    Ok(Some(bytes))
}

/// As [`bytes`], as text.
pub(super) fn text(path: &Path, most: u64) -> Result<Option<String>, RepositoryError> {
    Ok(bytes(path, most)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

/// Whether nothing has that path, be it for a file in the place of a folder or for a name that no file can have.
pub(super) fn is_absence(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidInput | ErrorKind::InvalidFilename
    )
}
