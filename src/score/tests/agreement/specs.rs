//! Random policies in pairs.

use proptest::prelude::*;

use crate::score::tests::independent::{CheckSpec, Found, Spec, changed, spec};

pub(super) fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 4, failure_persistence: None, ..usual }
}

/// A spec, and the same checks with other evidence.
pub(super) fn two() -> impl Strategy<Value = (Spec, Spec)> {
    spec().prop_flat_map(|spec| (Just(spec.clone()), changed(&spec)))
}

pub(super) fn check_at(spec: &Spec, (d, c): (usize, usize)) -> Option<&CheckSpec> {
    spec.get(d).and_then(|row| row.checks.get(c))
}

/// The same checks, all attained: what each can bring at most.
pub(super) fn full(spec: &Spec) -> Spec {
    let mut full = spec.clone();
    for check in full.iter_mut().flat_map(|row| &mut row.checks) {
        check.found = Found::Number { floor: 0, target: 1, value: Some(1) };
    }
    full
}
