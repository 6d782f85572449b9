//! Coverage: totals, what moved them, components, and the lines that no test runs.

use crate::model::coverage::Covered;
use crate::model::coverage_change::Part;
use crate::model::exact::Tenths;
use crate::model::report::{CoverageSection, Report};
use crate::render::wording;

use super::page::{Cell, LISTED, Page};

/// Most ranges of uncovered lines of one file.
const RANGES: usize = 50;

pub(super) fn coverage(page: &mut Page, report: &Report) {
    let Some(coverage) = &report.coverage else { return };
    page.heading("Coverage");
    let (now, base) = (coverage.totals, coverage.base_totals);
    let kinds = [
        ("lines", Some(now.lines), base.map(|base| base.lines)),
        ("branches", now.branches, base.and_then(|base| base.branches)),
        ("functions", now.functions, base.and_then(|base| base.functions)),
        ("statements", now.statements, base.and_then(|base| base.statements)),
        ("added lines", coverage.patch.as_ref().map(|patch| patch.lines), None),
    ];
    let known = kinds.into_iter().filter_map(|(name, covered, base)| Some(share(name, covered?, base)));
    page.table(&["", ">share", ">covered", ">base", ">change"], known);
    moved(page, coverage);
    components(page, coverage);
    let missed =
        coverage.patch.iter().flat_map(|patch| &patch.files).filter(|(_, file)| !file.missed.is_empty());
    page.list(missed.take(LISTED).map(|(path, file)| {
        format!("{path}: added lines not covered: {}", wording::ranges(&file.missed, RANGES))
    }));
    page.list(coverage.indirect.iter().take(LISTED).map(|change| {
        format!("{}: lines outside the change: {}", change.path, wording::flipped(change, RANGES))
    }));
    page.list(coverage.paths.invalid.iter().cloned().chain(wording::strays(&coverage.paths, LISTED)));
}

fn share(name: &str, covered: Covered, base: Option<Covered>) -> Vec<Cell> {
    vec![
        Cell::text(name),
        Cell::number(wording::share(covered)),
        Cell::number(of(covered)),
        Cell::number(base.map(wording::share).unwrap_or_default()),
        points(wording::gained(covered, base)),
    ]
}

fn of(covered: Covered) -> String {
    format!("{} of {}", covered.covered, covered.total)
}

fn points(change: Option<Tenths>) -> Cell {
    Cell::number(change.map(Tenths::signed).unwrap_or_default())
}

/// What moved the coverage of the lines, as a whole and file by file.
fn moved(page: &mut Page, coverage: &CoverageSection) {
    if let Some(change) = coverage.change.as_ref().filter(|change| !change.files.is_empty()) {
        let part = |(name, part): (&str, Part)| {
            let count = |number: i128| Cell::number(format!("{number:+}"));
            vec![Cell::text(name), points(part.points), count(part.lines.covered), count(part.lines.total)]
        };
        let rows = wording::parts(&change.whole).into_iter().map(part);
        page.table(&["what moved it", ">points", ">covered", ">coverable"], rows);
    }
    let files = wording::moved(coverage);
    if !files.is_empty() {
        let rows = files.iter().take(LISTED).map(|(path, file, delta, why)| {
            let share = Cell::number(wording::share(file.lines));
            let of = Cell::number(of(file.lines));
            vec![Cell::text(path), share, of, points(Some(*delta)), Cell::text(why)]
        });
        page.table(&["file", ">lines", ">covered", ">change", "by"], rows);
    }
}

/// One row per component of the policy.
fn components(page: &mut Page, coverage: &CoverageSection) {
    if coverage.components.is_empty() {
        return;
    }
    let rows = coverage.components.iter().map(|component| {
        let patch = component.patch.filter(|patch| patch.total > 0);
        vec![
            Cell::text(&component.name),
            Cell::number(wording::share(component.totals.lines)),
            Cell::number(of(component.totals.lines)),
            points(component.delta),
            Cell::number(component.totals.branches.map(wording::share).unwrap_or_default()),
            Cell::number(patch.map(wording::fraction).unwrap_or_default()),
            Cell::text(&wording::origin(component)),
        ]
    });
    page.table(&["component", ">lines", ">covered", ">change", ">branches", ">added lines", ""], rows);
}
