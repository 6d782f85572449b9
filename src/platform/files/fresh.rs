//! A folder of our own for what is downloaded, gone when it is dropped.

use std::fs::{self, DirBuilder, File};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};

/// A folder that did not exist before. Names in it are ours: nothing from outside becomes part of a path.
#[derive(Debug)]
pub struct Fresh(PathBuf);

impl Fresh {
    /// Makes a folder below `parent`, or where the system keeps such folders.
    pub fn below(parent: Option<&Path>) -> io::Result<Self> {
        let parent = parent.map_or_else(std::env::temp_dir, Path::to_path_buf);
        fs::create_dir_all(&parent)?;
        let random = RandomState::new().build_hasher().finish();
        let place = parent.join(format!("readiness-{}-{random:016x}", std::process::id()));
        private(&mut DirBuilder::new()).create(&place)?;
        Ok(Self(place))
    }

    /// Makes the file `number`.
    pub fn landing(&self, number: usize) -> io::Result<Landing> {
        let place = self.0.join(number.to_string());
        Ok(Landing { file: File::create_new(&place)?, place })
    }
}

#[cfg(unix)]
fn private(builder: &mut DirBuilder) -> &DirBuilder {
    use std::os::unix::fs::DirBuilderExt as _;
    builder.mode(0o700)
}

#[cfg(not(unix))]
fn private(builder: &mut DirBuilder) -> &DirBuilder {
    builder
}

impl Drop for Fresh {
    fn drop(&mut self) {
        // It lies where the runner cleans up anyway.
        fs::remove_dir_all(&self.0).ok();
    }
}

/// A file that grows while it is downloaded.
#[derive(Debug)]
pub struct Landing {
    file: File,
    place: PathBuf,
}

impl Landing {
    /// Empties the file.
    pub fn restart(&mut self) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()
    }

    /// Adds bytes at its end.
    pub fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    /// Closes the file.
    pub fn close(self) -> PathBuf {
        self.place
    }
}
