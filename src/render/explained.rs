//! An explanation as headings and sentences, the same on screen and in Markdown. Not escaped yet.

use crate::model::coverage::Covered;
use crate::model::evidence::Source;
use crate::model::exact::{Exact, Tenths, whole};
use crate::model::explanation::{Counted, CountedCase, CountedFile, Explanation, Share};
use crate::model::findings::Finding;
use crate::model::metric::{Measurement, MetricState};
use crate::model::report::{Cause, CheckReport};
use crate::model::tests::TestCounts;
use crate::model::todos::Todo;

use super::debt::{self, Entry};
use super::{names, wording};

/// Most cases or files that are listed; JSON has all.
const LISTED: usize = 10;
/// Most ranges of uncovered lines of one file.
const RANGES: usize = 12;

/// A heading with its sentences.
pub(super) struct Part {
    /// Our words only.
    pub(super) heading: &'static str,
    /// May quote names from files.
    pub(super) sentences: Vec<String>,
}

/// `12.0 of 15.0 points`.
pub(super) fn headline(explanation: &Explanation) -> String {
    let CheckReport { id, points, max_points, .. } = &explanation.check;
    format!("`{id}`: {points} of {max_points} points")
}

/// All parts in the order of the data.
pub(super) fn parts(explanation: &Explanation) -> Vec<Part> {
    let all = [
        Part { heading: "Read from", sentences: sources(&explanation.sources) },
        Part { heading: "Counted", sentences: counted(explanation) },
        Part { heading: "Value", sentences: value(&explanation.check) },
        Part { heading: "Points", sentences: points(explanation) },
        Part { heading: "Change", sentences: change(&explanation.check) },
    ];
    all.into_iter().filter(|part| !part.sentences.is_empty()).collect()
}

fn sources(sources: &[Source]) -> Vec<String> {
    sources.iter().map(source).collect()
}

fn source(source: &Source) -> String {
    let format = source.format.as_ref().map(|format| format!(" ({format})")).unwrap_or_default();
    let holds = if source.holds.is_empty() { String::new() } else { format!(", {}", source.holds) };
    let problem = source.problem.as_ref().map(|problem| format!(": {problem}")).unwrap_or_default();
    format!("`{}`{format}: {}{holds}{problem}", source.path, source.state.name())
}

fn counted(explanation: &Explanation) -> Vec<String> {
    let mut said: Vec<String> = explanation
        .selection
        .iter()
        .map(|(key, globs)| format!("selected by `{key}`: `{}`", globs.join("`, `")))
        .collect();
    match &explanation.counted {
        Counted::Cases(counts, cases) => {
            said.push(totals(counts));
            said.extend(first(cases, "case", case));
        }
        Counted::Files(files) => said.extend(first(files, "file", file)),
        Counted::Findings(counts, findings) => {
            said.push(wording::findings(counts));
            said.extend(first(findings, "finding", finding));
        }
        Counted::Todos(files, todos) => {
            let markers = wording::listed(todos, "marker");
            let whole = explanation.selection.is_empty();
            let files = wording::counted(*files, "file");
            let where_to = if whole { files } else { "the selected files".to_owned() };
            said.push(format!("{markers} in the comments of {where_to}"));
            said.extend(first(todos, "marker", todo));
        }
        Counted::Measurement(measurement) => said.push(measured(measurement)),
        Counted::Claim { text, owner, date, expires, link } => {
            let link = link.as_ref().map(|link| format!(", `{link}`")).unwrap_or_default();
            said.push(format!("`{owner}` claims `{text}` from {date} to {expires}{link}"));
        }
        Counted::Nothing => {}
    }
    said
}

/// The first few of `items`, and how many more there are.
fn first<T>(items: &[T], noun: &str, said: fn(&T) -> String) -> Vec<String> {
    let mut lines: Vec<String> = items.iter().take(LISTED).map(said).collect();
    if let Some(more) = items.len().checked_sub(LISTED).filter(|more| *more > 0) {
        lines.push(format!("and {}", wording::counted(more as u64, &format!("more {noun}"))));
    }
    lines
}

fn totals(counts: &TestCounts) -> String {
    let TestCounts { total, passed, failed, errored, skipped, flaky } = counts;
    format!(
        "{} selected: {passed} passed ({flaky} flaky), {failed} failed, {errored} errored, {skipped} skipped",
        wording::counted(*total, "case")
    )
}

fn case(case: &CountedCase) -> String {
    let flaky = if case.flaky { ", flaky" } else { "" };
    let place = names::place(&case.detail).map(|place| format!(" at `{place}`")).unwrap_or_default();
    let message = case.detail.message.as_ref().map(|message| format!(": {message}")).unwrap_or_default();
    format!("{}{flaky}: `{}`{place}{message}", case.outcome.name(), names::case(&case.id))
}

