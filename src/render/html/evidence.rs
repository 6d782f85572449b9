//! Measurements, the evidence itself, the trend and how all was computed.

use crate::model::report::Report;
use crate::render::wording;

use super::page::{Cell, Page, Tone};

pub(super) fn measurements(page: &mut Page, report: &Report) {
    let measurements = wording::measurements(report);
    if measurements.is_empty() {
        return;
    }
    page.heading("Measurements");
    page.table(
        &["measurement", ">value", ">base", "change"],
        measurements.iter().map(|row| {
            let unit = row.measurement.unit;
            let base = row.base.as_ref().map(|base| wording::amount(base, unit)).unwrap_or_default();
            let value = wording::amount(&row.measurement.value, unit);
            let change = Cell::text(&wording::change_of(row));
            vec![Cell::text(&row.measurement.id), Cell::number(value), Cell::number(base), change]
        }),
    );
}

pub(super) fn sources(page: &mut Page, report: &Report) {
    page.heading("Evidence");
    page.table(
        &["state", "file", "format", "holds", "problem"],
        report.sources.iter().map(|source| {
            let tone = if source.state.is_bad_evidence() { Tone::Bad } else { Tone::Plain };
            vec![
                Cell::toned(source.state.name(), tone),
                Cell::text(&source.path),
                Cell::text(source.format.as_deref().unwrap_or_default()),
                Cell::text(&source.holds),
                Cell::text(source.problem.as_deref().unwrap_or_default()),
            ]
        }),
    );
}

pub(super) fn trend(page: &mut Page, report: &Report) {
    let Some((bars, said)) = wording::trend(report) else { return };
    page.heading("Trend");
    page.sentence(&format!("{bars} {said}"), Tone::Plain);
}

pub(super) fn provenance(page: &mut Page, report: &Report) {
    page.heading("How this was computed");
    page.list(wording::provenance(report));
}
