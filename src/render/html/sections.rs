//! The parts of the page, in the order of the comment on a pull request.

use crate::model::coverage::Covered;
use crate::model::coverage_change::Part;
use crate::model::exact::{Tenths, whole};
use crate::model::findings::Finding;
use crate::model::gate::{Condition, ConditionOutcome, GateOutcome};
use crate::model::metric::MetricState;
use crate::model::report::{
    CaseNote, Cause, CheckReport, CoverageSection, DimensionReport, Gap, Report, TestsReport,
};
use crate::render::{debt, names, plan_words, wording};

use super::page::{Cell, Page, Tone};

/// Most cases of one kind and most files; JSON has all.
const LISTED: usize = 500;
/// Most ranges of uncovered lines of one file.
const RANGES: usize = 50;

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

pub(super) fn score(page: &mut Page, report: &Report) {
    page.heading("Score");
    let mut rows = Vec::new();
    for dimension in &report.dimensions {
        rows.push(dimension_row(dimension));
        rows.extend(dimension.checks.iter().map(check_row));
    }
    rows.push(sums(report));
    page.table(
        &[
            "dimension / check",
            "",
            ">weight",
            ">value",
            ">floor",
            ">target",
            ">attained",
            ">points",
            ">of",
            ">delta",
        ],
        rows,
    );
}

fn sums(report: &Report) -> Vec<Cell> {
    let weight: u64 = report.dimensions.iter().filter(|d| d.in_policy).map(|d| d.weight).sum();
    let most: Tenths = report.dimensions.iter().map(|dimension| dimension.max_points).sum();
    let score = report.score.shown;
    vec![
        Cell::text("sum"),
        Cell::bar(score.0),
        Cell::number(weight),
        Cell::number(score),
        Cell::text(""),
        Cell::text(""),
        Cell::text(""),
        Cell::number(score),
        Cell::number(most),
        Cell::number(report.delta.map(|delta| delta.total.signed()).unwrap_or_default()),
    ]
}

fn dimension_row(dimension: &DimensionReport) -> Vec<Cell> {
    vec![
        Cell::text(&format!("{}{}", dimension.name, wording::gone(dimension))),
        Cell::bar(dimension.score.0),
        Cell::number(dimension.weight),
        Cell::number(dimension.score),
        Cell::text(""),
        Cell::text(""),
        Cell::text(""),
        Cell::number(dimension.points),
        Cell::number(dimension.max_points),
        Cell::number(dimension.delta.map(|delta| delta.total.signed()).unwrap_or_default()),
    ]
}

fn check_row(check: &CheckReport) -> Vec<Cell> {
    let value = match (&check.value, check.state) {
        (Some(value), MetricState::Measured) => wording::amount(value, check.unit),
        (_, state) => state.name().to_owned(),
    };
    vec![
        Cell::toned(&check.id, Tone::Faint),
        Cell::toned(check.reason.as_deref().unwrap_or_default(), Tone::Faint),
        Cell::text(""),
        Cell::number(value),
        Cell::number(wording::amount(&check.floor, check.unit)),
        Cell::number(wording::amount(&check.target, check.unit)),
        Cell::number(format!("{} %", Tenths::floor(&(&check.attainment * whole(100))))),
        Cell::number(check.points),
        Cell::number(check.max_points),
        Cell::number(check.delta.map(|delta| delta.total.signed()).unwrap_or_default()),
    ]
}

pub(super) fn changes(page: &mut Page, report: &Report) {
    let Some(delta) = report.delta else { return };
    page.heading("What changed");
    let (total, evidence, policy) = (delta.total.signed(), delta.evidence.signed(), delta.policy.signed());
    page.sentence(&format!("{total}: evidence {evidence}, policy {policy}"), Tone::Plain);
    let checks = report.dimensions.iter().flat_map(|dimension| &dimension.checks);
    let changed = checks.filter(|check| check.cause != Cause::Unchanged);
    page.table(
        &[">delta", "check", "cause", "base and head"],
        changed.map(|check| {
            vec![
                Cell::number(check.delta.map(|delta| delta.total.signed()).unwrap_or_default()),
                Cell::text(&check.id),
                Cell::text(check.cause.name()),
                Cell::text(&wording::change(check)),
            ]
        }),
    );
}

pub(super) fn gaps(page: &mut Page, report: &Report) {
    if report.gaps.is_empty() {
        return;
    }
    let missing = Tenths(1000) - report.score.shown;
    page.heading(&format!("The missing {missing} points"));
    let sum = vec![Cell::number(missing), Cell::text("all"), Cell::text(""), Cell::text(""), Cell::text("")];
    page.table(
        &[">points", "check", "what to do", ">effort", ">points per hour"],
        report.gaps.iter().map(gap).chain([sum]),
    );
}

