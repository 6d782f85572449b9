//! Globs that match whole values: `*` stops at `/`, `**` does not.

use super::Selection;
use crate::model::glob::{Glob, Globs};

/// Compiles `patterns`; the error names the one that does not compile, by its index.
pub(super) fn compile(patterns: &[String]) -> Result<Selection, (usize, String)> {
    let compiled = patterns
        .iter()
        .enumerate()
        .map(|(index, pattern)| Glob::new(pattern).map_err(|error| (index, error.to_string())));
    Ok(Selection { patterns: patterns.to_vec(), globs: Globs(compiled.collect::<Result<_, _>>()?) })
}

#[cfg(test)]
mod tests {
    use super::compile;

    #[test]
    fn a_star_stops_at_a_slash_and_two_stars_do_not() {
        let one = compile(&["src/*.rs".to_owned()]).unwrap();
        assert!(one.matches("src/a.rs") && !one.matches("src/a/b.rs"));
        let two = compile(&["src/**".to_owned()]).unwrap();
        assert!(two.matches("src/a/b.rs") && !two.matches("tests/src/a.rs"));
    }

    #[test]
    fn no_pattern_selects_everything() {
        assert!(compile(&[]).unwrap().matches("anything"));
    }

    #[test]
    fn a_pattern_that_does_not_compile_is_named() {
        let (index, _) = compile(&["a".to_owned(), "[".to_owned()]).unwrap_err();
        assert_eq!(index, 1);
    }
}
