//! What a report lists by number, mostly in order and without a gap.

use std::collections::HashMap;
use std::fmt;

/// The name of an entry, which nearly always is a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Id {
    Number(u32),
    /// Any other text, and numbers as they would not be written again.
    Text(Box<str>),
}

impl Id {
    pub(super) fn of(text: &str) -> Self {
        let is_plain = matches!(text.as_bytes(), b"0" | [b'1'..=b'9', ..]);
        let number = if is_plain { text.parse().ok() } else { None };
        number.map_or_else(|| Self::Text(text.into()), Self::Number)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

/// Entries by their name.
#[derive(Debug)]
pub(super) struct Numbered<T> {
    /// Those whose number is hardly larger than that of the one before.
    row: Vec<Option<T>>,
    others: HashMap<Id, T>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { row: Vec::new(), others: HashMap::new() }
    }
}

impl<T> Numbered<T> {
    /// The longest gap that is left open in the row.
    const GAP: usize = 8;

    /// Of two entries with one name the last one counts.
    pub(super) fn insert(&mut self, id: Id, entry: T) {
        match self.place(&id) {
            Some(place) => {
                if place >= self.row.len() {
                    self.row.resize_with(place + 1, || None);
                }
                if let Some(known) = self.row.get_mut(place) {
                    *known = Some(entry);
                }
            }
            None => drop(self.others.insert(id, entry)),
        }
    }

    pub(super) fn get(&self, id: &Id) -> Option<&T> {
        let in_row = self.place(id).and_then(|place| self.row.get(place)?.as_ref());
        in_row.or_else(|| self.others.get(id))
    }

    fn place(&self, id: &Id) -> Option<usize> {
        match id {
            Id::Number(number) => Some(*number as usize).filter(|place| *place < self.row.len() + Self::GAP),
            Id::Text(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_by_the_text_of_their_names() {
        let names = ["1", "2", "40", "0", "007", "7", "4294967295", "4294967296", "", "x", "3", "40", "2"];
        let mut all = Numbered::default();
        for (entry, name) in names.iter().enumerate() {
            all.insert(Id::of(name), entry);
            assert_eq!(Id::of(name).to_string(), *name);
        }
        for (entry, name) in
            [(0, "1"), (12, "2"), (11, "40"), (4, "007"), (5, "7"), (6, "4294967295"), (8, "")]
        {
            assert_eq!(all.get(&Id::of(name)), Some(&entry), "{name}");
        }
        for name in ["5", "39", "01", "y"] {
            assert_eq!(all.get(&Id::of(name)), None, "{name}");
        }
    }
}
