//! `extends`: a policy that another one starts from, built in or pinned in a repository.
//!
//! A pinned policy is fetched elsewhere and travels behind the text that extends it, as a second YAML document. So one
//! text holds all rules: it is what is hashed, recorded and read again later. One level only: nothing is extended twice.

use super::presets;
use super::raw::{Entries, RawGate, RawPolicy};

/// What stands between a policy and the one that it extends.
const SEPARATOR: &str = "\n--- # what `extends` names\n";

/// Hexadecimal digits of a whole commit name.
const WHOLE_SHA: usize = 40;

/// A policy in a repository, at a commit that nobody can move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// `owner/name`.
    pub repository: String,
    /// Inside the repository.
    pub path: String,
    /// All 40 digits, lower case.
    pub commit: String,
}

/// What `extends` may say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Extended {
    BuiltIn(&'static str),
    Pinned(Pinned),
}

/// Understands the value of `extends`.
pub(super) fn understood(word: &str) -> Option<Extended> {
    let built_in = presets::ALL.iter().find(|(name, _)| *name == word);
    built_in.map(|(_, text)| Extended::BuiltIn(text)).or_else(|| pinned(word).map(Extended::Pinned))
}

/// `owner/name/path@commit` with the whole commit; each part is plain enough for an address.
fn pinned(word: &str) -> Option<Pinned> {
    let (place, commit) = word.rsplit_once('@')?;
    let (owner, rest) = place.split_once('/')?;
    let (name, path) = rest.split_once('/')?;
    let plain = |part: &str| {
        let sound = part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        sound && !part.is_empty() && part.len() <= 100 && part != "." && part != ".."
    };
    let whole =
        commit.len() == WHOLE_SHA && commit.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let sound = whole && plain(owner) && plain(name) && path.split('/').all(plain);
    sound.then(|| Pinned {
        repository: format!("{owner}/{name}"),
        path: path.to_owned(),
        commit: commit.to_owned(),
    })
}

/// The pinned policy that `text` extends, if it extends one; a text that cannot be read extends nothing.
pub fn wanted(text: &str) -> Option<Pinned> {
    let raw: RawPolicy = serde_yaml::from_str(split(text).0).ok()?;
    match understood(raw.extends.as_deref()?.trim())? {
        Extended::Pinned(pinned) => Some(pinned),
        Extended::BuiltIn(_) => None,
    }
}

/// One text of a policy and the one that it extends; whatever `own` brought along is replaced.
pub fn bundled(own: &str, base: &str) -> String {
    format!("{}{SEPARATOR}{base}", split(own).0)
}

/// A policy, and the one that travels behind it.
pub(super) fn split(text: &str) -> (&str, Option<&str>) {
    match text.split_once(SEPARATOR) {
        Some((own, base)) => (own, Some(base)),
        None => (text, None),
    }
}

impl RawPolicy {
    /// What is written here, and `base` where nothing is. Dimensions are taken one by one, the gate key by key.
    pub(super) fn over(self, base: Self) -> Self {
        Self {
            version: self.version,
            extends: None,
            evidence: self.evidence.or(base.evidence),
            dimensions: both(self.dimensions, base.dimensions, over),
            components: both(self.components, base.components, over),
            bands: self.bands.or(base.bands),
            grades: self.grades.or(base.grades),
            claim_factor: self.claim_factor.or(base.claim_factor),
            gate: both(self.gate, base.gate, RawGate::over),
            waivers: self.waivers.or(base.waivers),
            plan: self.plan.or(base.plan),
            history: self.history.or(base.history),
        }
    }
}

fn both<T>(own: Option<T>, base: Option<T>, merge: fn(T, T) -> T) -> Option<T> {
    match (own, base) {
        (Some(own), Some(base)) => Some(merge(own, base)),
        (own, base) => own.or(base),
    }
}

/// The entries of `base`, each replaced by the own one of the same key, then the others.
fn over<T>(own: Entries<T>, base: Entries<T>) -> Entries<T> {
    let mut own = own.0;
    let mut all = Vec::new();
    for (key, value) in base.0 {
        let same = own.iter().position(|(other, _)| *other == key);
        all.push(same.map_or((key, value), |index| own.remove(index)));
    }
    all.extend(own);
    Entries(all)
}

