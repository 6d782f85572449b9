//! The version that a file says it has.

use serde::Deserialize;

use super::error::WireError;

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
