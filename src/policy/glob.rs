//! Globs that match whole values: `*` stops at `/`, `**` does not.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::Selection;

/// Compiles `patterns`; the error names the one that does not compile, by its index.
pub(super) fn compile(patterns: &[String]) -> Result<Selection, (usize, String)> {
    let mut builder = GlobSetBuilder::new();
    for (index, pattern) in patterns.iter().enumerate() {
        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
        builder.add(glob.map_err(|error| (index, error.kind().to_string()))?);
    }
    let globs: GlobSet = builder.build().map_err(|error| (0, error.kind().to_string()))?;
    Ok(Selection { patterns: patterns.to_vec(), globs })
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
