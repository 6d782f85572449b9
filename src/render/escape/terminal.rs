//! Text on screens and in job logs.

use super::visible;

/// `text` on one line: nothing steers the terminal, and no runner takes it for a workflow command, which it would
/// look for at the start of a line (`::`) and anywhere in it (`##[`).
pub fn terminal(text: &str) -> String {
    let shown = visible(text).replace("##[", "#\\u{23}[");
    match shown.trim_start().strip_prefix("::") {
        Some(rest) => format!("\\u{{3a}}:{rest}"),
        None => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runner_finds_no_command() {
        assert_eq!(terminal("  ::add-mask::x"), "\\u{3a}:add-mask::x");
        assert_eq!(terminal("a ##[error]b"), "a #\\u{23}[error]b");
        assert_eq!(terminal("a::b\u{1b}[2J"), "a::b\\u{1b}[2J");
    }
}
