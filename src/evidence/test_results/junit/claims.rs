//! What suites claim about themselves in their attributes, and how it differs from what they list.

use crate::evidence::xml::Tag;
use crate::model::tests::TestCounts;
use crate::model::words::counted;

/// Counts out of a suite's attributes; absent where it has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Claims {
    tests: Option<u64>,
    failures: Option<u64>,
    errors: Option<u64>,
    skipped: Option<u64>,
}

impl Claims {
    /// Reads the attributes of a suite.
    pub(super) fn of(tag: &Tag<'_>) -> Self {
        let mut claims = Self::default();
        for (name, value) in tag.attributes() {
            let field = match name {
                "tests" => &mut claims.tests,
                "failures" => &mut claims.failures,
                "errors" => &mut claims.errors,
                "skipped" | "skip" | "skips" | "disabled" | "ignored" => &mut claims.skipped,
                _ => continue,
            };
            *field = sum(*field, value.raw().trim().parse().ok());
        }
        claims
    }

    /// Both together.
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            tests: sum(self.tests, other.tests),
            failures: sum(self.failures, other.failures),
            errors: sum(self.errors, other.errors),
            skipped: sum(self.skipped, other.skipped),
        }
    }

    /// These, or `other` where there is none.
    pub(super) fn or(self, other: Self) -> Self {
        if self == Self::default() { other } else { self }
    }

    /// Claimed failures and errors.
    pub(super) fn failing(self) -> u64 {
        self.failures.unwrap_or(0).saturating_add(self.errors.unwrap_or(0))
    }

    /// "claims 2 failures and lists none", for a suite that hides what failed.
    pub(super) fn unlisted(self) -> String {
        let failing = self.failing();
        format!("claims {} in its attributes and lists none", counted(failing, "failure"))
    }

    /// What differs from `listed`, both sides shown; `None` when all that is claimed is listed.
    pub(super) fn difference(self, listed: TestCounts) -> Option<String> {
        let rows = [
            (self.tests, listed.total, "test"),
            (self.failures, listed.failed, "failure"),
            (self.errors, listed.errored, "error"),
            (self.skipped, listed.skipped, "skipped"),
        ];
        let differing = rows.into_iter().filter_map(|(claimed, listed, what)| {
            let claimed = claimed.filter(|claimed| *claimed != listed)?;
            let said = |number| match what {
                "skipped" => format!("{number} {what}"),
                noun => counted(number, noun),
            };
            Some((said(claimed), said(listed)))
        });
        let (claimed, listed): (Vec<String>, Vec<String>) = differing.unzip();
        let said = format!("the file says {}; it lists {}", claimed.join(", "), listed.join(", "));
        (!claimed.is_empty()).then_some(said)
    }
}

fn sum(left: Option<u64>, right: Option<u64>) -> Option<u64> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.saturating_add(right)),
        (one, other) => one.or(other),
    }
}
