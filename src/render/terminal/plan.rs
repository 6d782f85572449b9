//! The plan on screen: gaps twice, the way to green, phases, scenarios, and what the trend projects.

use crate::model::exact::Tenths;
use crate::model::plan::{PhaseOutcome, Phases, PlanReport, ScenarioOutcome};
use crate::model::report::Gap;
use crate::render::escape::terminal as safe;
use crate::render::{plan_words, wording};

use super::page::Page;
use super::style::{Screen, Tone};
use super::table::{Cell, Table, number, text};
use super::{gate, report};

/// The whole plan.
pub fn plan(plan: &PlanReport, screen: Screen) -> String {
    let mut page = Page::new(screen);
    headline(&mut page, plan);
    gate::way_to_green(&mut page, &plan.report);
    gaps(&mut page, plan);
    by_rate(&mut page, &plan.by_rate);
    if let Some(phases) = &plan.phases {
        self::phases(&mut page, plan.report.score.shown, phases);
        rest(&mut page, phases);
    }
    scenarios(&mut page, &plan.scenarios);
    page.heading("Projection");
    for said in plan_words::projection(&plan.projection) {
        page.sentence(2, &said, Tone::Normal);
    }
    page.finish()
}

fn headline(page: &mut Page, plan: &PlanReport) {
    report::headline(page, &plan.report);
    for said in plan_words::assumptions(plan).iter().chain(&plan.warnings) {
        page.sentence(0, said, Tone::Odd);
    }
    page.sentence(0, &plan_words::goal(plan), Tone::Normal);
}

fn gaps(page: &mut Page, plan: &PlanReport) {
    if plan.report.gaps.is_empty() {
        return;
    }
    page.heading("Gaps by points");
    let mut table = Table::with_heading(gap_heading());
    for gap in &plan.report.gaps {
        table.row(gap_row(gap));
    }
    let missing = Tenths(1000) - plan.report.score.shown;
    let sum = vec![number(missing), text("all gaps"), text(plan_words::hours(plan.effort.as_ref()))];
    table.row(sum.into_iter().map(|cell| cell.tone(Tone::Strong)).collect());
    page.table(&table);
}

fn by_rate(page: &mut Page, gaps: &[Gap]) {
    if gaps.is_empty() {
        return;
    }
    page.heading("Gaps by points per hour");
    let mut table = Table::with_heading(gap_heading());
    for gap in gaps {
        table.row(gap_row(gap));
    }
    page.table(&table);
}

fn gap_heading() -> Vec<Cell> {
    vec![number("points"), text("check"), text("effort"), number("per hour"), text("what to do")]
}

fn gap_row(gap: &Gap) -> Vec<Cell> {
    vec![
        number(gap.points),
        text(safe(&gap.check)),
        text(plan_words::hours(gap.effort_hours.as_ref())),
        number(plan_words::rate(gap.points_per_hour.as_ref())),
        text(safe(&gap.advice)),
    ]
}

fn phases(page: &mut Page, today: Tenths, phases: &Phases) {
    page.heading("Phases");
    let mut table = Table::with_heading(vec![
        text("phase"),
        number("gain"),
        number("score"),
        text("verdict"),
        text("effort"),
        number("per hour"),
    ]);
    table.row(vec![text("today"), number(""), number(today)]);
    for step in &phases.steps {
        table.row(phase_row(step));
    }
    let last = phases.steps.last().map_or(today, |step| step.score);
    let sum = vec![
        text("together"),
        number(phases.gain.signed()),
        number(last),
        text(""),
        text(plan_words::hours(phases.effort.as_ref())),
    ];
    table.row(sum.into_iter().map(|cell| cell.tone(Tone::Strong)).collect());
    page.table(&table);
}

fn phase_row(step: &PhaseOutcome) -> Vec<Cell> {
    vec![
        text(safe(&step.name)),
        number(step.gain.signed()),
        number(step.score),
        text(safe(&wording::verdict(&step.verdict))),
        text(plan_words::hours(step.effort.as_ref())),
        number(plan_words::rate(step.points_per_hour.as_ref())),
    ]
}

fn rest(page: &mut Page, phases: &Phases) {
    let parts: Vec<String> =
        phases.rest.iter().map(|rest| format!("{} {}", rest.check, rest.points)).collect();
    if !parts.is_empty() {
        let sum: Tenths = phases.rest.iter().map(|rest| rest.points).sum();
        page.sentence(
            2,
            &format!("{sum} points are left after the last phase: {}", parts.join(", ")),
            Tone::Faint,
        );
    }
}

fn scenarios(page: &mut Page, scenarios: &[ScenarioOutcome]) {
    if scenarios.is_empty() {
        return;
    }
    page.heading("Scenarios");
    let mut table = Table::with_heading(vec![
        text("scenario"),
        number("score"),
        number("change"),
        text("verdict"),
        text("effort"),
    ]);
    for one in scenarios {
        table.row(vec![
            text(safe(&one.name)),
            number(one.score),
            number(one.change.signed()),
            text(safe(&wording::verdict(&one.verdict))),
            text(plan_words::hours(one.effort.as_ref())),
        ]);
    }
    page.table(&table);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample_plan;

    #[test]
    fn a_plan_reads_like_this() {
        insta::assert_snapshot!(plan(&sample_plan::plan(), Screen::PLAIN), @r"
        Readiness 87.4 (-1.2), ready, B
        gate failed: patch coverage 61.1 % < 80.0 %, and 1 more condition
        no evidence: 10.0 of the 100.0 points have none; with it the score is at most 97.4
        the diff is not whole: patch coverage speaks about the files that it names
        what if: coverage.lines is 77.4 %
        what if: without these assumptions the score is 87.2
        the last phase reaches 99, past the ceiling of 95
        the goal is the ceiling of 95.0 (no production | traffic in CI): 7.6 points are missing, 5.0 more
        are out of reach

        Cheapest way to green
          1. make `test_checkout_rejects_an_expired_card` pass (+0.8 points)
          2. cover 4 of the 7 added lines that no test runs, most of them in `shop/cart.py`

        Gaps by points
          points  check            effort        per hour  what to do
            10.0  performance.p99  40 h to 60 h       0.2  bring evidence for `http_req_duration.p99`
             1.6  tests.pass-rate                          raise `tests.pass-rate` from 98.7 % to 100.0 %
             1.0  coverage.lines                           raise `coverage.lines` from 77.4 % to 80.0 %
            12.6  all gaps

        Gaps by points per hour
          points  check            effort        per hour  what to do
            10.0  performance.p99  40 h to 60 h       0.2  bring evidence for `http_req_duration.p99`

        Phases
          phase        gain  score  verdict    effort        per hour
          today               87.4
          Load tests  +10.0   97.4  ready, A+  40 h to 60 h       0.2
          Repairs      +1.6   99.0  ready, A+
          together    +11.6   99.0
          1.0 points are left after the last phase: coverage.lines 1.0

        Scenarios
          scenario      score  change  verdict    effort
          Cautious <b>   88.4    +1.0  ready, A+  8 h

        Projection
          the score rises: 1 points per week (0.5 to 2 in the middle 60 % of all pairs of runs)
          goal (95.0) in 7.6 weeks (3.8 to 15.2)
          in 4 weeks: 91.4 (89.4 to 95.0)
        ");
    }
}
