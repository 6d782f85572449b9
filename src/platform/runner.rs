//! What a step says to the runner through its command files.
//!
//! Forms: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>.

use std::fs::OpenOptions;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, Write as _};
use std::path::Path;

/// The runner drops summaries that are larger.
const SUMMARY_MAX: usize = 1024 * 1024;

/// Adds `name` with `value` to the file of `GITHUB_OUTPUT`.
pub fn add_output(file: &Path, name: &str, value: &str) -> io::Result<()> {
    append(file, &output_entry(name, value, &delimiter()))
}

/// Adds Markdown to the file of `GITHUB_STEP_SUMMARY`; what does not fit is left out, with a word about it.
pub fn add_summary(file: &Path, markdown: &str) -> io::Result<()> {
    append(file, &fitting(markdown, SUMMARY_MAX - existing(file)))
}

fn existing(file: &Path) -> usize {
    let bytes = std::fs::metadata(file).map_or(0, |metadata| metadata.len());
    usize::try_from(bytes).unwrap_or(SUMMARY_MAX).min(SUMMARY_MAX)
}

fn fitting(markdown: &str, room: usize) -> String {
    const CUT: &str = "\n\n*The rest does not fit into the job summary.*\n";
    if markdown.len() < room {
        return format!("{markdown}\n");
    }
    let end = markdown.floor_char_boundary(room.saturating_sub(CUT.len()));
    let kept = markdown.get(..end).unwrap_or_default();
    // Whole lines: half a table row would be shown as text.
    let kept = kept.rsplit_once('\n').map_or("", |(lines, _rest)| lines);
    if room < CUT.len() { String::new() } else { format!("{kept}{CUT}") }
}

/// A delimiter that the value cannot hold, because it is made up after the value.
fn delimiter() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("readiness_{:016x}{:016x}", random(), random())
}

fn output_entry(name: &str, value: &str, delimiter: &str) -> String {
    format!("{name}<<{delimiter}\n{value}\n{delimiter}\n")
}

fn append(file: &Path, text: &str) -> io::Result<()> {
    OpenOptions::new().create(true).append(true).open(file)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test reads what was written")]
    fn outputs_are_delimited_and_appended() {
        assert_eq!(output_entry("score", "87.4\nx=y", "D"), "score<<D\n87.4\nx=y\nD\n");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("output");
        add_output(&file, "a", "1").unwrap();
        add_output(&file, "b", "2").unwrap();
        let text = std::fs::read_to_string(file).unwrap();
        assert_eq!(text.lines().filter(|line| matches!(*line, "1" | "2")).count(), 2);
        assert_ne!(delimiter(), delimiter());
    }

    #[test]
    fn a_summary_is_cut_at_whole_lines() {
        assert_eq!(fitting("one\ntwo", 100), "one\ntwo\n");
        let long = "| a | b |\n".repeat(50);
        let cut = fitting(&long, 100);
        assert!(cut.len() <= 100 && cut.starts_with("| a | b |\n"), "{cut}");
        assert!(cut.contains("does not fit"), "{cut}");
        assert_eq!(fitting(&long, 10), "");
    }
}
