//! Why the coverage of lines is not what it was on the base: parts that add up to the whole.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Add;

use super::coverage::Covered;
use super::exact::Tenths;

/// How many lines more are covered, and coverable, than before; below 0 for fewer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Covered lines.
    pub covered: i128,
    /// Coverable lines.
    pub total: i128,
}

impl Difference {
    /// What leads from `base` to `head`.
    pub fn between(base: Covered, head: Covered) -> Self {
        Self {
            covered: i128::from(head.covered) - i128::from(base.covered),
            total: i128::from(head.total) - i128::from(base.total),
        }
    }

    /// Nothing more and nothing fewer.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

impl Add for Difference {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { covered: self.covered + other.covered, total: self.total + other.total }
    }
}

/// One part of a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Lines.
    pub lines: Difference,
    /// Its share of the change of the shown percentage, in points of a hundred; `None` when a side has no coverable
    /// line.
    pub points: Option<Tenths>,
}

/// A change and what it is made of: the lines, and the shown points, of the four parts sum to those of `total`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Lines that the diff adds.
    pub patch: Part,
    /// Lines of the base that the diff removes.
    pub removed: Part,
    /// Lines outside the diff whose state is another.
    pub indirect: Part,
    /// Lines outside the diff that came or went with a report.
    pub reports: Part,
    /// Base to head.
    pub total: Part,
}

/// The change of the whole project and of its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoverageChange {
    /// All files.
    pub whole: Change,
    /// Files with any part that is not nothing, by repository path: the head's, or the base's for what is gone.
    pub files: BTreeMap<String, Change>,
}

/// Coverage reports that only one side has, and what of the base is not known any more because of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportSet {
    /// Reports of the base that the head does not have, or has without anything in them.
    pub missing: Vec<String>,
    /// Reports that the base does not have.
    pub new: Vec<String>,
    /// Files that a report of the base names, that are still there, and that no report of the head names.
    pub unnamed: BTreeSet<String>,
    /// Display names of components whose job did not run.
    pub not_run: Vec<String>,
    /// Files that lost lines, or the coverage of lines, which the change does not touch, while reports are missing
    /// or its component's job did not run.
    pub lost: BTreeMap<String, u64>,
}

impl ReportSet {
    /// Lines outside the change that are lost with the missing reports.
    pub fn lost_lines(&self) -> u64 {
        self.lost.values().sum()
    }
}
