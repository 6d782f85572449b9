//! The comment on the pull request: whether it is written, and what it says.

use super::inputs::Comment;
use super::job::Job;
use super::shortfall::Shortfall;
use crate::forge::Forge as _;
use crate::forge::comment::{Draft, LIMIT, Published, Update};
use crate::forge::conversation::Conversation;
use crate::forge::http::error::ApiError;
use crate::forge::marker::Marker;
use crate::model::commit::Sha;
use crate::model::exact::Tenths;
use crate::model::gate::GateOutcome;
use crate::model::report::Report;
use crate::render::markdown;

/// Why there is no comment of this run.
#[derive(Debug, thiserror::Error)]
enum Silence {
    #[error("no comment: the pull request is closed or has commits after `{0}`, whose own run speaks for it")]
    MovedOn(String),
    #[error("no comment: nothing changed against the base, and the input `comment` is `on-change`")]
    NothingNew,
    #[error(transparent)]
    Api(#[from] ApiError),
}

/// A comment that is to be written.
pub(super) struct Prepared {
    draft: Draft,
    seen: Conversation,
}

impl Prepared {
    /// Whether no run has commented yet.
    pub(super) fn is_first(&self) -> bool {
        self.seen.own.is_empty()
    }

    /// Writes it.
    pub(super) async fn publish(&self, job: &Job, shortfalls: &mut Vec<Shortfall>) -> Option<Published> {
        let published = job.forge.comment(&self.draft, &self.seen).await;
        published.map_err(|error| shortfalls.push(Shortfall::light(&error))).ok()
    }
}

/// The comment about `head` on the pull request, if it is wanted.
pub(super) async fn prepare(
    job: &Job,
    (number, head): (u64, &Sha),
    report: &Report,
    shortfalls: &mut Vec<Shortfall>,
) -> Option<Prepared> {
    let update = match job.inputs.comment {
        Comment::Never => return None,
        Comment::Write(update) => update,
        Comment::OnChange => Update::Changed,
    };
    let draft = draft(job, (number, head), report, update);
    match look(job, &draft, report).await {
        Ok(seen) => return Some(Prepared { draft, seen }),
        Err(Silence::Api(error)) => shortfalls.push(Shortfall::light(&error)),
        Err(silence) => shortfalls.push(Shortfall::remark(silence.to_string())),
    }
    None
}

fn draft(job: &Job, (number, head): (u64, &Sha), report: &Report, update: Update) -> Draft {
    let marker =
        Marker { name: job.inputs.name.clone().unwrap_or_default(), run: job.run.clone(), sha: head.clone() };
    let room = LIMIT.saturating_sub(marker.line().chars().count() + 2);
    Draft { number, text: markdown::comment(report, room), marker, update }
}

/// Nothing when the pull request moved on: an older run never overwrites what a newer one says.
async fn look(job: &Job, draft: &Draft, report: &Report) -> Result<Conversation, Silence> {
    let seen = job.forge.conversation(draft.number, &draft.marker.name).await?;
    if !seen.open || seen.head != draft.marker.sha {
        return Err(Silence::MovedOn(draft.marker.sha.short().to_owned()));
    }
    if job.inputs.comment == Comment::OnChange && seen.own.is_empty() && !is_news(report) {
        return Err(Silence::NothingNew);
    }
    Ok(seen)
}

/// Whether `report` tells more than that all is as on the base.
fn is_news(report: &Report) -> bool {
    let same_score = report.delta.is_some_and(|delta| delta.total == Tenths::ZERO);
    let new_failures = report.tests.as_ref().is_some_and(|tests| !tests.new_failures.is_empty());
    !same_score || new_failures || report.gate.outcome == GateOutcome::Fail
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn news_is_whatever_differs_from_the_base_or_fails() {
        let mut quiet = sample::report();
        quiet.gate.outcome = GateOutcome::Pass;
        quiet.tests.as_mut().unwrap().new_failures.clear();
        quiet.delta.as_mut().unwrap().total = Tenths::ZERO;
        assert!(!is_news(&quiet));
        let changed = |change: fn(&mut Report)| {
            let mut report = quiet.clone();
            change(&mut report);
            is_news(&report)
        };
        assert!(changed(|report| report.gate.outcome = GateOutcome::Fail));
        assert!(changed(|report| report.delta = None));
        assert!(changed(|report| report.delta.as_mut().unwrap().total = Tenths(-1)));
        assert!(changed(|report| report.tests = sample::report().tests));
    }
}
