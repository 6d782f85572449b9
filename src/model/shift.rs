//! Where lines of the base stand on the head.

use std::iter::Peekable;
use std::slice::Iter;

use super::diff::FileChange;

/// Follows lines of one file through its change. Asked in ascending order, so that each list is walked once.
#[derive(Debug)]
pub struct HeadLines<'a> {
    added: Peekable<Iter<'a, u32>>,
    removed: Peekable<Iter<'a, u32>>,
    lines_added: u32,
    lines_removed: u32,
}

impl<'a> HeadLines<'a> {
    /// Begins at the first line.
    pub fn new(change: &'a FileChange) -> Self {
        Self {
            added: change.added.iter().peekable(),
            removed: change.removed.iter().peekable(),
            lines_added: 0,
            lines_removed: 0,
        }
    }

    /// The line of the head that was `line` on the base, if the change left it in place.
    pub fn of_base(&mut self, line: u32) -> Option<u32> {
        while self.removed.next_if(|removed| **removed < line).is_some() {
            self.lines_removed += 1;
        }
        if self.removed.peek() == Some(&&line) {
            return None;
        }
        let kept = line.checked_sub(self.lines_removed)?;
        while self.added.next_if(|added| **added <= kept.saturating_add(self.lines_added)).is_some() {
            self.lines_added += 1;
        }
        kept.checked_add(self.lines_added)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// An edit script over lines with unique content says where each kept line of the base must stand.
        #[test]
        fn kept_lines_are_found_where_they_stand(script in proptest::collection::vec(0..3u8, 0..60)) {
            let (mut old, mut new, mut kept, mut change) = (0, 0, Vec::new(), FileChange::default());
            for step in script {
                old += u32::from(step != 1);
                new += u32::from(step != 2);
                match step {
                    0 => kept.push((old, Some(new))),
                    1 => change.added.push(new),
                    _ => { change.removed.push(old); kept.push((old, None)); }
                }
            }
            let mut lines = HeadLines::new(&change);
            for (base, head) in kept {
                prop_assert_eq!(lines.of_base(base), head);
            }
        }
    }
}
