//! JUnit XML in all its dialects: a tolerant reader that counts what is listed.
//!
//! There is no standard, only what Ant wrote first and everybody changed since. The rules:
//!
//! * Any root (`testsuites`, `testsuite`, `testrun`); suites nest and are flattened with their path; cases count
//!   wherever they stand below these, in the root's namespace.
//! * Outcome of a case: `<skipped>` > `<error>` > `<failure>` > reruns that never passed > what a `status` or
//!   `result` attribute says > passed. A failure beside `<skipped>` is a tolerated one.
//! * `<flakyFailure>` and `<flakyError>` in a case that passed make it flaky; `<rerunFailure>` adds nothing to
//!   a failure.
//! * `<error>` or `<failure>` directly below a suite is a suite error, and so are failures that a suite claims in
//!   its attributes when it lists none.
//! * A case of `CTest` that could not be started is skipped, and a suite error as it is in `Test.xml`.
//! * What is inside `<system-out>` and the like is text, whatever it looks like.

mod attributes;
mod case;
mod claims;
mod producer;
mod reader;
mod suites;

pub use reader::{looks_like, read};

#[cfg(test)]
mod tests;
