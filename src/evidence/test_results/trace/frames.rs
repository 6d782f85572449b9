//! The frames in the text of one failure.

use super::languages::frame;
use super::paths::ending;
use crate::model::tests::Frame;

/// Frames that are kept of one failure.
pub(super) const MAX_FRAMES: usize = 6;
/// How much text of one failure is looked at, in bytes.
pub(super) const MAX_TEXT: usize = 64 << 10;
/// Longest line that is looked at, in bytes.
const MAX_LINE: usize = 1000;
/// Failures of one report whose frames are kept; nobody looks at more places than these.
pub(crate) const MAX_TRACED: u64 = 10_000;

/// Takes the text of a failure in pieces and keeps the frames in it.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    line: String,
    looked_at: usize,
    found: Vec<Frame>,
}

impl Frames {
    /// More text.
    pub(crate) fn push(&mut self, text: &str) {
        let end = text.floor_char_boundary(MAX_TEXT.saturating_sub(self.looked_at));
        self.looked_at += text.len().min(MAX_TEXT);
        for piece in text.get(..end).unwrap_or_default().split_inclusive('\n') {
            let room = piece.floor_char_boundary(MAX_LINE.saturating_sub(self.line.len()));
            self.line.push_str(piece.get(..room).unwrap_or_default());
            if piece.ends_with('\n') {
                self.end_line();
            }
        }
    }

    /// The text ends here: what follows is another one.
    pub(crate) fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let Some(frame) = frame(&line) else { return };
        if self.found.contains(&frame) {
            return;
        }
        if self.found.len() == MAX_FRAMES {
            if !is_python(&frame) {
                return;
            }
            self.found.remove(0);
        }
        self.found.push(frame);
    }

    /// The frames, innermost first.
    pub(crate) fn finish(mut self) -> Vec<Frame> {
        self.end_line();
        if self.found.first().is_some_and(is_python) {
            self.found.reverse();
        }
        self.found
    }
}

/// Python tells the innermost frame last.
fn is_python(frame: &Frame) -> bool {
    ending(&frame.file) == Some("py")
}
