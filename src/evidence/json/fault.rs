//! What can be wrong with JSON: faults end the reading, blemishes are repaired with a warning.

use crate::evidence::bytes::Place;
use crate::evidence::reading::Stop;
use crate::evidence::tally::Tally;
use crate::model::input::Problem;
use crate::model::order;

/// Deepest nesting of objects and lists, also of those that are skipped.
pub(super) const MAX_DEPTH: usize = 1000;

/// Not JSON, or beyond a limit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("the file ends inside of a JSON value; it was cut short")]
    Cut,
    #[error("expected {expected} in JSON, found `{found}`")]
    Unexpected { expected: &'static str, found: char },
    #[error("objects and lists are nested deeper than {0}")]
    Depth(usize),
    #[error("another JSON document begins behind the first one; write one document per file")]
    SecondDocument,
}

impl Fault {
    /// The end of the reading at `place`.
    pub(super) fn at(&self, place: Place) -> Stop {
        let problem = Problem::error(self.to_string()).at(place.line, place.column);
        match self {
            Self::Cut => Stop::incomplete(problem),
            _ => Stop::invalid(problem),
        }
    }
}

/// Damage that is repaired, or left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blemish {
    Escape,
    Shortened,
    TextOutside,
}

/// Blemishes so far: one warning for each kind, at its first place.
#[derive(Clone, Debug, Default)]
pub(super) struct Blemishes {
    tallies: [Tally; 3],
}

impl Blemishes {
    pub(super) fn add(&mut self, blemish: Blemish, place: Place) {
        if let Some(tally) = self.tallies.get_mut(blemish as usize) {
            tally.add(|| place);
        }
    }

    pub(super) fn problems(&self) -> Vec<Problem> {
        let messages = [
            "a backslash that escapes nothing; kept as it is",
            "a record is too large to be kept whole; the rest of it is left out",
            "text outside of the JSON document; left out",
        ];
        let warning = |(tally, message): (&Tally, &str)| {
            tally.warning(|count| match count {
                1 => message.to_owned(),
                _ => format!("{message} ({count} times, the first one here)"),
            })
        };
        let mut problems: Vec<Problem> = self.tallies.iter().zip(messages).filter_map(warning).collect();
        order::sort_by_key(&mut problems, Problem::place);
        problems
    }
}
