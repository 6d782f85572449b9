//! Why GitHub did not do what it was asked for.

/// An API error, translated: it names the request, never headers or bodies.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// GitHub answered with an error status.
    #[error("failed to {doing}: GitHub refused `{request}` ({status}): {message}")]
    Refused {
        /// What was being done.
        doing: &'static str,
        /// Method and path.
        request: String,
        /// HTTP status.
        status: u16,
        /// GitHub's words, cut.
        message: String,
        /// The permission that the request needs, as workflows write it.
        needs: &'static str,
    },
    /// No whole answer came; whether the request was carried out is not known.
    #[error("failed to {doing}: no usable answer to `{request}`: {cause}")]
    Lost {
        /// What was being done.
        doing: &'static str,
        /// Method and path.
        request: String,
        /// What happened instead.
        cause: String,
    },
    /// The rate limit is used up for longer than this run may take.
    #[error("failed to {doing}: the rate limit is used up, GitHub asks to wait {seconds} s")]
    RateLimited {
        /// What was being done.
        doing: &'static str,
        /// As GitHub says.
        seconds: u64,
    },
    /// A GraphQL error.
    #[error("failed to {doing}: GitHub answered {kind}: {message}")]
    GraphQl {
        /// What was being done.
        doing: &'static str,
        /// GitHub's error type.
        kind: String,
        /// GitHub's words, cut.
        message: String,
        /// The permission that the request needs, as workflows write it.
        needs: &'static str,
    },
    /// The answer has another shape than GitHub describes.
    #[error("failed to {doing}: the answer to `{request}` is not understood: {cause}")]
    Shape {
        /// What was being done.
        doing: &'static str,
        /// Method and path.
        request: String,
        /// Where it differs.
        cause: serde_json::Error,
    },
}

impl ApiError {
    /// HTTP status of a refusal.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Nothing can be read or written there with this token, or it does not exist.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404) || matches!(self, Self::GraphQl { kind, .. } if kind == "NOT_FOUND")
    }

    /// The token may not do that.
    pub fn is_forbidden(&self) -> bool {
        match self {
            Self::Refused { status, .. } => matches!(status, 401 | 403),
            Self::GraphQl { kind, .. } => matches!(kind.as_str(), "FORBIDDEN" | "INSUFFICIENT_SCOPES"),
            _ => false,
        }
    }

    /// The request may have been carried out although it failed.
    pub fn is_uncertain(&self) -> bool {
        match self {
            Self::Lost { .. } | Self::Shape { .. } => true,
            Self::Refused { status, .. } => *status >= 500,
            _ => false,
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::Refused { status: 401, .. } => {
                "the token is not valid (any more); use the job's own token, `${{ github.token }}`".to_owned()
            }
            Self::Refused { status: 403 | 404, needs, .. } | Self::GraphQl { needs, .. } => {
                format!(
                    "give the job `{needs}`; runs from forks and of Dependabot always get a read-only token"
                )
            }
            Self::RateLimited { .. } => "run the job again later, or give a token of its own".to_owned(),
            Self::Refused { .. } | Self::Lost { .. } | Self::Shape { .. } => {
                "run the job again; if it stays, see whether GitHub has an incident".to_owned()
            }
        }
    }
}

/// GitHub's own words, short and on one line.
pub(super) fn brief(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect()
}
