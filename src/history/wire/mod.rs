//! Frozen file contents, one module per version. A version never changes once released; a new one is a new module.

use serde::Deserialize;

pub mod v1;
pub(super) mod values;

/// Why a file of the history was not understood.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// Written by a newer Readiness.
    #[error("it has version {found} of the format, this Readiness knows versions up to {known}")]
    Newer {
        /// As the file says.
        found: u64,
        /// The newest one known here.
        known: u64,
    },
    /// Another kind of file.
    #[error("its schema is `{0}`")]
    Schema(String),
    /// Not JSON, or not of the right shape.
    #[error("it is not readable: {0}")]
    Json(#[from] serde_json::Error),
    /// Could not be inflated.
    #[error("it cannot be inflated: {0}")]
    Inflate(#[from] std::io::Error),
    /// Inflates to more than is allowed.
    #[error("it inflates to more than {0} bytes")]
    TooLarge(u64),
    /// A value that does not mean anything.
    #[error("`{value}` is no {what}")]
    Value {
        /// What was expected.
        what: &'static str,
        /// What was found.
        value: String,
    },
}

impl WireError {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Newer { .. } => "update Readiness to the version that wrote the history",
            _ => "it is set aside by the next recorded run and never overwritten",
        }
    }
}

#[derive(Deserialize)]
struct Probe {
    schema: String,
}

/// Checks that JSON `text` says it is `readiness/<kind>/v<known>`.
pub(crate) fn check_schema(text: &[u8], kind: &str, known: u64) -> Result<(), WireError> {
    let probe: Probe = serde_json::from_slice(text)?;
    let version = probe
        .schema
        .strip_prefix("readiness/")
        .and_then(|rest| rest.strip_prefix(kind))
        .and_then(|rest| rest.strip_prefix("/v"))
        .and_then(|number| number.parse::<u64>().ok());
    match version {
        Some(found) if found == known => Ok(()),
        Some(found) if found > known => Err(WireError::Newer { found, known }),
        _ => Err(WireError::Schema(probe.schema)),
    }
}
