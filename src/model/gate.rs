//! The gate's answer: conditions, each with number, limit and way out.

/// Outcome of one condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConditionOutcome {
    /// Holds.
    Pass,
    /// Does not hold.
    Fail,
    /// Needs a baseline and there is none.
    NoBaseline,
    /// Does not hold, and a live waiver covers it.
    Waived,
    /// Shown and not decided, with the reason in the message.
    NotGated,
}

impl ConditionOutcome {
    /// The word in JSON and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::NoBaseline => "no-baseline",
            Self::Waived => "waived",
            Self::NotGated => "not-gated",
        }
    }
}

/// A number of a condition, ready to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateNumber {
    /// Score points or percentage points, in tenths.
    Tenths(super::exact::Tenths),
    /// A count.
    Count(u64),
}

/// One condition as decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Policy key (`min-score`, `dimension-min`, …); for repeated ones with their subject: `dimension-min/security`.
    pub id: String,
    /// The answer.
    pub outcome: ConditionOutcome,
    /// What was found.
    pub actual: Option<GateNumber>,
    /// What is asked for.
    pub limit: Option<GateNumber>,
    /// One sentence with the number that decided.
    pub message: String,
    /// What would make it pass; absent when it does.
    pub way_out: Option<String>,
    /// Names behind the number (failing cases, lost tests, bad files), most important first; outputs cut the list.
    pub names: Vec<String>,
}

/// How the gate's answer is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GateMode {
    /// A failing condition blocks.
    Enforce,
    /// A failing condition is only shown.
    Warn,
    /// As `warn` before the day (`yyyy-mm-dd`), as `enforce` from then on.
    EnforceAfter(String),
}

/// The answer of the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GateOutcome {
    /// Every condition holds, or what fails is not enforced.
    Pass,
    /// At least one enforced condition fails.
    Fail,
}

impl GateOutcome {
    /// The word in JSON and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
        }
    }
}

/// The gate of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    /// What the exit status and the commit status say.
    pub outcome: GateOutcome,
    /// How it is enforced.
    pub mode: GateMode,
    /// Whether the mode lets a failing condition block today.
    pub enforced: bool,
    /// In the policy's order.
    pub conditions: Vec<Condition>,
}

impl Gate {
    /// The conditions that fail, enforced or not.
    pub fn failing(&self) -> impl Iterator<Item = &Condition> {
        self.conditions.iter().filter(|condition| condition.outcome == ConditionOutcome::Fail)
    }
}
