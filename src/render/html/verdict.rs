//! The score in a line, the gate and the way to green.

use crate::model::exact::Tenths;
use crate::model::gate::{Condition, ConditionOutcome, GateOutcome};
use crate::model::report::Report;
use crate::render::wording;

use super::page::{Cell, Page, Tone};

pub(super) fn headline(page: &mut Page, report: &Report) {
    let delta = report.delta.map(|delta| format!(" ({})", delta.total.signed())).unwrap_or_default();
    let tone = match report.gate.outcome {
        GateOutcome::Fail => Tone::Bad,
        GateOutcome::Pass if report.gate.failing().next().is_some() => Tone::Odd,
        GateOutcome::Pass => Tone::Good,
    };
    let verdict = wording::verdict(&report.verdict);
    page.sentence(
        &format!("{}{delta}, {verdict}; {}", report.score.shown, wording::answer(&report.gate)),
        tone,
    );
    for caveat in wording::caveats(report).iter().chain(&report.notes) {
        page.sentence(caveat, Tone::Odd);
    }
}

pub(super) fn gate(page: &mut Page, report: &Report) {
    page.heading(&format!("Gate ({})", wording::mode(&report.gate)));
    page.table(&["", "condition", "answer", "way out"], report.gate.conditions.iter().map(condition));
}

fn condition(condition: &Condition) -> Vec<Cell> {
    let tone = match condition.outcome {
        ConditionOutcome::Pass => Tone::Good,
        ConditionOutcome::Fail => Tone::Bad,
        ConditionOutcome::Waived => Tone::Odd,
        ConditionOutcome::NoBaseline | ConditionOutcome::NotGated => Tone::Faint,
    };
    vec![
        Cell::toned(condition.outcome.name(), tone),
        Cell::text(&condition.id),
        Cell::text(&condition.message),
        Cell::text(condition.way_out.as_deref().unwrap_or_default()),
    ]
}

pub(super) fn way_to_green(page: &mut Page, report: &Report) {
    let Some(way) = &report.way_to_green else { return };
    page.heading("Cheapest way to green");
    page.steps(way.steps.iter().map(|(advice, points)| match *points {
        Tenths::ZERO => advice.clone(),
        points => format!("{advice} ({} points)", points.signed()),
    }));
}
