//! Findings: what linters, static analysis and vulnerability scanners say about the code.

use std::sync::Arc;

use crate::model::order;

/// How serious a tool finds something; SARIF's levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Worth knowing.
    Note,
    /// A problem.
    Warning,
    /// A serious problem.
    Error,
}

impl Level {
    /// All levels, lowest first.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// The word in JSON and in policies.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The level called `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// How bad a vulnerability is: the bands of a score of 0.0 to 10.0 that GitHub uses for `security-severity`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SecuritySeverity {
    /// Below 4.0.
    Low,
    /// From 4.0.
    Medium,
    /// From 7.0.
    High,
    /// From 9.0.
    Critical,
}

impl SecuritySeverity {
    /// All severities, lowest first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The word in JSON and in policies.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// The severity called `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }

    /// The level of a finding whose tool speaks of severities alone, as GitHub shows it.
    pub fn level(self) -> Level {
        match self {
            Self::Low => Level::Note,
            Self::Medium => Level::Warning,
            Self::High | Self::Critical => Level::Error,
        }
    }
}

/// What a finding is about, whatever line it moved to: the same in two runs means the same finding. Several findings
/// may share one; how many do then counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(pub u128);

/// One thing that a tool found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// As the tool calls itself.
    pub tool: Arc<str>,
    /// Id of the rule or of the advisory; empty when the tool gives none.
    pub rule: Arc<str>,
    /// Effective level.
    pub level: Level,
    /// Only where the tool speaks about security.
    pub severity: Option<SecuritySeverity>,
    /// File in the repository, or as the tool writes it.
    pub path: Option<Arc<str>>,
    /// 1-based.
    pub line: Option<u32>,
    /// First line of what the tool says.
    pub message: Arc<str>,
    /// The installed package that it is about, as `name@version`.
    pub package: Option<Arc<str>>,
    /// Does not depend on the line.
    pub fingerprint: Fingerprint,
    /// Why it does not count, when somebody said so.
    pub suppressed: Option<Arc<str>>,
}

/// One tool that was to look for findings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ToolRun {
    /// As the tool calls itself; empty when not even that could be read.
    pub tool: Arc<str>,
    /// Why its findings cannot be trusted to be all; `None` when it ran to its end.
    pub failure: Option<String>,
}

/// A statement on how far a vulnerability matters here: Vulnerability Exploitability eXchange.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement {
    /// Ids of the advisory, its aliases among them.
    pub ids: Vec<String>,
    /// Packages that it speaks about, as package URLs or names; empty for all.
    pub packages: Vec<String>,
    /// Why the vulnerability does not count; `None` for a statement that takes an earlier one back.
    pub exempt: Option<String>,
    /// RFC 3339; the latest one of several counts.
    pub at: String,
}

/// What tools found, and which tools looked. A tool that found nothing is in `runs` alone; one that did not run is in
/// neither.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingsReport {
    /// Every tool that looked, also in vain.
    pub runs: Vec<ToolRun>,
    /// All findings, suppressed ones among them.
    pub findings: Vec<Finding>,
    /// Statements on vulnerabilities that other tools found.
    pub statements: Vec<Statement>,
}

impl FindingsReport {
    /// How many of each.
    pub fn counts(&self) -> FindingCounts {
        FindingCounts::of(&self.findings)
    }

    /// Names of the tools that looked, each once, in order.
    pub fn tools(&self) -> Vec<&str> {
        let mut tools: Vec<&str> =
            self.runs.iter().map(|run| &*run.tool).filter(|tool| !tool.is_empty()).collect();
        order::sort(&mut tools);
        tools.dedup();
        tools
    }
}

/// Numbers of findings; suppressed ones are counted as such and nowhere else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FindingCounts {
    /// All that are not suppressed.
    pub total: u64,
    /// Of level error.
    pub errors: u64,
    /// Of level warning.
    pub warnings: u64,
    /// Of level note.
    pub notes: u64,
    /// Of critical severity.
    pub critical: u64,
    /// Of high severity.
    pub high: u64,
    /// Of medium severity.
    pub medium: u64,
    /// Of low severity.
    pub low: u64,
    /// Taken out by somebody.
    pub suppressed: u64,
}

impl FindingCounts {
    /// Counts `findings`.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            counts.add(finding);
        }
        counts
    }

    fn add(&mut self, finding: &Finding) {
        if finding.suppressed.is_some() {
            self.suppressed += 1;
            return;
        }
        self.total += 1;
        *match finding.level {
            Level::Error => &mut self.errors,
            Level::Warning => &mut self.warnings,
            Level::Note => &mut self.notes,
        } += 1;
        match finding.severity {
            Some(SecuritySeverity::Critical) => self.critical += 1,
            Some(SecuritySeverity::High) => self.high += 1,
            Some(SecuritySeverity::Medium) => self.medium += 1,
            Some(SecuritySeverity::Low) => self.low += 1,
            None => {}
        }
    }
}

/// Which findings a condition is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threshold {
    /// All.
    Any,
    /// Those of this level and above.
    Level(Level),
    /// Those of this severity and above.
    Severity(SecuritySeverity),
}

impl Threshold {
    /// The threshold called `name`: a level or a severity.
    pub fn named(name: &str) -> Option<Self> {
        let level = Level::named(name).map(Self::Level);
        level.or_else(|| SecuritySeverity::named(name).map(Self::Severity))
    }

    /// Whether `finding` reaches it.
    pub fn is_reached(self, finding: &Finding) -> bool {
        match self {
            Self::Any => true,
            Self::Level(least) => finding.level >= least,
            Self::Severity(least) => finding.severity.is_some_and(|severity| severity >= least),
        }
    }
}
