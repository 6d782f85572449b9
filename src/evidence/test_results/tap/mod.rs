//! TAP, the Test Anything Protocol, versions 12 to 14, line by line.
//!
//! <https://testanything.org/tap-version-14-specification.html>. Cases are the test points of the outermost level;
//! those of subtests are told by their parent. A plan that does not hold, or no plan, is a failure of the suite.

mod diagnostics;
mod line;
mod reader;

pub(crate) use reader::{looks_like, read};

#[cfg(test)]
mod tests;
