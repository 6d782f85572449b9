//! The one line that a failure says about itself.

/// Longest message, in characters.
const LONGEST: usize = 500;

/// Takes text in pieces and keeps the first line that is not blank.
#[derive(Debug, Default)]
pub(in crate::evidence) struct FirstLine {
    line: String,
    characters: usize,
    done: bool,
}

impl FirstLine {
    /// More text.
    pub(in crate::evidence) fn push(&mut self, text: &str) {
        let mut rest = text;
        if self.line.is_empty() {
            rest = rest.trim_start();
        }
        if self.done || rest.is_empty() {
            return;
        }
        let line = rest.split(['\n', '\r']).next().unwrap_or_default();
        self.done = line.len() < rest.len();
        for c in line.chars() {
            if self.characters >= LONGEST {
                self.done = true;
                return;
            }
            self.line.push(c);
            self.characters += 1;
        }
    }

    /// The line, if there was one.
    pub(in crate::evidence) fn finish(mut self) -> Option<String> {
        self.line.truncate(self.line.trim_end().len());
        (!self.line.is_empty()).then_some(self.line)
    }
}

/// The first line of `text` that is not blank, at most 500 characters.
pub(in crate::evidence) fn first_line(text: &str) -> Option<String> {
    let mut line = FirstLine::default();
    line.push(text);
    line.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_is_not_blank_is_kept_across_pieces() {
        let mut line = FirstLine::default();
        for piece in [" \n", "\t", "expected", " 1 ", "\nat x.rs:3"] {
            line.push(piece);
        }
        assert_eq!(line.finish().as_deref(), Some("expected 1"));
        assert_eq!(first_line(" \n "), None);
        assert_eq!(first_line(&"é".repeat(600)).map(|line| line.chars().count()), Some(500));
    }
}
