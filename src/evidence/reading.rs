//! What every format reader returns: readers are total, a bad file is a state and not an `Err`.

use std::io;

use crate::model::input::{InputState, Problem};

/// The outcome of reading one input as `T`.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading<T> {
    /// What could be read; the complete part of a file that was cut short.
    pub value: Option<T>,
    /// Exactly one of the five states.
    pub state: InputState,
    /// In order of their place.
    pub problems: Vec<Problem>,
}

impl<T> Reading<T> {
    /// Read to the end: `measured`, or `empty` when `value` is absent.
    pub fn complete(value: Option<T>, problems: Vec<Problem>) -> Self {
        let state = if value.is_some() { InputState::Measured } else { InputState::Empty };
        Self { value, state, problems }
    }

    /// Ended early by `stop`; `value` is what was complete by then.
    pub fn stopped(value: Option<T>, mut problems: Vec<Problem>, stop: Stop) -> Self {
        problems.push(stop.problem);
        Self { value, state: stop.state, problems }
    }

    /// The same reading with another kind of value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reading<U> {
        Reading { value: self.value.map(change), state: self.state, problems: self.problems }
    }
}

/// Why reading ended before the end: the state that the input gets and the error that says where and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// [`InputState::Incomplete`] for a file that was cut short, else [`InputState::Invalid`].
    pub state: InputState,
    /// An error, with its place.
    pub problem: Problem,
}

impl Stop {
    /// Not readable as what it is.
    pub fn invalid(problem: Problem) -> Self {
        Self { state: InputState::Invalid, problem }
    }

    /// Cut short.
    pub fn incomplete(problem: Problem) -> Self {
        Self { state: InputState::Incomplete, problem }
    }

    /// From an error of the byte layer at a 1-based place: an unexpected end is a cut, all else is invalid.
    pub fn from_io(error: &io::Error, line: u64, column: u64) -> Self {
        let problem = Problem::error(error.to_string()).at(line, column);
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::incomplete(problem),
            _ => Self::invalid(problem),
        }
    }
}
