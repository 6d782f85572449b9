//! `SubUnit`, versions 1 (lines) and 2 (packets), as testtools, stestr and libraries for C and Perl write it.
//!
//! <https://github.com/testing-cabal/subunit/blob/master/README.rst>. A test that began and has no end is errored. An
//! expected failure was tolerated, so it is skipped; an unexpected success is a failure, as it is for `unittest`.

mod cases;
mod lines;
mod packets;

use std::io::BufRead;

use crate::evidence::bytes::SUBUNIT;
use crate::evidence::reading::Reading;
use crate::model::tests::TestReport;

/// Whether `head` begins a stream of either version.
pub(crate) fn looks_like(head: &str) -> bool {
    head.starts_with(SUBUNIT) || lines::looks_like(head)
}

/// Reads one stream.
pub(crate) fn read(mut text: impl BufRead) -> Reading<TestReport> {
    // The first byte of a packet stands for itself in no text.
    let is_packed = text.fill_buf().is_ok_and(|head| head.starts_with(SUBUNIT.to_string().as_bytes()));
    if is_packed { packets::read(text) } else { lines::read(text) }
}

#[cfg(test)]
mod tests;
