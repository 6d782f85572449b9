//! The first line, and what must be known before anything else is read.

use crate::model::gate::{Gate, GateOutcome};
use crate::model::report::Report;
use crate::render::escape::markdown::{Place, prose};
use crate::render::wording;

use super::layout::{name, signed};

/// Icon, score, delta, verdict and the gate's answer with the number that decided.
pub(super) fn line(report: &Report) -> String {
    let score = report.score.shown;
    let title = match &report.name {
        Some(own) => format!("**Readiness** {} **{score}**", name(own)),
        None => format!("**Readiness {score}**"),
    };
    let delta = report.delta.map_or_else(|| String::from("no baseline"), |delta| signed(delta.total));
    let verdict = [Some(&report.verdict.band), report.verdict.grade.as_ref()];
    let mut parts = vec![format!("{} {title} ({delta})", icon(&report.gate))];
    parts.extend(verdict.into_iter().flatten().map(|word| prose(word, Place::Text)));
    parts.push(prose(&wording::answer(&report.gate), Place::Text));
    parts.join(" · ")
}

fn icon(gate: &Gate) -> &'static str {
    match gate.outcome {
        GateOutcome::Fail => "🔴",
        GateOutcome::Pass if gate.failing().next().is_some() => "🟡",
        GateOutcome::Pass => "🟢",
    }
}

/// Missing evidence, claims, a capped verdict, notes: one line each.
pub(super) fn caveats(report: &Report) -> String {
    let sentences = wording::caveats(report);
    let lines = sentences.iter().chain(&report.notes).map(|said| format!("⚠️ {}", prose(said, Place::Text)));
    let lines: Vec<String> = lines.collect();
    lines.join("<br>\n")
}
