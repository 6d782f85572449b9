//! A GitHub App instead of the job's own token: an installation token for this one repository, with no more rights than
//! are needed.
//!
//! <https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app>

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls::SignatureScheme;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::sign::SigningKey;
use serde::Deserialize;
use serde_json::json;

use super::GitHub;
use crate::forge::Remote;
use crate::forge::http::call::{Call, Purpose};
use crate::forge::http::error::ApiError;
use crate::forge::http::settings::{SetupError, Token};
use crate::model::order;

const PURPOSE: Purpose = Purpose { doing: "act as the GitHub App", needs: "its App installed" };
/// Seconds that clocks may differ by, either way. GitHub takes assertions of at most ten minutes.
const CLOCKS_DIFFER: i64 = 290;
/// What a run reads and writes, as far as it is granted.
const WANTED: [(&str, Level); 5] = [
    ("actions", Level::Read),
    ("checks", Level::Write),
    ("contents", Level::Write),
    ("pull_requests", Level::Write),
    ("statuses", Level::Write),
];

/// How far a permission goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Read,
    Write,
}

/// An App's id and its private key; never shown.
pub struct App {
    id: String,
    key: std::sync::Arc<dyn SigningKey>,
}

/// Why there is no token of the App.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The key is no RSA key in PEM form.
    #[error("failed to read the input `private-key`: {0}")]
    Key(String),
    /// GitHub refused.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// It answered with something else than a token.
    #[error("failed to act as the GitHub App: GitHub's token cannot stand in a header")]
    Token,
    /// No connection can be set up.
    #[error(transparent)]
    Setup(#[from] SetupError),
}

#[derive(Deserialize)]
struct Installation {
    id: u64,
    #[serde(default)]
    permissions: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Granted {
    token: String,
}

impl App {
    /// Reads a private key in PEM form, PKCS#1 as GitHub hands it out or PKCS#8. Line breaks may be spelled `\n`.
    pub fn new(id: &str, private_key: &str) -> Result<Self, AppError> {
        let pem = private_key.replace("\\n", "\n");
        let key = PrivateKeyDer::from_pem_slice(pem.as_bytes());
        let key = key.map_err(|error| AppError::Key(error.to_string()))?;
        let key = rustls::crypto::ring::sign::any_supported_type(&key);
        let key = key.map_err(|error| AppError::Key(error.to_string()))?;
        let app = Self { id: id.to_owned(), key };
        app.sign(b"").map(|_signature| app)
    }

    /// What proves to GitHub at `now` (seconds since 1970) that this is the App: a JSON Web Token (RFC 7519, RS256).
    fn assertion(&self, now: i64) -> Result<String, AppError> {
        let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256","typ":"JWT"}"#);
        let claims = json!({ "iat": now - CLOCKS_DIFFER, "exp": now + CLOCKS_DIFFER, "iss": self.id });
        let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
        let signature = URL_SAFE_NO_PAD.encode(self.sign(signed.as_bytes())?);
        Ok(format!("{signed}.{signature}"))
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, AppError> {
        let signer = self.key.choose_scheme(&[SignatureScheme::RSA_PKCS1_SHA256]);
        let signer = signer.ok_or_else(|| AppError::Key("it is no RSA key".to_owned()))?;
        signer.sign(message).map_err(|error| AppError::Key(error.to_string()))
    }
}

impl GitHub {
    /// The same repository, as `app`; `now` is in seconds since 1970. The token's text is given for the log to hide. Must
    /// be called inside a tokio runtime.
    pub async fn as_app(&self, app: &App, now: i64) -> Result<(Self, String), AppError> {
        let itself = self.with_token(&app.assertion(now)?)?;
        let installation = Call::get(PURPOSE, self.remote.path("installation"));
        let installation: Installation = itself.remote.transport.json(&installation).await?;
        let request = json!({
            "repositories": [self.remote.repository.name],
            "permissions": needed(&installation.permissions),
        });
        let path = format!("/app/installations/{}/access_tokens", installation.id);
        // Each is a token of its own: one that got lost runs out by itself.
        let granted: Granted =
            itself.remote.transport.json(&Call::post_content(PURPOSE, path, &request)).await?;
        Ok((self.with_token(&granted.token)?, granted.token))
    }

    fn with_token(&self, text: &str) -> Result<Self, AppError> {
        let token = Token::parse(text).ok_or(AppError::Token)?;
        let transport = self.remote.transport.again(|settings| settings.token = Some(token))?;
        Ok(Self::new(Remote::new(transport, self.remote.repository.clone())))
    }
}

/// What is wanted of what the installation has: GitHub refuses to grant more.
fn needed(granted: &BTreeMap<String, String>) -> BTreeMap<&'static str, &'static str> {
    let level = |text: &String| if text == "read" { Level::Read } else { Level::Write };
    let both =
        WANTED.iter().filter_map(|(name, wanted)| Some((*name, level(granted.get(*name)?).min(*wanted))));
    order::map(both.map(|(name, level)| (name, if level == Level::Read { "read" } else { "write" })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::pki_types::{PrivatePkcs1KeyDer, PrivatePkcs8KeyDer};

    const PKCS1: &str = include_str!("../../../tests/fixtures/keys/app.pkcs1.pem");
    const PKCS8: &str = include_str!("../../../tests/fixtures/keys/app.pkcs8.pem");

    #[test]
    fn both_forms_of_a_key_sign_alike() {
        assert!(PrivatePkcs1KeyDer::from_pem_slice(PKCS1.as_bytes()).is_ok());
        assert!(PrivatePkcs8KeyDer::from_pem_slice(PKCS8.as_bytes()).is_ok());
        let of = |key: &str| App::new("12345", key).unwrap().assertion(1_800_000_000).unwrap();
        assert_eq!(of(PKCS1), of(PKCS8));
        assert_eq!(of(PKCS1), of(&PKCS1.trim().replace('\n', "\\n")));
        let decoded = |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
        let assertion = of(PKCS1);
        let parts: Vec<_> = assertion.split('.').collect();
        assert_eq!(decoded(parts[0]), r#"{"alg":"RS256","typ":"JWT"}"#);
        assert_eq!(decoded(parts[1]), r#"{"iat":1799999710,"exp":1800000290,"iss":"12345"}"#);
        // As `openssl dgst -sha256 -sign app.pkcs1.pem` signs it.
        assert_eq!(parts[2], include_str!("../../../tests/fixtures/keys/app.signature.txt").trim());
    }

    #[test]
    fn what_is_no_key_is_said_without_repeating_it() {
        for wrong in ["secret", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"] {
            let error = App::new("1", wrong).err().unwrap().to_string();
            assert!(error.starts_with("failed to read the input `private-key`"), "{error}");
            assert!(!error.contains("c2VjcmV0"), "{error}");
        }
    }

    #[test]
    fn no_more_is_asked_for_than_is_granted() {
        let granted =
            [("contents", "read"), ("statuses", "write"), ("administration", "write"), ("actions", "write")];
        let granted = granted.map(|(name, level)| (name.to_owned(), level.to_owned())).into();
        let expected = [("actions", "read"), ("contents", "read"), ("statuses", "write")];
        assert_eq!(needed(&granted), expected.into());
    }
}
