//! Metrics: one typed number each, with unit, direction and state.

use super::exact::{Exact, ratio, whole};

/// Base units; values are converted when they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A plain number.
    Count,
    /// A share of 1; shown as a percentage.
    Ratio,
    /// Milliseconds.
    Milliseconds,
    /// Bytes.
    Bytes,
    /// Per second.
    PerSecond,
}

impl Unit {
    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "",
            Self::Ratio => "ratio",
            Self::Milliseconds => "ms",
            Self::Bytes => "bytes",
            Self::PerSecond => "per second",
        }
    }
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

impl Better {
    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
        }
    }
}

/// A named number from `readiness.metrics.json`, a load test or a benchmark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measurement {
    /// Its name, as checks refer to it.
    pub id: String,
    /// In the base unit.
    pub value: Exact,
    /// The base unit.
    pub unit: Unit,
    /// As the producer says.
    pub better: Option<Better>,
    /// The commit that it was measured on, if the file says so.
    pub commit: Option<String>,
    /// The machine that it was measured on, if the file says so; values of different machines are not comparable.
    pub environment: Option<String>,
    /// By how much values scatter from run to run, in the base unit: about one standard deviation.
    pub spread: Option<Exact>,
    /// What the value is made of, where files add up. Not recorded.
    pub counts: Option<Counts>,
}

/// Counts behind a measurement, which add up over files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// The value is this count.
    Sum(u64),
    /// The value is the first of the second.
    Share(u64, u64),
}

impl Counts {
    /// The counts of two files together; `None` when they are of different kinds.
    pub fn with(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Sum(one), Self::Sum(two)) => Some(Self::Sum(one.saturating_add(two))),
            (Self::Share(a, b), Self::Share(c, d)) => {
                Some(Self::Share(a.saturating_add(c), b.saturating_add(d)))
            }
            _ => None,
        }
    }

    /// The value that they make.
    pub fn value(self) -> Option<Exact> {
        match self {
            Self::Sum(count) => Some(whole(count)),
            Self::Share(part, total) => ratio(part, total),
        }
    }
}

impl Measurement {
    /// Whether this is worse than `known`. Without a direction nobody knows, so it is not.
    pub fn is_worse_than(&self, known: &Self) -> bool {
        match known.better.or(self.better) {
            Some(Better::Higher) => self.value < known.value,
            Some(Better::Lower) => self.value > known.value,
            None => false,
        }
    }

    /// Whether both say where they were measured, and it was not the same machine.
    pub fn is_elsewhere(&self, other: &Self) -> bool {
        matches!((&self.environment, &other.environment), (Some(one), Some(two)) if one != two)
    }
}

/// What stands behind a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MetricState {
    /// Computed from evidence.
    Measured,
    /// Nothing was found.
    NoEvidence,
    /// Found, and not usable: unreadable, cut short, or short of what the policy expects.
    Invalid,
    /// From another commit, or older than `max-age`.
    Stale,
    /// A live attestation stands in.
    Claimed,
    /// An attestation that ran out.
    Expired,
}

impl MetricState {
    /// The word in JSON and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::NoEvidence => "no-evidence",
            Self::Invalid => "invalid",
            Self::Stale => "stale",
            Self::Claimed => "claimed",
            Self::Expired => "expired",
        }
    }
}

/// One metric as computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metric {
    /// Whether and how it could be computed.
    pub state: MetricState,
    /// In the base unit; absent unless measured.
    pub value: Option<Exact>,
    /// Numerator and denominator, where the value is a ratio of counts.
    pub counts: Option<(u64, u64)>,
    /// The base unit.
    pub unit: Unit,
    /// Why it is not measured, or what it was computed from.
    pub reason: Option<String>,
    /// The machine that it was measured on, where the evidence says so.
    pub environment: Option<String>,
}
