//! The forge as the environment describes it.

use std::path::Path;
use std::time::Duration;

use tokio::time::Instant;

use super::exit::Advice;
use super::output;
use crate::forge::gitea::probe;
use crate::forge::http::proxy::{Proxies, Variables};
use crate::forge::http::settings::{Settings, Token};
use crate::forge::http::transport::Transport;
use crate::forge::{AnyForge, Kind, Remote, Repository, Signs};
use crate::platform::{environment::Environment, files};

/// For reading everything that a run needs.
const READING: Duration = Duration::from_mins(2);
/// For writing what it has found: room for the minute that GitHub asks for when it names no time.
pub(super) const WRITING: Duration = Duration::from_secs(75);
/// For the last status alone, when everything before has used up its time.
pub(super) const LAST: Duration = Duration::from_secs(30);

/// What the environment does not say.
#[derive(Default)]
pub(super) struct Access<'a> {
    /// Instead of `GITHUB_TOKEN`.
    pub(super) token: Option<&'a str>,
    /// Further certificate authorities, PEM.
    pub(super) authorities: Vec<u8>,
}

/// The repository of `GITHUB_REPOSITORY`. Must be called inside a tokio runtime.
pub(super) async fn connect(environment: &Environment, access: Access<'_>) -> anyhow::Result<AnyForge> {
    let url = |name: &str, default: &str| environment.get(name).unwrap_or(default).to_owned();
    let rest_url = url("GITHUB_API_URL", "https://api.github.com");
    let set = |name: &str| environment.get(name) == Some("true");
    let signs = Signs { rest_url: &rest_url, gitea: set("GITEA_ACTIONS"), forgejo: set("FORGEJO_ACTIONS") };
    let kind = Kind::recognise(signs);
    let token = access.token.or_else(|| environment.get("GITHUB_TOKEN"));
    let token = token.map(|text| Token::parse(text).ok_or_else(unusable_token)).transpose()?;
    let transport = Transport::new(Settings {
        kind: kind.unwrap_or(Kind::GitHub),
        rest_url,
        graphql_url: url("GITHUB_GRAPHQL_URL", "https://api.github.com/graphql"),
        token,
        authorities: [access.authorities, system_authorities(environment)].concat(),
        proxies: proxies(environment)?,
        deadline: Instant::now() + READING,
    })
    .map_err(|error| {
        Advice::error(
            error,
            "check GITHUB_API_URL, GITHUB_GRAPHQL_URL, SSL_CERT_FILE and the input `ca-bundle`",
        )
    })?;
    let transport = match kind {
        Some(_known) => transport,
        None => asked(transport).await?,
    };
    Ok(AnyForge::new(Remote::new(transport, repository(environment)?)))
}

/// The same server, as it says which forge it is.
async fn asked(transport: Transport) -> anyhow::Result<Transport> {
    let help = "GITEA_ACTIONS or FORGEJO_ACTIONS is set; GITHUB_API_URL must be the address of its API, which ends in `/api/v1`";
    let kind = probe(&transport).await.map_err(|error| Advice::error(error, help))?;
    transport.of_kind(kind).map_err(|error| Advice::error(error, help))
}

/// Both spellings of a variable are in use; the lower one came first.
fn proxies(environment: &Environment) -> anyhow::Result<Proxies> {
    let variable = |name: &str| environment.get(&name.to_ascii_lowercase()).or_else(|| environment.get(name));
    let all = variable("ALL_PROXY");
    Proxies::parse(Variables {
        https: variable("HTTPS_PROXY").or(all),
        http: variable("HTTP_PROXY").or(all),
        except: variable("NO_PROXY"),
    })
    .map_err(|error| {
        Advice::error(error, "write `http://HOST:PORT` or `http://USER:PASSWORD@HOST:PORT`, or unset it")
    })
}

/// The certificates of `SSL_CERT_FILE`, which other programs read, too: one that is not there is no mistake of ours.
fn system_authorities(environment: &Environment) -> Vec<u8> {
    let Some(path) = environment.get("SSL_CERT_FILE") else { return Vec::new() };
    files::read_bytes(Path::new(path)).unwrap_or_else(|error| {
        output::error_line(&format!("warning: `SSL_CERT_FILE` cannot be read and is left out: {error}"));
        Vec::new()
    })
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
