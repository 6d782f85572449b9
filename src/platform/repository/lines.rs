//! Lines: which of them a change adds and removes.

use gix_imara_diff::{Algorithm, Diff, InternedInput};

/// Git looks for a zero byte no further.
const BINARY_WITHIN: usize = 8000;

/// A line without its ending: `\r\n` and `\n` are the same, an end of the file without any is not.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Line<'a> {
    text: &'a [u8],
    is_ended: bool,
}

impl AsRef<[u8]> for Line<'_> {
    fn as_ref(&self) -> &[u8] {
        self.text
    }
}

/// The lines of a content.
pub(super) fn of(content: &[u8]) -> impl Iterator<Item = Line<'_>> {
    content.split_inclusive(|byte| *byte == b'\n').map(|line| match line.strip_suffix(b"\n") {
        Some(line) => Line { text: line.strip_suffix(b"\r").unwrap_or(line), is_ended: true },
        None => Line { text: line, is_ended: false },
    })
}

/// All line numbers of a content.
pub(super) fn numbers(content: &[u8]) -> Vec<u32> {
    (1..).zip(of(content)).map(|(number, _)| number).collect()
}

/// Whether no lines are to be seen in a content: a binary file, or the pointer to one that Git LFS keeps elsewhere.
pub(super) fn has_none(content: &[u8]) -> bool {
    let begin = content.get(..BINARY_WITHIN).unwrap_or(content);
    memchr::memchr(0, begin).is_some() || content.starts_with(b"version https://git-lfs.github.com/spec/")
}

/// The numbers of the lines that are removed from `old` and added to `new`.
pub(super) fn changed(old: &[u8], new: &[u8]) -> (Vec<u32>, Vec<u32>) {
    let mut input = InternedInput::default();
    input.update_before(of(old));
    input.update_after(of(new));
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    diff.postprocess_lines(&input);
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for hunk in diff.hunks() {
        removed.extend(hunk.before.map(|line| line + 1));
        added.extend(hunk.after.map(|line| line + 1));
    }
    (removed, added)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_are_numbered_from_one_on_both_sides() {
        assert_eq!(changed(b"a\nb\nc\n", b"a\nB\nB2\nc\nd\n"), (vec![2], vec![2, 3, 5]));
        assert_eq!(changed(b"", b"a\nb"), (vec![], vec![1, 2]));
        assert_eq!(changed(b"a\nb\n", b""), (vec![1, 2], vec![]));
    }

    #[test]
    fn line_endings_are_no_change_and_a_missing_last_one_is() {
        assert_eq!(changed(b"a\r\nb\r\n", b"a\nb\n"), (vec![], vec![]));
        assert_eq!(changed(b"a\r\nb\r\n", b"a\nb\nc\n"), (vec![], vec![3]));
        assert_eq!(changed(b"a\nb", b"a\nb\n"), (vec![2], vec![2]));
    }

    proptest! {
        #[test]
        fn the_old_lines_with_the_change_are_the_new_ones(
            old in "([abc]{0,1}\r?\n){0,12}[ab]{0,1}", new in "([abc]{0,1}\r?\n){0,12}[ab]{0,1}",
        ) {
            let (old, new) = (old.as_bytes(), new.as_bytes());
            let (removed, added) = changed(old, new);
            let kept = |content, out: &[u32]| -> Vec<Vec<u8>> {
                let lines = (1..).zip(of(content)).filter(|(number, _)| out.binary_search(number).is_err());
                lines.map(|(_, line)| [line.text, &[u8::from(line.is_ended)]].concat()).collect()
            };
            prop_assert!(removed.is_sorted_by(|a, b| a < b) && added.is_sorted_by(|a, b| a < b));
            prop_assert_eq!(kept(old, &removed), kept(new, &added));
        }
    }
}
