//! A report on screen: the same order as the comment on a pull request.

use crate::model::exact::{Tenths, whole};
use crate::model::gate::GateOutcome;
use crate::model::metric::MetricState;
use crate::model::report::{Cause, CheckReport, Delta, DimensionReport, Report};
use crate::render::escape::terminal as safe;
use crate::render::{debt, wording};

use super::page::Page;
use super::style::{Screen, Tone};
use super::table::{Cell, Table, number, text};
use super::{audit, gate, sections};

/// The whole report.
pub fn report(report: &Report, screen: Screen) -> String {
    let mut page = Page::new(screen);
    headline(&mut page, report);
    gate::conditions(&mut page, &report.gate);
    gate::way_to_green(&mut page, report);
    dimensions(&mut page, report);
    changes(&mut page, report);
    gate::gaps(&mut page, report);
    if let Some(tests) = &report.tests {
        sections::tests(&mut page, tests);
    }
    if let Some(coverage) = &report.coverage {
        sections::coverage(&mut page, coverage);
    }
    if let Some(findings) = &report.findings {
        sections::findings(&mut page, findings);
    }
    sections::measurements(&mut page, &wording::measurements(report));
    for part in debt::mutation(report).iter().chain(&debt::todos(report)) {
        sections::debt(&mut page, part);
    }
    audit::section(&mut page, &report.audit);
    sections::sources(&mut page, &report.sources);
    trend(&mut page, report);
    footer(&mut page, report);
    page.finish()
}

pub(super) fn headline(page: &mut Page, report: &Report) {
    let name = report.name.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
    let delta = report.delta.map(|delta| format!(" ({})", delta.total.signed())).unwrap_or_default();
    let verdict = wording::verdict(&report.verdict);
    page.heading(&format!("Readiness{name} {}{delta}, {verdict}", report.score.shown));
    let tone = match report.gate.outcome {
        GateOutcome::Fail => Tone::Bad,
        GateOutcome::Pass if report.gate.failing().next().is_some() => Tone::Odd,
        GateOutcome::Pass => Tone::Good,
    };
    page.sentence(0, &wording::answer(&report.gate), tone);
    for caveat in wording::caveats(report).iter().chain(&report.notes) {
        page.sentence(0, caveat, Tone::Odd);
    }
}

fn dimensions(page: &mut Page, report: &Report) {
    page.heading("Score");
    let mut table = Table::with_heading(vec![
        text("dimension / check"),
        number("weight"),
        number("value"),
        number("score"),
        number("points"),
        number("of"),
        number("delta"),
    ]);
    for dimension in &report.dimensions {
        table.row(dimension_row(dimension));
        for check in &dimension.checks {
            table.row(check_row(check));
        }
    }
    let most: Tenths = report.dimensions.iter().map(|dimension| dimension.max_points).sum();
    let weight: u64 = report.dimensions.iter().filter(|d| d.in_policy).map(|d| d.weight).sum();
    let row = vec![
        text("sum"),
        number(weight),
        number(""),
        number(report.score.shown),
        number(report.score.shown),
        number(most),
        delta(report.delta),
    ];
    table.row(row.into_iter().map(|cell| cell.tone(Tone::Strong)).collect());
    page.table(&table);
}

fn dimension_row(dimension: &DimensionReport) -> Vec<Cell> {
    vec![
        text(format!("{}{}", safe(&dimension.name), wording::gone(dimension))),
        number(dimension.weight),
        number(""),
        number(dimension.score),
        number(dimension.points),
        number(dimension.max_points),
        delta(dimension.delta),
    ]
}

fn check_row(check: &CheckReport) -> Vec<Cell> {
    let value = match (&check.value, check.state) {
        (Some(value), MetricState::Measured) => number(wording::amount(value, check.unit)),
        (_, state) => number(state.name()).tone(Tone::Odd),
    };
    let attained = Tenths::floor(&(&check.attainment * whole(100)));
    vec![
        text(format!("  {}", safe(&check.id))),
        number(""),
        value,
        number(attained).tone(Tone::Faint),
        number(check.points).tone(Tone::Faint),
        number(check.max_points).tone(Tone::Faint),
        delta(check.delta),
    ]
}

