//! A first look at the text: it is one document of bounded size, and no key occurs twice in a mapping.
//!
//! Typed reading would copy what aliases stand for again and again; this walk only counts.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Values that a policy may unfold into, aliases counted each time.
pub(super) const MAX_VALUES: usize = 20_000;

/// What the walk stops at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    /// More than [`MAX_VALUES`].
    TooMany,
    /// A key that its mapping has already.
    Duplicate(String),
}

/// Walks over `text`; the finding is given where the error is ours.
pub(super) fn check(text: &str) -> Result<(), (serde_yaml::Error, Option<Finding>)> {
    let seen = Seen { values: Cell::new(0), finding: Cell::new(None) };
    match Walk(&seen).deserialize(serde_yaml::Deserializer::from_str(text)) {
        Ok(()) => Ok(()),
        Err(error) => Err((error, seen.finding.take())),
    }
}

struct Seen {
    values: Cell<usize>,
    finding: Cell<Option<Finding>>,
}

#[derive(Clone, Copy)]
struct Walk<'a>(&'a Seen);

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.values.set(self.0.values.get() + 1);
        if self.0.values.get() > MAX_VALUES {
            self.0.finding.set(Some(Finding::TooMany));
            return Err(D::Error::custom("too many values"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a plain value")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<(), E> {
        Ok(())
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(self)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut keys = BTreeSet::new();
        while let Some(key) = map.next_key_seed(NewKey { keys: &keys, seen: self.0 })? {
            keys.insert(key);
            map.next_value_seed(self)?;
        }
        Ok(())
    }
}

struct NewKey<'a> {
    keys: &'a BTreeSet<String>,
    seen: &'a Seen,
}

impl<'de> DeserializeSeed<'de> for NewKey<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NewKey<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a plain key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        if self.keys.contains(key) {
            self.seen.finding.set(Some(Finding::Duplicate(key.to_owned())));
            return Err(E::custom("duplicate key"));
        }
        Ok(key.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_may_occur_once_in_each_mapping() {
        assert!(check("a: {b: 1}\nb: {b: 2}\n").is_ok());
        let (error, finding) = check("a:\n  b: 1\n  c: 2\n  b: 3\n").unwrap_err();
        assert_eq!(finding, Some(Finding::Duplicate("b".to_owned())));
        assert_eq!(error.location().map(|at| (at.line(), at.column())), Some((4, 3)));
    }

    #[test]
    fn aliases_count_for_what_they_stand_for() {
        let level = |level: usize| {
            let inner = vec![format!("*a{}", level - 1); 10].join(",");
            format!("a{level}: &a{level} [{inner}]\n")
        };
        let text = format!("a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n{}", (1..7).map(level).collect::<String>());
        let (_, finding) = check(&text).unwrap_err();
        assert_eq!(finding, Some(Finding::TooMany));
    }
}
