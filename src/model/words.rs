//! Numbers with their nouns.

/// `1 test`, `2 tests`.
pub fn counted(number: u64, noun: &str) -> String {
    with_noun(&number.to_string(), noun)
}

/// The same for a number that is written already: `1 week`, `1.5 weeks`.
pub fn with_noun(number: &str, noun: &str) -> String {
    match noun.strip_suffix("ory") {
        _ if number == "1" => format!("1 {noun}"),
        Some(stem) => format!("{number} {stem}ories"),
        None if noun.ends_with("ch") => format!("{number} {noun}es"),
        None => format!("{number} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_alone_has_no_plural() {
        assert_eq!(
            [0, 1, 2, 11].map(|number| counted(number, "line")),
            ["0 lines", "1 line", "2 lines", "11 lines"]
        );
        assert_eq!(
            [counted(2, "missed branch"), counted(2, "advisory")],
            ["2 missed branches", "2 advisories"]
        );
        assert_eq!(
            ["1", "1.5", "1-2"].map(|number| with_noun(number, "week")),
            ["1 week", "1.5 weeks", "1-2 weeks"]
        );
    }
}
