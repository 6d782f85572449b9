//! The plan as a document: "path to 100", computed.

use crate::model::exact::{Tenths, whole};
use crate::model::plan::{PhaseOutcome, Phases, PlanReport, Raise, ScenarioOutcome};
use crate::model::report::Gap;
use crate::render::escape::markdown::{Place, prose};
use crate::render::{plan_words, wording};

use super::layout::{bold, cell, paragraphs, signed, table};
use super::{gate, score};

/// The whole document.
pub fn plan(plan: &PlanReport) -> String {
    let mut parts = head(plan);
    parts.push(String::from("## Where the points are"));
    parts.push(score::dimensions(&plan.report));
    parts.extend(gaps(plan));
    if plan.report.way_to_green.is_some() {
        parts.push(gate::way_to_green(&plan.report).replacen("####", "##", 1));
    }
    parts.extend(plan.phases.iter().flat_map(|phases| self::phases(plan, phases)));
    parts.extend(scenarios(plan));
    parts.push(String::from("## If the trend goes on"));
    parts.extend(plan_words::projection(&plan.projection).iter().map(|said| prose(said, Place::Text)));
    parts.push(format!(
        "Computed by `readiness plan` from evidence, under {}. Shown numbers are rounded down and add up.",
        prose(&plan.report.policy.description, Place::Text)
    ));
    paragraphs(&parts) + "\n"
}

fn head(plan: &PlanReport) -> Vec<String> {
    let report = &plan.report;
    let verdict = prose(&wording::verdict(&report.verdict), Place::Text);
    let mut parts = vec![
        format!("# Path to {}", plan.goal.score),
        format!(
            "**{} of 100.0** today ({verdict}); {}.",
            report.score.shown,
            prose(&wording::answer(&report.gate), Place::Text)
        ),
        prose(&plan_words::goal(plan), Place::Text),
    ];
    let caveats = wording::caveats(report);
    let assumptions = plan_words::assumptions(plan);
    let said = assumptions.iter().chain(&plan.warnings).chain(&caveats).chain(&report.notes);
    let lines: Vec<String> = said.map(|said| format!("- ⚠️ {}", prose(said, Place::Text))).collect();
    parts.push(lines.join("\n"));
    parts
}

fn gaps(plan: &PlanReport) -> Vec<String> {
    if plan.report.gaps.is_empty() {
        return vec![String::from("## Gaps"), String::from("None: every check is attained in full.")];
    }
    let mut rows: Vec<Vec<String>> = plan.report.gaps.iter().map(gap_row).collect();
    let missing = Tenths(1000) - plan.report.score.shown;
    let sum =
        [bold("all"), bold(missing), plan_words::hours(plan.effort.as_ref()), String::new(), String::new()];
    rows.push(sum.to_vec());
    let headings = ["gap", ">points", ">effort", ">points per hour", "what to do"];
    let mut parts = vec![String::from("## Gaps, by points"), table(&headings, &rows)];
    if !plan.by_rate.is_empty() {
        let rows: Vec<Vec<String>> = plan.by_rate.iter().map(gap_row).collect();
        parts.extend([String::from("## Gaps, by points per hour"), table(&headings, &rows)]);
    }
    parts
}

fn gap_row(gap: &Gap) -> Vec<String> {
    vec![
        cell(&gap.check),
        gap.points.to_string(),
        plan_words::hours(gap.effort_hours.as_ref()),
        plan_words::rate(gap.points_per_hour.as_ref()),
        prose(&gap.advice, Place::Cell),
    ]
}

fn phases(plan: &PlanReport, phases: &Phases) -> Vec<String> {
    let today = plan.report.score.shown;
    let verdict = prose(&wording::verdict(&plan.report.verdict), Place::Cell);
    let blank = String::new;
    let mut rows = vec![vec![String::from("today"), blank(), today.to_string(), verdict, blank(), blank()]];
    rows.extend(phases.steps.iter().enumerate().map(|(index, step)| phase_row(index, step)));
    let last = phases.steps.last().map_or(today, |step| step.score);
    let effort = plan_words::hours(phases.effort.as_ref());
    rows.push(vec![bold("together"), bold(signed(phases.gain)), bold(last), blank(), effort, blank()]);
    let headings = ["phase", ">gain", ">score after", "verdict", ">effort", ">points per hour"];
    let mut parts = vec![String::from("## Phases"), table(&headings, &rows)];
    for (index, step) in phases.steps.iter().enumerate() {
        parts.push(format!("### {}. {}", index + 1, prose(&step.name, Place::Text)));
        parts.push(step.raises.iter().map(raise).collect::<Vec<_>>().join("\n"));
    }
    parts.extend(rest(phases));
    parts
}

fn phase_row(index: usize, step: &PhaseOutcome) -> Vec<String> {
    vec![
        format!("{}. {}", index + 1, prose(&step.name, Place::Cell)),
        signed(step.gain),
        step.score.to_string(),
        prose(&wording::verdict(&step.verdict), Place::Cell),
        plan_words::hours(step.effort.as_ref()),
        plan_words::rate(step.points_per_hour.as_ref()),
    ]
}

