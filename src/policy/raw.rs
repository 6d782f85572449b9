//! The policy file as it is written: every key, nothing decided yet.
//!
//! Scalars stay text, so that `0.1` is one tenth and not the nearest binary fraction.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A mapping in the order written.
#[derive(Clone, Debug)]
pub(super) struct Entries<T>(pub(super) Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

struct EntriesVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
    type Value = Entries<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}

/// A list, or one element without the brackets.
#[derive(Clone, Debug)]
pub(super) struct OneOrMany {
    pub(super) texts: Vec<String>,
    /// Whether it is written as a list; tells where an element stands.
    pub(super) listed: bool,
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrManyVisitor)
    }
}

struct OneOrManyVisitor;

impl<'de> Visitor<'de> for OneOrManyVisitor {
    type Value = OneOrMany;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a glob or a list of globs")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<OneOrMany, E> {
        Ok(OneOrMany { texts: vec![text.to_owned()], listed: false })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<OneOrMany, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = list.next_element()? {
            texts.push(text);
        }
        Ok(OneOrMany { texts, listed: true })
    }
}

/// `mode: enforce`, or `mode: {enforce-after: 2027-01-01}`.
#[derive(Clone, Debug)]
pub(super) enum RawMode {
    Word(String),
    After(RawEnforceAfter),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[serde(expecting = "a mapping such as `{enforce-after: 2027-01-31}`")]
pub(super) struct RawEnforceAfter {
    pub(super) enforce_after: String,
}

impl<'de> Deserialize<'de> for RawMode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawModeVisitor)
    }
}

struct RawModeVisitor;

impl<'de> Visitor<'de> for RawModeVisitor {
    type Value = RawMode;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`enforce`, `warn` or `{enforce-after: DATE}`")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<RawMode, E> {
        Ok(RawMode::Word(word.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawMode, A::Error> {
        RawEnforceAfter::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(RawMode::After)
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[serde(expecting = "a mapping of sections such as `dimensions` and `gate`")]
pub(super) struct RawPolicy {
    pub(super) version: Option<String>,
    pub(super) extends: Option<String>,
    pub(super) evidence: Option<RawEvidence>,
    pub(super) dimensions: Option<Entries<RawDimension>>,
    pub(super) components: Option<Entries<RawComponent>>,
    pub(super) bands: Option<Entries<String>>,
    pub(super) grades: Option<Entries<String>>,
    pub(super) claim_factor: Option<String>,
    pub(super) gate: Option<RawGate>,
    pub(super) waivers: Option<Vec<RawWaiver>>,
    pub(super) plan: Option<RawPlan>,
    pub(super) history: Option<RawHistory>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[serde(expecting = "a mapping such as `{include: [...]}`")]
pub(super) struct RawEvidence {
    pub(super) include: Option<OneOrMany>,
    pub(super) exclude: Option<OneOrMany>,
    pub(super) expect: Option<Vec<RawExpectation>>,
    pub(super) paths: Option<Vec<RawPathRule>>,
    pub(super) extract: Option<Vec<RawExtractor>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[serde(expecting = "a mapping such as `{files: \"a/*.xml\", count: 4}`")]
pub(super) struct RawExpectation {
    pub(super) name: Option<String>,
    pub(super) files: Option<OneOrMany>,
    pub(super) count: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[serde(expecting = "a mapping such as `{from: \"/build/\", to: \"\"}`")]
pub(super) struct RawPathRule {
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[serde(expecting = "a mapping such as `{name: bundle.size, file: \"dist/stats.json\", jsonpath: $.size}`")]
pub(super) struct RawExtractor {
    pub(super) name: Option<String>,
    pub(super) file: Option<OneOrMany>,
    pub(super) jsonpath: Option<String>,
    pub(super) xpath: Option<String>,
    pub(super) regex: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) better: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[serde(expecting = "a mapping such as `{weight: 10, checks: {...}}`")]
pub(super) struct RawDimension {
    pub(super) name: Option<String>,
    pub(super) weight: Option<String>,
    pub(super) checks: Option<Entries<RawCheck>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[serde(expecting = "a mapping such as `{metric: coverage.lines, target: 80%}`")]
pub(super) struct RawCheck {
    pub(super) metric: Option<String>,
    pub(super) suites: Option<OneOrMany>,
    pub(super) classes: Option<OneOrMany>,
    pub(super) files: Option<OneOrMany>,
    pub(super) paths: Option<OneOrMany>,
    pub(super) tools: Option<OneOrMany>,
    pub(super) rules: Option<OneOrMany>,
    pub(super) floor: Option<String>,
    pub(super) target: Option<String>,
    pub(super) attest: Option<String>,
    pub(super) date: Option<String>,
    pub(super) expires: Option<String>,
    pub(super) link: Option<String>,
    pub(super) weight: Option<String>,
    pub(super) required: Option<bool>,
    pub(super) max_age: Option<String>,
    pub(super) effort: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) not_applicable: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[serde(expecting = "a mapping such as `{paths: [\"api/**\"], coverage: 80%}`")]
pub(super) struct RawComponent {
    pub(super) name: Option<String>,
    pub(super) paths: Option<OneOrMany>,
    pub(super) reports: Option<OneOrMany>,
    pub(super) coverage: Option<String>,
    pub(super) branch_coverage: Option<String>,
    pub(super) patch_coverage: Option<String>,
    pub(super) max_drop: Option<String>,
    pub(super) carry_forward: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[serde(expecting = "a mapping such as `{min-score: 80}`")]
pub(super) struct RawGate {
    pub(super) mode: Option<RawMode>,
    pub(super) enforce_after: Option<String>,
    pub(super) min_score: Option<String>,
    pub(super) max_drop: Option<String>,
    pub(super) dimension_min: Option<Entries<String>>,
    pub(super) max_failures: Option<String>,
    pub(super) no_new_failures: Option<bool>,
    pub(super) no_new_findings: Option<String>,
    pub(super) no_lost_tests: Option<bool>,
    pub(super) no_lost_evidence: Option<bool>,
    pub(super) patch_coverage: Option<String>,
    pub(super) patch_min_lines: Option<String>,
    pub(super) max_new_flaky: Option<String>,
    pub(super) policy_change: Option<String>,
    pub(super) on_bad_evidence: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[serde(expecting = "a mapping such as `{condition: min-score, ...}`")]
pub(super) struct RawWaiver {
    pub(super) condition: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) expires: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[serde(expecting = "a mapping such as `{phases: [...]}`")]
pub(super) struct RawPlan {
    pub(super) ceiling: Option<RawCeiling>,
    pub(super) phases: Option<Vec<RawPhase>>,
    pub(super) scenarios: Option<Vec<RawScenario>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[serde(expecting = "a mapping such as `{score: 95, reason: ...}`")]
pub(super) struct RawCeiling {
    pub(super) score: Option<String>,
    pub(super) reason: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[serde(expecting = "a mapping such as `{name: ..., raises: {...}}`")]
pub(super) struct RawPhase {
    pub(super) name: Option<String>,
    pub(super) effort: Option<String>,
    pub(super) raises: Option<Entries<String>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[serde(expecting = "a mapping such as `{name: ..., set: {...}}`")]
pub(super) struct RawScenario {
    pub(super) name: Option<String>,
    pub(super) set: Option<Entries<String>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[serde(expecting = "a mapping such as `{branches: [main]}`")]
pub(super) struct RawHistory {
    pub(super) branches: Option<OneOrMany>,
    pub(super) keep: Option<String>,
}