fn file(file: &CountedFile) -> String {
    let missed = match file.missed.as_slice() {
        [] => String::new(),
        lines => format!(", not covered: {}", wording::ranges(lines, RANGES)),
    };
    format!("`{}`: {}{missed}", file.path, wording::fraction(file.covered))
}

fn finding(finding: &Finding) -> String {
    let place = names::found_at(finding).map(|place| format!(" at `{place}`")).unwrap_or_default();
    let suppressed = finding.suppressed.as_ref().map(|why| format!("; suppressed: {why}"));
    let (grade, rule) = (wording::grade(finding), names::rule(finding));
    format!("{grade} `{rule}`{place}: {}{}", finding.message, suppressed.unwrap_or_default())
}

fn todo(todo: &Todo) -> String {
    let Entry { place, text, note } = debt::todo(todo);
    format!("`{place}`: {text}{note}")
}

fn measured(measurement: &Measurement) -> String {
    let commit = measurement.commit.as_ref().map(|commit| format!(" on commit `{commit}`"));
    let better = measurement.better.map(|better| format!(", {} is better", better.name()));
    format!(
        "`{}` is {}{}{}",
        measurement.id,
        wording::amount(&measurement.value, measurement.unit),
        commit.unwrap_or_default(),
        better.unwrap_or_default()
    )
}

fn value(check: &CheckReport) -> Vec<String> {
    let reason = check.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
    let found = match (&check.value, check.counts) {
        (Some(value), Some((covered, total))) => {
            let share = wording::amount(value, check.unit);
            format!("`{}` is {share} ({})", check.metric, of(Covered { covered, total }))
        }
        (Some(value), None) => format!("`{}` is {}", check.metric, wording::amount(value, check.unit)),
        (None, _) => format!("`{}` has no value", check.metric),
    };
    let found = format!("{found}, {}{reason}", check.state.name());
    if matches!(check.state, MetricState::Claimed | MetricState::Expired) {
        return vec![found];
    }
    let (floor, target) = limits(check);
    vec![found, format!("no points up to the floor {floor}, all from the target {target} on")]
}

fn of(Covered { covered, total }: Covered) -> String {
    format!("{covered} of {total}")
}

fn limits(check: &CheckReport) -> (String, String) {
    (wording::amount(&check.floor, check.unit), wording::amount(&check.target, check.unit))
}

fn points(explanation: &Explanation) -> Vec<String> {
    let Explanation { check, dimension_share, check_share, max_points, points, .. } = explanation;
    vec![
        attained(check),
        format!(
            "worth {} of the check's dimension `{}`, which is worth {} of all: 100 × {} × {} = {}",
            weight(*check_share),
            explanation.dimension,
            weight(*dimension_share),
            fraction(*dimension_share),
            fraction(*check_share),
            exactly(max_points)
        ),
        format!("points: {} × {} = {}", exactly(max_points), share(&check.attainment), exactly(points)),
        format!("shown as {} of {}, so that all checks add up to the score", check.points, check.max_points),
    ]
}

fn attained(check: &CheckReport) -> String {
    let (floor, target) = limits(check);
    let attained = share(&check.attainment);
    match (&check.value, check.state) {
        (Some(value), MetricState::Measured) if check.floor != check.target => {
            let value = wording::amount(value, check.unit);
            format!("attained: ({value} − {floor}) / ({target} − {floor}), within 0 and 1, = {attained}")
        }
        (Some(_), MetricState::Measured) => {
            format!("attained: floor and target are equal, all or nothing: {attained}")
        }
        (_, MetricState::Claimed) => format!("attained: a claim that holds today earns {attained}"),
        (_, state) => format!("attained: {} earns {attained}", state.name()),
    }
}

/// `2 of 5`.
fn weight(share: Share) -> String {
    format!("{} of {}", share.weight, share.of)
}

/// `2/5`.
fn fraction(share: Share) -> String {
    format!("{}/{}", share.weight, share.of)
}

/// A share of 1 as a percentage, with the fraction where that is not all.
fn share(share: &Exact) -> String {
    let percent = share * whole(100);
    match Tenths::exactly(&percent) {
        Some(exact) => format!("{exact} %"),
        None => format!("{} % ({share})", Tenths::floor(&percent)),
    }
}

/// Tenths where that is all, else rounded down and with the fraction.
fn exactly(number: &Exact) -> String {
    match Tenths::exactly(number) {
        Some(exact) => exact.to_string(),
        None => format!("{} ({number})", wording::decimal(number, 3)),
    }
}

fn change(check: &CheckReport) -> Vec<String> {
    let Some(delta) = check.delta else { return Vec::new() };
    let (total, evidence, policy) = (delta.total.signed(), delta.evidence.signed(), delta.policy.signed());
    let values = match check.cause {
        Cause::Unchanged => String::new(),
        _ => format!(": {}", wording::change(check)),
    };
    vec![format!("{total} points, {}{values}; evidence {evidence}, policy {policy}", check.cause.name())]
}
