//! What a transport needs to know, and why it cannot be made.

use http::HeaderValue;
use tokio::time::Instant;

use super::proxy::Proxies;
use crate::forge::Kind;

/// Where the APIs are and how to reach them.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whose server it is.
    pub kind: Kind,
    /// `GITHUB_API_URL`.
    pub rest_url: String,
    /// `GITHUB_GRAPHQL_URL`.
    pub graphql_url: String,
    /// As given; spaces around it are no part of it.
    pub token: Option<Token>,
    /// Further certificate authorities, PEM.
    pub authorities: Vec<u8>,
    /// What is between here and there.
    pub proxies: Proxies,
    /// When everything must be over; see [`super::transport::Transport::extend`].
    pub deadline: Instant,
}

/// A token; never shown.
#[derive(Clone)]
pub struct Token(pub(super) HeaderValue);

impl Token {
    /// Takes a token as given; `None` when it is empty or could not stand in a header.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic());
        let mut header = HeaderValue::from_str(&format!("Bearer {text}")).ok().filter(|_| fits)?;
        header.set_sensitive(true);
        Some(Self(header))
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(***)")
    }
}

/// Why no request can be made at all.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The CA bundle is not PEM.
    #[error("failed to read the certificates of `ca-bundle`: {0}")]
    CaBundle(rustls::pki_types::pem::Error),
    /// A certificate of the CA bundle is not usable.
    #[error("failed to use a certificate of `ca-bundle`: {0}")]
    Certificate(rustls::Error),
    /// TLS cannot be set up.
    #[error("failed to set up TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// Not an absolute URL.
    #[error("failed to use the API URL `{0}`: it is no absolute http or https URL")]
    Url(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_trimmed_and_never_shown() {
        let token = Token::parse(" ghs_abc.def_1\n").unwrap();
        assert_eq!(token.0.to_str().unwrap(), "Bearer ghs_abc.def_1");
        assert_eq!(format!("{token:?} {:?}", token.0), "Token(***) Sensitive");
        for wrong in ["", " \n", "two words", "line\nbreak", "ü"] {
            assert!(Token::parse(wrong).is_none(), "{wrong:?}");
        }
    }
}
