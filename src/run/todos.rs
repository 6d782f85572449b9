//! The markers in the comments of a checkout.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::evidence::todos::{ATTRIBUTES, MOST_BYTES, Rules, markers};
use crate::model::order;
use crate::model::todos::TodoReport;
use crate::platform::files::{self, Seen};

/// Most markers that are looked at.
const MOST: usize = 100_000;

/// The markers in the files of `workdir`; nothing when it is no checkout, whose files nobody has to read then.
pub(super) fn of_checkout(workdir: &Path) -> Option<TodoReport> {
    if !files::is_checkout(workdir) {
        return None;
    }
    let rules =
        Rules::new(&files::read_text_within(&workdir.join(ATTRIBUTES), MOST_BYTES).unwrap_or_default());
    let mut paths = files::tree(workdir);
    paths.retain(|path| rules.wants(path));
    let shared = Mutex::new((TodoReport::default(), 0_u64));
    files::visit(workdir, &paths, MOST_BYTES, &|path, seen| {
        let found = match seen {
            Seen::Whole(text) => markers(path, text, MOST + 1),
            _ => Vec::new(),
        };
        let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
        let (report, unreadable) = &mut *shared;
        match seen {
            Seen::Whole(_) => report.files += 1,
            Seen::TooLarge => report.too_large += 1,
            Seen::Unreadable => *unreadable += 1,
        }
        let room = (MOST + 1).saturating_sub(report.todos.len());
        report.todos.extend(found.into_iter().take(room));
    });
    let (report, unreadable) = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
    Some(settled(report, unreadable))
}

fn settled(mut report: TodoReport, unreadable: u64) -> TodoReport {
    order::sort(&mut report.todos);
    if report.todos.len() > MOST {
        report.todos.clear();
        report.problem = Some(format!("there are more than {MOST} markers"));
    } else if unreadable > 0 {
        report.problem = Some(format!("{unreadable} of the checkout's files could not be read"));
    }
    report
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
        let report = of_checkout(folder.path()).unwrap();
        assert_eq!(places(&report), [r#""src/a.c":1"#, r#""src/new\nline \u{1b}.py":2"#]);
        assert_eq!((report.files, report.too_large, report.problem.as_deref()), (2, 1, None));
        assert_eq!(
            of_checkout(&folder.path().join("src")).unwrap().todos.len(),
            2,
            "a part of a checkout is one"
        );
        assert!(of_checkout(outside.path()).is_none());
    }

    #[test]
    fn more_markers_than_anybody_can_read_are_no_number() {
        let todo =
            crate::model::todos::Todo { path: "a".into(), line: 1, text: "XXX".into(), tracked: false };
        let many = TodoReport { todos: vec![todo; MOST + 1], ..TodoReport::default() };
        let report = settled(many.clone(), 0);
        assert_eq!(
            (report.todos.len(), report.problem.as_deref()),
            (0, Some("there are more than 100000 markers"))
        );
        let unread = settled(
            TodoReport { todos: many.todos.into_iter().take(1).collect(), ..TodoReport::default() },
            2,
        );
        assert_eq!(unread.problem.as_deref(), Some("2 of the checkout's files could not be read"));
    }
}
