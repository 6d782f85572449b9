//! The command: what is said around the report.

use super::evaluation;
use crate::cli::{DemoArgs, Format};
use crate::render::terminal::Screen;
use crate::render::{markdown, terminal};
use crate::run::exit::Exit;
use crate::run::report::{self, Evaluation};
use crate::run::targets;

/// GitHub's limit for a comment, in characters.
const COMMENT: usize = 65_536;

/// What stands before the report, for people.
const INTRODUCTION: &str = "\
This is what Readiness says about a pull request of a small sample shop, from
the reports that pytest, coverage.py, Playwright and a load script wrote for it,
compared with its recorded main branch.

";

/// What stands after it.
const NEXT: &str = "
What next
  readiness demo --format markdown  the comment as GitHub gets it
  readiness inspect PATH...         what Readiness sees in your own reports
  readiness report PATH...          your own score, with the default policy
  readiness init                    a policy and a workflow for your repository
";

/// Runs the command. The gate of the sample fails on purpose; the demo itself has done its job.
pub fn run(args: &DemoArgs) -> anyhow::Result<Exit> {
    let targets = targets::parse(&args.output.write)?;
    report::deliver(&args.output, &targets, &evaluation::pull_request()?, rendered)?;
    Ok(Exit::Passed)
}

fn rendered(format: Format, evaluation: &Evaluation, screen: Screen) -> anyhow::Result<String> {
    let shown = &evaluation.report;
    match format {
        Format::Terminal => Ok(format!("{INTRODUCTION}{}{NEXT}", terminal::report(shown, screen))),
        Format::Markdown => Ok(markdown::comment(shown, COMMENT)),
        other => report::rendered(other, evaluation, screen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::gate::GateOutcome;

    #[test]
    fn the_sample_shows_what_a_pull_request_can_bring() {
        let report = evaluation::pull_request().unwrap().report;
        let tests = report.tests.as_ref().unwrap();
        let names = |notes: &[crate::model::report::CaseNote]| {
            notes.iter().map(|note| note.id.name.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(names(&tests.new_failures), ["test_an_expired_card_is_declined"]);
        assert_eq!(names(&tests.fixed), ["test_tax_rounds_half_up"]);
        assert_eq!(names(&tests.flaky), ["the stock is shown"]);
        assert_eq!(names(&tests.newly_skipped), ["test_shipping_takes_from_the_shelf"]);
        assert!(report.coverage.as_ref().unwrap().patch.is_some());
        assert_eq!(report.gate.outcome, GateOutcome::Fail);
        assert!(report.way_to_green.is_some());
        assert_eq!(report.trend.len(), 5);
        assert!(report.sources.iter().all(|source| source.problem.is_none()), "{:?}", report.sources);
    }

    #[test]
    fn two_runs_say_the_same() {
        let once =
            || rendered(Format::Markdown, &evaluation::pull_request().unwrap(), Screen::PLAIN).unwrap();
        assert_eq!(once(), once());
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "the snapshot is the whole page")]
    fn the_terminal_says_what_the_comment_says() {
        insta::assert_snapshot!(terminal::report(&evaluation::pull_request().unwrap().report, Screen::PLAIN), @r"
        Readiness 77.1 (-7.4), likely, C
        gate failed: score drop 7.4 > 2.0, and 2 more conditions
        claimed, not measured: 10.0 of the 100.0 points, which earn 5.0

        Gate (enforced)
          pass         min-score: the score is 77.1, at least 70 asked for
          FAIL         max-drop: the score dropped by 7.4 points, at most 2 allowed
                       -> win back 5.4 points: `coverage.branches` lost 4.3, `coverage.lines` lost 4.1
          FAIL         no-new-failures: 1 case newly fails
                       -> fix `tests.test_checkout › test_an_expired_card_is_declined`
          pass         no-lost-tests: every case of the base is still there
          FAIL         patch-coverage: patch coverage is 56.6 % of 53 added coverable lines, at least 80 %
                       asked for
                       -> cover 13 of the 23 missed lines: `shop/discounts.py:17-22, 35-41`,
                          `shop/server.py:19-22, 34, 48-51`, `shop/checkout.py:31`
          pass         suite-errors: no suite failed outside its cases
          pass         bad-evidence: all evidence is readable and complete

        Cheapest way to green
          1. fix `tests.test_checkout › test_an_expired_card_is_declined` (+5.5 points)
          2. cover 13 of the 23 missed lines: `shop/discounts.py:17-22, 35-41`, `shop/server.py:19-22, 34,
             48-51`, `shop/checkout.py:31`

        Score
          dimension / check       weight     value  score  points     of  delta
          Tests                       45             87.9    39.5   45.0   +1.0
            tests.pass-rate                 96.7 %   83.8    28.3   33.8   +1.0
            tests.e2e                            5  100.0    11.2   11.2    0.0
          Coverage                    35             75.9    26.6   35.0   -8.4
            coverage.lines                  81.1 %   82.3    19.2   23.3   -4.1
            coverage.branches               68.4 %   63.1     7.4   11.7   -4.3
          Performance                 10             59.9     6.0   10.0    0.0
            performance.checkout          52.02 ms   59.9     6.0   10.0    0.0
          Security                    10             50.0     5.0   10.0    0.0
            security.review                claimed   50.0     5.0   10.0    0.0
          sum                        100             77.1    77.1  100.0   -7.4

        What changed
          -7.4: evidence -7.4, policy 0.0
          +1.0  tests.pass-rate       value changed  96.1 % -> 96.7 %
          -4.1  coverage.lines        value changed  97.8 % -> 81.1 %
          -4.3  coverage.branches     value changed  90.9 % -> 68.4 %
           0.0  performance.checkout  value changed  51.99 ms -> 52.02 ms

        The missing 22.9 points
            5.5  raise tests.pass-rate from 96.7 % to 100 % (1 more of 31), 1 h to 2 h, 3.62 points per hour
            5.0  measure what security.review only claims (@sec claims “payment flow reviewed” until
                 2027-03-01, 101 days left)
            4.3  raise coverage.branches from 68.4 % to 85 % (7 more of 38), 3 h to 5 h, 1.07 points per
                 hour
            4.1  raise coverage.lines from 81.1 % to 90 % (13 more of 138), 4 h to 6 h, 0.825 points per
                 hour
            4.0  lower performance.checkout from 52.02 ms to 20 ms, 8 h to 16 h, 0.333 points per hour

        Tests
          30 of 32 passed, 1 failed, 1 skipped, in 2.2 s; on the base 25 of 26
          new failure   tests.test_checkout › test_an_expired_card_is_declined  tests/test_checkout.py:43
                        Failed: DID NOT RAISE Declined
          flaky         shop.spec.js › the stock is shown
                        expect(received).toBe(expected) // Object.is equality
          newly skipped tests.test_stock › test_shipping_takes_from_the_shelf
                        waits for the new warehouse
          fixed         tests.test_prices › test_tax_rounds_half_up

        Coverage
          lines     81.1 %  112 of 138  was 97.8 %
          branches  68.4 %    26 of 38  was 90.9 %
          patch     56.6 %    30 of 53
          what moved the lines, in points:
          added lines               -15.8  +30 covered  +53 coverable
          removed lines              +0.6   -7 covered   -8 coverable
          lines outside the change   -1.5   -2 covered   +0 coverable
          together                  -16.7  +21 covered  +45 coverable
          not covered   shop/checkout.py: 31
          not covered   shop/discounts.py: 17-22, 35-41
          not covered   shop/server.py: 19-22, 34, 48-51
          indirect      shop/stock.py: 2 lines lost, 0 gained outside the change

        Measurements
          checkout.p95  52.02 ms  was 51.99 ms  under 0.1 %, worse

        Evidence
          measured  reports/coverage.xml            cobertura  138 lines in 7 files; 112 of 138 lines covered, as its producer says
          measured  reports/e2e.xml                 junit      5 cases
          measured  reports/pytest.xml              junit      27 cases
          measured  reports/readiness.metrics.json  metrics    1 measurement

        Trend
          ▁▅▃▃█▇  from 43.9 to 77.1, over 5 recorded runs and this one

        How this was computed
          - compared with `b1d3b2b1c6` of `main`, the merge base, recorded 2026-11-17T09:00:00Z
          - policy: `readiness.yml` of the sample's `main`
          - each check earns its share of 100 points between floor and target; what has no evidence earns 0;
            shown numbers are rounded down and add up
        ");
    }
}
