//! The source as modules.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::common::repository;

/// A file of the source.
pub(super) struct Module {
    pub(super) file: PathBuf,
    /// `src/evidence/coverage/lcov.rs` is `evidence::coverage::lcov`; a `mod.rs` is its folder, `lib.rs` the root.
    pub(super) path: Vec<String>,
    pub(super) text: String,
}

/// All of `src`, in order.
pub(super) fn modules() -> Result<Vec<Module>> {
    let read = |file: PathBuf| {
        let (path, text) = (module_of(&file)?, std::fs::read_to_string(&file)?);
        Ok(Module { file, path, text })
    };
    source_files(&repository().join("src"))?.into_iter().map(read).collect()
}

/// Every `.rs` file below a folder, in order.
fn source_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in
            std::fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?
        {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn module_of(file: &Path) -> Result<Vec<String>> {
    let inside = file.strip_prefix(repository().join("src"))?.with_extension("");
    let mut parts: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib") {
        parts.pop();
    }
    Ok(parts)
}
