//! "Did you mean": the known word that is nearest to what was written.

/// The word of `known` that `found` probably means; nothing when none is near.
pub fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = found.to_lowercase().replace('_', "-");
    let allowed = (found.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(&written, word), word))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_typo_finds_its_word_and_another_word_finds_none() {
        let known = ["weight", "checks", "no-new-failures"];
        assert_eq!(nearest("wieght", known), Some("weight"));
        assert_eq!(nearest("no_new_failure", known), Some("no-new-failures"));
        assert_eq!(nearest("colour", known), None);
    }
}
