//! Which files the judged commit has: those of the checkout, or where there is none, those that GitHub lists.

use std::collections::BTreeSet;
use std::path::PathBuf;

/// The files of the judged commit, as far as they are known.
pub(super) enum Repository {
    /// Checked out below this folder.
    Checkout(PathBuf),
    /// Known by name alone.
    Listed(BTreeSet<String>),
}

impl Repository {
    /// Whether `path` is one of them; never one outside of it.
    pub(super) fn holds(&self, path: &str) -> bool {
        let inside = !path.starts_with('/') && !path.split('/').any(|part| part == "..");
        match self {
            Self::Checkout(folder) => inside && folder.join(path).is_file(),
            Self::Listed(paths) => inside && paths.contains(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test needs a file")]
    fn files_outside_are_never_held() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.py"), "").unwrap();
        let paths = ["a.py", "../a.py", "/etc/passwd", "x/../a.py"];
        let listed = Repository::Listed(paths.map(str::to_owned).into());
        for repository in [Repository::Checkout(folder.path().to_path_buf()), listed] {
            assert!(repository.holds("a.py") && !repository.holds("b.py"));
            for wrong in paths.iter().skip(1) {
                assert!(!repository.holds(wrong), "{wrong}");
            }
        }
    }
}
