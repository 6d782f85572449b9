//! Why a forge did not do what it was asked for.

use crate::forge::Kind;

/// An API error, translated: it names the request, never headers or bodies.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The forge answered with an error status.
    #[error("failed to {doing}: {forge} refused `{request}` ({status}): {message}")]
    Refused {
        /// Who refused.
        forge: Kind,
        /// What was being done.
        doing: &'static str,
        /// Method and path.
        request: String,
        /// HTTP status.
        status: u16,
        /// Its words, cut.
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
    #[error("failed to {doing}: the rate limit is used up, {forge} asks to wait {seconds} s")]
    RateLimited {
        /// Who asks.
        forge: Kind,
        /// What was being done.
        doing: &'static str,
        /// As it says.
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
    /// The answer has another shape than the forge describes.
    #[error("failed to {doing}: the answer to `{request}` is not understood: {cause}")]
    Shape {
        /// What was being done.
        doing: &'static str,
        /// Method and path.
        request: String,
        /// Where it differs.
        cause: serde_json::Error,
    },
    /// The forge has nothing of the kind.
    #[error("failed to {doing}: {forge} cannot do that")]
    Lacking {
        /// What was being done.
        doing: &'static str,
        /// Who lacks it.
        forge: Kind,
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
            Self::Refused { forge: Kind::Gitea | Kind::Forgejo, status: 403 | 404, needs, .. } => format!(
                "the token must be allowed to do that (`{needs}`; a personal one needs the scopes `write:repository`, \
                 `write:issue` and `read:user`); runs for forks get a token that only reads"
            ),
            Self::Refused { status: 403 | 404, needs, .. } | Self::GraphQl { needs, .. } => {
                format!(
                    "give the job `{needs}`; runs from forks and of Dependabot always get a read-only token"
                )
            }
            Self::RateLimited { .. } => "run the job again later, or give a token of its own".to_owned(),
            Self::Lacking { forge, .. } => format!("this needs another forge than {forge}"),
            Self::Refused { forge: Kind::Gitea | Kind::Forgejo, .. } => {
                "run the job again; if it stays, the server's own log says more".to_owned()
            }
            Self::Refused { .. } | Self::Lost { .. } | Self::Shape { .. } => {
                "run the job again; if it stays, see whether its server has an incident".to_owned()
            }
        }
    }
}

/// The server's own words, short and on one line.
pub(in crate::forge) fn brief(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect()
}

/// The last cause says what happened ("connection refused"); the ones around it print backtraces and URLs.
pub(in crate::forge) fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    brief(&cause.to_string())
}
