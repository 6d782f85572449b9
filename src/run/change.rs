//! The change that is judged: a diff that was given, or what a local repository tells.

use super::exit::Advice;
use super::{output, pipeline};
use crate::cli::{EvidenceArgs, OutputArgs};
use crate::model::diff::Diff;
use crate::model::evidence::Evidence;
use crate::model::words::counted;
use crate::platform::repository::{self, RepositoryError};
use crate::score::Baseline;

/// The change that the arguments name: `--diff`, or `--since` in a checkout.
pub(super) fn named(paths: &EvidenceArgs, evidence: &Evidence) -> anyhow::Result<Option<Diff>> {
    if let Some(file) = &paths.diff {
        return pipeline::load_diff(file).map(Some);
    }
    let Some(revision) = &paths.since else { return Ok(None) };
    repository::since_revision(&paths.workdir, revision, &measured(evidence)).map(Some).map_err(|error| {
        Advice::error(format!("failed to find the change since `--since {revision}`: {error}"), error.help())
    })
}

/// As [`named`]; when nothing is named, the change from the baseline's commit to the files of the checkout. Why there is
/// none is said in `notes` when coverage waits for it.
pub(super) fn since(
    (paths, output): (&EvidenceArgs, &OutputArgs),
    evidence: &Evidence,
    baseline: Option<&Baseline>,
    notes: &mut Vec<String>,
) -> anyhow::Result<Option<Diff>> {
    let named = named(paths, evidence)?;
    let Some(base) = baseline.map(|baseline| &baseline.base.sha).filter(|sha| !sha.0.is_empty()) else {
        return Ok(named);
    };
    if named.is_some() {
        return Ok(named);
    }
    match repository::since_base(&paths.workdir, base, &measured(evidence)) {
        Ok(Some(diff)) => {
            let files = counted(diff.files.len() as u64, "changed file");
            output::detail(output, &format!("diff: {files} since the baseline's commit {}", base.short()));
            return Ok(Some(diff));
        }
        Err(error) if evidence.coverage.is_some() => notes.push(said(&error)),
        Ok(None) | Err(_) => {}
    }
    Ok(None)
}

fn said(error: &RepositoryError) -> String {
    format!("no diff since the baseline, so no patch coverage: {error}; {}", error.help())
}

/// Files that coverage was measured of.
fn measured(evidence: &Evidence) -> Vec<&str> {
    evidence.coverage.iter().flat_map(|coverage| coverage.files.keys()).map(|path| &**path).collect()
}
