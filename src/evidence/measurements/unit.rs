//! Units as tools write them, and what they are in base units.

use crate::model::exact::Exact;
use crate::model::metric::Unit;

/// A way to write a unit: base unit, and how many base units one is (numerator, denominator).
type Row = (&'static str, Unit, u64, u64);

const ROWS: [Row; 35] = [
    ("", Unit::Count, 1, 1),
    ("count", Unit::Count, 1, 1),
    ("ratio", Unit::Ratio, 1, 1),
    ("%", Unit::Ratio, 1, 100),
    ("percent", Unit::Ratio, 1, 100),
    ("ns", Unit::Milliseconds, 1, 1_000_000),
    ("us", Unit::Milliseconds, 1, 1_000),
    ("µs", Unit::Milliseconds, 1, 1_000),
    ("μs", Unit::Milliseconds, 1, 1_000),
    ("ms", Unit::Milliseconds, 1, 1),
    ("s", Unit::Milliseconds, 1_000, 1),
    ("min", Unit::Milliseconds, 60_000, 1),
    ("h", Unit::Milliseconds, 3_600_000, 1),
    ("B", Unit::Bytes, 1, 1),
    ("bytes", Unit::Bytes, 1, 1),
    ("kB", Unit::Bytes, 1_000, 1),
    ("KB", Unit::Bytes, 1_000, 1),
    ("MB", Unit::Bytes, 1_000_000, 1),
    ("GB", Unit::Bytes, 1_000_000_000, 1),
    ("TB", Unit::Bytes, 1_000_000_000_000, 1),
    ("KiB", Unit::Bytes, 1 << 10, 1),
    ("MiB", Unit::Bytes, 1 << 20, 1),
    ("GiB", Unit::Bytes, 1 << 30, 1),
    ("TiB", Unit::Bytes, 1 << 40, 1),
    ("/s", Unit::PerSecond, 1, 1),
    ("per second", Unit::PerSecond, 1, 1),
    ("op/s", Unit::PerSecond, 1, 1),
    ("ops/s", Unit::PerSecond, 1, 1),
    ("req/s", Unit::PerSecond, 1, 1),
    ("Hz", Unit::PerSecond, 1, 1),
    ("/min", Unit::PerSecond, 1, 60),
    ("/h", Unit::PerSecond, 1, 3_600),
    ("/us", Unit::PerSecond, 1_000_000, 1),
    ("/ns", Unit::PerSecond, 1_000_000_000, 1),
    ("/ms", Unit::PerSecond, 1_000, 1),
];

/// The base unit of `written`, and what one of it is in base units.
pub(super) fn base(written: &str) -> Option<(Unit, Exact)> {
    let (_, unit, numerator, denominator) = ROWS.iter().find(|(name, ..)| *name == written.trim())?;
    Some((*unit, Exact::new((*numerator).into(), (*denominator).into())))
}

/// `written` as it is known here, when it is.
pub(super) fn known_as(written: &str) -> Option<&'static str> {
    ROWS.iter().find(|(name, ..)| *name == written.trim()).map(|(name, ..)| *name)
}

/// All ways to write a unit, for messages.
pub(super) fn known() -> String {
    let names: Vec<String> =
        ROWS.iter().filter(|(name, ..)| !name.is_empty()).map(|(name, ..)| format!("`{name}`")).collect();
    names.join(", ")
}
