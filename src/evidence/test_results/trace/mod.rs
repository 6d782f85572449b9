//! Source files and lines that a failure's text names: the frames of stack traces, language by language.

mod frames;
mod languages;
mod paths;

pub(super) use frames::{Frames, MAX_TRACED};
pub(super) use languages::dotnet;

#[cfg(test)]
mod tests;
