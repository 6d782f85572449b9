//! Lines of text, put together.

use crate::render::escape;

use super::style::{Screen, Tone};
use super::table::Table;

/// Text in the making.
pub(super) struct Page {
    text: String,
    screen: Screen,
}

impl Page {
    pub(super) fn new(screen: Screen) -> Self {
        Self { text: String::new(), screen }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    /// A heading with an empty line before it.
    pub(super) fn heading(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.push(&Tone::Strong.paint(&escape::terminal(text), self.screen.color));
    }

    /// A sentence at `indent`, wrapped; foreign text in it is made safe.
    pub(super) fn sentence(&mut self, indent: usize, text: &str, tone: Tone) {
        self.item(indent, "", text, tone);
    }

    /// As [`Self::sentence`], with a `mark` in front of the first line.
    pub(super) fn item(&mut self, indent: usize, mark: &str, text: &str, tone: Tone) {
        let hanging = " ".repeat(indent + mark.chars().count());
        let width = self.screen.columns.saturating_sub(hanging.len()).max(20);
        let safe = escape::terminal(text);
        for (index, line) in wrap(&safe, width).into_iter().enumerate() {
            let painted = tone.paint(line.trim_end(), self.screen.color);
            if index == 0 {
                self.push(&format!("{}{mark}{painted}", " ".repeat(indent)));
            } else {
                self.push(&format!("{hanging}{painted}"));
            }
        }
    }

    pub(super) fn table(&mut self, table: &Table) {
        for line in table.lines(self.screen.color) {
            self.push(&line);
        }
    }

    fn push(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }
}

/// Breaks at spaces; a word longer than a line stays whole.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let Some(line) = lines.last_mut() else { break };
        let length = line.chars().count();
        if length > 0 && length + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if length > 0 {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_as_long_as_the_screen_is_wide() {
        let shown = |columns| {
            let mut page = Page::new(Screen { columns, ..Screen::PLAIN });
            page.item(2, "- ", "one two three four five six seven eight nine ten", Tone::Normal);
            page.finish()
        };
        assert_eq!(shown(28), "  - one two three four five\n    six seven eight nine ten\n");
        assert_eq!(shown(60), "  - one two three four five six seven eight nine ten\n");
    }

    #[test]
    fn sentences_wrap_at_spaces() {
        assert_eq!(wrap("one two three-and-more four", 9), ["one two", "three-and-more", "four"]);
        assert_eq!(wrap("", 9), [""]);
    }
}
