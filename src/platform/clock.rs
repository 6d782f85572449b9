//! The clock.

/// Now.
#[expect(clippy::disallowed_methods, reason = "this is where the clock enters")]
pub fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
