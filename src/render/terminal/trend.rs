//! The trend on screen.

use crate::model::exact::Tenths;
use crate::model::gate::GateOutcome;
use crate::model::trend::{BranchTrend, TrendPoint};
use crate::render::escape::terminal as safe;
use crate::render::{sparkline, wording};

use super::page::Page;
use super::style::{Screen, Tone};
use super::table::{Cell, Table, number, text};

/// Runs in the chart of one branch.
const CHART: usize = 60;
/// Runs in the table of one branch.
const ROWS: usize = 20;

/// Per branch a chart in one line and a table of the newest runs.
pub fn trend(branches: &[BranchTrend], screen: Screen) -> String {
    let mut page = Page::new(screen);
    if branches.iter().all(|branch| branch.runs.is_empty()) {
        page.sentence(0, "no run is recorded yet: the first push to a tracked branch records one", Tone::Odd);
    }
    for branch in branches.iter().filter(|branch| !branch.runs.is_empty()) {
        one(&mut page, branch);
    }
    page.finish()
}

fn one(page: &mut Page, branch: &BranchTrend) {
    page.heading(&format!("{}: {}", branch.branch, wording::listed(&branch.runs, "recorded run")));
    page.sentence(2, &sparkline::of(&branch.runs, None, CHART), Tone::Normal);
    let start = branch.runs.len().saturating_sub(ROWS);
    let mut table = Table::with_heading(vec![
        text("recorded"),
        text("commit"),
        number("score"),
        number("delta"),
        text("gate"),
        text("dimensions"),
    ]);
    let before = start.checked_sub(1).and_then(|index| branch.runs.get(index));
    let mut previous = before.map(|point| point.score);
    for point in branch.runs.iter().skip(start) {
        table.row(row(point, previous.map(|score| point.score - score)));
        previous = Some(point.score);
    }
    page.table(&table);
}

fn row(point: &TrendPoint, delta: Option<Tenths>) -> Vec<Cell> {
    let gate = match point.outcome {
        GateOutcome::Pass => Tone::Good,
        GateOutcome::Fail => Tone::Bad,
    };
    let dimensions: Vec<String> =
        point.dimensions.iter().map(|(id, score)| format!("{id} {score}")).collect();
    vec![
        text(safe(&point.recorded_at)),
        text(safe(point.sha.short())),
        number(point.score),
        number(delta.map(Tenths::signed).unwrap_or_default()),
        text(point.outcome.name()).tone(gate),
        text(safe(&dimensions.join(", "))).tone(Tone::Faint),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::commit::Branch;
    use crate::render::sample;

    #[test]
    fn each_branch_has_a_chart_and_a_table() {
        let branches = [BranchTrend { branch: Branch("main".into()), runs: sample::report().trend }];
        insta::assert_snapshot!(trend(&branches, Screen::PLAIN), @r"
        main: 2 recorded runs
          ▁█
          recorded              commit      score  delta  gate  dimensions
          2026-11-18T09:30:00Z  3f2c9e1b04   86.1         pass  tests 99.0
          2026-11-20T09:30:00Z  3f2c9e1b04   88.6   +2.5  pass  tests 99.0
        ");
    }

    #[test]
    fn an_empty_history_says_how_it_begins() {
        insta::assert_snapshot!(trend(&[], Screen::PLAIN), @"no run is recorded yet: the first push to a tracked branch records one");
    }
}
