//! Where a file comes from: which job wrote it, and on which try.
//!
//! Jobs of a matrix leave the same cases in several artifacts or folders; the *cell* tells these apart. Tries of one
//! job leave them in the same cell, marked by a number or by the time at which the artifact was made.

use jiff::Timestamp;

/// The job that a file comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The artifact and the folder that the file lies in, without what is different on each try or run; `.` for a
    /// file of the working directory itself.
    pub cell: String,
    /// Which try of the job this is, when a name says so; a higher one is later, and a file without is the first.
    pub attempt: Option<i32>,
    /// When the artifact was made, as its store says. Decides before any number in a name does.
    pub created: Option<Timestamp>,
    /// When the file was last written, as the file system says; says how old it is, never which try is newer.
    pub written: Option<Timestamp>,
}

/// Bazel keeps the tries before the last one in a folder of this name; the last one lies beside it.
const BAZEL_ATTEMPTS: &str = "test_attempts";
/// More tries than anybody makes.
const BEFORE_LAST: i32 = 1000;
/// Words in front of the number of a try.
const ATTEMPT_WORDS: [&str; 2] = ["attempt", "try"];
/// Words in front of the number of a further try; alone they mean the second one.
const RETRY_WORDS: [&str; 2] = ["retry", "rerun"];

impl Origin {
    /// When the evidence was made, as far as anybody says.
    pub fn dated(&self) -> Option<Timestamp> {
        self.created.or(self.written)
    }

    /// The origin of the file `path`, as people see it: `results/py3.12/junit.xml`, `ubuntu.zip!/junit.xml`.
    pub fn of_path(path: &str) -> Self {
        let mut origin = Self::default();
        let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
        let mut is_before_last = false;
        for folder in folders.split('/') {
            is_before_last |= folder == BAZEL_ATTEMPTS;
            let folder = folder.strip_suffix('!').map_or(folder, |archive| stem(archive));
            let name = origin.take_attempt(folder);
            if !name.is_empty() && folder != BAZEL_ATTEMPTS {
                let slash = if origin.cell.is_empty() { "" } else { "/" };
                origin.cell = format!("{}{slash}{name}", origin.cell);
            }
        }
        if origin.cell.is_empty() {
            ".".clone_into(&mut origin.cell);
        }
        origin.take_attempt(stem(file));
        if is_before_last {
            origin.attempt = origin.attempt.map(|number| number.saturating_sub(BEFORE_LAST));
        }
        origin
    }

    /// The origin of the file `path` inside of the artifact `name`, which was made at `created`.
    pub fn of_artifact(name: &str, created: Option<Timestamp>, path: &str) -> Self {
        Self { created, ..Self::of_path(&format!("{}/{path}", name.replace('/', "-"))) }
    }

    /// Remembers the number of the try that `name` tells, and gives the name without it.
    fn take_attempt(&mut self, name: &str) -> String {
        let parts: Vec<&str> = name.split_inclusive(['-', '_', '.', ' ']).collect();
        let mut kept = String::with_capacity(name.len());
        let mut index = 0;
        while let Some(part) = parts.get(index) {
            let word = bare(part);
            let next = parts.get(index + 1).map(|next| bare(next));
            let (attempt, used) = attempt_of(word, next);
            if attempt.is_some() {
                self.attempt = attempt;
            } else if !is_of_one_run(word) {
                kept.push_str(part);
            }
            index += used;
        }
        bare(&kept).to_owned()
    }
}

/// The number of the try that `word` and the word behind it tell, and how many of the two belong to it.
fn attempt_of(word: &str, next: Option<&str>) -> (Option<i32>, usize) {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_one_of = |words: &[&str]| words.iter().any(|known| letters.eq_ignore_ascii_case(known));
    let further = match (is_one_of(&ATTEMPT_WORDS), is_one_of(&RETRY_WORDS)) {
        (true, _) => 0,
        (_, true) => 1,
        _ => return (None, 1),
    };
    let inside = number(word.get(letters.len()..).unwrap_or_default());
    let behind = next.filter(|_| inside.is_none()).and_then(number);
    match (inside, behind) {
        (Some(number), _) => (Some(number + further), 1),
        (_, Some(number)) => (Some(number + further), 2),
        _ if further > 0 && next.is_none() => (Some(2), 1),
        _ => (None, 1),
    }
}

/// A small number and nothing else.
fn number(text: &str) -> Option<i32> {
    let is_small = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_small)
}

/// Ids of runs and commits are others on each run, so they cannot tell a case from the same one before.
fn is_of_one_run(word: &str) -> bool {
    let is_id = word.len() >= 8 && word.bytes().all(|byte| byte.is_ascii_digit());
    is_id || (word.len() == 40 && word.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn bare(part: &str) -> &str {
    part.trim_end_matches(['-', '_', '.', ' '])
}

/// A file name without its last ending.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str) -> (String, Option<i32>) {
        let origin = Origin::of_path(path);
        (origin.cell, origin.attempt)
    }

    #[test]
    fn the_cell_is_the_artifact_and_the_folder() {
        for (path, cell) in [
            ("junit.xml", "."),
            ("results/py3.12/junit.xml", "results/py3.12"),
            ("dl/test-ubuntu-24.04.zip!/build/junit.xml", "dl/test-ubuntu-24.04/build"),
            ("retry-logic/target/TEST-a.xml", "retry-logic/target"),
            ("results-1234567890/junit.xml", "results"),
            ("r/0123456789012345678901234567890123456789/a.xml", "r"),
            ("attempts/a.xml", "attempts"),
        ] {
            assert_eq!(of(path), (cell.to_owned(), None), "{path}");
        }
    }

    #[test]
    fn tries_of_one_job_share_their_cell() {
        for (path, cell, attempt) in [
            ("r/attempt-2/junit.xml", "r", 2),
            ("r/ubuntu-attempt-3.zip!/junit.xml", "r/ubuntu", 3),
            ("r/ubuntu_try2/junit.xml", "r/ubuntu", 2),
            ("r/junit-retry-1.xml", "r", 2),
            ("r/rerun/junit.xml", "r", 2),
            ("r/junit.attempt_2.xml", "r", 2),
            ("pkg/a_test/test_attempts/attempt_1.xml", "pkg/a_test", 1 - BEFORE_LAST),
        ] {
            assert_eq!(of(path), (cell.to_owned(), Some(attempt)), "{path}");
        }
    }

    #[test]
    fn an_artifact_is_the_outermost_folder() {
        let created = "2026-01-02T03:04:05Z".parse().ok();
        let origin = Origin::of_artifact("tests (ubuntu/3.12)", created, "out/junit.xml");
        assert_eq!((origin.cell.as_str(), origin.created), ("tests (ubuntu-3.12)/out", created));
    }
}
