//! Archives: whatever a zip holds, its entries are read or refused.

use std::path::PathBuf;
use std::sync::LazyLock;

use readiness::evidence::read::read_input;
use readiness::platform::files;

use crate::shown;

/// A folder of this process alone, since several may run at once.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("readiness-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for archives");
    folder
});

/// A file that is called `reports.zip` is opened or refused, and what it holds is shown safely.
pub fn archive(input: &[u8]) {
    std::fs::write(FOLDER.join("reports.zip"), input).expect("room for an archive");
    match files::find(&FOLDER, &["reports.zip".to_owned()], &[]) {
        Ok(found) => shown::assert_shown(files::read_all(found, read_input)),
        Err(error) => shown::assert_printable(&readiness::render::escape::terminal(&error.to_string())),
    }
}
