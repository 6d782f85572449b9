//! Workflow commands (`::error file=…::…`), which the runner reads from both output streams.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use super::is_unprintable;

/// The text of a command. Line breaks survive as `%0A`; other unprintable characters become spaces.
pub fn data(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '%' => escaped.push_str("%25"),
            '\r' => escaped.push_str("%0D"),
            '\n' => escaped.push_str("%0A"),
            c if is_unprintable(c) => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A property of a command (`title`, `file`), where `:` and `,` separate as well.
pub fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_command_starts_inside_another() {
        assert_eq!(data("50%\n::set-output name=a::b\u{1b}"), "50%25%0A::set-output name=a::b ");
        assert_eq!(property("a:b,c\r\n"), "a%3Ab%2Cc%0D%0A");
    }
}
