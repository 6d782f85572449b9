//! The markers in the comments of a checkout.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::evidence::todos::{ATTRIBUTES, MOST_BYTES, Rules, markers};
use crate::model::order;
use crate::model::todos::{Todo, TodoReport};
use crate::platform::files::{self, Seen};
use crate::policy::Policy;

/// Most markers that are looked at.
const MOST: usize = 100_000;

/// How much is read before the answer is that nobody knows.
struct Limits {
    files: usize,
    bytes: u64,
}

/// Where no check counts markers, their section may take about a second and no more.
const UNASKED: Limits = Limits { files: 50_000, bytes: 512 << 20 };
/// Where one does, all of the checkout is read.
const ASKED: Limits = Limits { files: files::MOST_LISTED, bytes: u64::MAX };

/// The markers in the files of `workdir`; nothing when it is no checkout, whose files nobody has to read then. A checkout
/// that is too large to be read for a section alone is a problem of the report, and never a number.
pub(super) fn of_checkout(workdir: &Path, policy: &Policy) -> Option<TodoReport> {
    let limits = if policy.counts_todos() { ASKED } else { UNASKED };
    files::is_checkout(workdir).then(|| within(&limits, workdir))
}

fn within(limits: &Limits, workdir: &Path) -> TodoReport {
    let attributes = files::read_text_within(&workdir.join(ATTRIBUTES), MOST_BYTES).unwrap_or_default();
    let rules = Rules::new(&attributes);
    let mut paths = files::tree(workdir);
    if paths.len() >= files::MOST_LISTED {
        return unknown(format!("the checkout has {} files or more", files::MOST_LISTED));
    }
    paths.retain(|path| rules.wants(path));
    if paths.len() > limits.files {
        return unknown(format!(
            "no check counts them, and more than {} files would have to be read",
            limits.files
        ));
    }
    let search = Mutex::new(Search::default());
    files::visit(workdir, &paths, MOST_BYTES, &|path, seen| {
        let found = match seen {
            Seen::Whole(text) => markers(path, text, MOST + 1),
            Seen::TooLarge | Seen::Unreadable => Vec::new(),
        };
        let mut search = search.lock().unwrap_or_else(PoisonError::into_inner);
        search.add(seen, found);
        if search.bytes > limits.bytes { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let search = search.into_inner().unwrap_or_else(PoisonError::into_inner);
    if search.bytes > limits.bytes {
        let mebibytes = limits.bytes >> 20;
        return unknown(format!("no check counts them, and more than {mebibytes} MiB would have to be read"));
    }
    search.settled()
}

fn unknown(problem: String) -> TodoReport {
    TodoReport { problem: Some(problem), ..TodoReport::default() }
}

/// What was found so far.
#[derive(Default)]
struct Search {
    report: TodoReport,
    unreadable: u64,
    bytes: u64,
}

impl Search {
    fn add(&mut self, seen: Seen<'_>, found: Vec<Todo>) {
        match seen {
            Seen::Whole(text) => {
                self.report.files += 1;
                self.bytes += text.len() as u64;
            }
            Seen::TooLarge => self.report.too_large += 1,
            Seen::Unreadable => self.unreadable += 1,
        }
        let room = (MOST + 1).saturating_sub(self.report.todos.len());
        self.report.todos.extend(found.into_iter().take(room));
    }

    fn settled(self) -> TodoReport {
        let Self { mut report, unreadable, .. } = self;
        order::sort(&mut report.todos);
        if report.todos.len() > MOST {
            report.todos.clear();
            report.problem = Some(format!("there are more than {MOST} markers"));
        } else if unreadable > 0 {
            report.problem = Some(format!("{unreadable} of the checkout's files could not be read"));
        }
        report
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests need files")]
mod tests {
    use std::fs;

    use super::*;

    /// `path:line` of each marker, the path as a string literal.
    fn places(report: &TodoReport) -> Vec<String> {
        report.todos.iter().map(|todo| format!("{:?}:{}", todo.path, todo.line)).collect()
    }

    #[test]
    fn tracked_files_of_a_checkout_are_looked_at_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &[u8]| {
            let place = folder.path().join(path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, text).unwrap();
        };
        write(".git/hook.sh", b"# TODO");
        write(".gitignore", b"build/\n");
        write(".gitattributes", b"api/** linguist-generated\n");
        for path in ["build/a.c", "api/a.c", "vendor/a.c", "src/a.c"] {
            write(path, b"// TODO: x\n");
        }
        write("src/new\nline \u{1b}.py", b"x = 1\n# FIXME \xff");
        fs::File::create(folder.path().join("huge.js")).unwrap().set_len(200_000_000).unwrap();
        fs::write(outside.path().join("b.c"), "// TODO").unwrap();
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outside.path(), folder.path().join("out")).unwrap();
            std::os::unix::fs::symlink(outside.path().join("b.c"), folder.path().join("b.c")).unwrap();
        }
        let policy = crate::policy::defaults::policy();
        let report = of_checkout(folder.path(), &policy).unwrap();
        assert_eq!(places(&report), [r#""src/a.c":1"#, r#""src/new\nline \u{1b}.py":2"#]);
        assert_eq!((report.files, report.too_large, report.problem.as_deref()), (2, 1, None));
        assert_eq!(
            of_checkout(&folder.path().join("src"), &policy).unwrap().todos.len(),
            2,
            "a part of a checkout is one"
        );
        assert!(of_checkout(outside.path(), &policy).is_none());
    }

    #[test]
    fn what_is_too_much_for_a_section_alone_is_no_number() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.c", "b.c", "c.txt"] {
            fs::write(folder.path().join(name), "// TODO: x\n").unwrap();
        }
        let found = |files, bytes| {
            let report = within(&Limits { files, bytes }, folder.path());
            (report.todos.len(), report.files, report.problem)
        };
        assert_eq!(found(2, 22), (2, 2, None));
        let unknown = |problem: &str| (0, 0, Some(problem.to_owned()));
        let files = "no check counts them, and more than 1 files would have to be read";
        assert_eq!(found(1, 22), unknown(files));
        assert_eq!(found(2, 21), unknown("no check counts them, and more than 0 MiB would have to be read"));
    }

    #[test]
    fn more_markers_than_anybody_can_read_are_no_number() {
        let todo = Todo { path: "a".into(), line: 1, text: "XXX".into(), tracked: false };
        let search = |todos: usize, unreadable| {
            let todos = vec![todo.clone(); todos];
            Search { report: TodoReport { todos, ..TodoReport::default() }, unreadable, bytes: 0 }.settled()
        };
        let many = search(MOST + 1, 0);
        assert_eq!(
            (many.todos.len(), many.problem.as_deref()),
            (0, Some("there are more than 100000 markers"))
        );
        let unread = search(1, 2);
        assert_eq!(unread.problem.as_deref(), Some("2 of the checkout's files could not be read"));
    }
}
