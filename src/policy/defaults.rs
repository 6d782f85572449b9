//! What holds without a `readiness.yml`.

use std::sync::LazyLock;

use super::{Policy, load};

/// The text of the default policy.
pub const TEXT: &str = include_str!("default.yml");

/// The default policy, read by the same code as any other.
#[expect(clippy::expect_used, reason = "the text is part of the program, and a test reads it")]
pub fn policy() -> Policy {
    static POLICY: LazyLock<Policy> =
        LazyLock::new(|| load::parse(TEXT, "built-in default").expect("the default policy is valid"));
    POLICY.clone()
}

#[cfg(test)]
mod tests {
    use crate::model::exact::Tenths;

    #[test]
    fn the_default_policy_weighs_tests_sixty_and_coverage_forty() {
        let policy = super::policy();
        let weights: Vec<_> = policy.dimensions.iter().map(|d| (d.id.as_str(), d.weight)).collect();
        assert_eq!(weights, [("tests", 60), ("coverage", 40)]);
        assert!(policy.gate.no_new_failures);
        assert_eq!(policy.gate.min_score, None);
        assert_eq!(policy.bands.last().map(|band| band.from), Some(Tenths(850)));
    }
}
