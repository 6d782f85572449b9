//! The check run: a detail view beside the status, with annotations on files.

use serde::Serialize;
use serde::de::IgnoredAny;
use serde_json::json;

use super::GitHub;
use crate::forge::http::call::{Call, Purpose};
use crate::forge::http::error::ApiError;
use crate::forge::http::percent;
use crate::forge::http::retry::Created;
use crate::forge::wire;
use crate::model::commit::Sha;

const PURPOSE: Purpose = Purpose { doing: "create the check run", needs: "checks: write" };
/// GitHub takes so many annotations in one request.
const BATCH: usize = 50;
/// Characters of a summary that GitHub takes for sure.
pub const SUMMARY_MAX: usize = 65_000;

/// A remark on lines of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Annotation {
    /// Repository path.
    pub path: String,
    /// 1-based.
    pub start_line: u32,
    /// 1-based, at least `start_line`.
    pub end_line: u32,
    /// How loud it is.
    pub annotation_level: Level,
    /// Plain text, at most 64 KB.
    pub message: String,
    /// Plain text, at most 255 characters.
    pub title: String,
}

/// Levels of annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Blocks.
    Failure,
    /// Worth a look.
    Warning,
}

/// What a check run concludes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Conclusion {
    /// The gate passes.
    Success,
    /// The gate fails.
    Failure,
}

/// A check run to be created.
#[derive(Clone, Debug)]
pub struct CheckRun {
    /// Must differ from the status' context: a branch rule that requires the one would require the other, too.
    pub name: String,
    /// The commit.
    pub head: Sha,
    /// Told again by GitHub; the run and its attempt.
    pub external_id: String,
    /// The answer.
    pub conclusion: Conclusion,
    /// One line.
    pub title: String,
    /// Markdown, at most [`SUMMARY_MAX`] characters.
    pub summary: String,
    /// Most important first.
    pub annotations: Vec<Annotation>,
}

impl GitHub {
    /// Creates `check`, with its annotations in batches; when the answer is lost it looks whether the check run is there
    /// before it tries again.
    pub async fn create_check_run(&self, check: &CheckRun) -> Result<(), ApiError> {
        let mut batches = check.annotations.chunks(BATCH);
        let body = json!({
            "name": check.name,
            "head_sha": check.head.0,
            "external_id": check.external_id,
            "status": "completed",
            "conclusion": check.conclusion,
            "output": output(check, batches.next().unwrap_or_default()),
        });
        let call = Call::post(PURPOSE, self.remote.path("check-runs"), &body);
        let id = match self.remote.transport.create(&call, || self.existing_id(check)).await? {
            Created::Answered(wire::CheckRun { id, .. }) | Created::Found(id) => id,
        };
        let mut expected = check.annotations.len().min(BATCH);
        for batch in batches {
            // GitHub appends the annotations of an update, so it must not happen twice.
            expected += batch.len();
            let body = json!({ "output": output(check, batch) });
            let path = self.remote.path(&format!("check-runs/{id}"));
            let look = async || Ok((self.annotations(id).await? >= expected).then_some(()));
            let call = Call::append(PURPOSE, path, &body);
            let _appended: Created<IgnoredAny, ()> = self.remote.transport.create(&call, look).await?;
        }
        Ok(())
    }

    /// How many annotations a check run has.
    async fn annotations(&self, id: u64) -> Result<usize, ApiError> {
        let purpose = Purpose { needs: "checks: read", ..PURPOSE };
        let call = Call::get(purpose, self.remote.path(&format!("check-runs/{id}")));
        let run: wire::CheckRun = self.remote.transport.json(&call).await?;
        Ok(run.output.map_or(0, |output| output.annotations_count))
    }

    /// The check run of this very run and attempt.
    async fn existing_id(&self, check: &CheckRun) -> Result<Option<u64>, ApiError> {
        let purpose = Purpose { needs: "checks: read", ..PURPOSE };
        let query = format!("check_name={}&filter=all&per_page=100", percent::encode(&check.name));
        let path = self.remote.path(&format!("commits/{}/check-runs?{query}", check.head));
        let all: wire::CheckRuns = self.remote.transport.json(&Call::get(purpose, path)).await?;
        let own = |run: &&wire::CheckRun| run.external_id.as_deref() == Some(&check.external_id);
        Ok(all.check_runs.iter().find(own).map(|run| run.id))
    }
}

fn output(check: &CheckRun, annotations: &[Annotation]) -> serde_json::Value {
    json!({ "title": check.title, "summary": check.summary, "annotations": annotations })
}
