//! Walks a diff line by line, file by file.

use super::error::{DiffError, DiffProblem, beginning};
use super::hunk::Hunk;
use super::paths::{self, Sides};
use crate::model::diff::{Diff, FileChange};

/// Reads a unified diff of any number of files. An empty text is a change of nothing.
pub fn parse(text: &str) -> Result<Diff, DiffError> {
    let mut reader = Reader::default();
    // Not `lines()`: that takes the `\r` away, and only a header may lose it.
    let mut lines = (1..).zip(text.strip_suffix('\n').unwrap_or(text).split('\n')).peekable();
    while let Some((number, line)) = lines.next() {
        let next = lines.peek().map_or("", |(_, next)| *next);
        reader.line(line, next).map_err(|problem| DiffError { line: number, problem })?;
    }
    let end = text.lines().count() as u64;
    reader.finish(text).map_err(|problem| DiffError { line: end.max(1), problem })
}

/// Adds the hunks of one file, as a forge hands them out without any header, to `change`.
pub fn add_hunks(change: &mut FileChange, patch: &str) -> Result<(), DiffError> {
    let (mut hunk, mut last) = (Hunk::default(), 1);
    for (number, line) in (1..).zip(patch.lines()) {
        let at = |problem| DiffError { line: number, problem };
        if hunk.is_open() || line.starts_with('\\') {
            hunk.line(line, change).map_err(at)?;
        } else {
            hunk = Hunk::begin(line).map_err(at)?;
        }
        last = number;
    }
    if hunk.is_open() {
        return Err(DiffError { line: last, problem: hunk.cut_short() });
    }
    Ok(())
}

/// The file that is being read.
#[derive(Default)]
struct Current {
    sides: Sides,
    change: FileChange,
    is_copy: bool,
    /// A `diff --git` line began it, and its `---` and `+++` lines did not come yet.
    awaits_contents: bool,
    hunk: Hunk,
}

#[derive(Default)]
struct Reader {
    diff: Diff,
    current: Option<Current>,
}

impl Reader {
    fn line(&mut self, line: &str, next: &str) -> Result<(), DiffProblem> {
        if let Some(current) = self.current.as_mut().filter(|current| current.hunk.is_open()) {
            return current.hunk.line(line, &mut current.change);
        }
        if let Some(rest) = line.strip_prefix("diff --git ") {
            let sides = paths::git_sides(rest).unwrap_or_default();
            return self.begin(Current { sides, awaits_contents: true, ..Current::default() });
        }
        if line.starts_with("diff --cc ") || line.starts_with("diff --combined ") {
            return Err(DiffProblem::Combined);
        }
        if let (Some(old), Some(new)) = (line.strip_prefix("--- "), next.strip_prefix("+++ ")) {
            return self.begin_contents(paths::plain_sides(old, new));
        }
        if line.starts_with("@@ -") {
            let current = self.current.as_mut().ok_or(DiffProblem::HunkWithoutFile)?;
            current.hunk = Hunk::begin(line)?;
        } else if let Some(current) = &mut self.current {
            current.extended_header(line);
        }
        Ok(())
    }

    /// `---` and `+++`: the contents of the file that a `diff --git` line began, or a new file of a plain diff.
    fn begin_contents(&mut self, sides: Sides) -> Result<(), DiffProblem> {
        match &mut self.current {
            Some(current) if current.awaits_contents => {
                current.awaits_contents = false;
                // What the git lines said comes first: there, a prefix is told from a folder named `a`.
                let known = std::mem::take(&mut current.sides);
                current.sides.old = sides.old.map(|old| known.old.unwrap_or(old));
                current.sides.new = sides.new.map(|new| known.new.unwrap_or(new));
                Ok(())
            }
            _ => self.begin(Current { sides, ..Current::default() }),
        }
    }

    fn begin(&mut self, next: Current) -> Result<(), DiffProblem> {
        self.current.replace(next).map_or(Ok(()), |done| self.keep(done))
    }

    /// Files one change by its path at the head.
    fn keep(&mut self, done: Current) -> Result<(), DiffProblem> {
        let Some((path, change)) = done.into_change() else { return Ok(()) };
        let Some(first) = self.diff.files.remove(&path) else {
            self.diff.files.insert(path, change);
            return Ok(());
        };
        // A file that becomes a link is written as deleted and as new.
        if first.deleted == change.deleted {
            return Err(DiffProblem::FileTwice(path));
        }
        let (gone, new) = if first.deleted { (first, change) } else { (change, first) };
        self.diff.files.insert(path, FileChange { removed: gone.removed, ..new });
        Ok(())
    }

    fn finish(mut self, text: &str) -> Result<Diff, DiffProblem> {
        match self.current.take() {
            Some(last) if last.hunk.is_open() => return Err(last.hunk.cut_short()),
            Some(last) => self.keep(last)?,
            None if text.trim().is_empty() => {}
            None => {
                return Err(DiffProblem::NotADiff(beginning(text.trim_start().lines().next().unwrap_or(""))));
            }
        }
        Ok(self.diff)
    }
}