fn gap(gap: &Gap) -> Vec<Cell> {
    vec![
        Cell::number(gap.points),
        Cell::text(&gap.check),
        Cell::text(&gap.advice),
        Cell::number(gap.effort_hours.as_ref().map(wording::effort).unwrap_or_default()),
        Cell::number(plan_words::rate(gap.points_per_hour.as_ref())),
    ]
}

pub(super) fn tests(page: &mut Page, report: &Report) {
    let Some(tests) = &report.tests else { return };
    page.heading("Tests");
    page.sentence(&wording::test_counts(tests), Tone::Plain);
    let errors = tests.suite_errors.iter().take(LISTED);
    page.list(errors.map(|error| format!("outside any case: {}: {}", error.suite, error.message)));
    let rows: Vec<Vec<Cell>> = lists(tests).iter().flat_map(|(word, notes)| cases(word, notes)).collect();
    if !rows.is_empty() {
        page.table(&["", "case", "place", "says"], rows);
    }
}

fn lists(tests: &TestsReport) -> [(&'static str, &[CaseNote]); 7] {
    [
        ("new failure", &tests.new_failures),
        ("still failing", &tests.still_failing),
        ("flaky", &tests.flaky),
        ("newly skipped", &tests.newly_skipped),
        ("removed", &tests.removed),
        ("slower", &tests.slower),
        ("fixed", &tests.fixed),
    ]
}

fn cases(word: &'static str, notes: &[CaseNote]) -> Vec<Vec<Cell>> {
    let row = |note: &CaseNote| {
        vec![
            Cell::text(word),
            Cell::text(&names::case(&note.id)),
            Cell::text(&names::place(&note.detail).unwrap_or_default()),
            Cell::text(note.detail.message.as_deref().unwrap_or_default()),
        ]
    };
    let rows = notes.iter().take(LISTED).map(row);
    rows.chain(more(word, notes.len().saturating_sub(LISTED))).collect()
}

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

pub(super) fn trend(page: &mut Page, report: &Report) {
    let Some((bars, said)) = wording::trend(report) else { return };
    page.heading("Trend");
    page.sentence(&format!("{bars} {said}"), Tone::Plain);
}

pub(super) fn findings(page: &mut Page, report: &Report) {
    let Some(findings) = &report.findings else { return };
    page.heading("Findings");
    page.sentence(&wording::findings(&findings.counts), Tone::Plain);
    page.list(wording::looked(findings));
    let lists = wording::lists(findings);
    let rows: Vec<Vec<Cell>> = lists.iter().flat_map(|(word, list)| found(word, list)).collect();
    if !rows.is_empty() {
        page.table(&["", "finding", "place", "says"], rows);
    }
}

fn found(word: &'static str, findings: &[Finding]) -> Vec<Vec<Cell>> {
    let row = |finding: &Finding| {
        let said = [Some(&*finding.message), finding.suppressed.as_deref()].into_iter().flatten();
        vec![
            Cell::text(word),
            Cell::text(&format!("{} {}", wording::grade(finding), names::rule(finding))),
            Cell::text(&names::found_at(finding).unwrap_or_default()),
            Cell::text(&said.collect::<Vec<_>>().join("; ")),
        ]
    };
    let rows = findings.iter().take(LISTED).map(row);
    rows.chain(more(word, findings.len().saturating_sub(LISTED))).collect()
}

/// The last row of a list of four columns that is longer than what is shown.
fn more(word: &str, left: usize) -> Option<Vec<Cell>> {
    let said = Cell::toned(&format!("and {left} more"), Tone::Faint);
    (left > 0).then(|| vec![Cell::text(word), said, Cell::text(""), Cell::text("")])
}

pub(super) fn debt(page: &mut Page, report: &Report) {
    for part in debt::mutation(report).iter().chain(&debt::todos(report)) {
        page.heading(&part.heading);
        page.sentence(&part.summary, Tone::Plain);
        for group in &part.groups {
            let (entries, left) = group.first(LISTED);
            let said = entries
                .iter()
                .map(|entry| format!("{}: {}: {}{}", group.word, entry.place, entry.text, entry.note));
            page.list(said.chain((left > 0).then(|| format!("{}: and {left} more", group.word))));
        }
    }
}

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

pub(super) fn provenance(page: &mut Page, report: &Report) {
    page.heading("How this was computed");
    page.list(wording::provenance(report));
}
