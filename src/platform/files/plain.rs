//! Single files as a whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use encoding_rs::UTF_8;

/// Largest file that is read as a whole: policies, diffs and snapshots are far below.
const MAX_WHOLE: u64 = 512 << 20;

/// The bytes of a file of at most 512 MiB.
pub fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_WHOLE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_WHOLE {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("larger than {MAX_WHOLE} bytes")));
    }
    Ok(bytes)
}

/// The text of a file; what is not UTF-8 is replaced, as diffs hold lines in any encoding.
pub fn read_text(path: &Path) -> io::Result<String> {
    Ok(text(&read_bytes(path)?))
}

/// As [`read_text`], in UTF-16 where the byte order mark says so: `PowerShell` redirects into that.
pub fn read_marked_text(path: &Path) -> io::Result<String> {
    Ok(UTF_8.decode(&read_bytes(path)?).0.into_owned())
}

/// As [`read_text`], a file of at most `most` bytes.
pub fn read_text_within(path: &Path, most: u64) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("larger than {most} bytes")));
    }
    Ok(text(&bytes))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).into_owned()
}

/// Writes a file so that readers see the old or the new content, never a part. Folders on the way are made; devices
/// and pipes are written to as they are.
pub fn write_atomic(path: &Path, content: &[u8]) -> io::Result<()> {
    if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
        return OpenOptions::new().write(true).open(path)?.write_all(content);
    }
    replace(path, content)
}

/// As [`write_atomic`], in the place of whatever has that name: a link or pipe that somebody left there is not
/// written through.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let draft = beside(path);
    let written = File::create_new(&draft).and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()
    });
    let moved = written.and_then(|()| fs::rename(&draft, path));
    if moved.is_err() {
        // The first error is the one to tell; a draft that cannot be removed changes nothing about it.
        fs::remove_file(&draft).ok();
    }
    moved
}

/// A name in the same folder that nobody else writes to.
fn beside(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.draft", std::process::id()));
    path.with_file_name(name)
}
