//! What a stream says about one test point: comments behind it, and a block of YAML.

use crate::evidence::json::scaled;

const MILLISECOND: u64 = 1_000_000;
/// How much is kept to look for a stack trace in, in bytes.
const LONGEST_TRACE: usize = 16 << 10;

/// What is known of one point besides its own line.
#[derive(Debug, Default)]
pub(super) struct Diagnostics {
    pub(super) message: Option<String>,
    /// Nanoseconds.
    pub(super) duration: Option<u64>,
    pub(super) file: Option<String>,
    pub(super) line: Option<u32>,
    /// All lines, for the frames of a stack in them.
    pub(super) trace: String,
    /// The message stands on the next line.
    message_follows: bool,
}

impl Diagnostics {
    /// A comment right behind the point.
    pub(super) fn comment(&mut self, comment: &str) {
        if comment.is_empty() || is_total(comment) {
            return;
        }
        self.remember(comment);
        self.message.get_or_insert_with(|| comment.to_owned());
    }

    /// A line of the block of YAML, without its indentation.
    pub(super) fn yaml(&mut self, content: &str) {
        self.remember(content);
        if self.message_follows && !content.is_empty() {
            self.message = Some(content.to_owned());
            self.message_follows = false;
        } else if let Some((key, value)) = content.split_once(':') {
            self.entry(key, value.trim());
        }
    }

    /// The block ends.
    pub(super) fn end_yaml(&mut self) {
        self.message_follows = false;
    }

    fn entry(&mut self, key: &str, value: &str) {
        let text = value.trim_matches(['"', '\'']);
        match key {
            "duration_ms" => self.duration = scaled(value, MILLISECOND).or(self.duration),
            "message" | "error" if self.message.is_none() => {
                self.message_follows = matches!(value, "|" | "|-" | "|+" | ">" | ">-" | ">+");
                self.message = Some(text.to_owned()).filter(|text| !self.message_follows && !text.is_empty());
            }
            "file" if self.file.is_none() && !text.is_empty() => self.file = Some(text.to_owned()),
            "line" => self.line = self.line.or(text.parse().ok()),
            _ => {}
        }
    }

    fn remember(&mut self, line: &str) {
        if self.trace.len() + line.len() < LONGEST_TRACE {
            self.trace.push_str(line);
            self.trace.push('\n');
        }
    }
}

/// `tests 4`, `pass 2`: totals that many tools write as comments.
fn is_total(comment: &str) -> bool {
    let number = comment.split_once(' ').map(|(_, number)| number.trim());
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}
