//! Words of samples, and how few cases are too few.

use crate::audit::facts::Facts;
use crate::audit::words::mentions;

/// Fewer cases than this say nothing as a rate.
pub(super) const LEAST: u32 = 5;

/// What a sample is made of.
pub(super) const SAMPLES: [&str; 24] = [
    "test",
    "tests",
    "e2e",
    "scenario",
    "scenarios",
    "smoke",
    "run",
    "runs",
    "trial",
    "trials",
    "sample",
    "samples",
    "chaos",
    "load",
    "integration",
    "unit",
    "regression",
    "cases",
    "case",
    "drill",
    "drills",
    "requests",
    "soak",
    "failover",
];

/// Texts in which a document says what it is about.
const HEAD: usize = 60;

/// Whether a document is one in which rates and trials say something about what is to be launched.
pub(super) fn speaks_of_trials(facts: &Facts<'_>) -> bool {
    let tells = |text: &str| mentions(&text.to_lowercase(), &SPEAKS);
    facts.is_assessment() || facts.texts().take(HEAD).any(|(_, text, _)| tells(text))
}

/// What a document is about in which trials say something.
pub(super) const SPEAKS: [&str; 25] = [
    "readiness",
    "launch",
    "pilot",
    "rollout",
    "roll-out",
    "go-live",
    "release",
    "ready",
    "survey",
    "beta",
    "go or no-go",
    "freigabe",
    "recovery",
    "production",
    "trial",
    "test",
    "failover",
    "restore",
    "drill",
    "usability",
    "wiederherstellung",
    "model",
    "rehearsal",
    "evaluation",
    "review",
];
