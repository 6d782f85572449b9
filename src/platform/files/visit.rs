//! The contents of many small files, on all cores.

use std::fs::File;
use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

/// What a file holds.
#[derive(Clone, Copy, Debug)]
pub enum Seen<'a> {
    /// All of it.
    Whole(&'a [u8]),
    /// More than was asked for; nothing of it was kept.
    TooLarge,
    /// It cannot be read.
    Unreadable,
}

/// Shows each file of `paths` below `folder` to `show`, in no order, until it has seen enough. Of a file with more than
/// `most` bytes nothing is shown.
pub fn visit(
    folder: &Path,
    paths: &[String],
    most: u64,
    show: &(dyn Fn(&str, Seen<'_>) -> ControlFlow<()> + Sync),
) {
    // Whether it had enough, `show` knows itself.
    let _: ControlFlow<()> = paths.par_iter().try_for_each(|path| match content(&folder.join(path), most) {
        Ok(Some(content)) => show(path, Seen::Whole(&content)),
        Ok(None) => show(path, Seen::TooLarge),
        Err(_) => show(path, Seen::Unreadable),
    });
}

fn content(place: &Path, most: u64) -> std::io::Result<Option<Vec<u8>>> {
    let file = File::open(place)?;
    let length = file.metadata()?.len();
    if length > most {
        return Ok(None);
    }
    let mut content = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    file.take(most + 1).read_to_end(&mut content)?;
    Ok((content.len() as u64 <= most).then_some(content))
}

/// Whether `folder` is part of a git checkout.
pub fn is_checkout(folder: &Path) -> bool {
    way_from_root(folder).is_some()
}

/// The way from the root of the git checkout that `folder` is part of to `folder`; empty at the root itself.
pub fn way_from_root(folder: &Path) -> Option<PathBuf> {
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let root = real.ancestors().find(|folder| folder.join(".git").exists())?;
    real.strip_prefix(root).ok().map(Path::to_path_buf)
}
