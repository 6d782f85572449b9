//! Walking through folders: sorted, bounded, never through links to folders, never into `.git`.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use globset::GlobSet;
use ignore::{DirEntry, WalkBuilder};

use crate::model::order;
use crate::model::words::counted;

/// Most files and folders that one walk looks at.
const MAX_VISITED: usize = 1_000_000;
/// Most paths of the repository that are listed.
pub const MOST_LISTED: usize = 1_000_000;

/// A limit on the number of files.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub enum TooMany {
    /// Looked at.
    #[error("more than {0} files and folders to look at")]
    Visited(usize),
    /// To read.
    #[error("more than {0} files to read")]
    Found(usize),
}

/// One walk.
pub(super) struct Walk<'a, S> {
    pub(super) folder: &'a Path,
    /// How excluded globs see a path.
    pub(super) shown: S,
    pub(super) exclude: &'a GlobSet,
}

impl<S: Fn(&Path) -> String> Walk<'_, S> {
    /// All files below the folder that are not excluded, in order.
    pub(super) fn files(&self) -> io::Result<Result<Vec<PathBuf>, TooMany>> {
        let mut files = Vec::new();
        let mut open = vec![self.folder.to_path_buf()];
        let mut visited = 0;
        while let Some(folder) = open.pop() {
            for entry in folder.read_dir()? {
                let entry = entry?;
                visited += 1;
                if visited > MAX_VISITED {
                    return Ok(Err(TooMany::Visited(MAX_VISITED)));
                }
                let (place, kind) = (entry.path(), entry.file_type()?);
                if kind.is_dir() {
                    if entry.file_name() != ".git" && !self.is_excluded_whole(&place) {
                        open.push(place);
                    }
                } else if !self.exclude.is_match((self.shown)(&place)) && place.is_file() {
                    files.push(place);
                }
            }
        }
        order::sort(&mut files);
        Ok(Ok(files))
    }

    /// Whether a glob takes everything in this folder out, as `**/node_modules/**` does.
    fn is_excluded_whole(&self, folder: &Path) -> bool {
        const ANY_NAME: &str = "\u{1}";
        self.exclude.is_match((self.shown)(&folder.join(ANY_NAME)))
    }
}

/// The repository's files below `workdir`, as paths with `/`, without what git ignores: the first [`MOST_LISTED`].
pub fn tree(workdir: &Path) -> Vec<String> {
    let walk = WalkBuilder::new(workdir)
        .hidden(false)
        .git_global(false)
        .require_git(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .sort_by_file_name(Ord::cmp)
        .build();
    let files = walk.filter_map(Result::ok).filter(is_file).take(MOST_LISTED);
    files
        .filter_map(|entry| {
            let below = entry.path().strip_prefix(workdir).ok()?;
            Some(below.to_str()?.replace('\\', "/"))
        })
        .collect()
}

fn is_file(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file())
}

/// What lies below `workdir`, in one phrase for messages: "42 files there, among them 30 `.rs`, 2 `.xml`".
pub fn overview(workdir: &Path) -> String {
    const SHOWN: usize = 5;
    let files = tree(workdir);
    let mut extensions: BTreeMap<&str, usize> = BTreeMap::new();
    for file in &files {
        let name = file.rsplit('/').next().unwrap_or(file);
        if let Some((_, extension)) = name.rsplit_once('.') {
            *extensions.entry(extension).or_default() += 1;
        }
    }
    let mut ranked: Vec<(&str, usize)> = extensions.into_iter().collect();
    order::sort_by_key(&mut ranked, |(_, count)| std::cmp::Reverse(*count));
    let list: Vec<String> =
        ranked.iter().take(SHOWN).map(|(extension, count)| format!("{count} `.{extension}`")).collect();
    let seen = format!("{} there", counted(files.len() as u64, "file"));
    if list.is_empty() { seen } else { format!("{seen}, among them {}", list.join(", ")) }
}