impl RawGate {
    fn over(self, base: Self) -> Self {
        let has_mode = self.mode.is_some() || self.enforce_after.is_some();
        let base = if has_mode { Self { mode: None, enforce_after: None, ..base } } else { base };
        Self {
            mode: self.mode.or(base.mode),
            enforce_after: self.enforce_after.or(base.enforce_after),
            min_score: self.min_score.or(base.min_score),
            max_drop: self.max_drop.or(base.max_drop),
            dimension_min: self.dimension_min.or(base.dimension_min),
            max_failures: self.max_failures.or(base.max_failures),
            no_new_failures: self.no_new_failures.or(base.no_new_failures),
            no_new_findings: self.no_new_findings.or(base.no_new_findings),
            no_lost_tests: self.no_lost_tests.or(base.no_lost_tests),
            no_lost_evidence: self.no_lost_evidence.or(base.no_lost_evidence),
            patch_coverage: self.patch_coverage.or(base.patch_coverage),
            patch_min_lines: self.patch_min_lines.or(base.patch_min_lines),
            max_new_flaky: self.max_new_flaky.or(base.max_new_flaky),
            policy_change: self.policy_change.or(base.policy_change),
            on_bad_evidence: self.on_bad_evidence.or(base.on_bad_evidence),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::exact::Tenths;
    use crate::policy::load::parse;

    const SHA: &str = "0123456789abcdef0123456789abcdef01234567";

    #[test]
    fn every_built_in_policy_can_be_extended_and_changed() {
        for (name, _) in presets::ALL {
            let text = format!(
                "extends: {name}\ngate: {{min-score: 99}}\ndimensions: {{tests: {{checks: {{c: {{metric: tests.passed, target: 1}}}}}}}}\n"
            );
            let policy = parse(&text, "readiness.yml").unwrap();
            assert_eq!(policy.gate.min_score, Some(Tenths(990)), "{name}");
            assert!(policy.gate.no_new_failures && policy.dimensions.len() > 1, "{name}");
            assert_eq!(policy.dimensions[0].checks[0].id, "tests.c", "{name}");
        }
    }

    #[test]
    fn a_pinned_policy_travels_behind_the_one_that_extends_it() {
        let own = format!("extends: acme/rules/ci/readiness.yml@{SHA}\ngate: {{max-drop: 2}}\n");
        let pinned = wanted(&own).unwrap();
        assert_eq!((pinned.repository.as_str(), pinned.path.as_str()), ("acme/rules", "ci/readiness.yml"));
        insta::assert_snapshot!(parse(&own, "readiness.yml").unwrap_err(), @"readiness.yml:1:10: `acme/rules/ci/readiness.yml@0123456789abcdef0123456789abcdef01234567` lies in another repository, which only `readiness run` reads");
        let whole = bundled(&own, "gate: {mode: warn, min-score: 70}\n");
        let policy = parse(&whole, "readiness.yml").unwrap();
        assert_eq!((policy.gate.min_score, policy.gate.max_drop), (Some(Tenths(700)), Some(Tenths(20))));
        assert_eq!(policy.text, whole);
        let again = bundled(&whole, "gate: {min-score: 60}\n");
        assert_eq!(parse(&again, "readiness.yml").unwrap().gate.min_score, Some(Tenths(600)));
    }

    #[test]
    fn only_whole_pins_and_one_level_are_taken() {
        let error = |text: &str| parse(text, "readiness.yml").unwrap_err().to_string();
        insta::assert_snapshot!(error("extends: libary"), @"readiness.yml:1:10: unknown policy `libary`; known: `library`, `service`, `cli`, `web-app`");
        insta::assert_snapshot!(error("extends: acme/rules/readiness.yml@main"), @"readiness.yml:1:10: `extends` is `acme/rules/readiness.yml@main`; allowed is OWNER/REPO/PATH@COMMIT with all 40 digits of the commit");
        insta::assert_snapshot!(error(&format!("extends: acme/rules/../x@{SHA}")), @"readiness.yml:1:10: `extends` is `acme/rules/../x@0123456789abcdef0123456789abcdef01234567`; allowed is OWNER/REPO/PATH@COMMIT with all 40 digits of the commit");
        let own = format!("extends: acme/rules/readiness.yml@{SHA}\n");
        insta::assert_snapshot!(error(&bundled(&own, "extends: library\n")), @"readiness.yml:1:10: `acme/rules/readiness.yml@0123456789abcdef0123456789abcdef01234567` extends a policy itself");
        insta::assert_snapshot!(error(&bundled(&own, "gate:\n  min-score: x\n")), @"acme/rules/readiness.yml@0123456789abcdef0123456789abcdef01234567:2:14: `min-score` is `x`; allowed is 0 to 100 in steps of 0.1");
    }
}