impl Current {
    /// The lines of a git diff between `diff --git` and `---`.
    fn extended_header(&mut self, line: &str) {
        if let Some(from) = line.strip_prefix("rename from ") {
            let from = paths::path(from);
            self.change.renamed_from = Some(from.clone());
            self.sides.old = Some(from);
        } else if let Some(from) = line.strip_prefix("copy from ") {
            self.is_copy = true;
            self.sides.old = Some(paths::path(from));
        } else if let Some(to) = line.strip_prefix("rename to ").or_else(|| line.strip_prefix("copy to ")) {
            self.sides.new = Some(paths::path(to));
        } else if line.starts_with("deleted file mode ") {
            self.change.deleted = true;
        }
    }

    fn into_change(self) -> Option<(String, FileChange)> {
        let Self { sides, mut change, is_copy, .. } = self;
        change.deleted |= sides.new.is_none();
        if is_copy {
            // Those lines were removed from the copy only; the original still has them.
            change.removed.clear();
        }
        let path = if change.deleted { sides.old.or(sides.new) } else { sides.new };
        path.map(|path| (path, change))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `path: +added -removed`, one line per file.
    fn shown(diff: &Diff) -> String {
        let file = |(path, change): (&String, &FileChange)| {
            let from = change.renamed_from.as_ref().map(|from| format!(" from {from}")).unwrap_or_default();
            let gone = if change.deleted { " deleted" } else { "" };
            format!("{path}{from}{gone}: +{:?} -{:?}\n", change.added, change.removed)
        };
        diff.files.iter().map(file).collect()
    }

    const GIT: &str = include_str!("../../../../tests/fixtures/coverage/diff/git-2.47-everything.diff");
    const GNU: &str =
        include_str!("../../../../tests/fixtures/coverage/diff/gnu-diffutils-3.8-recursive.diff");

    #[test]
    fn a_git_diff_of_every_kind_of_change() {
        insta::assert_snapshot!(shown(&parse(GIT).unwrap()), @r#"
        a/b.txt: +[1, 2] -[1, 2, 3]
        bin.dat: +[] -[]
        copy.txt: +[16] -[]
        emp ty.txt: +[] -[]
        fresh.txt from gone.txt: +[] -[5]
        kaffee"é.txt from café.txt: +[5] -[5]
        link: +[1] -[1]
        mode.sh: +[] -[]
        new.txt from old.txt: +[1] -[1]
        noeol.txt: +[2, 3] -[2]
        nothing.txt from empty.txt: +[] -[]
        plain.txt: +[3, 15] -[3, 10]
        src.txt: +[1] -[1]
        with space.txt: +[3] -[]
        "#);
    }

    #[test]
    fn a_plain_diff_with_timestamps() {
        insta::assert_snapshot!(shown(&parse(GNU).unwrap()), @"
        d2/left.txt: +[] -[1, 2]
        d2/one.txt: +[5] -[5]
        d2/right.txt: +[1, 2, 3] -[]
        d2/sp ace.txt: +[4] -[]
        ");
    }

    #[test]
    fn windows_line_ends_change_nothing() {
        assert_eq!(parse(&GIT.replace('\n', "\r\n")), parse(GIT));
    }

    #[test]
    fn a_forges_hunks_equal_those_of_the_whole_diff() {
        let whole = parse(GIT).unwrap();
        let patch = GIT.split("diff --git").find(|file| file.contains("b/plain.txt")).unwrap();
        let hunks = patch.find("@@").and_then(|at| patch.get(at..)).unwrap();
        let mut change = FileChange::default();
        add_hunks(&mut change, hunks.trim_end()).unwrap();
        assert_eq!(&change, &whole.files["plain.txt"]);
    }

    #[test]
    fn an_empty_diff_changes_nothing() {
        assert_eq!(parse(""), Ok(Diff::default()));
        assert_eq!(parse("\r\n"), Ok(Diff::default()));
    }

    #[test]
    fn a_prefix_is_told_from_a_folder() {
        let diff = "diff --git b/x.c b/x.c\n--- b/x.c\n+++ b/x.c\n@@ -0,0 +1 @@\n+new\n";
        assert_eq!(shown(&parse(diff).unwrap()), "b/x.c: +[1] -[]\n");
    }

    #[test]
    fn broken_diffs_name_the_line() {
        for (diff, message) in [
            ("<html>\n", "line 1: no diff begins in this text, which starts with `<html>`"),
            ("@@ -1 +1 @@\n", "line 1: a hunk begins, but no file was named before it"),
            (
                "--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n one\n+two\n",
                "line 5: the text ends inside a hunk: 1 old and 1 new lines are missing",
            ),
            (
                "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n one\n+two\n+three\n",
                "line 6: `+three` stands inside a hunk, whose lines start with a blank, `+`, `-` or `\\`",
            ),
            (
                "--- a/x\n+++ b/x\n@@ -1,2 +4294967295,9 @@\n",
                "line 3: `@@ -1,2 +4294967295,9 @@` is not a hunk header such as `@@ -1,4 +1,5 @@`",
            ),
            ("diff --cc x\n", "line 1: a combined diff of a merge commit cannot be read"),
            (
                "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-1\n+2\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-2\n+3\n",
                "line 10: `x` is changed twice",
            ),
        ] {
            let error = parse(diff).unwrap_err();
            assert_eq!(error.to_string(), format!("reading the diff: {message}"));
            assert!(!error.help().is_empty());
        }
        let mut change = FileChange::default();
        assert_eq!(add_hunks(&mut change, "not a hunk").unwrap_err().line, 1);
        assert_eq!(add_hunks(&mut change, "@@ -1 +1 @@\n-a").unwrap_err().line, 2);
    }
}