fn delta(delta: Option<Delta>) -> Cell {
    let Some(delta) = delta else { return number("") };
    let tone = match delta.total.0 {
        ..0 => Tone::Bad,
        0 => Tone::Faint,
        1.. => Tone::Good,
    };
    number(delta.total.signed()).tone(tone)
}

fn changes(page: &mut Page, report: &Report) {
    let Some(total) = report.delta else { return };
    page.heading("What changed");
    let (evidence, policy) = (total.evidence.signed(), total.policy.signed());
    page.sentence(
        2,
        &format!("{}: evidence {evidence}, policy {policy}", total.total.signed()),
        Tone::Normal,
    );
    let checks = report.dimensions.iter().flat_map(|dimension| &dimension.checks);
    let mut table = Table::default();
    for check in checks.filter(|check| check.cause != Cause::Unchanged) {
        table.row(vec![
            delta(check.delta),
            text(safe(&check.id)),
            text(check.cause.name()),
            text(wording::change(check)).tone(Tone::Faint),
        ]);
    }
    page.table(&table);
}

fn trend(page: &mut Page, report: &Report) {
    let Some((bars, said)) = wording::trend(report) else { return };
    page.heading("Trend");
    page.sentence(2, &format!("{bars}  {said}"), Tone::Normal);
}

