//! The comment and the job summary, section by section.

use crate::model::report::Report;

use super::fit::{Section, fit};
use super::layout::Extent;
use super::{audit, change, coverage, debt, evidence, findings, gate, headline, score, tests};

/// Job summaries hold 1 MiB; a character takes at most four bytes.
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits>
const SUMMARY_LIMIT: usize = 250_000;

/// The comment on a pull request, in at most `limit` characters.
pub fn comment(report: &Report, limit: usize) -> String {
    fit(&headline::line(report), &sections(report, Extent::Comment), limit)
}

/// The job summary: the same with longer lists.
pub fn summary(report: &Report) -> String {
    fit(&headline::line(report), &sections(report, Extent::Summary), SUMMARY_LIMIT)
}

/// In the order of display; the number is the importance, 0 the most.
fn sections(report: &Report, extent: Extent) -> Vec<Section> {
    let all = [
        Section::new("caveats", 0, headline::caveats(report)),
        Section::new("gate", 1, gate::conditions(&report.gate, extent)),
        Section::new("way to green", 2, gate::way_to_green(report)),
        Section::new("score", 3, score::dimensions(report)),
        Section::new("what changed", 4, change::checks(report, extent)),
        Section::new("new failures", 5, tests::new_failures(report, extent)),
        Section::new("new findings", 5, findings::new(report, extent)),
        Section::new("tests", 7, tests::others(report, extent)),
        Section::new("coverage", 8, coverage::section(report, extent)),
        Section::new("findings", 8, findings::others(report, extent)),
        Section::new("measurements", 11, evidence::measurements(report)),
        Section::new("mutation testing", 11, debt::mutation(report, extent)),
        Section::new("markers", 11, debt::todos(report, extent)),
        Section::new("checks", 10, score::checks(report)),
        Section::new("gaps", 9, score::gaps(report, extent)),
        Section::new("documents", 11, audit::section(report)),
        Section::new("evidence", 12, evidence::sources(report, extent)),
        Section::new("trend", 13, evidence::trend(report)),
        Section::new("provenance", 6, evidence::provenance(report)),
    ];
    all.into_iter().filter(|section| !section.text.is_empty()).collect()
}

#[cfg(test)]
mod pages {
    use proptest::prelude::*;

    use super::*;
    use crate::model::report::CaseNote;
    use crate::render::escape::is_unprintable;
    use crate::render::escape::markdown::reading;
    use crate::render::sample;

