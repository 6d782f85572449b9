//! `readiness/replay/v1`.

use serde::Serialize;

use crate::model::replay::{Replay, Replayed};
use crate::render::json::writer::pretty;

use super::number::Number;

/// The document for `replay`.
pub fn replay(replay: &Replay) -> String {
    let (decided, failed) = replay.counts();
    pretty(&Document {
        schema: "readiness/replay/v1",
        branch: &replay.branch,
        policy: &replay.policy,
        decided,
        failed,
        runs: replay.runs.iter().map(Run::from).collect(),
    })
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    branch: &'a str,
    policy: &'a str,
    decided: usize,
    failed: usize,
    runs: Vec<Run<'a>>,
}

#[derive(Serialize)]
struct Run<'a> {
    sha: &'a str,
    #[serde(rename = "run")]
    id: &'a str,
    recorded_at: &'a str,
    recorded_score: Number,
    recorded_outcome: &'static str,
    score: Option<Number>,
    outcome: Option<&'static str>,
    failing: Vec<Failing<'a>>,
    problem: Option<&'a str>,
}

#[derive(Serialize)]
struct Failing<'a> {
    id: &'a str,
    message: &'a str,
}

impl<'a> From<&'a Replayed> for Run<'a> {
    fn from(replayed: &'a Replayed) -> Self {
        let answer = replayed.answer.as_ref().ok();
        let failing = answer.map(|answer| answer.failing.as_slice()).unwrap_or_default();
        let outcome = if failing.is_empty() { "pass" } else { "fail" };
        Self {
            sha: &replayed.run.sha.0,
            id: &replayed.run.run.id,
            recorded_at: &replayed.run.recorded_at,
            recorded_score: replayed.run.score.into(),
            recorded_outcome: replayed.run.outcome.name(),
            score: answer.map(|answer| answer.score.into()),
            outcome: answer.map(|_| outcome),
            failing: failing.iter().map(|(id, message)| Failing { id, message }).collect(),
            problem: replayed.answer.as_ref().err().map(String::as_str),
        }
    }
}
