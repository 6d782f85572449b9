//! One small record of a report, and tolerant questions to it.

use super::number;

/// A JSON value; numbers keep the digits that were written, no precision is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// `null`, or nothing at all.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// As written.
    Number(String),
    /// Unescaped.
    Text(String),
    /// In order.
    List(Vec<Self>),
    /// In order; keys may repeat, the last one counts.
    Object(Vec<(String, Self)>),
}

/// What an absent member is.
static NULL: Value = Value::Null;

impl Value {
    /// `true`, `false`, `null` or a number.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        match word {
            "true" => Some(Self::Bool(true)),
            "false" => Some(Self::Bool(false)),
            "null" => Some(Self::Null),
            _ => number::is_number(word).then(|| Self::Number(word.to_owned())),
        }
    }

    /// The member `key` of an object, else null.
    pub fn get(&self, key: &str) -> &Self {
        let Self::Object(members) = self else { return &NULL };
        members.iter().rev().find(|(name, _)| name == key).map_or(&NULL, |(_, value)| value)
    }

    /// Whether this is an object with the member `key`.
    pub fn has(&self, key: &str) -> bool {
        matches!(self, Self::Object(members) if members.iter().any(|(name, _)| name == key))
    }

    /// A string, or the digits of a number.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            _ => None,
        }
    }

    /// The member `key` as text; an empty one is none.
    pub fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key).text().filter(|text| !text.is_empty())
    }

    /// A text, or the texts of a list, one on each line.
    pub fn lines(&self) -> String {
        match self {
            Self::List(elements) => elements.iter().filter_map(Self::text).collect::<Vec<_>>().join("\n"),
            other => other.text().unwrap_or_default().to_owned(),
        }
    }

    /// A count, also when it is written as a string or with zeros behind the point.
    pub fn count(&self) -> Option<u64> {
        number::scaled(self.text()?, 1)
    }

    /// The member `key` as a 1-based line.
    pub fn line_of(&self, key: &str) -> Option<u32> {
        self.get(key).count().and_then(|line| u32::try_from(line).ok()).filter(|line| *line > 0)
    }

    /// The member `key` in nanoseconds, when it is a number of units of `unit` nanoseconds.
    pub fn nanoseconds(&self, key: &str, unit: u64) -> Option<u64> {
        number::scaled(self.get(key).text()?, unit)
    }

    /// `true`, also when it is written as a string or as a number.
    pub fn is_true(&self) -> bool {
        matches!(self, Self::Bool(true)) || matches!(self.text(), Some("true" | "1"))
    }

    /// The elements of a list; no other value has any.
    pub fn list(&self) -> &[Self] {
        match self {
            Self::List(elements) => elements,
            _ => &[],
        }
    }

    /// The members of an object; no other value has any.
    pub fn members(&self) -> &[(String, Self)] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    /// Whether this is an object, as every record of a report should be.
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    /// Whether there is anything: no null, no empty string, list or object.
    pub fn is_something(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Text(text) => !text.is_empty(),
            Self::List(elements) => !elements.is_empty(),
            Self::Object(members) => !members.is_empty(),
            Self::Bool(_) | Self::Number(_) => true,
        }
    }
}
