//! Where a key or value of a policy stands in its text.
//!
//! Validated values do not remember their place. When one turns out wrong, the text is read once more along the
//! path to it, and reading stops there: the YAML reader then says where it was, in block and in flow style alike.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::error::Place;

/// One step from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The value of a key.
    Key(String),
    /// An element of a list, from 0.
    Index(usize),
}

/// What of the last step is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The key itself.
    Key,
    /// The value behind it.
    Value,
}

/// A way from the root of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path(Vec<Step>);

impl Path {
    /// The value of `key` inside.
    pub(super) fn key(&self, key: &str) -> Self {
        self.with(Step::Key(key.to_owned()))
    }

    /// The element `index` inside.
    pub(super) fn index(&self, index: usize) -> Self {
        self.with(Step::Index(index))
    }

    /// The last key on the way, for messages.
    pub(super) fn last_key(&self) -> String {
        let keys = self.0.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(key.clone()),
            Step::Index(_) => None,
        });
        keys.unwrap_or_else(|| "policy".to_owned())
    }

    fn with(&self, step: Step) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }
}

/// The place of `path` in `text`; the nearest enclosing value that exists when the path itself does not.
pub(super) fn place(text: &str, path: &Path, part: Part) -> Option<Place> {
    let steps = path.0.as_slice();
    (0..=steps.len()).rev().find_map(|length| seek(text, steps.get(..length)?, part))
}

fn seek(text: &str, steps: &[Step], part: Part) -> Option<Place> {
    let seed = Seek { steps, part };
    let stop = seed.deserialize(serde_yaml::Deserializer::from_str(text)).err()?;
    let location = stop.location()?;
    // Anything but our own stop means that the path does not exist.
    stop.to_string().contains(STOP).then(|| Place { line: location.line(), column: location.column() })
}

const STOP: &str = "readiness-policy-stops-here";

/// Reads along `steps` and fails on purpose where they end.
#[derive(Clone, Copy)]
struct Seek<'a> {
    steps: &'a [Step],
    part: Part,
}

impl<'de> DeserializeSeed<'de> for Seek<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Seek<'_> {
    fn scalar<E: Error>(self) -> Result<(), E> {
        if self.steps.is_empty() { Err(E::custom(STOP)) } else { Ok(()) }
    }
}

impl<'de> Visitor<'de> for Seek<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a policy")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        self.scalar()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        self.scalar()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        self.scalar()
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<(), E> {
        self.scalar()
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<(), E> {
        self.scalar()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        self.scalar()
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        self.scalar()
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.scalar()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Some((first, rest)) = self.steps.split_first() else { return self.scalar() };
        let Step::Index(wanted) = first else { return Ok(()) };
        for _ in 0..*wanted {
            list.next_element::<IgnoredAny>()?;
        }
        list.next_element_seed(Seek { steps: rest, part: self.part })?;
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some((first, rest)) = self.steps.split_first() else { return self.scalar() };
        let stop_at_key = rest.is_empty() && self.part == Part::Key;
        let Step::Key(wanted) = first else { return Ok(()) };
        while let Some(found) = map.next_key_seed(SeekKey { wanted, stop: stop_at_key })? {
            if found {
                map.next_value_seed(Seek { steps: rest, part: self.part })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// Whether a key is the wanted one; fails on purpose there when asked to.
struct SeekKey<'a> {
    wanted: &'a str,
    stop: bool,
}

impl<'de> DeserializeSeed<'de> for SeekKey<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for SeekKey<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<bool, E> {
        let found = key == self.wanted;
        if found && self.stop { Err(E::custom(STOP)) } else { Ok(found) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a:\n  b: {c: 1, \"d\": [x, {e: 2}]}\n  f:\n    - g: 3\n    -  h: ü\n0: zero\n";

    fn at(steps: &[&str], part: Part) -> (usize, usize) {
        let path = steps.iter().fold(Path::default(), |path, step| match step.parse() {
            Ok(index) if *step != "0" || path != Path::default() => path.index(index),
            _ => path.key(step),
        });
        let place = place(TEXT, &path, part).unwrap();
        (place.line, place.column)
    }

    #[test]
    fn keys_and_values_are_found_in_block_and_flow_style() {
        assert_eq!(at(&["a", "b", "c"], Part::Key), (2, 7));
        assert_eq!(at(&["a", "b", "c"], Part::Value), (2, 10));
        assert_eq!(at(&["a", "b", "d"], Part::Key), (2, 13));
        assert_eq!(at(&["a", "b", "d", "1", "e"], Part::Value), (2, 26));
        assert_eq!(at(&["a", "f", "1", "h"], Part::Key), (5, 8));
        assert_eq!(at(&["a", "f", "1", "h"], Part::Value), (5, 11));
        assert_eq!(at(&["0"], Part::Key), (6, 1));
    }

    #[test]
    fn a_path_that_does_not_exist_leads_to_what_encloses_it() {
        assert_eq!(at(&["a", "b", "nothing"], Part::Value), (2, 6));
        assert_eq!(at(&["a", "f", "7"], Part::Value), (4, 5));
    }

    #[test]
    fn aliases_lead_to_what_they_stand_for() {
        let text = "x: &one {y: 1}\nz: *one\n";
        let found = place(text, &Path::default().key("z").key("y"), Part::Value);
        assert_eq!(found, Some(Place { line: 1, column: 13 }));
    }
}
