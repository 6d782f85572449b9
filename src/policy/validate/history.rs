//! What is remembered, and for how long.

use super::{Issue, text};
use crate::policy::locate::Path;
use crate::policy::raw::{OneOrMany, RawHistory};
use crate::policy::{HistoryPolicy, quantity};

/// Days that lines are kept unless the policy says otherwise: a year and a month.
const KEEP_DAYS: u32 = 400;

pub(super) fn history(raw: Option<&RawHistory>, path: &Path) -> Result<HistoryPolicy, Issue> {
    let branches = match raw.and_then(|raw| raw.branches.as_ref()) {
        Some(globs) if globs.texts.is_empty() => {
            let message = "`branches` is empty, so nothing would ever be recorded".to_owned();
            return Err(Issue::contradiction(&path.key("branches"), message, "name at least one branch"));
        }
        Some(globs) => globs.clone(),
        None => OneOrMany { texts: vec!["main".to_owned(), "master".to_owned()], listed: true },
    };
    let keep_days = match raw.and_then(|raw| raw.keep.as_deref()) {
        Some(text) => quantity::days(text)
            .ok_or_else(|| Issue::value(&path.key("keep"), text, "a number of days, such as `400 days`"))?,
        None => KEEP_DAYS,
    };
    Ok(HistoryPolicy { branches: text::selection(Some(&branches), &path.key("branches"))?, keep_days })
}
