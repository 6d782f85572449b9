//! Names compared by their words.

const STOP: [&str; 24] = [
    "the", "and", "of", "a", "an", "in", "for", "to", "with", "on", "by", "at", "all", "score", "gap",
    "phase", "hidden", "priority", "is", "real", "add", "full", "complete", "or",
];

/// The words of a name, in lower case, without what says nothing.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| {
            !word.is_empty() && !word.bytes().all(|b| b.is_ascii_digit()) && !STOP.contains(&word.as_str())
        })
        .collect()
}

/// Whether two words are forms of one: equal, or one begins with four or more letters of the other.
pub(super) fn same_word(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let stem = short.strip_suffix("ing").or_else(|| short.strip_suffix('s')).unwrap_or(short);
    let alias = |x: &str, y: &str| x == "docs" && y == "documentation" || x == "e2e" && y == "end";
    short == long || alias(short, long) || stem.len() >= 4 && long.starts_with(stem)
}

/// How many of `name`'s words stand in `other`.
pub(super) fn shared(name: &[String], other: &[String]) -> usize {
    name.iter().filter(|word| other.iter().any(|o| same_word(word, o))).count()
}

/// Whether all words of `name` stand in `other`.
pub(super) fn is_within(name: &[String], other: &[String]) -> bool {
    !name.is_empty() && shared(name, other) == name.len()
}

/// Whether a lower-case text holds one of `words` as a whole word or words.
pub(super) fn mentions(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let before = text.get(..at).and_then(|t| t.chars().next_back());
            let after = text.get(at + word.len()..).and_then(|t| t.chars().next());
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_by_their_words() {
        let logic = words("Backend Business Logic");
        assert_eq!(shared(&logic, &words("Backend Logic 90% to 95%")), 2);
        assert!(is_within(&words("Test Coverage"), &words("Testing the coverage")));
        assert!(!is_within(&words("Security"), &words("Performance")));
        assert!(mentions("the coverage: 3", &["coverage"]) && !mentions("recoverage", &["coverage"]));
    }
}
