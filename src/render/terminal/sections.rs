//! Tests, coverage, measurements and sources.

use crate::model::coverage::{Covered, PatchCoverage};
use crate::model::coverage_change::Change;
use crate::model::evidence::Source;
use crate::model::exact::Tenths;
use crate::model::findings::Finding;
use crate::model::findings_change::FindingsSection;
use crate::model::input::InputState;
use crate::model::report::{
    CaseNote, Comparison, ComponentReport, CoverageSection, MeasurementReport, TestsReport,
};
use crate::render::debt::Debt;
use crate::render::escape::terminal as safe;
use crate::render::{names, wording};

use super::page::Page;
use super::style::Tone;
use super::table::{Table, number, text};

/// Most entries of one list; the JSON output has all.
const LIST: usize = 10;

pub(super) fn tests(page: &mut Page, tests: &TestsReport) {
    page.heading("Tests");
    page.sentence(2, &wording::test_counts(tests), Tone::Normal);
    for error in &tests.suite_errors {
        page.item(2, "! ", &format!("outside any case: {}: {}", error.suite, error.message), Tone::Bad);
    }
    cases(page, ("new failure", Tone::Bad), &tests.new_failures);
    cases(page, ("still failing", Tone::Bad), &tests.still_failing);
    cases(page, ("flaky", Tone::Odd), &tests.flaky);
    cases(page, ("newly skipped", Tone::Odd), &tests.newly_skipped);
    cases(page, ("removed", Tone::Odd), &tests.removed);
    cases(page, ("slower", Tone::Odd), &tests.slower);
    cases(page, ("fixed", Tone::Good), &tests.fixed);
}

fn cases(page: &mut Page, (word, tone): (&str, Tone), cases: &[CaseNote]) {
    for case in cases.iter().take(LIST) {
        let place = names::place(&case.detail).map(|place| format!("  {place}")).unwrap_or_default();
        let slower = case.durations.map(|times| format!("  {}", names::slower(times))).unwrap_or_default();
        page.item(2, &format!("{word:<14}"), &format!("{}{place}{slower}", names::case(&case.id)), tone);
        if let Some(message) = &case.detail.message {
            page.sentence(16, message, Tone::Faint);
        }
    }
    if let Some(left) = cases.len().checked_sub(LIST).filter(|left| *left > 0) {
        page.sentence(2, &format!("{word:<14}and {left} more"), Tone::Faint);
    }
}

pub(super) fn coverage(page: &mut Page, coverage: &CoverageSection) {
    page.heading("Coverage");
    let mut table = Table::default();
    let base = coverage.base_totals;
    let mut total = |name: &str, now: Option<Covered>, then: Option<Covered>| {
        let Some(now) = now else { return };
        let then = then.map(|then| format!("was {}", wording::share(then))).unwrap_or_default();
        let counts = format!("{} of {}", now.covered, now.total);
        table.row(vec![
            text(name),
            number(wording::share(now)),
            number(counts),
            text(then).tone(Tone::Faint),
        ]);
    };
    total("lines", Some(coverage.totals.lines), base.map(|base| base.lines));
    total("branches", coverage.totals.branches, base.and_then(|base| base.branches));
    total("functions", coverage.totals.functions, base.and_then(|base| base.functions));
    total("statements", coverage.totals.statements, base.and_then(|base| base.statements));
    total("patch", coverage.patch.as_ref().map(|patch| patch.lines), None);
    page.table(&table);
    if let Some(change) = coverage.change.as_ref().filter(|change| !change.files.is_empty()) {
        explained(page, &change.whole);
    }
    components(page, &coverage.components);
    if let Some(patch) = &coverage.patch {
        missed(page, patch);
    }
    if let Some(invalid) = &coverage.paths.invalid {
        page.item(2, "! ", invalid, Tone::Bad);
    }
    for stray in wording::strays(&coverage.paths, LIST) {
        page.item(2, "! ", &stray, Tone::Odd);
    }
    indirect(page, coverage);
}

/// The parts that the change of the lines is made of.
fn explained(page: &mut Page, change: &Change) {
    page.sentence(2, "what moved the lines, in points:", Tone::Faint);
    let mut table = Table::default();
    for (name, part) in wording::parts(change) {
        table.row(vec![
            text(name),
            number(part.points.map(Tenths::signed).unwrap_or_default()),
            number(format!("{:+} covered", part.lines.covered)),
            number(format!("{:+} coverable", part.lines.total)),
        ]);
    }
    page.table(&table);
}

fn components(page: &mut Page, components: &[ComponentReport]) {
    let mut table = Table::default();
    for component in components {
        let lines = component.totals.lines;
        let patch = component.patch.filter(|patch| patch.total > 0);
        table.row(vec![
            text(safe(&component.name)),
            number(wording::share(lines)),
            number(format!("{} of {}", lines.covered, lines.total)),
            number(component.delta.map(Tenths::signed).unwrap_or_default()),
            number(patch.map(|patch| format!("patch {}", wording::share(patch))).unwrap_or_default()),
            text(wording::origin(component)).tone(Tone::Odd),
        ]);
    }
    page.table(&table);
}

