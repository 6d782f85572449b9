//! What an audit of written documents found.

/// What a finding is about; `docs/audit.md` has an example of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Parts do not sum to their stated total.
    Sum,
    /// A score or a projection leaves 0..=100.
    Bound,
    /// A gain is larger than what is missing.
    GainExceedsGap,
    /// A gain or points are not weight times score.
    WeightMismatch,
    /// A mean that no weighting of its parts gives.
    MeanBound,
    /// A ratio is not its percentage.
    Ratio,
    /// Verdict bands or grades have holes or overlaps, or contradict each other.
    Bands,
    /// Ticked, and nothing stands behind it.
    ClaimWithoutEvidence,
    /// A number under the name of another, such as a pass rate called coverage.
    Mislabel,
    /// A ranking contradicts points per effort.
    EffortOrder,
    /// Durations that exclude each other.
    Timeline,
    /// A headline differs from what its own table gives.
    Headline,
    /// Weights or dimensions differ between two places.
    PolicyDrift,
    /// The target needs a dimension that no phase raises.
    UnaddressedGap,
    /// A rate over too few cases to mean anything.
    SmallSample,
    /// A goal above what the document calls possible.
    Goal,
    /// A claim differs from what was measured.
    ContradictsEvidence,
}

impl Rule {
    /// Every rule, in the order of the reference.
    pub const ALL: [Self; 17] = [
        Self::Sum,
        Self::Bound,
        Self::GainExceedsGap,
        Self::WeightMismatch,
        Self::MeanBound,
        Self::Ratio,
        Self::Bands,
        Self::ClaimWithoutEvidence,
        Self::Mislabel,
        Self::EffortOrder,
        Self::Timeline,
        Self::Headline,
        Self::PolicyDrift,
        Self::UnaddressedGap,
        Self::SmallSample,
        Self::Goal,
        Self::ContradictsEvidence,
    ];

    /// The word in JSON and on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Bound => "bound",
            Self::GainExceedsGap => "gain-exceeds-gap",
            Self::WeightMismatch => "weight-mismatch",
            Self::MeanBound => "mean-bound",
            Self::Ratio => "ratio",
            Self::Bands => "bands",
            Self::ClaimWithoutEvidence => "claim-without-evidence",
            Self::Mislabel => "mislabel",
            Self::EffortOrder => "effort-order",
            Self::Timeline => "timeline",
            Self::Headline => "headline",
            Self::PolicyDrift => "policy-drift",
            Self::UnaddressedGap => "unaddressed-gap",
            Self::SmallSample => "small-sample",
            Self::Goal => "goal",
            Self::ContradictsEvidence => "contradicts-evidence",
        }
    }
}

/// One contradiction in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Line in the document, from 1.
    pub line: u32,
    /// What kind of contradiction.
    pub rule: Rule,
    /// What is stated, what follows from what, and what would be right.
    pub message: String,
    /// As the document says.
    pub stated: String,
    /// As it follows; absent where there is no right number.
    pub computed: Option<String>,
}

/// The findings in one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditedDocument {
    /// As given.
    pub path: String,
    /// In the order of lines.
    pub findings: Vec<Finding>,
}
