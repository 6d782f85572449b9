//! Walking through folders: sorted, bounded, never through links to folders, never into `.git`.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::ignored::Ignored;
use crate::model::glob::Globs;
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
    pub(super) exclude: &'a Globs,
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
                } else if !self.exclude.matches(&(self.shown)(&place)) && place.is_file() {
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
        self.exclude.matches(&(self.shown)(&folder.join(ANY_NAME)))
    }
}

/// The repository's files below `workdir`, as paths with `/`, without what git ignores: the first [`MOST_LISTED`].
pub fn tree(workdir: &Path) -> Vec<String> {
    let mut listed = Listed { workdir, files: Vec::new(), visited: 0 };
    let above: Vec<&Path> = match workdir.ancestors().position(|folder| folder.join(".git").exists()) {
        Some(root) => workdir.ancestors().take(root + 1).skip(1).collect(),
        None => Vec::new(),
    };
    let of_repository = Ignored::of_repository(above.last().unwrap_or(&workdir));
    listed.below(&above, &of_repository);
    listed.files
}

/// The files of a repository as they are found.
struct Listed<'a> {
    workdir: &'a Path,
    files: Vec<String>,
    visited: usize,
}

impl Listed<'_> {
    /// Folders within folders at most.
    const DEEPEST: usize = 200;

    /// Takes in the lists of the folders `above` the working directory, the highest one last, then goes through it.
    fn below(&mut self, above: &[&Path], rules: &Ignored<'_>) {
        let Some((highest, others)) = above.split_last() else {
            return self.folder(self.workdir, rules, 0);
        };
        self.below(others, &Ignored::of(highest, Some(rules)));
    }

    fn folder(&mut self, folder: &Path, above: &Ignored<'_>, depth: usize) {
        let Ok(entries) = folder.read_dir() else { return };
        let rules = Ignored::of(folder, Some(above));
        let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
        order::sort_by(&mut entries, |one, other| one.file_name().cmp(&other.file_name()));
        for entry in entries {
            let (place, Ok(kind)) = (entry.path(), entry.file_type()) else { continue };
            self.visited += 1;
            let is_over =
                self.visited > MAX_VISITED || self.files.len() >= MOST_LISTED || depth > Self::DEEPEST;
            if is_over || entry.file_name() == ".git" || rules.leaves_out(&place, kind.is_dir()) {
                continue;
            }
            if kind.is_dir() {
                self.folder(&place, &rules, depth + 1);
            } else if kind.is_file() {
                let below = place.strip_prefix(self.workdir).ok().and_then(Path::to_str);
                self.files.extend(below.map(|below| below.replace('\\', "/")));
            }
        }
    }
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
