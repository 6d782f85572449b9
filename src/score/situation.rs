//! What a report is computed from.

use jiff::civil::Date;

use crate::model::commit::Head;
use crate::model::coverage::PatchCoverage;
use crate::model::diff::Diff;
use crate::model::evidence::Evidence;
use crate::model::exact::Tenths;
use crate::model::report::{Base, IndirectChange, PolicyOrigin};
use crate::model::trend::TrendPoint;
use crate::policy::Policy;

/// Everything that [`evaluate`](super::evaluate()) looks at.
#[derive(Clone, Debug)]
pub struct Situation<'a> {
    /// The rules: the base branch's, for a pull request.
    pub policy: &'a Policy,
    /// Where they came from.
    pub origin: PolicyOrigin,
    /// The head's evidence.
    pub evidence: &'a Evidence,
    /// What the change touches, when that is known.
    pub diff: Option<&'a Diff>,
    /// Coverage of the added lines, when there is a diff and a coverage report.
    pub patch: Option<PatchCoverage>,
    /// Lines outside the change whose state flipped.
    pub indirect: Vec<IndirectChange>,
    /// The commit that the report is about.
    pub head: Head,
    /// The day on which attestations, waivers and modes are looked at.
    pub today: Date,
    /// What the head is compared with.
    pub baseline: Option<&'a Baseline>,
    /// The report's name, when several stand side by side.
    pub name: Option<String>,
    /// Recorded runs of the base branch, oldest first.
    pub trend: Vec<TrendPoint>,
    /// Sentences of the caller that the reader must see.
    pub notes: Vec<String>,
    /// The pull request's own policy, when it edits it: shown, and what `policy-change` looks at.
    pub proposed: Option<Proposed<'a>>,
}

/// A policy that a change brings along.
#[derive(Clone, Copy, Debug)]
pub enum Proposed<'a> {
    /// It can be read.
    Valid(&'a Policy),
    /// It cannot, and would stop every run once merged.
    Unreadable,
}

impl<'a> Proposed<'a> {
    /// The policy, if it can be read.
    pub fn policy(self) -> Option<&'a Policy> {
        match self {
            Self::Valid(policy) => Some(policy),
            Self::Unreadable => None,
        }
    }
}

/// A recorded snapshot.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// Which commit, and how far away.
    pub base: Base,
    /// Its evidence in full.
    pub evidence: Evidence,
    /// The policy that it was scored with.
    pub policy: Policy,
    /// The day on which it was recorded: its attestations are looked at as of then.
    pub recorded_on: Date,
    /// The score that was shown then.
    pub score: Tenths,
}
