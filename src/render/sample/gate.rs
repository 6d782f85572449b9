//! The gate of the sample, with every outcome of a condition.

use crate::model::exact::Tenths;
use crate::model::gate::ConditionOutcome::{Fail, NotGated, Pass, Waived};
use crate::model::gate::{Condition, Gate, GateMode, GateNumber, GateOutcome};

pub(super) fn gate() -> Gate {
    let condition = |id: &str, outcome, numbers: (GateNumber, GateNumber), message: &str| Condition {
        id: id.into(),
        outcome,
        actual: Some(numbers.0),
        limit: Some(numbers.1),
        message: message.into(),
        way_out: None,
        names: Vec::new(),
    };
    let tenths = |actual, limit| (GateNumber::Tenths(Tenths(actual)), GateNumber::Tenths(Tenths(limit)));
    let counts = |actual, limit| (GateNumber::Count(actual), GateNumber::Count(limit));
    let mut patch = condition(
        "patch-coverage",
        Fail,
        tenths(611, 800),
        "61.1 % of the added lines ran (11 of 18), 80.0 % are asked for",
    );
    patch.way_out = Some("cover 4 more added lines".into());
    let mut new =
        condition("no-new-failures", Fail, counts(1, 0), "1 case fails that did not fail on the base");
    new.way_out = Some("make it pass".into());
    new.names = vec!["tests.test_checkout > test_checkout_rejects_an_expired_card".into()];
    Gate {
        outcome: GateOutcome::Fail,
        mode: GateMode::Enforce,
        enforced: true,
        conditions: vec![
            patch,
            new,
            condition("min-score", Pass, tenths(874, 850), "the score is 87.4, at least 85.0 is asked for"),
            condition(
                "dimension-min/performance",
                Waived,
                tenths(0, 500),
                "0.0 of 100, 50.0 is asked for; waived by `@lead` until 2026-12-31: no load test yet",
            ),
            condition(
                "max-new-flaky",
                NotGated,
                counts(1, 0),
                "1 case is flaky here and was not on the base",
            ),
        ],
    }
}
