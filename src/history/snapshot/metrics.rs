//! The numbers that a trend shows beside the score, by metric name.

use std::collections::BTreeMap;

use num_bigint::BigInt;

use crate::model::coverage::Covered;
use crate::model::evidence::Evidence;
use crate::model::exact::{Exact, ratio, whole};

/// Decimal places of recorded values; enough for a millionth of a ratio.
const PLACES: u32 = 6;

/// The key metrics of `evidence` in base units; what has no data is absent.
pub(super) fn of(evidence: &Evidence) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut put = |name: &str, value: Option<Exact>| {
        if let Some(value) = value {
            all.insert(name.to_owned(), decimal(&value));
        }
    };
    if let Some(tests) = &evidence.tests {
        let counts = tests.counts();
        put("tests.total", Some(whole(counts.total)));
        put("tests.passed", Some(whole(counts.passed)));
        put("tests.failed", Some(whole(counts.failed)));
        put("tests.errored", Some(whole(counts.errored)));
        put("tests.skipped", Some(whole(counts.skipped)));
        put("tests.flaky", Some(whole(counts.flaky)));
        put("tests.pass-rate", ratio(counts.passed, counts.total - counts.skipped));
        put("tests.duration", Some(Exact::new(tests.duration().into(), 1_000_000.into())));
    }
    if let Some(coverage) = &evidence.coverage {
        let totals = coverage.totals();
        let share = |covered: Covered| ratio(covered.covered, covered.total);
        put("coverage.lines", share(totals.lines));
        put("coverage.branches", totals.branches.and_then(share));
        put("coverage.functions", totals.functions.and_then(share));
        put("coverage.statements", totals.statements.and_then(share));
    }
    if let Some(findings) = &evidence.findings {
        let counts = findings.counts();
        put("findings.errors", Some(whole(counts.errors)));
        put("findings.warnings", Some(whole(counts.warnings)));
        put("findings.critical", Some(whole(counts.critical)));
        put("findings.high", Some(whole(counts.high)));
    }
    if let Some(todos) = evidence.todos.as_ref().filter(|todos| todos.problem.is_none()) {
        put("todos.count", Some(whole(todos.todos.len() as u64)));
        put("todos.untracked", Some(whole(todos.untracked())));
    }
    for measurement in &evidence.measurements {
        put(&measurement.id, Some(measurement.value.clone()));
    }
    all
}

/// `number` with at most six decimal places, cut towards minus infinity, without trailing zeros.
pub fn decimal(number: &Exact) -> String {
    let scale = BigInt::from(10u32.pow(PLACES));
    let scaled = (number * Exact::from_integer(scale)).floor().to_integer();
    let (sign, magnitude) = scaled.into_parts();
    let digits = format!("{magnitude:0>width$}", width = PLACES as usize + 1);
    let (integer, fraction) = digits.split_at(digits.len() - PLACES as usize);
    let sign = if sign == num_bigint::Sign::Minus { "-" } else { "" };
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{integer}"),
        fraction => format!("{sign}{integer}.{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_plain_decimals_cut_down() {
        let show = |n: i64, d: i64| decimal(&Exact::new(n.into(), d.into()));
        assert_eq!(show(2, 3), "0.666666");
        assert_eq!(show(-2, 3), "-0.666667");
        assert_eq!(show(1824, 10), "182.4");
        assert_eq!(show(12, 1), "12");
        assert_eq!(show(0, 1), "0");
        assert_eq!(show(-1, 2), "-0.5");
    }
}
