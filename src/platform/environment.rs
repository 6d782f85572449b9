//! Environment variables, taken once and handed on.

use std::collections::BTreeMap;

use crate::model::order;

/// The variables of the process, or those that a test makes up.
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The variables of this process; values that are not UTF-8 are taken lossily.
    pub fn from_process() -> Self {
        let lossy = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
        Self(order::map(std::env::vars_os().map(|(name, value)| (lossy(name), lossy(value)))))
    }

    /// A variable's value, trimmed; one that is blank counts as not set, as the runner sets inputs that nobody gave.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        Self(order::map(variables.into_iter().map(|(name, value)| (name.into(), value.into()))))
    }
}

/// Names only: values may be secrets.
impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_values_are_not_set_and_none_is_shown() {
        let environment: Environment =
            [("INPUT_NAME", " "), ("INPUT_TOKEN", " secret\n")].into_iter().collect();
        assert_eq!(environment.get("INPUT_NAME"), None);
        assert_eq!(environment.get("INPUT_TOKEN"), Some("secret"));
        assert_eq!(environment.get("OTHER"), None);
        assert!(!format!("{environment:?}").contains("secret"));
    }
}
