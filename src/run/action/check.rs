//! The check run, or where it cannot be written, annotations through the job's log.

use super::annotations::{self, Found};
use super::evaluation::Evaluation;
use super::inputs::Part;
use super::job::Job;
use super::shortfall::Shortfall;
use crate::forge::Capability;
use crate::forge::github::check_run::{CheckRun, Conclusion, SUMMARY_MAX};
use crate::model::commit::Sha;
use crate::model::gate::GateOutcome;
use crate::model::report::Report;
use crate::render::{markdown, status};
use crate::run::output;

/// More than anybody reads; three requests' worth.
const IN_CHECK_RUN: usize = 150;
/// The runner shows so many of each kind per step.
const IN_LOG: usize = 10;

/// Publishes details of `evaluation` about `head`.
pub(super) async fn publish(job: &Job, head: &Sha, evaluation: &Evaluation, shortfalls: &mut Vec<Shortfall>) {
    let (report, found) = (&evaluation.report, found(job, evaluation));
    if job.inputs.wants(Part::CheckRun) && job.forge.has(Capability::CheckRuns) {
        match job.forge.create_check_run(&check_run(job, head, report, &found)).await {
            Ok(()) => return,
            Err(error) => shortfalls.push(Shortfall::light(&error)),
        }
    }
    tell(&found);
}

/// Says details in the log alone.
pub(super) fn log(job: &Job, evaluation: &Evaluation) {
    tell(&found(job, evaluation));
}

fn found(job: &Job, evaluation: &Evaluation) -> Found {
    if job.inputs.wants(Part::Annotations) {
        annotations::of(&evaluation.repository, &evaluation.report)
    } else {
        Found::default()
    }
}

fn tell(found: &Found) {
    for annotation in found.first(IN_LOG) {
        // A closed log is no reason to fail.
        let _closed = output::standard_output(&annotations::command(annotation));
    }
}

fn check_run(job: &Job, head: &Sha, report: &Report, found: &Found) -> CheckRun {
    let named = job.inputs.name.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
    let omitted = found.omitted(IN_CHECK_RUN);
    let summary = format!("{}{omitted}", markdown::comment(report, SUMMARY_MAX - omitted.len()));
    CheckRun {
        name: format!("Readiness report{named}"),
        head: head.clone(),
        external_id: format!("{}.{}", job.run.id, job.run.attempt),
        conclusion: match report.gate.outcome {
            GateOutcome::Pass => Conclusion::Success,
            GateOutcome::Fail => Conclusion::Failure,
        },
        title: status::description(report),
        summary,
        annotations: found.first(IN_CHECK_RUN).to_vec(),
    }
}
