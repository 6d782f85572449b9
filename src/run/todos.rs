//! The markers in the comments of a checkout.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::evidence::todos::{ATTRIBUTES, MOST_BYTES, Rules, markers};
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
    report.todos.sort();
    if report.todos.len() > MOST {
        report.todos.clear();
        report.problem = Some(format!("there are more than {MOST} markers"));
    } else if unreadable > 0 {
        report.problem = Some(format!("{unreadable} of the checkout's files could not be read"));
    }
    report
}