fn missed(page: &mut Page, patch: &PatchCoverage) {
    let missed = || patch.files.iter().filter(|(_, file)| !file.missed.is_empty());
    for (path, file) in missed().take(LIST) {
        let lines = wording::ranges(&file.missed, 8);
        page.item(2, "not covered   ", &format!("{path}: {lines}"), Tone::Odd);
    }
    rest(page, "not covered   ", missed().count());
}

fn indirect(page: &mut Page, coverage: &CoverageSection) {
    for change in coverage.indirect.iter().take(LIST) {
        let (lost, gained) = (change.lost.len(), change.gained.len());
        let lost = wording::counted(lost as u64, "line");
        let said = format!("{}: {lost} lost, {gained} gained outside the change", change.path);
        page.item(2, "indirect      ", &said, Tone::Normal);
    }
    rest(page, "indirect      ", coverage.indirect.len());
}

/// How many files are not listed.
fn rest(page: &mut Page, mark: &str, files: usize) {
    if let Some(more) = files.checked_sub(LIST).filter(|more| *more > 0) {
        let said = format!("and {}", wording::counted(more as u64, "more file"));
        page.item(2, mark, &said, Tone::Faint);
    }
}

pub(super) fn findings(page: &mut Page, findings: &FindingsSection) {
    page.heading("Findings");
    page.sentence(2, &wording::findings(&findings.counts), Tone::Normal);
    for line in wording::looked(findings) {
        page.sentence(2, &line, Tone::Faint);
    }
    for (word, list) in wording::lists(findings) {
        let tone = match word {
            "new" => Tone::Bad,
            "fixed" => Tone::Good,
            "suppressed" => Tone::Faint,
            _ => Tone::Odd,
        };
        found(page, (word, tone), list);
    }
}

fn found(page: &mut Page, (word, tone): (&str, Tone), findings: &[Finding]) {
    for finding in findings.iter().take(LIST) {
        let place = names::found_at(finding).map(|place| format!("  {place}")).unwrap_or_default();
        let said = format!("{} {}{place}", wording::grade(finding), names::rule(finding));
        page.item(2, &format!("{word:<14}"), &said, tone);
        for text in [Some(&finding.message), finding.suppressed.as_ref()].into_iter().flatten() {
            page.sentence(16, text, Tone::Faint);
        }
    }
    if let Some(left) = findings.len().checked_sub(LIST).filter(|left| *left > 0) {
        page.sentence(2, &format!("{word:<14}and {left} more"), Tone::Faint);
    }
}

pub(super) fn measurements(page: &mut Page, measurements: &[&MeasurementReport]) {
    if measurements.is_empty() {
        return;
    }
    page.heading("Measurements");
    let mut table = Table::default();
    for report in measurements {
        let unit = report.measurement.unit;
        let was = report.base.as_ref().map(|base| format!("was {}", wording::amount(base, unit)));
        table.row(vec![
            text(safe(&report.measurement.id)),
            number(wording::amount(&report.measurement.value, unit)),
            text(was.unwrap_or_default()).tone(Tone::Faint),
            text(wording::change_of(report)).tone(match report.comparison {
                Some(Comparison::Worse) => Tone::Bad,
                Some(Comparison::Better) => Tone::Good,
                _ => Tone::Faint,
            }),
        ]);
    }
    page.table(&table);
}

pub(super) fn debt(page: &mut Page, debt: &Debt) {
    page.heading(&debt.heading);
    page.sentence(2, &debt.summary, Tone::Normal);
    for group in &debt.groups {
        let (word, (entries, left)) = (group.word, group.first(LIST));
        for entry in entries {
            let tone = if word == "new" { Tone::Odd } else { Tone::Faint };
            page.item(
                2,
                &format!("{word:<14}"),
                &format!("{}  {}{}", entry.place, entry.text, entry.note),
                tone,
            );
        }
        if left > 0 {
            page.sentence(2, &format!("{word:<14}and {left} more"), Tone::Faint);
        }
    }
}

pub(super) fn sources(page: &mut Page, sources: &[Source]) {
    page.heading("Evidence");
    if sources.is_empty() {
        page.sentence(2, "none", Tone::Bad);
    }
    let mut table = Table::default();
    for source in sources {
        let tone = match source.state {
            InputState::Measured => Tone::Good,
            InputState::Incomplete | InputState::Invalid => Tone::Bad,
            InputState::Empty | InputState::Unrecognised => Tone::Odd,
        };
        table.row(vec![
            text(source.state.name()).tone(tone),
            text(safe(&source.path)),
            text(safe(source.format.as_deref().unwrap_or("-"))),
            text(safe(&source.holds)),
            text(safe(source.problem.as_deref().unwrap_or(""))).tone(Tone::Odd),
        ]);
    }
    page.table(&table);
}
