//! What kind of server answers, where the environment leaves doubt.

use serde::Deserialize;

use crate::forge::Kind;
use crate::forge::http::call::{Call, Purpose};
use crate::forge::http::error::ApiError;
use crate::forge::http::transport::Transport;

const PURPOSE: Purpose = Purpose { doing: "ask which forge the server is", needs: "metadata: read" };

#[derive(Deserialize)]
struct Version {
    version: String,
}

/// Asks `GET /version`, which GitHub does not know.
pub async fn probe(transport: &Transport) -> Result<Kind, ApiError> {
    match transport.json::<Version>(&Call::get(PURPOSE, "/version".to_owned())).await {
        Ok(answer) => Ok(Kind::of_version(&answer.version)),
        Err(ApiError::Refused { status, .. }) if status < 500 => Ok(Kind::GitHub),
        Err(error) => Err(error),
    }
}