    #[test]
    #[expect(clippy::too_many_lines, reason = "the snapshot is the whole comment")]
    fn the_comment_is_the_products_face() {
        insta::assert_snapshot!(comment(&sample::report(), 60_000), @r"
        🔴 **Readiness 87.4** (−1.2) · ready · B · gate failed: patch coverage 61.1 % &lt; 80.0 %, and 1 more condition

        ⚠️ no evidence: 10.0 of the 100.0 points have none; with it the score is at most 97.4<br>
        ⚠️ the diff is not whole: patch coverage speaks about the files that it names

        #### Gate: enforced

        |  | condition | answer | way out |
        | --- | --- | --- | --- |
        | ❌ | patch-coverage | 61.1 % of the added lines ran (11 of 18), 80.0 % are asked for | cover 4 more added lines |
        | ❌ | no-new-failures | 1 case fails that did not fail on the base | make it pass |
        | 🩹 waived | dimension-min/performance | 0.0 of 100, 50.0 is asked for; waived by `@lead` until 2026-12-31: no load test yet |  |
        | ⚪ not-gated | max-new-flaky | 1 case is flaky here and was not on the base |  |

        ✅ holds: min-score

        #### Cheapest way to green

        1. make `test_checkout_rejects_an_expired_card` pass (+0.8 points)
        2. cover 4 of the 7 added lines that no test runs, most of them in `shop/cart.py`

        | dimension |  | score | weight | points | of | delta |
        | --- | --- | --: | --: | --: | --: | --: |
        | Tests | `█████████░` | 97.4 | 60 | 58.4 | 60.0 | −0.8 |
        | Coverage <code>&#124;</code> `<b>` | `█████████░` | 96.7 | 30 | 29.0 | 30.0 | −0.4 |
        | Performance | `░░░░░░░░░░` | 0.0 | 10 | 0.0 | 10.0 | 0.0 |
        | **all** | `████████░░` | **87.4** | 100 | **87.4** | 100.0 | **−1.2** |

        <details open><summary>What changed: −1.2 since the base: evidence −1.2, policy 0.0; 1 check unchanged</summary>

        | delta | check | cause | base → head |
        | --: | --- | --- | --- |
        | −0.8 | `tests.pass-rate` | value changed | 99.0 % → 98.7 % |
        | −0.4 | `coverage.lines` | value changed | 99.0 % → 77.4 % |

        </details>

        #### 1 failure outside any case

        - ❌ `tests.test_search`<br>`` ImportError: no module named `whoosh` ``

        #### 1 new failure

        - `tests.test_checkout › test_checkout_rejects_an_expired_card` at `tests/test_checkout.py:31`<br>`AssertionError: assert 'paid' == 'declined'`

        <details><summary><b>Tests</b>: 76 of 80 passed, 2 failed, 2 skipped, in 4.2 s; on the base 76 of 78 · 1 still failing · 1 flaky · 1 newly skipped · 1 removed · 1 slower · 1 fixed · 3 added</summary>

        **1 still failing**

        - `` tests.test_mail › a `name` | @everyone <!-- #1 --> `` at `tests/test_checkout.py:31`<br>`E ]]> </details> ![x](http://evil)`

        **1 flaky**

        - `tests.test_stock › test_reservation_times_out`

        **1 newly skipped**

        - `tests.test_mail › test_sends_a_receipt`

        **1 removed**

        - `tests.test_cart › test_old_rounding`

        **1 slower**

        - `tests.test_cart › test_a_cart_of_ten_thousand_items`: 2.4 s, was 300 ms

        **1 fixed**

        - `tests.test_cart › test_empty_cart_has_no_total`

        </details>

        <details><summary><b>Coverage</b>: 77.4 % of the lines (−1.4) · 61.1 % of 18 added lines</summary>

        |  | covered |  | base | change |
        | --- | --: | --: | --: | --: |
        | lines | 77.4 % | 387 of 500 | 78.8 % | −1.4 |
        | branches | 66.6 % | 60 of 90 | 68.1 % | −1.5 |
        | added lines | 61.1 % | 11 of 18 |  |  |

        **What moved it**

        |  | points | covered | coverable |
        | --- | --: | --: | --: |
        | added lines | −0.6 | +11 | +18 |
        | lines outside the change | −0.2 | −1 | +0 |
        | reports that came or went | −0.6 | −3 | +0 |
        | together | −1.4 | +7 | +18 |

        | component | lines |  | change | branches | added lines |  |
        | --- | --: | --: | --: | --: | --: | --- |
        | Shop | 77.4 % | 387 of 500 | −1.4 |  | 61.1 % (11 of 18) |  |
        | Mail <code>&#124;</code> `<b>` | 77.4 % | 387 of 500 | 0.0 |  |  | 2 files carried forward from `3f2c9e1b04`, 3 days old |

        **Added lines that no test runs**

        - `shop/cart.py`: 7 added lines not covered: 21-23, 30, 41-43

        | file | lines |  | change | by |
        | --- | --: | --: | --: | --- |
        | `shop/cart.py` | 76.2 % | 61 of 80 | −9.1 | added lines −9.1 |
        | `shop/stock.py` | 79.2 % | 282 of 356 | +1.2 |  |

        **Lines outside the change**

        - `shop/stock.py`: no longer run: 12-13; run now: 40

        **1 report path of 5 match no file of the repository**

        - `/build/gen/x.py`

        </details>

        <details><summary><b>Measurements</b>: 1</summary>

        | measurement | value | base |  |
        | --- | --: | --: | --- |
        | `http_req_duration.p99` | 182.4 ms | 170 ms · +7.2 %, worse | lower is better |

        </details>

        <details><summary><b>Mutation testing with stryker</b>: 80.0 % of 50 mutants detected: 35 killed, 5 timed out, 7 survived, 3 not covered; 2 left out; on the base 82.0 % of 50</summary>

        **1 new**

        - `shop/cart.py:21`<br>`` survived: BlockStatement: `{}` | <b> ``

        **9 unchanged**

        - `shop/cart.py:30`<br>`not covered: StringLiteral`
        - and 8 more

        </details>

        <details><summary><b>TODO markers</b>: 2 (1 new, 1 unchanged), 1 of them untracked; on the base 2</summary>

        **1 new**

        - `shop/cart.py:22`<br>`` TODO: round `half` up | @everyone <!-- x --> `` (untracked)

        **1 unchanged**

        - `shop/cart.py:3`<br>`FIXME(#12): one rate only`

        </details>

        <details><summary>All 3 checks</summary>

        | check | metric | value | floor | target | attained | points | of | delta |
        | --- | --- | --: | --: | --: | --: | --: | --: | --: |
        | `tests.pass-rate` | `tests.pass-rate` | 98.7 % | 50.0 % | 100.0 % | 97.3 % | 58.4 | 60.0 | −0.8 |
        | `coverage.lines` | `coverage.lines` | 77.4 % | 50.0 % | 100.0 % | 96.6 % | 29.0 | 30.0 | −0.4 |
        | `performance.p99` | `http_req_duration.p99` | ⚠️ no-evidence: no file holds this metric | 50.0 % | 100.0 % | 0.0 % | 0.0 | 10.0 | 0.0 |

        </details>

        <details><summary>The missing 12.6 points</summary>

        | points | check | what to do | effort | points per hour |
        | --: | --- | --- | --: | --: |
        | 10.0 | `performance.p99` | bring evidence for `http_req_duration.p99` | 40 h to 60 h | 0.2 |
        | 1.6 | `tests.pass-rate` | raise `tests.pass-rate` from 98.7 % to 100.0 % |  |  |
        | 1.0 | `coverage.lines` | raise `coverage.lines` from 77.4 % to 80.0 % |  |  |
        | **12.6** | **all** |  |  |  |

        </details>

        <details><summary><b>Evidence</b>: 2 of 3 files measured</summary>

        | state | file | format | holds | problem |
        | --- | --- | --- | --- | --- |
        | ❌ incomplete | `reports/e2e.xml` | `junit` | 2 cases | `` 12:3: the file ends inside `<testsuite>` `` |
        | ✅ measured | `coverage.xml` | `cobertura` | 500 lines in 4 files |  |
        | ✅ measured | `reports/junit.xml` | `junit` | 78 cases |  |

        </details>

        Trend `▁█▅` from 86.1 to 87.4, over 2 recorded runs and this one

        <sub>compared with `3f2c9e1b04` of `main`, 2 commits before the merge base, recorded `2026-11-20T09:30:00Z`<br>
        policy: `readiness.yml` at `main` (`3f2c9e1b04`)<br>
        each check earns its share of 100 points between floor and target; what has no evidence earns 0; shown numbers are rounded down and add up</sub>
        ");
    }

    #[test]
    fn a_green_gate_without_a_baseline_says_both() {
        let mut report = sample::report();
        report.gate.conditions.retain(|condition| condition.id == "min-score");
        report.gate.outcome = crate::model::gate::GateOutcome::Pass;
        report.delta = None;
        report.base = None;
        let text = comment(&report, 60_000);
        insta::assert_snapshot!(text.lines().next().unwrap_or_default(), @"🟢 **Readiness 87.4** (no baseline) · ready · B · gate passed");
        assert!(text.contains("there is no baseline"));
    }

    #[test]
    fn the_same_report_gives_the_same_bytes() {
        assert_eq!(comment(&sample::report(), 60_000), comment(&sample::report(), 60_000));
    }

    fn hostile(text: &str) -> Report {
        let mut report = sample::report();
        for dimension in &mut report.dimensions {
            dimension.name = text.to_owned();
            for check in &mut dimension.checks {
                check.id = text.to_owned();
                check.metric = text.to_owned();
                check.reason = Some(text.to_owned());
            }
        }
        for condition in &mut report.gate.conditions {
            condition.message = text.to_owned();
            condition.way_out = Some(text.to_owned());
            condition.names = vec![text.to_owned(); 2];
        }
        report.notes = vec![text.to_owned()];
        report.verdict.band = text.to_owned();
        report.name = Some(text.to_owned());
        report.policy.description = text.to_owned();
        for source in &mut report.sources {
            source.path = text.to_owned();
            source.holds = text.to_owned();
            source.problem = Some(text.to_owned());
        }
        let tests = report.tests.as_mut().unwrap();
        let id =
            crate::model::tests::CaseId { suite: text.into(), class: None, name: text.into(), cell: None };
        let detail = crate::model::tests::CaseDetail {
            message: Some(text.into()),
            file: Some(text.into()),
            line: None,
            frames: Vec::new(),
        };
        tests.flaky = vec![CaseNote { id, detail, durations: None }; 2];
        report
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn no_name_breaks_the_page(text in reading::hostile_text()) {
            let page = comment(&hostile(&text), 60_000);
            prop_assert!(!page.chars().any(|c| is_unprintable(c) && c != '\n'));
            let calm = reading::skeleton(&comment(&hostile("calm"), 60_000));
            prop_assert_eq!(reading::skeleton(&page), calm, "{}", page);
        }

        #[test]
        fn the_comment_keeps_to_its_limit_and_closes_what_it_opens(limit in 0_usize..9000) {
            let page = comment(&sample::report(), limit);
            prop_assert!(page.chars().count() <= limit);
            let html = reading::outside_code(&reading::html(&page));
            prop_assert_eq!(html.matches("<details").count(), html.matches("</details>").count());
            prop_assert!(!html.contains('`'), "{}", html);
        }
    }
}
