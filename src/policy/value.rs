//! Values for checks as people write them on a command line.

use crate::model::exact::Exact;
use crate::model::metric::Unit;

use super::quantity::{Quantity, quantity};
use super::{Check, Policy, suggest};

/// Why `CHECK=VALUE` cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// No `=`.
    #[error("`{0}` is not CHECK=VALUE")]
    NoPair(String),
    /// A check that the policy does not have.
    #[error("the policy has no check `{found}`")]
    UnknownCheck {
        /// As written.
        found: String,
        /// The check that is probably meant, else some of those that there are.
        help: String,
    },
    /// A value that does not fit.
    #[error("`{found}` is no value for `{check}`")]
    Value {
        /// The check.
        check: String,
        /// As written.
        found: String,
        /// What fits.
        help: &'static str,
    },
}

impl ValueError {
    /// What to do about it.
    pub fn help(&self) -> &str {
        match self {
            Self::NoPair(_) => "write the check as reports call it and its value: `coverage.lines=85%`",
            Self::UnknownCheck { help, .. } => help,
            Self::Value { help, .. } => help,
        }
    }
}

impl Policy {
    /// Reads `CHECK=VALUE`: the check's id and the value in the unit of its limits.
    pub fn assumed(&self, pair: &str) -> Result<(String, Exact), ValueError> {
        let (id, text) = pair.split_once('=').ok_or_else(|| ValueError::NoPair(pair.to_owned()))?;
        let check = self.checks().map(|(_, check)| check).find(|check| check.id == id.trim());
        let check = check.ok_or_else(|| self.unknown_check(id.trim()))?;
        let value = value(check, text.trim()).ok_or_else(|| ValueError::Value {
            check: check.id.clone(),
            found: text.to_owned(),
            help: allowed(check.unit),
        })?;
        Ok((check.id.clone(), value))
    }

    fn unknown_check(&self, found: &str) -> ValueError {
        const SHOWN: usize = 10;
        if let Some(out) = self.not_applicable.iter().find(|out| out.check == found) {
            let help = format!("it is not applicable: {}", out.reason);
            return ValueError::UnknownCheck { found: found.to_owned(), help };
        }
        let known = || self.checks().map(|(_, check)| check.id.as_str());
        let near = suggest::nearest(found, known()).map(|near| format!("did you mean `{near}`?"));
        let help = near.unwrap_or_else(|| {
            let some: Vec<String> = known().take(SHOWN).map(|id| format!("`{id}`")).collect();
            format!("the checks are {}", some.join(", "))
        });
        ValueError::UnknownCheck { found: found.to_owned(), help }
    }
}

/// As for `target`: a share may be a plain decimal; a plain number is in the unit of the limits.
fn value(check: &Check, text: &str) -> Option<Exact> {
    let Quantity { value, unit } = quantity(text)?;
    let fits = match check.unit {
        Unit::Ratio => {
            let share = crate::model::exact::clamp_unit(value.clone()) == value;
            matches!(unit, Unit::Ratio | Unit::Count) && share
        }
        own => (unit == own || unit == Unit::Count) && value >= crate::model::exact::whole(0),
    };
    fits.then_some(value)
}

fn allowed(unit: Unit) -> &'static str {
    match unit {
        Unit::Ratio => "write a share from 0% to 100%, such as `85%`",
        Unit::Count => "write a plain number, such as `30`",
        Unit::Milliseconds => "write a time, such as `120ms`",
        Unit::Bytes => "write a size, such as `20MiB`",
        Unit::PerSecond => "write a rate, such as `500/s`",
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::defaults;

    #[test]
    fn a_value_is_read_in_the_unit_of_its_check() {
        let policy = defaults::policy();
        let read = |pair: &str| policy.assumed(pair).map(|(id, value)| format!("{id} {value}"));
        assert_eq!(read("coverage.lines=85%").unwrap(), "coverage.lines 17/20");
        assert_eq!(read("tests.pass-rate = 0.5").unwrap(), "tests.pass-rate 1/2");
    }

    #[test]
    fn what_cannot_be_assumed_is_refused_with_a_way_out() {
        let policy = defaults::policy();
        let told = |pair: &str| {
            let error = policy.assumed(pair).unwrap_err();
            format!("{error}; {}", error.help())
        };
        insta::assert_snapshot!(told("coverage.line=85%"), @"the policy has no check `coverage.line`; did you mean `coverage.lines`?");
        insta::assert_snapshot!(told("x=1"), @"the policy has no check `x`; the checks are `tests.pass-rate`, `coverage.lines`");
        insta::assert_snapshot!(told("coverage.lines=85"), @"`85` is no value for `coverage.lines`; write a share from 0% to 100%, such as `85%`");
        insta::assert_snapshot!(told("coverage.lines"), @"`coverage.lines` is not CHECK=VALUE; write the check as reports call it and its value: `coverage.lines=85%`");
    }
}
