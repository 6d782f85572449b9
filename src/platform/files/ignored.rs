//! What git leaves out: <https://git-scm.com/docs/gitignore>.

use std::fs;
use std::path::{Path, PathBuf};

use crate::model::glob::Glob;

/// The largest list that is read, in bytes.
const MOST_BYTES: u64 = 1 << 20;

/// The rules of one folder, and those of the folders above it.
pub(super) struct Ignored<'a> {
    folder: PathBuf,
    /// The last one that matches decides.
    rules: Vec<Rule>,
    above: Option<&'a Self>,
}

struct Rule {
    glob: Glob,
    folders_only: bool,
    /// Takes a path in again.
    negated: bool,
}

impl<'a> Ignored<'a> {
    /// The rules of `folder`, below those of `above`.
    pub(super) fn of(folder: &Path, above: Option<&'a Self>) -> Self {
        Self { folder: folder.to_owned(), rules: read(&folder.join(".gitignore")), above }
    }

    /// Those that the repository alone has, for the folder that holds `.git`.
    pub(super) fn of_repository(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), rules: read(&folder.join(".git/info/exclude")), above: None }
    }

    /// Whether git leaves `place` out, which lies below the folder.
    pub(super) fn leaves_out(&self, place: &Path, is_folder: bool) -> bool {
        let rule = place.strip_prefix(&self.folder).ok().and_then(Path::to_str).and_then(|below| {
            self.rules.iter().rev().find(|rule| (is_folder || !rule.folders_only) && rule.glob.matches(below))
        });
        match (rule, self.above) {
            (Some(rule), _) => !rule.negated,
            (None, Some(above)) => above.leaves_out(place, is_folder),
            (None, None) => false,
        }
    }
}

fn read(list: &Path) -> Vec<Rule> {
    if fs::metadata(list).map_or(true, |data| !data.is_file() || data.len() > MOST_BYTES) {
        return Vec::new();
    }
    let bytes = fs::read(list).unwrap_or_default();
    String::from_utf8_lossy(&bytes).lines().filter_map(rule).collect()
}

/// One line of a list.
fn rule(line: &str) -> Option<Rule> {
    let line = line.trim_start_matches('\u{feff}');
    // A space that is escaped belongs to the name.
    let trimmed = line.trim_end_matches([' ', '\t', '\r']);
    let kept = trimmed.len() + usize::from(trimmed.ends_with('\\') && line.len() > trimmed.len());
    let line = line.get(..kept)?;
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    let (negated, pattern) = line.strip_prefix('!').map_or((false, line), |pattern| (true, pattern));
    let (folders_only, pattern) =
        pattern.strip_suffix('/').map_or((false, pattern), |pattern| (true, pattern));
    // Braces mean nothing to git.
    let literal = pattern.replace('{', "[{]").replace('}', "[}]");
    let glob = match literal.strip_prefix('/') {
        Some(from_here) => from_here.to_owned(),
        None if literal.contains('/') => literal,
        None => format!("**/{literal}"),
    };
    Some(Rule { glob: Glob::new(&glob).ok()?, folders_only, negated })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_out(list: &str, path: &str, is_folder: bool) -> bool {
        let rules = list.lines().filter_map(rule).collect();
        Ignored { folder: PathBuf::from("/r"), rules, above: None }
            .leaves_out(&Path::new("/r").join(path), is_folder)
    }

    #[test]
    fn the_last_rule_that_matches_decides() {
        let list = "# build\n*.log\n!keep.log\n/out\ntarget/\ndocs/*.html\n**/cache\na\\ \\#{1}\n";
        for path in ["x.log", "a/b/x.log", "out", "docs/i.html", "a/cache", "cache", "a/a #{1}"] {
            assert!(left_out(list, path, false), "{path}");
        }
        for path in ["keep.log", "a/keep.log", "a/out", "target", "a/docs/i.html", "docs/a/i.html", "# build"]
        {
            assert!(!left_out(list, path, false), "{path}");
        }
        assert!(left_out(list, "a/target", true));
    }

    #[test]
    fn a_folders_own_list_goes_before_those_above_it() {
        let all = |folder: &str, list: &str, above| Ignored {
            folder: PathBuf::from(folder),
            rules: list.lines().filter_map(rule).collect(),
            above,
        };
        let root = all("/r", "*.log\n", None);
        let below = all("/r/a", "!b.log\n/c\n", Some(&root));
        assert!(!below.leaves_out(Path::new("/r/a/b.log"), false));
        assert!(below.leaves_out(Path::new("/r/a/x/d.log"), false));
        assert!(
            below.leaves_out(Path::new("/r/a/c"), false) && !below.leaves_out(Path::new("/r/a/x/c"), false)
        );
    }
}
