//! Coverage: totals and the patch in the summary line, files inside.

use crate::model::coverage::{Covered, PatchCoverage};
use crate::model::report::{CoverageSection, IndirectChange, Report};
use crate::render::escape::markdown::{Place, prose};
use crate::render::wording;

use super::layout::{Extent, cell, details, list, name, paragraphs, signed, table};

/// Most ranges of uncovered lines per file.
const RANGES: usize = 12;

/// The whole section, collapsed.
pub(super) fn section(report: &Report, extent: Extent) -> String {
    let Some(coverage) = &report.coverage else { return String::new() };
    let invalid = coverage.paths.invalid.as_deref().map(|said| format!("⚠️ {}", prose(said, Place::Text)));
    let parts = [
        invalid.unwrap_or_default(),
        totals(coverage),
        explained(coverage),
        components(coverage),
        patch(coverage.patch.as_ref(), extent),
        files(coverage, extent),
        indirect(coverage, extent),
        unmatched(coverage, extent),
    ];
    details(&summary(coverage), &paragraphs(&parts))
}

fn summary(coverage: &CoverageSection) -> String {
    let lines = coverage.totals.lines;
    let base = coverage.base_totals.map(|base| base.lines);
    let mut parts =
        vec![format!("<b>Coverage</b>: {} of the lines{}", wording::share(lines), against(lines, base))];
    if let Some(patch) = &coverage.patch {
        parts.push(match patch.lines.total {
            0 => String::from("the change adds no coverable line"),
            total => format!("{} of {}", wording::share(patch.lines), wording::counted(total, "added line")),
        });
    }
    parts.join(" · ")
}

/// The change of the shown percentage, in brackets.
fn against(now: Covered, then: Option<Covered>) -> String {
    wording::gained(now, then).map(|change| format!(" ({})", signed(change))).unwrap_or_default()
}

fn totals(coverage: &CoverageSection) -> String {
    let (now, base) = (coverage.totals, coverage.base_totals);
    let mut rows = Vec::new();
    let mut push = |kind: &str, now: Option<Covered>, then: Option<Covered>| {
        let Some(now) = now else { return };
        let counts = format!("{} of {}", now.covered, now.total);
        let change = wording::gained(now, then).map(signed).unwrap_or_default();
        rows.push(vec![
            kind.to_owned(),
            wording::share(now),
            counts,
            then.map(wording::share).unwrap_or_default(),
            change,
        ]);
    };
    push("lines", Some(now.lines), base.map(|base| base.lines));
    push("branches", now.branches, base.and_then(|base| base.branches));
    push("functions", now.functions, base.and_then(|base| base.functions));
    push("statements", now.statements, base.and_then(|base| base.statements));
    push("added lines", coverage.patch.as_ref().map(|patch| patch.lines), None);
    table(&["", ">covered", ">", ">base", ">change"], &rows)
}

/// The parts that the change of the lines is made of.
fn explained(coverage: &CoverageSection) -> String {
    let Some(change) = coverage.change.as_ref().filter(|change| !change.files.is_empty()) else {
        return String::new();
    };
    let rows: Vec<Vec<String>> = wording::parts(&change.whole)
        .into_iter()
        .map(|(name, part)| {
            let points = part.points.map(signed).unwrap_or_default();
            let count = |number: i128| format!("{number:+}").replace('-', "−");
            vec![name.to_owned(), points, count(part.lines.covered), count(part.lines.total)]
        })
        .collect();
    format!("**What moved it**\n\n{}", table(&["", ">points", ">covered", ">coverable"], &rows))
}

/// One row per component of the policy.
fn components(coverage: &CoverageSection) -> String {
    if coverage.components.is_empty() {
        return String::new();
    }
    let rows = coverage.components.iter().map(|component| {
        let lines = component.totals.lines;
        vec![
            prose(&component.name, Place::Cell),
            wording::share(lines),
            format!("{} of {}", lines.covered, lines.total),
            component.delta.map(signed).unwrap_or_default(),
            component.totals.branches.map(wording::share).unwrap_or_default(),
            component.patch.filter(|patch| patch.total > 0).map(wording::fraction).unwrap_or_default(),
            prose(&wording::origin(component), Place::Cell),
        ]
    });
    let headings = ["component", ">lines", ">", ">change", ">branches", ">added lines", ""];
    table(&headings, &rows.collect::<Vec<_>>())
}

fn patch(patch: Option<&PatchCoverage>, extent: Extent) -> String {
    let Some(patch) = patch else { return String::new() };
    let missed: Vec<_> = patch.files.iter().filter(|(_, file)| !file.missed.is_empty()).collect();
    if missed.is_empty() {
        return String::new();
    }
    let entries = missed.iter().map(|(path, file)| {
        let count = wording::listed(&file.missed, "added line");
        format!("{}: {count} not covered: {}", name(path), wording::ranges(&file.missed, RANGES))
    });
    format!("**Added lines that no test runs**\n\n{}", list(entries, extent))
}

/// The files whose percentage moved most, the losses first among equals.
fn files(coverage: &CoverageSection, extent: Extent) -> String {
    let moved = wording::moved(coverage);
    if moved.is_empty() {
        return String::new();
    }
    let rows = moved.iter().take(extent.list()).map(|(path, file, delta, why)| {
        vec![
            cell(path),
            wording::share(file.lines),
            format!("{} of {}", file.lines.covered, file.lines.total),
            signed(*delta),
            why.replace('-', "−"),
        ]
    });
    let table = table(&["file", ">lines", ">", ">change", "by"], &rows.collect::<Vec<_>>());
    let left = moved.len().saturating_sub(extent.list());
    if left == 0 {
        table
    } else {
        format!("{table}\n\nand {} changed", wording::counted(left as u64, "more file"))
    }
}

fn indirect(coverage: &CoverageSection, extent: Extent) -> String {
    if coverage.indirect.is_empty() {
        return String::new();
    }
    let entry =
        |change: &IndirectChange| format!("{}: {}", name(&change.path), wording::flipped(change, RANGES));
    let entries = coverage.indirect.iter().map(entry);
    format!("**Lines outside the change**\n\n{}", list(entries, extent))
}

fn unmatched(coverage: &CoverageSection, extent: Extent) -> String {
    let paths = &coverage.paths;
    let mut parts = Vec::new();
    for (word, list_of) in [("match no file", &paths.unmatched), ("match several files", &paths.ambiguous)] {
        if !list_of.is_empty() {
            let count = wording::listed(list_of, "report path");
            let names = list(list_of.iter().map(|path| name(path)), extent);
            parts.push(format!("**{count} of {} {word} of the repository**\n\n{names}", paths.total));
        }
    }
    parts.extend(paths.help.as_deref().map(|help| prose(help, Place::Text)));
    if paths.foreign > 0 {
        let count = wording::counted(paths.foreign, "file");
        parts.push(format!("{count} of toolchains and installed packages left out"));
    }
    paragraphs(&parts)
}
