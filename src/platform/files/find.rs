//! From the PATHs that people give to the files behind them.

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::archive;
use super::found::{Asked, Found, can_be_evidence, not_read};
use super::walk::{TooMany, Walk};
use crate::model::glob::{Glob, GlobError, Globs};
use crate::model::left_out::LeftOut;

/// Most files that one run reads.
const MAX_FOUND: usize = 100_000;

/// What makes a path a glob.
const WILDCARDS: [char; 4] = ['*', '?', '[', '{'];

/// Why files cannot be looked for.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// A file or folder that was named is not there.
    #[error("`{path}` does not exist; give a file, a folder, a glob or a zip below `{workdir}`")]
    Missing {
        /// As given.
        path: String,
        /// Where relative paths begin.
        workdir: String,
    },
    /// A pattern is no glob.
    #[error("`{pattern}` is no glob: {source}; `*` stops at `/`, `**` does not")]
    Pattern {
        /// As given.
        pattern: String,
        /// What is wrong with it.
        source: GlobError,
    },
    /// A folder cannot be listed.
    #[error("failed to look into `{path}`: {source}")]
    Folder {
        /// As given.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// More than a run can hold.
    #[error("{0}; give narrower paths or globs")]
    TooMany(#[from] TooMany),
}

/// The files behind `patterns` in order of their shown paths, each once. Relative patterns begin at `workdir`. What
/// matches a glob of `exclude` is left out unless it is named.
pub fn find(workdir: &Path, patterns: &[String], exclude: &[String]) -> Result<Vec<Found>, FindError> {
    let mut search = Search { workdir, exclude: globs(exclude)?, found: BTreeMap::new() };
    for pattern in patterns {
        search.pattern(pattern)?;
        if search.found.len() > MAX_FOUND {
            return Err(TooMany::Found(MAX_FOUND).into());
        }
    }
    Ok(search.found.into_values().flatten().collect())
}

/// Whether [`find`] takes `pattern`: it is a glob, or something that lies at this place.
pub fn is_there(workdir: &Path, pattern: &str) -> bool {
    pattern.contains(WILDCARDS) || workdir.join(pattern).symlink_metadata().is_ok()
}

fn globs(patterns: &[String]) -> Result<Globs, FindError> {
    patterns.iter().map(|pattern| glob(pattern)).collect::<Result<_, _>>().map(Globs)
}

/// Understands a glob.
pub fn glob(pattern: &str) -> Result<Glob, FindError> {
    let glob = Glob::new(pattern.trim_start_matches("./"));
    glob.map_err(|source| FindError::Pattern { pattern: pattern.to_owned(), source })
}

struct Search<'a> {
    workdir: &'a Path,
    exclude: Globs,
    /// By shown path; the entries of an archive stand together.
    found: BTreeMap<String, Vec<Found>>,
}

impl Search<'_> {
    fn pattern(&mut self, pattern: &str) -> Result<(), FindError> {
        let place = self.workdir.join(pattern);
        if place.is_file() {
            self.file(&place, Asked::ByName);
            return Ok(());
        }
        if place.is_dir() {
            return self.folder(&place, pattern);
        }
        if place.symlink_metadata().is_ok() {
            let shown = self.shown(&place);
            let refused =
                Found::refused(shown.clone(), 0, "not a regular file; give a file, a folder or a zip");
            self.found.insert(shown, vec![refused]);
            return Ok(());
        }
        if pattern.contains(WILDCARDS) {
            return self.glob(pattern);
        }
        let workdir = self.workdir.display().to_string();
        Err(FindError::Missing { path: pattern.to_owned(), workdir })
    }

    fn folder(&mut self, folder: &Path, pattern: &str) -> Result<(), FindError> {
        let mut left_out = LeftOut::default();
        for place in self.walk(folder, pattern)? {
            if can_be_evidence(&place.to_string_lossy()) {
                self.file(&place, Asked::AlongWith);
            } else {
                left_out.add(not_read(&self.shown(&place)));
            }
        }
        let shown = format!("{}/", self.shown(folder));
        if let Some(beside) = Found::left_out(shown.clone(), left_out) {
            self.found.insert(shown, vec![beside]);
        }
        Ok(())
    }

    fn glob(&mut self, pattern: &str) -> Result<(), FindError> {
        let matcher = glob(pattern)?;
        let base = self.workdir.join(literal_beginning(pattern));
        if !base.is_dir() {
            return Ok(());
        }
        for place in self.walk(&base, pattern)? {
            if matcher.matches(&self.shown(&place)) {
                self.file(&place, Asked::ByName);
            }
        }
        Ok(())
    }

    fn walk(&self, folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, FindError> {
        let walk = Walk { folder, shown: |place: &Path| shown(self.workdir, place), exclude: &self.exclude };
        match walk.files() {
            Ok(files) => Ok(files?),
            Err(source) => Err(FindError::Folder { path: pattern.to_owned(), source }),
        }
    }

    fn file(&mut self, place: &Path, asked: Asked) {
        let shown = self.shown(place);
        let known = self.found.get(&shown).and_then(|all| all.first()).map(|found| found.asked);
        if known.is_some_and(|known| known <= asked) {
            return;
        }
        let bytes = place.metadata().map_or(0, |metadata| metadata.len());
        let found = if self.leaves_workdir(place) {
            vec![Found::refused(
                shown.clone(),
                bytes,
                "a link that leaves the working directory; not followed",
            )]
        } else if archive::is_zip(place) {
            archive::entries(place, &shown, bytes)
        } else {
            vec![Found::file(shown.clone(), bytes, place, asked)]
        };
        self.found.insert(shown, found);
    }

    fn shown(&self, place: &Path) -> String {
        shown(self.workdir, place)
    }

    /// A path that is below the working directory by its name, but not when its links are followed.
    fn leaves_workdir(&self, place: &Path) -> bool {
        let Ok(below) = place.strip_prefix(self.workdir) else { return false };
        if below.components().any(|part| matches!(part, Component::ParentDir | Component::RootDir)) {
            return false;
        }
        match (place.canonicalize(), self.workdir.canonicalize()) {
            (Ok(real), Ok(workdir)) => !real.starts_with(workdir),
            _ => false,
        }
    }
}

/// A path as people see it: below the working directory if it is, with `/`.
fn shown(workdir: &Path, place: &Path) -> String {
    let below = place.strip_prefix(workdir).unwrap_or(place);
    let parts = below.components().filter(|part| !matches!(part, Component::CurDir));
    let clean: PathBuf = parts.collect();
    clean.to_string_lossy().replace('\\', "/")
}

/// The folders of a glob that hold no wildcard: where the search begins.
fn literal_beginning(pattern: &str) -> PathBuf {
    let (folders, _) = pattern.rsplit_once('/').unwrap_or(("", pattern));
    let mut beginning = PathBuf::new();
    if pattern.starts_with('/') {
        beginning.push("/");
    }
    for folder in folders.split('/').take_while(|folder| !folder.contains(WILDCARDS)) {
        beginning.push(folder);
    }
    beginning
}
