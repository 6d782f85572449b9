//! `docs/formats.md` lists what can be read.

use anyhow::{Result, ensure};
use readiness::evidence::detect;

use crate::common::repository_file;

#[test]
fn every_format_has_its_line_in_the_documentation() -> Result<()> {
    let page = repository_file("docs/formats.md")?;
    for format in detect::all() {
        ensure!(page.contains(&format!("| `{}` |", format.name)), "docs/formats.md lacks `{}`", format.name);
    }
    Ok(())
}
