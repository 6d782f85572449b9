//! Keys that do not go together.

use super::Issue;
use crate::policy::error::Problem;
use crate::policy::locate::Path;
use crate::policy::raw::RawCheck;

/// The keys that select, each with whether it is there.
pub(super) fn selecting_keys(raw: &RawCheck) -> [(&'static str, bool); 6] {
    [
        ("suites", raw.suites.is_some()),
        ("classes", raw.classes.is_some()),
        ("files", raw.files.is_some()),
        ("paths", raw.paths.is_some()),
        ("tools", raw.tools.is_some()),
        ("rules", raw.rules.is_some()),
    ]
}

/// An error at the first key that is present.
pub(super) fn misplaced(keys: &[(&str, bool)], why: &str, path: &Path) -> Result<(), Issue> {
    let Some((key, _)) = keys.iter().find(|(_, present)| *present) else { return Ok(()) };
    let problem = Problem::Contradiction {
        message: format!("`{key}` {why}"),
        way_out: format!("remove `{key}`").into(),
    };
    Err(Issue::key(&path.key(key), problem))
}
