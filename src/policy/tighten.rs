//! Inputs of the action on top of a policy: they make the gate stricter, never looser.

use crate::model::exact::Tenths;

use super::Policy;
use super::error::{PolicyError, Problem};
use super::validate::number;

/// Gate settings as given to one run, as text; absent ones leave the policy as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `min-score`, 0 to 100.
    pub min_score: Option<String>,
    /// `max-drop`, 0 to 100.
    pub max_drop: Option<String>,
    /// `max-failures`, a whole number.
    pub max_failures: Option<String>,
    /// `patch-coverage`, in percent.
    pub patch_coverage: Option<String>,
}

impl Policy {
    /// The policy with the stricter of both for every setting, and one sentence for each input that is looser
    /// than the policy and therefore has no effect.
    pub fn tightened(mut self, inputs: &Overrides) -> Result<(Self, Vec<String>), PolicyError> {
        let mut notes = Vec::new();
        let gate = &mut self.gate;
        let score = Input { name: "min-score", text: inputs.min_score.as_deref(), read: points };
        score.apply(&mut gate.min_score, Ord::max, &mut notes)?;
        let drop = Input { name: "max-drop", text: inputs.max_drop.as_deref(), read: points };
        drop.apply(&mut gate.max_drop, Ord::min, &mut notes)?;
        let failures = Input { name: "max-failures", text: inputs.max_failures.as_deref(), read: count };
        failures.apply(&mut gate.max_failures, Ord::min, &mut notes)?;
        let patch = Input { name: "patch-coverage", text: inputs.patch_coverage.as_deref(), read: points };
        patch.apply(&mut gate.patch_coverage, Ord::max, &mut notes)?;
        Ok((self, notes))
    }
}

/// One input with the reader of its value.
struct Input<'a, T> {
    name: &'static str,
    text: Option<&'a str>,
    read: fn(&str) -> Result<T, &'static str>,
}

impl<T: Copy + PartialEq + std::fmt::Display> Input<'_, T> {
    fn apply(
        &self,
        setting: &mut Option<T>,
        stricter: fn(T, T) -> T,
        notes: &mut Vec<String>,
    ) -> Result<(), PolicyError> {
        let Some(text) = self.text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(()) };
        let wanted = (self.read)(text).map_err(|allowed| self.rejected(text, allowed))?;
        let decided = setting.map_or(wanted, |own| stricter(own, wanted));
        if decided != wanted {
            notes.push(format!(
                "the input `{}` ({wanted}) is looser than the policy's {decided}, which stands",
                self.name
            ));
        }
        *setting = Some(decided);
        Ok(())
    }

    fn rejected(&self, text: &str, allowed: &'static str) -> PolicyError {
        let problem =
            Problem::Value { key: self.name.to_owned(), found: text.to_owned(), allowed: allowed.into() };
        PolicyError { origin: "inputs".to_owned(), place: None, problem }
    }
}

fn points(text: &str) -> Result<Tenths, &'static str> {
    number::points(text).ok_or(number::POINTS)
}

fn count(text: &str) -> Result<u64, &'static str> {
    number::count(text).ok_or(number::COUNT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::load::parse;

    fn inputs(min_score: &str, max_drop: &str) -> Overrides {
        Overrides {
            min_score: Some(min_score.to_owned()),
            max_drop: Some(max_drop.to_owned()),
            ..Overrides::default()
        }
    }

    #[test]
    fn a_stricter_input_counts_and_a_looser_one_is_named() {
        let policy = parse("gate: {min-score: 80, max-drop: 1}\n", "readiness.yml").unwrap();
        let (tight, notes) = policy.tightened(&inputs("70", "0.5")).unwrap();
        assert_eq!((tight.gate.min_score, tight.gate.max_drop), (Some(Tenths(800)), Some(Tenths(5))));
        assert_eq!(notes, ["the input `min-score` (70.0) is looser than the policy's 80.0, which stands"]);
    }

    #[test]
    fn an_input_adds_a_condition_that_the_policy_does_not_have() {
        let policy = parse("version: 1\n", "readiness.yml").unwrap();
        let inputs = Overrides {
            patch_coverage: Some("80%".to_owned()),
            max_failures: Some("0".to_owned()),
            ..inputs("", " ")
        };
        let (tight, notes) = policy.tightened(&inputs).unwrap();
        assert_eq!((tight.gate.patch_coverage, tight.gate.max_failures), (Some(Tenths(800)), Some(0)));
        assert_eq!((tight.gate.min_score, notes.len()), (None, 0));
    }

    #[test]
    fn an_impossible_input_is_an_error() {
        let policy = parse("version: 1\n", "readiness.yml").unwrap();
        let error = policy.tightened(&inputs("120", "")).unwrap_err();
        insta::assert_snapshot!(error, @"inputs: `min-score` is `120`; allowed is 0 to 100 in steps of 0.1");
    }
}
