use proptest::prelude::*;

use super::*;

fn matches(pattern: &str, text: &str) -> bool {
    Glob::new(pattern).unwrap().matches(text)
}

#[test]
fn a_star_stops_at_a_slash_and_a_folder_of_two_does_not() {
    for (pattern, text) in [
        ("*", "a"),
        ("*", ""),
        ("a*b*c", "axbxbc"),
        ("src/**", "src/a/b.rs"),
        ("**", "a/b"),
        ("**/a.rs", "a.rs"),
        ("**/a.rs", "x/y/a.rs"),
        ("a/**/b", "a/b"),
        ("a/**/b", "a/x/y/b"),
        ("**/t*/**/*.rs", "x/tests/y/z/a.rs"),
        ("**/a/**/a/b", "a/a/x/a/b"),
        ("?é[a-c]", "xéb"),
        ("[!a]", "b"),
        ("[]-]", "-"),
        ("{a,b{c,d}}.rs", "bd.rs"),
        ("a{,.txt}", "a"),
        ("{a/**,b}", "a/x/y"),
        ("\\*[*]", "**"),
    ] {
        assert!(matches(pattern, text), "{pattern} {text}");
    }
    for (pattern, text) in [
        ("*", "a/b"),
        ("?", "/"),
        ("[!a]", "/"),
        ("src/**", "src"),
        ("a**b", "a/b"),
        ("**/a.rs", "ba.rs"),
        ("a/**/b", "ab"),
        ("a", "A"),
        ("{a,b}", "c"),
        ("a", "ab"),
        ("ab", "a"),
    ] {
        assert!(!matches(pattern, text), "{pattern} {text}");
    }
}

#[test]
fn what_is_no_pattern_is_said() {
    let error = |pattern: &str| Glob::new(pattern).unwrap_err().to_string();
    insta::assert_snapshot!(
        ["[a", "[z-a]", "{a", "a}", "a\\", "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"].map(error).join("\n"),
        @r"
    a `[` without its `]`
    the range `z-a` runs backwards
    a `{` without its `}`
    a `}` without its `{`; write `[}]` for the character
    a `\` at the end
    more than 1000 alternatives
    "
    );
}

#[test]
fn a_hostile_pattern_takes_no_longer_than_its_length_allows() {
    let pattern = "**/*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b".repeat(3);
    assert!(!matches(&pattern, &"a/aaaaaaaaaaaaaaaa".repeat(300)));
}

proptest! {
    #[test]
    fn an_escaped_text_matches_itself_alone(text in "[a-c*?/\\[\\]{},!\\\\-]{0,8}", other in "[a-c*?/\\[\\]{}]{0,4}") {
        prop_assert!(matches(&escape(&text), &text));
        prop_assert_eq!(matches(&escape(&text), &other), text == other);
    }

    /// The library that most tools use agrees, but for classes, which never match a `/` here, and empty alternatives.
    #[test]
    fn a_second_matcher_agrees(
        pattern in "(a|b|/|\\*|\\*\\*|/\\*\\*/|\\*\\*/|\\?|\\[ab\\]|\\{a,b\\*\\}|\\{a/\\*\\*,b\\}){1,6}",
        text in "[ab/]{0,8}",
    ) {
        let second = globset::GlobBuilder::new(&pattern).literal_separator(true).build().unwrap().compile_matcher();
        prop_assert_eq!(matches(&pattern, &text), second.is_match(&text), "{} {}", pattern, text);
    }
}