fn raise(raise: &Raise) -> String {
    let percent = |share| Tenths::floor(&(share * whole(100)));
    let (from, to) = (percent(&raise.from), percent(&raise.to));
    format!("- {} from {from} % to {to} % of its points: {}", cell(&raise.check), signed(raise.gain))
}

fn rest(phases: &Phases) -> Vec<String> {
    if phases.rest.is_empty() {
        return Vec::new();
    }
    let mut rows: Vec<Vec<String>> =
        phases.rest.iter().map(|rest| vec![cell(&rest.check), rest.points.to_string()]).collect();
    let sum: Tenths = phases.rest.iter().map(|rest| rest.points).sum();
    rows.push(vec![bold("together"), bold(sum)]);
    vec![String::from("### Left after the last phase"), table(&["check", ">points"], &rows)]
}

fn scenarios(plan: &PlanReport) -> Vec<String> {
    if plan.scenarios.is_empty() {
        return Vec::new();
    }
    let row = |one: &ScenarioOutcome| {
        vec![
            prose(&one.name, Place::Cell),
            one.score.to_string(),
            signed(one.change),
            prose(&wording::verdict(&one.verdict), Place::Cell),
            plan_words::hours(one.effort.as_ref()),
        ]
    };
    let rows: Vec<Vec<String>> = plan.scenarios.iter().map(row).collect();
    let headings = ["scenario", ">score", ">change", "verdict", ">effort"];
    vec![String::from("## Scenarios"), table(&headings, &rows)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample_plan;

    #[test]
    fn a_plan_reads_like_this() {
        insta::assert_snapshot!(plan(&sample_plan::plan()), @r"
        # Path to 95.0

        **87.4 of 100.0** today (ready, B); gate failed: patch coverage 61.1 % &lt; 80.0 %, and 1 more condition.

        the goal is the ceiling of 95.0 (no production `|` traffic in CI): 7.6 points are missing, 5.0 more are out of reach

        - ⚠️ what if: coverage.lines is 77.4 %
        - ⚠️ what if: without these assumptions the score is 87.2
        - ⚠️ the last phase reaches 99, past the ceiling of 95
        - ⚠️ no evidence: 10.0 of the 100.0 points have none; with it the score is at most 97.4
        - ⚠️ the diff is not whole: patch coverage speaks about the files that it names

        ## Where the points are

        | dimension |  | score | weight | points | of | delta |
        | --- | --- | --: | --: | --: | --: | --: |
        | Tests | `█████████░` | 97.4 | 60 | 58.4 | 60.0 | −0.8 |
        | Coverage <code>&#124;</code> `<b>` | `█████████░` | 96.7 | 30 | 29.0 | 30.0 | −0.4 |
        | Performance | `░░░░░░░░░░` | 0.0 | 10 | 0.0 | 10.0 | 0.0 |
        | **all** | `████████░░` | **87.4** | 100 | **87.4** | 100.0 | **−1.2** |

        ## Gaps, by points

        | gap | points | effort | points per hour | what to do |
        | --- | --: | --: | --: | --- |
        | `performance.p99` | 10.0 | 40 h to 60 h | 0.2 | bring evidence for `http_req_duration.p99` |
        | `tests.pass-rate` | 1.6 |  |  | raise `tests.pass-rate` from 98.7 % to 100.0 % |
        | `coverage.lines` | 1.0 |  |  | raise `coverage.lines` from 77.4 % to 80.0 % |
        | **all** | **12.6** |  |  |  |

        ## Gaps, by points per hour

        | gap | points | effort | points per hour | what to do |
        | --- | --: | --: | --: | --- |
        | `performance.p99` | 10.0 | 40 h to 60 h | 0.2 | bring evidence for `http_req_duration.p99` |

        ## Cheapest way to green

        1. make `test_checkout_rejects_an_expired_card` pass (+0.8 points)
        2. cover 4 of the 7 added lines that no test runs, most of them in `shop/cart.py`

        ## Phases

        | phase | gain | score after | verdict | effort | points per hour |
        | --- | --: | --: | --- | --: | --: |
        | today |  | 87.4 | ready, B |  |  |
        | 1. Load tests | +10.0 | 97.4 | ready, A+ | 40 h to 60 h | 0.2 |
        | 2. Repairs | +1.6 | 99.0 | ready, A+ |  |  |
        | **together** | **+11.6** | **99.0** |  |  |  |

        ### 1. Load tests

        - `performance.p99` from 0.0 % to 100.0 % of its points: +10.0

        ### 2. Repairs

        - `tests.pass-rate` from 97.4 % to 100.0 % of its points: +1.6

        ### Left after the last phase

        | check | points |
        | --- | --: |
        | `coverage.lines` | 1.0 |
        | **together** | **1.0** |

        ## Scenarios

        | scenario | score | change | verdict | effort |
        | --- | --: | --: | --- | --: |
        | Cautious `<b>` | 88.4 | +1.0 | ready, A+ | 8 h |

        ## If the trend goes on

        the score rises: 1 points per week (0.5 to 2 in the middle 60 % of all pairs of runs)

        goal (95.0) in 7.6 weeks (3.8 to 15.2)

        in 4 weeks: 91.4 (89.4 to 95.0)

        Computed by `readiness plan` from evidence, under `readiness.yml` at `main` (`3f2c9e1b04`). Shown numbers are rounded down and add up.
        ");
    }
}
