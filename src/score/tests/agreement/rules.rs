//! Random gates, written as policies.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::specs::check_at;
use crate::model::exact::Tenths;
use crate::score::tests::independent::{Found, Spec, policy_with};

/// Limits of a random gate; `None` where it does not ask.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub(super) min_score: Option<i64>,
    pub(super) max_drop: Option<i64>,
    pub(super) dimension_min: Option<i64>,
    pub(super) max_failures: Option<u64>,
    pub(super) patch: Option<(i64, u64)>,
    pub(super) max_new_flaky: Option<u64>,
    pub(super) component: Option<i64>,
    /// No new failures, no lost tests, no lost evidence, no new findings of level error.
    pub(super) flags: [bool; 4],
    pub(super) policy_change: Option<&'static str>,
    pub(super) mode: (&'static str, bool),
    /// A condition, and whether its waiver lives.
    pub(super) waiver: Option<(&'static str, bool)>,
    /// By number of the check in the whole policy.
    pub(super) required: Vec<bool>,
    pub(super) effort: Vec<Option<(u64, u64)>>,
}

const WAIVABLE: [&str; 10] = [
    "min-score",
    "max-drop",
    "dimension-min",
    "required",
    "no-new-failures",
    "no-lost-tests",
    "bad-evidence",
    "patch-coverage",
    "component/all",
    "suite-errors",
];

pub(super) fn rules() -> impl Strategy<Value = Rules> {
    let tenths = || proptest::option::of(0..=1000_i64);
    let modes = [
        ("enforce", true),
        ("warn", false),
        ("{enforce-after: 2026-09-01}", true),
        ("{enforce-after: 2026-11-01}", false),
    ];
    let changes = proptest::option::of(proptest::sample::select(vec!["allow", "stricter-only", "deny"]));
    (
        (tenths(), proptest::option::of(0..300_i64), tenths(), proptest::option::of(0..6_u64)),
        (proptest::option::of((0..=1000_i64, 1..30_u64)), proptest::option::of(0..3_u64), tenths()),
        (any::<[bool; 4]>(), changes, proptest::sample::select(modes.to_vec())),
        proptest::option::of((proptest::sample::select(WAIVABLE.to_vec()), any::<bool>())),
        proptest::collection::vec(proptest::bool::weighted(0.1), 20),
        proptest::collection::vec(proptest::option::weighted(0.8, (0..20_u64, 0..20_u64)), 20),
    )
        .prop_map(|(points, more, (flags, policy_change, mode), waiver, required, effort)| Rules {
            min_score: points.0,
            max_drop: points.1,
            dimension_min: points.2,
            max_failures: points.3,
            patch: more.0,
            max_new_flaky: more.1,
            component: more.2,
            flags,
            policy_change,
            mode,
            waiver,
            required,
            effort,
        })
}

impl Rules {
    pub(super) fn number(spec: &Spec, (d, c): (usize, usize)) -> usize {
        spec.iter().take(d).map(|row| row.checks.len()).sum::<usize>() + c
    }

    pub(super) fn is_required(&self, spec: &Spec, place: (usize, usize)) -> bool {
        // A claim is never attained in full, so requiring one makes no sense.
        let is_claim = check_at(spec, place).is_some_and(|check| matches!(check.found, Found::Claim { .. }));
        self.required[Self::number(spec, place)] && !is_claim
    }

    /// Twice the middle of the hours of a check.
    pub(super) fn hours(&self, spec: &Spec, place: (usize, usize)) -> Option<u64> {
        self.effort[Self::number(spec, place)].map(|(low, more)| 2 * low + more)
    }

    pub(super) fn text(&self, spec: &Spec) -> String {
        let more = |d: usize, c: usize| {
            let required = if self.is_required(spec, (d, c)) { ", required: true" } else { "" };
            let effort = self.effort[Self::number(spec, (d, c))];
            let effort = effort.map(|(low, more)| format!(", effort: {low}h..{}h", low + more));
            format!("{required}{}", effort.unwrap_or_default())
        };
        let mut text = policy_with(spec, 1, &more);
        writeln!(text, "gate:\n  mode: {}", self.mode.0).unwrap();
        let tenths = |tenths: i64| Tenths(tenths).to_string();
        let mut line = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                writeln!(text, "  {key}: {value}").unwrap();
            }
        };
        line("min-score", self.min_score.map(tenths));
        line("max-drop", self.max_drop.map(tenths));
        line("dimension-min", self.dimension_min.map(|limit| format!("{{d0: {}}}", tenths(limit))));
        line("max-failures", self.max_failures.map(|limit| limit.to_string()));
        line("patch-coverage", self.patch.map(|(limit, _)| format!("{}%", tenths(limit))));
        line("patch-min-lines", self.patch.map(|(_, least)| least.to_string()));
        line("max-new-flaky", self.max_new_flaky.map(|limit| limit.to_string()));
        line("policy-change", self.policy_change.map(str::to_owned));
        for (key, wanted) in ["no-new-failures", "no-lost-tests", "no-lost-evidence"].iter().zip(self.flags) {
            line(key, wanted.then(|| "true".to_owned()));
        }
        line("no-new-findings", self.flags[3].then(|| "error".to_owned()));
        if let Some(limit) = self.component {
            writeln!(text, "components: {{all: {{paths: ['**'], coverage: {}%}}}}", tenths(limit)).unwrap();
        }
        let known = |condition: &str| self.component.is_some() || !condition.starts_with("component");
        if let Some((condition, lives)) = self.waiver.filter(|(condition, _)| known(condition)) {
            let until = if lives { "2026-10-01" } else { "2026-09-30" };
            writeln!(text, "waivers: [{{condition: {condition}, owner: me, reason: r, expires: {until}}}]")
                .unwrap();
        }
        text
    }
}
