//! With whose rights the step speaks to the forge: the job's token, or an App of the organisation.

use std::path::Path;

use anyhow::Context as _;

use super::inputs::Inputs;
use crate::forge::github::app::{App, AppError};
use crate::forge::{AnyForge, Capability};
use crate::platform::{clock, environment::Environment, files};
use crate::run::exit::Advice;
use crate::run::forge::{self, Access};
use crate::run::output;

/// Connects to the repository. An App that cannot be used is told beside the job's own connection, with which the commit
/// status can still say so. Must be called inside a tokio runtime.
pub(super) async fn open(
    environment: &Environment,
    workspace: &Path,
    inputs: &Inputs,
) -> anyhow::Result<(AnyForge, Option<anyhow::Error>)> {
    let token = environment.get("INPUT_TOKEN");
    let key = environment.get("INPUT_PRIVATE-KEY");
    // A key is hidden line by line, as it would be shown; what is short is no secret.
    let lines = key.into_iter().flat_map(str::lines).filter(|line| line.len() > 20);
    for secret in token.into_iter().chain(lines) {
        masks(environment).hide(secret.trim());
    }
    let authorities = inputs.ca_bundle.as_deref().map(|path| ca_bundle(workspace, path)).transpose()?;
    let access = Access { token, authorities: authorities.unwrap_or_default() };
    let forge = forge::connect(environment, access).await?;
    let as_app = match (inputs.app_id.as_deref(), key) {
        (None, None) => return Ok((forge, None)),
        (Some(_), Some(_)) if !forge.has(Capability::Apps) => Err(Advice::error(
            format!(
                "the inputs `app-id` and `private-key` are for a GitHub App, and {} has no Apps",
                forge.kind()
            ),
            "give neither; `token` takes the token of a user of its own",
        )),
        (Some(id), Some(key)) => as_app(environment, &forge, (id, key)).await,
        _ => Err(Advice::error(
            "only one of the inputs `app-id` and `private-key` is given",
            "give both for a GitHub App, or none for the job's own token",
        )),
    };
    Ok(match as_app {
        Ok(app) => (app, None),
        Err(error) => (forge, Some(error)),
    })
}

async fn as_app(
    environment: &Environment,
    forge: &AnyForge,
    (id, key): (&str, &str),
) -> anyhow::Result<AnyForge> {
    let app = App::new(id, key).map_err(|error| advised(&error))?;
    let now = clock::now().as_second();
    let (app, token) = forge.as_app(&app, now).await.map_err(|error| advised(&error))?;
    masks(environment).hide(&token);
    Ok(app)
}

fn advised(error: &AppError) -> anyhow::Error {
    let help = match error {
        AppError::Key(_) => "pass the whole file that GitHub made, from `-----BEGIN` on".to_owned(),
        AppError::Api(api) if api.is_not_found() => "install the App on this repository".to_owned(),
        AppError::Api(api) if api.is_forbidden() => {
            "check that `app-id` and `private-key` belong together, and the runner's clock".to_owned()
        }
        AppError::Api(api) => api.help(),
        AppError::Token | AppError::Setup(_) => "run the job again".to_owned(),
    };
    Advice::error(error, help)
}

/// Who is told what must not be shown.
pub(super) fn masks(environment: &Environment) -> output::Masks {
    if environment.get("GITHUB_ACTIONS") == Some("true") {
        output::Masks::Runner
    } else {
        output::Masks::Nobody
    }
}

fn ca_bundle(workspace: &Path, path: &str) -> anyhow::Result<Vec<u8>> {
    let path = workspace.join(path);
    files::read_bytes(&path).with_context(|| format!("failed to read `ca-bundle` `{}`", path.display()))
}
