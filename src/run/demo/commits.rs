//! The sample's commits with what their CI runs left behind.

use anyhow::Context;

use crate::model::commit::{Branch, Head, Sha};

/// A file of a CI run: its path below the checkout and its bytes.
pub(super) type Artifact = (&'static str, &'static [u8]);

/// One commit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Commit {
    /// As in `commits.txt`.
    name: &'static str,
    branch: &'static str,
    /// What its CI run left behind.
    pub(super) artifacts: &'static [Artifact],
}

macro_rules! artifacts {
    ($state:literal: $($file:literal),+) => {
        &[$((
            concat!("reports/", $file),
            include_bytes!(concat!("../../../demo/evidence/", $state, "/", $file)),
        )),+]
    };
}

/// The main branch, oldest first.
pub(super) const MAIN: [Commit; 5] = [
    Commit { name: "1", branch: "main", artifacts: artifacts!("1": "coverage.xml", "pytest.xml") },
    Commit { name: "2", branch: "main", artifacts: artifacts!("2": "coverage.xml", "pytest.xml") },
    Commit { name: "3", branch: "main", artifacts: artifacts!("3": "coverage.xml", "e2e.xml", "pytest.xml") },
    Commit {
        name: "4",
        branch: "main",
        artifacts: artifacts!("4": "coverage.xml", "e2e.xml", "pytest.xml", "readiness.metrics.json"),
    },
    Commit {
        name: "5",
        branch: "main",
        artifacts: artifacts!("5": "coverage.xml", "e2e.xml", "pytest.xml", "readiness.metrics.json"),
    },
];

/// The head of the pull request.
pub(super) const PULL_REQUEST: Commit = Commit {
    name: "pull-request",
    branch: "discounts",
    artifacts: artifacts!("pull-request": "coverage.xml", "e2e.xml", "pytest.xml", "readiness.metrics.json"),
};

/// What the pull request changes.
pub(super) const DIFF: &str = include_str!("../../../demo/changes/pull-request.diff");
/// The sample's policy.
pub(super) const POLICY: &str = include_str!("../../../demo/project/readiness.yml");
/// The sample's files, one path per line.
pub(super) const FILES: &str = include_str!("../../../demo/evidence/files.txt");

/// One line per commit: name, object name, time.
const COMMITS: &str = include_str!("../../../demo/evidence/commits.txt");

impl Commit {
    /// The commit as reports name it.
    pub(super) fn head(&self) -> anyhow::Result<Head> {
        let (sha, _) = self.recorded()?;
        Ok(Head { sha: Sha(sha.to_owned()), branch: Some(Branch(self.branch.to_owned())) })
    }

    /// When its CI run ended.
    pub(super) fn time(&self) -> anyhow::Result<jiff::Timestamp> {
        let (_, time) = self.recorded()?;
        time.parse().with_context(|| format!("`demo/evidence/commits.txt`: `{time}` is not a time"))
    }

    fn recorded(&self) -> anyhow::Result<(&'static str, &'static str)> {
        let of_line = |line: &'static str| line.strip_prefix(self.name)?.strip_prefix(' ')?.split_once(' ');
        COMMITS
            .lines()
            .find_map(of_line)
            .with_context(|| format!("`demo/evidence/commits.txt` has no commit `{}`", self.name))
    }
}
