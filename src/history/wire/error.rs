//! Why a file of the history was not understood.

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
