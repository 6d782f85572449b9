//! Components of the policy in the report.

use std::fmt;

use crate::model::commit::Sha;
use crate::model::coverage::{CoverageTotals, Covered};
use crate::model::exact::Tenths;

/// What stands behind the numbers of a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComponentState {
    /// This commit.
    Measured,
    /// At least one file's numbers are those of an earlier commit.
    Carried,
    /// Nothing is known.
    NoEvidence,
    /// Lines that the base knows are missing without having been changed.
    Invalid,
}

impl ComponentState {
    /// The word in JSON and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Carried => "carried",
            Self::NoEvidence => "no-evidence",
            Self::Invalid => "invalid",
        }
    }
}

/// Files whose coverage is that of an earlier commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedReport {
    /// The commit that they were measured on; empty when unknown.
    pub sha: Sha,
    /// How many days ago that was recorded.
    pub days: Option<u32>,
    /// How many files.
    pub files: u64,
}

/// Coverage of one component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComponentReport {
    /// Policy key.
    pub id: String,
    /// Display name.
    pub name: String,
    /// What stands behind the numbers.
    pub state: ComponentState,
    /// Of its files.
    pub totals: CoverageTotals,
    /// The same on the base, when it knows any line of it.
    pub base: Option<CoverageTotals>,
    /// The change of the shown percentage of lines, in points of a hundred.
    pub delta: Option<Tenths>,
    /// Its added coverable lines; `None` without a diff.
    pub patch: Option<Covered>,
    /// What was not measured on this commit, by origin.
    pub carried: Vec<CarriedReport>,
    /// Why some of it, or all, is not measured.
    pub reason: Option<String>,
}

impl fmt::Display for CarriedReport {
    /// "12 files carried forward from abc1234def, 3 days old".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ending = |number: u64| if number == 1 { "" } else { "s" };
        let from = if self.sha.0.is_empty() { "the base" } else { self.sha.short() };
        write!(f, "{} file{} carried forward from {from}", self.files, ending(self.files))?;
        match self.days {
            Some(days) => write!(f, ", {days} day{} old", ending(days.into())),
            None => Ok(()),
        }
    }
}
