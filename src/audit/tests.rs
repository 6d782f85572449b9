//! The examples of `docs/audit.md`, a document that is right, and errors planted into it.

use proptest::prelude::*;

use super::{Measured, Paper, audit};
use crate::model::audit::{Finding, Rule};
use crate::model::tests::TestCounts;

/// A document, or the findings of one.
macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../tests/fixtures/audit/", $name))
    };
}

const PAGE: &str = include_str!("../../docs/audit.md");
const RIGHT: &str = fixture!("right-plan.md");

fn findings(text: &str, measured: Option<&Measured>) -> Vec<Finding> {
    let paper = Paper { path: "PLAN.md".into(), text: text.into() };
    audit(&[paper], measured).remove(0).findings
}

/// The lines of `text` with a finding of `rule`.
pub(super) fn lines(text: &str, rule: Rule, measured: Option<&Measured>) -> Vec<u32> {
    findings(text, measured).iter().filter(|f| f.rule == rule).map(|f| f.line).collect()
}

fn measured() -> Measured {
    Measured {
        tests: Some(TestCounts { total: 200, passed: 180, failed: 20, errored: 0, skipped: 0, flaky: 0 }),
        lines: Some((805, 1000)),
        ..Measured::default()
    }
}

#[test]
fn every_rule_has_an_example_that_it_finds() {
    let mut missed = Vec::new();
    for rule in Rule::ALL {
        let name = rule.name();
        let chapter =
            PAGE.split(&format!("### `{name}`\n")).nth(1).unwrap_or_else(|| panic!("no chapter for {name}"));
        let example =
            chapter.split("```markdown\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let expected =
            chapter.split("Found in line ").nth(1).and_then(|rest| rest.split(".\n").next()).unwrap();
        let with = (rule == Rule::ContradictsEvidence).then(measured);
        let found = findings(example, with.as_ref());
        let shown: Vec<String> = found
            .iter()
            .filter(|f| f.rule == rule)
            .map(|f| {
                format!(
                    "{}: stated `{}`, computed `{}`",
                    f.line,
                    f.stated,
                    f.computed.as_deref().unwrap_or("-")
                )
            })
            .collect();
        if !shown.contains(&expected.to_owned()) {
            missed.push(format!("{name}: expected {expected}, found {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn a_document_that_is_right_is_silent() {
    assert_eq!(findings(RIGHT, None), []);
}

/// What is replaced in the right document, by what, and the finding's rule, line and right number.
const PLANTED: [(&str, &str, Rule, u32, &str); 24] = [
    (
        "**Total** | **84/100** | **100%** | **84**",
        "**Total** | **84/100** | **100%** | **86**",
        Rule::Sum,
        16,
        "84",
    ),
    ("**Gap**: 16 points", "**Gap**: 12 points", Rule::Sum, 5, "16"),
    ("Total Tests:    580", "Total Tests:    600", Rule::Sum, 24, "580"),
    ("Total Passing:  555", "Total Passing:  560", Rule::Sum, 25, "555"),
    ("12 tests skipped (7 slow + 5 legacy)", "12 tests skipped (7 slow + 4 legacy)", Rule::Sum, 31, "11"),
    ("**580** | **555** | **20**", "**580** | **555** | **25**", Rule::Sum, 39, "20"),
    ("**Total Time**: 68-94 hours", "**Total Time**: 60-80 hours", Rule::Sum, 82, "68-94"),
    ("**Total Time**: 54 hours", "**Total Time**: 50 hours", Rule::Sum, 105, "54"),
    ("| v1.6 | +25h | 94/100 |", "| v1.6 | +25h | 95/100 |", Rule::Sum, 113, "94"),
    ("### After Phase 2: 94/100", "### After Phase 2: 97/100", Rule::Sum, 86, "94"),
    ("| Security | 10/10 | 15% | 15 |", "| Security | 11/10 | 15% | 15 |", Rule::Bound, 14, "100"),
    ("**Expected Gain**: +6 points", "**Expected Gain**: +16 points", Rule::GainExceedsGap, 78, "16"),
    ("(9/10 → 10/10) = +3 points", "(9/10 → 10/10) = +4 points", Rule::WeightMismatch, 43, "+3"),
    (
        "| Performance | 7/10 | 20% | 14 |",
        "| Performance | 7/10 | 20% | 16 |",
        Rule::WeightMismatch,
        13,
        "14",
    ),
    ("**84/100** | **100%**", "**101/100** | **100%**", Rule::MeanBound, 16, "70-100"),
    ("57/60   (95%)", "57/60   (92%)", Rule::Ratio, 22, "95%"),
    ("Line coverage: 81.2%", "Line coverage: 83.2%", Rule::Ratio, 29, "81.2%"),
    ("| 70-84 | likely |", "| 65-84 | likely |", Rule::Bands, 124, "65-69"),
    ("| Load test | ❌ | - |", "| Load test | ✅ | - |", Rule::ClaimWithoutEvidence, 141, "no evidence"),
    (
        "| v1.5 | +20h | 89/100 | +5 points | High |",
        "| v1.5 | +20h | 89/100 | +5 points | Low |",
        Rule::EffortOrder,
        112,
        "0.25",
    ),
    ("Total: 8 weeks", "Total: 6 weeks", Rule::Timeline, 133, "8 weeks"),
    ("**Current score**: 84/100 (B)", "**Current score**: 88/100 (B)", Rule::Headline, 3, "84"),
    ("## Options", "**Realistic maximum**: 95%\n\n## Options", Rule::Goal, 4, "95%"),
    ("Pass rate:      95.7%", "Coverage:       95.7%", Rule::Mislabel, 26, "pass rate 95.69%"),
];

#[test]
fn every_planted_error_is_found_at_its_line() {
    let mut missed = Vec::new();
    for (right, wrong, rule, line, computed) in PLANTED {
        assert!(RIGHT.contains(right), "{right}");
        let found = findings(&RIGHT.replacen(right, wrong, 1), None);
        let fits = |f: &Finding| f.rule == rule && f.line == line && f.computed.as_deref() == Some(computed);
        if !found.iter().any(fits) {
            missed.push(format!("{wrong}: expected {rule:?} in {line} with {computed}, found {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn lines_without_end_are_not_held_against_each_other() {
    for line in [
        "Step {}: Validation and sign-off of part {} at the end of week {}\n",
        "We wrote {} of the 9000 tests that were planned for the first release of part {}\n",
        "- {} of 9000 steps done\n",
        "- Risks sorted by exposure\n",
        "- Mean of the five: 50%\n",
        "Cost: {} sp\n",
        "## Iteration {}\n\n- Gain: 9 points\n\nScore after iteration {}: 82\n\n",
        "| Part | Hours |\n|---|---|\n| A | 3 |\n| B | 4 |\n\n7 hours for {} parts\n\n",
    ] {
        let text: String = (0..2000).map(|at| line.replace("{}", &at.to_string())).collect();
        let found = findings(&text, None);
        assert!(found.is_empty(), "{line}: {:?}", found.first());
    }
}

#[test]
fn a_line_that_nobody_wrote_is_not_read() {
    let fractions = "12 of 13 done (13 %), ".repeat(20_000);
    assert_eq!(findings(&format!("# Plan\n\n{fractions}\n"), None), []);
}

#[test]
fn documents_are_compared_with_those_before_them() {
    let papers = [("a.md", RIGHT.to_owned()), ("b.md", RIGHT.to_owned())]
        .map(|(path, text)| Paper { path: path.into(), text });
    assert!(audit(&papers, None).iter().all(|document| document.findings.is_empty()));
    let table = |a, b| {
        format!(
            "| Dimension | Weight | Score |\n|---|---|---|\n| Tests | {a}% | 8/10 |\n| Docs | {b}% | 8/10 |\n"
        )
    };
    let papers = [("a.md", table(60, 40)), ("b.md", table(50, 50))]
        .map(|(path, text)| Paper { path: path.into(), text });
    let found = audit(&papers, None);
    assert!(found[0].findings.is_empty());
    assert_eq!(
        found[1].findings.iter().map(|f| (f.rule, f.line)).collect::<Vec<_>>(),
        [(Rule::PolicyDrift, 3), (Rule::PolicyDrift, 4)]
    );
}

#[test]
fn claims_that_hold_are_silent_against_evidence() {
    for text in [
        "Coverage: 80.5%",
        "Line coverage: 80%+",
        "180 of 200 tests passing",
        "180/200 tests pass (90%)",
        "Pass rate: 90%",
        "20 failing tests",
        "E2E tests: 12",
        "Target coverage: 95%",
    ] {
        assert_eq!(findings(text, Some(&measured())), [], "{text}");
    }
    for text in
        ["Coverage: 85%", "175 of 200 tests passing", "Pass rate: 95%", "5 failing tests", "Total tests: 210"]
    {
        assert!(
            findings(text, Some(&measured())).iter().any(|f| f.rule == Rule::ContradictsEvidence),
            "{text}"
        );
    }
}

/// A consistent plan of weights (multiples of 5 that sum to 100) and scores of 10.
fn plan() -> impl Strategy<Value = (Vec<u32>, Vec<u32>)> {
    (2..=6usize).prop_flat_map(|count| {
        let cuts = prop::sample::subsequence((1..20u32).collect::<Vec<_>>(), count - 1);
        (cuts, prop::collection::vec(0..=10u32, count)).prop_map(|(cuts, scores)| {
            let mut ends = vec![0];
            ends.extend(cuts);
            ends.push(20);
            (ends.windows(2).map(|pair| (pair[1] - pair[0]) * 5).collect(), scores)
        })
    })
}

const NAMES: [&str; 6] =
    ["Correctness", "Performance", "Security", "Documentation", "Operations", "Usability"];

fn tenths(tenths: u32) -> String {
    if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

/// The document, and the line of its total row.
fn written(weights: &[u32], scores: &[u32], wrong: u32) -> (String, u32, String) {
    let sum: u32 = weights.iter().zip(scores).map(|(w, s)| w * s).sum();
    let total = tenths(sum);
    let head = format!(
        "# Plan\n\n**Current score**: {total}/100\n**Target**: 100/100\n**Gap**: {} points\n",
        tenths(1000 - sum)
    );
    let mut lines = vec![head, "| Dimension | Score | Weight | Points |\n|---|---|---|---|".to_owned()];
    let rows = || NAMES.iter().zip(weights).zip(scores);
    lines.extend(rows().map(|((name, weight), score)| {
        format!("| {name} | {score}/10 | {weight}% | {} |", tenths(weight * score))
    }));
    let line = 9 + u32::try_from(weights.len()).unwrap();
    let stated = tenths(sum + wrong * 10);
    lines.push(format!("| **Total** | **{total}/100** | **100%** | **{stated}** |\n\n## Gaps"));
    lines.extend(rows().filter(|(_, score)| **score < 10).map(|((name, weight), score)| {
        format!("\n### {name} ({score}/10 → 10/10) = +{} points", tenths(weight * (10 - score)))
    }));
    (lines.join("\n") + "\n", line, total)
}

proptest! {
    #[test]
    fn a_consistent_plan_is_silent((weights, scores) in plan()) {
        let (text, ..) = written(&weights, &scores, 0);
        prop_assert_eq!(findings(&text, None), [], "{}", text);
    }

    #[test]
    fn a_wrong_total_is_found_with_the_right_one((weights, scores) in plan(), wrong in 1..50u32) {
        let (text, line, total) = written(&weights, &scores, wrong);
        let found = findings(&text, None);
        prop_assert!(found.iter().any(|f| f.rule == Rule::Sum && f.line == line && f.computed.as_deref() == Some(total.as_str())), "{found:?}\n{text}");
    }

    #[test]
    fn no_text_makes_it_panic(text in "[-#|*0-9%/() →:.,+a-e\n✅❌`\\[\\]<>]{0,400}") {
        findings(&text, Some(&measured()));
    }
}

/// Documents without a contradiction.
const RIGHT_DOCUMENTS: [&str; 30] = [
    fixture!("right-columns.md"),
    fixture!("right-sentences.md"),
    fixture!("right-thresholds.md"),
    fixture!("right-areas.md"),
    fixture!("right-releases.md"),
    fixture!("right-scorecard.md"),
    fixture!("right-path-to-1.0.md"),
    fixture!("right-quarterly.md"),
    fixture!("right-sprint.md"),
    fixture!("right-review.md"),
    fixture!("right-checklist.md"),
    fixture!("right-gateway.md"),
    fixture!("right-migration.md"),
    fixture!("right-backlog.md"),
    fixture!("right-bands.md"),
    fixture!("right-billing.md"),
    fixture!("right-calendar.md"),
    fixture!("right-ferry.md"),
    fixture!("right-gaps.md"),
    fixture!("right-german.md"),
    fixture!("right-handbook.md"),
    fixture!("right-markup.md"),
    fixture!("right-memo.md"),
    fixture!("right-mesh.md"),
    fixture!("right-options.md"),
    fixture!("right-parts.md"),
    fixture!("right-printed.md"),
    fixture!("right-printer.md"),
    fixture!("right-scenarios.md"),
    fixture!("right-shortcuts.md"),
];

/// Documents with planted contradictions, and every finding as `line rule stated => computed`.
const WRONG_DOCUMENTS: [(&str, &str); 32] = [
    (fixture!("wrong-columns.md"), fixture!("wrong-columns.txt")),
    (fixture!("wrong-sentences.md"), fixture!("wrong-sentences.txt")),
    (fixture!("wrong-thresholds.md"), fixture!("wrong-thresholds.txt")),
    (fixture!("wrong-areas.md"), fixture!("wrong-areas.txt")),
    (fixture!("wrong-releases.md"), fixture!("wrong-releases.txt")),
    (fixture!("wrong-scorecard.md"), fixture!("wrong-scorecard.txt")),
    (fixture!("wrong-path-to-1.0.md"), fixture!("wrong-path-to-1.0.txt")),
    (fixture!("wrong-quarterly.md"), fixture!("wrong-quarterly.txt")),
    (fixture!("wrong-sprint.md"), fixture!("wrong-sprint.txt")),
    (fixture!("wrong-review.md"), fixture!("wrong-review.txt")),
    (fixture!("wrong-checklist.md"), fixture!("wrong-checklist.txt")),
    (fixture!("wrong-gateway.md"), fixture!("wrong-gateway.txt")),
    (fixture!("wrong-migration.md"), fixture!("wrong-migration.txt")),
    (fixture!("wrong-phases.md"), fixture!("wrong-phases.txt")),
    (fixture!("wrong-weighted.md"), fixture!("wrong-weighted.txt")),
    (fixture!("wrong-backlog.md"), fixture!("wrong-backlog.txt")),
    (fixture!("wrong-bands.md"), fixture!("wrong-bands.txt")),
    (fixture!("wrong-billing.md"), fixture!("wrong-billing.txt")),
    (fixture!("wrong-calendar.md"), fixture!("wrong-calendar.txt")),
    (fixture!("wrong-ferry.md"), fixture!("wrong-ferry.txt")),
    (fixture!("wrong-gaps.md"), fixture!("wrong-gaps.txt")),
    (fixture!("wrong-german.md"), fixture!("wrong-german.txt")),
    (fixture!("wrong-handbook.md"), fixture!("wrong-handbook.txt")),
    (fixture!("wrong-markup.md"), fixture!("wrong-markup.txt")),
    (fixture!("wrong-memo.md"), fixture!("wrong-memo.txt")),
    (fixture!("wrong-mesh.md"), fixture!("wrong-mesh.txt")),
    (fixture!("wrong-options.md"), fixture!("wrong-options.txt")),
    (fixture!("wrong-parts.md"), fixture!("wrong-parts.txt")),
    (fixture!("wrong-printed.md"), fixture!("wrong-printed.txt")),
    (fixture!("wrong-printer.md"), fixture!("wrong-printer.txt")),
    (fixture!("wrong-scenarios.md"), fixture!("wrong-scenarios.txt")),
    (fixture!("wrong-shortcuts.md"), fixture!("wrong-shortcuts.txt")),
];

#[test]
fn documents_without_a_contradiction_are_silent() {
    for text in RIGHT_DOCUMENTS {
        assert_eq!(findings(text, None), [], "{text}");
    }
}

#[test]
fn planted_contradictions_are_found_and_nothing_else() {
    for (text, expected) in WRONG_DOCUMENTS {
        let found: Vec<String> = findings(text, None)
            .iter()
            .map(|f| {
                let computed = f.computed.as_deref().unwrap_or("null");
                format!("{} {} {} => {computed}", f.line, f.rule.name(), f.stated)
            })
            .collect();
        assert_eq!(found, expected.lines().collect::<Vec<_>>(), "{text}");
    }
}
