//! What is assumed instead of measured.

use crate::model::exact::{Exact, Tenths};

/// "What if", as given to one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assumptions {
    /// Check id → value in the unit of its check; the last one of a check counts.
    pub set: Vec<(String, Exact)>,
    /// The shown score with all evidence and nothing set, when the caller took evidence away.
    pub measured: Option<Tenths>,
    /// One sentence each, for the reader.
    pub said: Vec<String>,
}