fn footer(page: &mut Page, report: &Report) {
    page.heading("How this was computed");
    for line in wording::provenance(report) {
        page.item(2, "- ", &line, Tone::Normal);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::escape::is_unprintable;
    use crate::render::sample;
    use crate::render::terminal::style::Color;

    #[test]
    #[expect(clippy::too_many_lines, reason = "the snapshot is the whole page")]
    fn a_report_reads_like_the_comment() {
        insta::assert_snapshot!(report(&sample::report(), Screen::PLAIN), @r"
        Readiness 87.4 (-1.2), ready, B
        gate failed: patch coverage 61.1 % < 80.0 %, and 1 more condition
        no evidence: 10.0 of the 100.0 points have none; with it the score is at most 97.4
        the diff is not whole: patch coverage speaks about the files that it names

        Gate (enforced)
          FAIL         patch-coverage: 61.1 % of the added lines ran (11 of 18), 80.0 % are asked for
                       -> cover 4 more added lines
          FAIL         no-new-failures: 1 case fails that did not fail on the base
                       -> make it pass
          pass         min-score: the score is 87.4, at least 85.0 is asked for
          waived       dimension-min/performance: 0.0 of 100, 50.0 is asked for; waived by `@lead` until
                       2026-12-31: no load test yet
          not-gated    max-new-flaky: 1 case is flaky here and was not on the base

        Cheapest way to green
          1. make `test_checkout_rejects_an_expired_card` pass (+0.8 points)
          2. cover 4 of the 7 added lines that no test runs, most of them in `shop/cart.py`

        Score
          dimension / check  weight        value  score  points     of  delta
          Tests                  60                97.4    58.4   60.0   -0.8
            tests.pass-rate               98.7 %   97.3    58.4   60.0   -0.8
          Coverage | <b>         30                96.7    29.0   30.0   -0.4
            coverage.lines                77.4 %   96.6    29.0   30.0   -0.4
          Performance            10                 0.0     0.0   10.0    0.0
            performance.p99          no-evidence    0.0     0.0   10.0    0.0
          sum                   100                87.4    87.4  100.0   -1.2

        What changed
          -1.2: evidence -1.2, policy 0.0
          -0.8  tests.pass-rate  value changed  99.0 % -> 98.7 %
          -0.4  coverage.lines   value changed  99.0 % -> 77.4 %

        The missing 12.6 points
           10.0  bring evidence for `http_req_duration.p99`, 40 h to 60 h, 0.2 points per hour
            1.6  raise `tests.pass-rate` from 98.7 % to 100.0 %
            1.0  raise `coverage.lines` from 77.4 % to 80.0 %

        Tests
          76 of 80 passed, 2 failed, 2 skipped, in 4.2 s; on the base 76 of 78
          ! outside any case: tests.test_search: ImportError: no module named `whoosh`
          new failure   tests.test_checkout › test_checkout_rejects_an_expired_card
                        tests/test_checkout.py:31
                        AssertionError: assert 'paid' == 'declined'
          still failing tests.test_mail › a `name` | @everyone <!-- #1 -->  tests/test_checkout.py:31
                        E ]]> </details> ![x](http://evil)
          flaky         tests.test_stock › test_reservation_times_out
          newly skipped tests.test_mail › test_sends_a_receipt
          removed       tests.test_cart › test_old_rounding
          slower        tests.test_cart › test_a_cart_of_ten_thousand_items  2.4 s, was 300 ms
          fixed         tests.test_cart › test_empty_cart_has_no_total

        Coverage
          lines     77.4 %  387 of 500  was 78.8 %
          branches  66.6 %    60 of 90  was 68.1 %
          patch     61.1 %    11 of 18
          what moved the lines, in points:
          added lines                -0.6  +11 covered  +18 coverable
          lines outside the change   -0.2   -1 covered   +0 coverable
          reports that came or went  -0.6   -3 covered   +0 coverable
          together                   -1.4   +7 covered  +18 coverable
          Shop        77.4 %  387 of 500  -1.4  patch 61.1 %
          Mail | <b>  77.4 %  387 of 500   0.0                2 files carried forward from 3f2c9e1b04, 3 days old
          not covered   shop/cart.py: 21-23, 30, 41-43
          ! 1 of 5 report paths matches no file of the repository: `/build/gen/x.py`
          indirect      shop/stock.py: 2 lines lost, 1 gained outside the change

        Measurements
          http_req_duration.p99  182.4 ms  was 170 ms  +7.2 %, worse

        Mutation testing with stryker
          80.0 % of 50 mutants detected: 35 killed, 5 timed out, 7 survived, 3 not covered; 2 left out; on
          the base 82.0 % of 50
          new           shop/cart.py:21  survived: BlockStatement: `{}` | <b>
          unchanged     shop/cart.py:30  not covered: StringLiteral
          unchanged     and 8 more

        TODO markers
          2 (1 new, 1 unchanged), 1 of them untracked; on the base 2
          new           shop/cart.py:22  TODO: round `half` up | @everyone <!-- x --> (untracked)
          unchanged     shop/cart.py:3  FIXME(#12): one rate only

        Evidence
          measured    coverage.xml       cobertura  500 lines in 4 files
          incomplete  reports/e2e.xml    junit      2 cases               12:3: the file ends inside `<testsuite>`
          measured    reports/junit.xml  junit      78 cases

        Trend
          ▁█▅  from 86.1 to 87.4, over 2 recorded runs and this one

        How this was computed
          - compared with `3f2c9e1b04` of `main`, 2 commits before the merge base, recorded
            2026-11-20T09:30:00Z
          - policy: `readiness.yml` at `main` (`3f2c9e1b04`)
          - each check earns its share of 100 points between floor and target; what has no evidence earns 0;
            shown numbers are rounded down and add up
        ");
    }

    #[test]
    fn plain_text_has_no_escape_sequence_and_colours_change_nothing_else() {
        let plain = report(&sample::report(), Screen::PLAIN);
        assert!(!plain.chars().any(|c| is_unprintable(c) && c != '\n'));
        let colored = report(&sample::report(), Screen { color: Color::Ansi, ..Screen::PLAIN });
        assert_ne!(colored, plain);
        let stripped = colored.lines().map(|line| crate::render::escape::visible(line).into_owned());
        assert_eq!(stripped.collect::<Vec<_>>().join("\n").trim_end(), plain.trim_end());
    }
}
