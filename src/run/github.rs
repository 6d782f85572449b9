//! GitHub as the environment describes it.

use std::time::Duration;

use tokio::time::Instant;

use super::exit::Advice;
use crate::forge::github::transport::{Settings, Token, Transport};
use crate::forge::github::{GitHub, Repository};
use crate::platform::environment::Environment;

/// For all requests of one run together.
const TIME_LIMIT: Duration = Duration::from_mins(2);

/// What the environment does not say.
#[derive(Default)]
pub(super) struct Access<'a> {
    /// Instead of `GITHUB_TOKEN`.
    pub(super) token: Option<&'a str>,
    /// Further certificate authorities, PEM.
    pub(super) ca_bundle: Option<Vec<u8>>,
}

/// When requests that start now must be over.
pub(super) fn deadline() -> Instant {
    Instant::now() + TIME_LIMIT
}

/// The repository of `GITHUB_REPOSITORY`. Must be called inside a tokio runtime.
pub(super) fn connect(environment: &Environment, access: Access<'_>) -> anyhow::Result<GitHub> {
    let url = |name: &str, default: &str| environment.get(name).unwrap_or(default).to_owned();
    let token = access.token.or_else(|| environment.get("GITHUB_TOKEN"));
    let token = token.map(|text| Token::parse(text).ok_or_else(unusable_token)).transpose()?;
    let transport = Transport::new(Settings {
        rest_url: url("GITHUB_API_URL", "https://api.github.com"),
        graphql_url: url("GITHUB_GRAPHQL_URL", "https://api.github.com/graphql"),
        token,
        ca_bundle: access.ca_bundle,
        deadline: deadline(),
    })
    .map_err(|error| {
        Advice::error(error, "check GITHUB_API_URL, GITHUB_GRAPHQL_URL and the input `ca-bundle`")
    })?;
    Ok(GitHub::new(transport, repository(environment)?))
}

fn repository(environment: &Environment) -> anyhow::Result<Repository> {
    let name = environment.get("GITHUB_REPOSITORY").unwrap_or_default();
    Repository::parse(name).ok_or_else(|| {
        Advice::error(
            format!("`GITHUB_REPOSITORY` is `{name}`, not OWNER/NAME"),
            "run inside GitHub Actions, or set GITHUB_REPOSITORY and GITHUB_TOKEN",
        )
    })
}

fn unusable_token() -> anyhow::Error {
    Advice::error(
        "the token cannot stand in a request header",
        "pass the token itself, without quotes and spaces: `${{ github.token }}`",
    )
}
