//! Pages that are made from the history and stand beside it: readable on the branch itself, never read back.

use super::layout;
use super::recent::Recent;
use crate::model::commit::Branch;
use crate::model::exact::Tenths;
use crate::model::gate::GateOutcome;

/// Rows of the table in the README.
const ROWS: usize = 20;
/// Points of the chart.
const POINTS: usize = 60;
/// Chart size in pixels.
const WIDTH: i64 = 600;
/// Chart size in pixels.
const HEIGHT: i64 = 120;

/// All derived files, for runs in order, oldest first.
pub fn pages(branch: &Branch, runs: &[Recent]) -> Vec<(String, Vec<u8>)> {
    let Some(newest) = runs.last() else { return Vec::new() };
    let (score, outcome) = (newest.point.score, newest.point.outcome);
    vec![
        ("README.md".to_owned(), readme(branch, runs).into_bytes()),
        ("badge.json".to_owned(), badge_json(score, outcome).into_bytes()),
        ("badge.svg".to_owned(), badge_svg(score, outcome).into_bytes()),
        ("trend.svg".to_owned(), trend_svg(runs).into_bytes()),
    ]
}

/// The encoded branch name and our own numbers are the only texts on the page: nothing to escape.
fn readme(branch: &Branch, runs: &[Recent]) -> String {
    let mut page = format!(
        "# Readiness of {}\n\n![readiness](badge.svg)\n\n![trend](trend.svg)\n\n\
         | recorded | commit | run | score | gate |\n|---|---|---|---:|---|\n",
        layout::encode(&branch.0).replace("%2F", "/")
    );
    for Recent { point, .. } in runs.iter().rev().take(ROWS) {
        let cell = |text: &str| layout::encode(text).replace('~', "");
        let row = format!(
            "| {} | {} | {} | {} | {} |\n",
            point.recorded_at.get(..10).unwrap_or("undated"),
            cell(point.sha.short()),
            cell(&point.run.id),
            point.score,
            point.outcome.name()
        );
        page.push_str(&row);
    }
    page.push_str(
        "\nThis branch is written by Readiness: one line per recorded run in `v1/branches`. \
         The files beside this page are made from it.\n",
    );
    page
}

fn colour(outcome: GateOutcome) -> (&'static str, &'static str) {
    match outcome {
        GateOutcome::Pass => ("brightgreen", "#2da44e"),
        GateOutcome::Fail => ("red", "#cf222e"),
    }
}

/// As <https://shields.io/badges/endpoint-badge> reads it.
pub fn badge_json(score: Tenths, outcome: GateOutcome) -> String {
    format!(
        "{{\"schemaVersion\":1,\"label\":\"readiness\",\"message\":\"{score}\",\"color\":\"{}\"}}\n",
        colour(outcome).0
    )
}

/// The score with the gate's colour, as a picture.
pub fn badge_svg(score: Tenths, outcome: GateOutcome) -> String {
    let colour = colour(outcome).1;
    format!(
        concat!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="112" height="20" role="img" aria-label="readiness: {score}">"##,
            r##"<title>readiness: {score}</title><rect width="112" height="20" rx="3" fill="#555"/>"##,
            r##"<path d="M70 0h39a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H70z" fill="{colour}"/>"##,
            r##"<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">"##,
            r##"<text x="35" y="14">readiness</text><text x="91" y="14">{score}</text></g></svg>"##,
            "\n"
        ),
        score = score,
        colour = colour
    )
}

/// Scores from 0 (bottom) to 100 (top), in whole pixels.
fn trend_svg(runs: &[Recent]) -> String {
    let shown = runs.get(runs.len().saturating_sub(POINTS)..).unwrap_or_default();
    let steps = i64::try_from(shown.len()).unwrap_or(1).saturating_sub(1).max(1);
    let place = |(at, recent): (i64, &Recent)| {
        let y = HEIGHT - recent.point.score.0.clamp(0, 1000) * HEIGHT / 1000;
        format!("{},{y}", at * WIDTH / steps)
    };
    let line: Vec<_> = (0..).zip(shown).map(place).collect();
    format!(
        concat!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {width} {height}" role="img" aria-label="score over time">"##,
            r##"<title>score over time, 0 to 100</title><rect x="-4" y="-4" width="{width}" height="{height}" fill="#f6f8fa"/>"##,
            r##"<polyline points="{line}" fill="none" stroke="#0969da" stroke-width="2" stroke-linecap="round"/></svg>"##,
            "\n"
        ),
        width = WIDTH + 8,
        height = HEIGHT + 8,
        line = line.join(" ")
    )
}
