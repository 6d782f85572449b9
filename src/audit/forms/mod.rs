//! Forms of contradictions: a text that is right, and the same text with one change that makes it wrong.

mod told;

use super::{Paper, audit};
use crate::model::audit::{Finding, Rule};

fn findings(text: &str) -> Vec<Finding> {
    let paper = Paper { path: "PLAN.md".into(), text: text.into() };
    audit(&[paper], None).remove(0).findings
}

/// What a form tells, the text, what is replaced in it and by what, and the rule with its line.
type Form = (&'static str, &'static str, &'static str, Rule, u32);

const HARBOUR: &str = "# Harbour crane: launch review

Result of the review: 71 of 100 points
effort: 90 h

| Area | Weight | Score | Points |
|---|---|---|---|
| Hoist | 50 % | 80 | 40 |
| Brakes | 30 % | 70 | 21 |
| Cabin | 20 % | 50 | 10 |

We score three areas. The weakest area is Cabin (50). Hoist has a weight of 50 %.

## Gates

| Gate | State |
|---|---|
| Load test | green |
| Wind test | green |
| Papers | amber |
| Training | red |

2 of 4 gates are green, 1 amber, 1 red.

## Work

| Task | Points | Effort (h) |
|---|---|---|
| Cabin heating | 10 | 50 |
| Brake pads | 8 | 40 |
| Total | 18 | 90 |

## Open

| Severity | Found | Closed | Open |
|---|---|---|---|
| Critical | 3 | 3 | 0 |
| Major | 12 | 10 | 2 |
| Minor | 25 | 20 | 5 |
| Total | 40 | 33 | 7 |

We found 40 defects, 33 are closed and 7 are open. No critical defect is open.

Three papers are missing:

- Crane book
- Rope list
- Noise report

## Checklist

- [x] Ropes changed on 6 of 6 drums
- [x] Brakes measured under load
- [ ] Evacuation rehearsed with the crew

The evacuation has not been rehearsed with the crew.

## Words

Four of the five drivers are trained, that is 80 %.
";

/// Each is one change to the text above.
const CHANGES: [Form; 15] = [
    ("a result at the head", "review: 71 of 100", "review: 76 of 100", Rule::Headline, 3),
    ("a label with the name of a total", "effort: 90 h", "effort: 70 h", Rule::Headline, 4),
    ("the number of what is scored", "score three areas", "score four areas", Rule::PolicyDrift, 12),
    ("a superlative", "weakest area is Cabin (50)", "weakest area is Brakes (70)", Rule::Headline, 12),
    ("a weight in prose", "a weight of 50 %", "a weight of 40 %", Rule::PolicyDrift, 12),
    (
        "a count of states",
        "2 of 4 gates are green, 1 amber",
        "3 of 4 gates are green, 1 amber",
        Rule::Headline,
        23,
    ),
    ("another count of states", "green, 1 amber, 1 red", "green, 2 amber, 1 red", Rule::Headline, 23),
    (
        "all are of one state",
        "2 of 4 gates are green, 1 amber, 1 red.",
        "All four gates are green.",
        Rule::Headline,
        23,
    ),
    ("a number beside a header", "33 are closed and 7", "35 are closed and 7", Rule::Headline, 42),
    ("none of a kind", "No critical defect is", "No major defect is", Rule::Headline, 42),
    ("items announced in a word", "Three papers", "Four papers", Rule::Headline, 44),
    ("a tick and a count", "6 of 6 drums", "4 of 6 drums", Rule::ClaimWithoutEvidence, 52),
    ("a tick and a denial", "- [ ] Evacuation", "- [x] Evacuation", Rule::ClaimWithoutEvidence, 54),
    (
        "a tick with a plan in brackets",
        "under load",
        "under load (2 May, not run)",
        Rule::ClaimWithoutEvidence,
        53,
    ),
    ("a part of a whole in words", "that is 80 %", "that is 90 %", Rule::Ratio, 60),
];

#[test]
fn a_text_whose_numbers_are_told_twice_is_silent() {
    assert_eq!(findings(HARBOUR), []);
}

#[test]
fn each_number_that_is_told_otherwise_is_found() {
    let mut missed = Vec::new();
    for (what, right, wrong, rule, line) in CHANGES {
        assert!(HARBOUR.contains(right), "{right}");
        let found = findings(&HARBOUR.replacen(right, wrong, 1));
        if !found.iter().any(|f| f.rule == rule && f.line == line) {
            missed.push(format!("{what}: expected {rule:?} in {line}, found {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// Texts with what makes them wrong behind `=>`, and the rule with its line.
const PAIRS: [(&str, &str, Rule, u32); 24] = [
    (
        "# Go or no-go (74/100)\n\n| Area | Weight | Score |\n|---|---|---|\n| A | 60 % | 70 |\n| B | 40 % | 80 |\n",
        "# Go or no-go (79/100)\n\n| Area | Weight | Score |\n|---|---|---|\n| A | 60 % | 70 |\n| B | 40 % | 80 |\n",
        Rule::Headline,
        1,
    ),
    (
        "# Mill\n\nScore 64 / 100. Goal for autumn 88, ceiling 90.\n",
        "# Mill\n\nScore 64 / 100. Goal for autumn 92, ceiling 90.\n",
        Rule::Goal,
        3,
    ),
    (
        "# Kiln release\n\nTwo boards were fired. Both held, which proves nothing yet.\n",
        "# Kiln release\n\nTwo boards were fired. Both held, which proves that the glaze is safe.\n",
        Rule::SmallSample,
        3,
    ),
    (
        "# Loom\n\nIn the suite 188 of 190 tests pass, a pass rate of 98.9 %.\n",
        "# Loom\n\nIn the suite 188 of 190 tests pass, a test coverage of 98.9 %.\n",
        Rule::Mislabel,
        3,
    ),
    (
        "# Pier\n\n## O1 Pumps (0.7)\n\nx\n\n## O2 Gates (0.6)\n\nx\n\n## O3 Locks (0.4)\n\n| O | Grade |\n|---|---|\n| O1 Pumps | 0.7 |\n| O2 Gates | 0.6 |\n| O3 Locks | 0.4 |\n",
        "# Pier\n\n## O1 Pumps (0.7)\n\nx\n\n## O2 Gates (0.6)\n\nx\n\n## O3 Locks (0.5)\n\n| O | Grade |\n|---|---|\n| O1 Pumps | 0.7 |\n| O2 Gates | 0.6 |\n| O3 Locks | 0.4 |\n",
        Rule::Headline,
        11,
    ),
    (
        "# Dam\n\n**Outcome: 17/20**\n\n| Part | Yes | Asked |\n|---|---|---|\n| Wall | 8 | 10 |\n| Gate | 9 | 10 |\n| Total | 17 | 20 |\n",
        "# Dam\n\n**Outcome: 18/20**\n\n| Part | Yes | Asked |\n|---|---|---|\n| Wall | 8 | 10 |\n| Gate | 9 | 10 |\n| Total | 17 | 20 |\n",
        Rule::Headline,
        3,
    ),
    (
        "# Dock\n\nOverall grade: 0.59\n\n| Part | Weight | Grade |\n|---|---|---|\n| Wall | 50 % | 0.68 |\n| Gate | 50 % | 0.50 |\n| Overall | 100 % | 0.59 |\n",
        "# Dock\n\nOverall grade: 0.61\n\n| Part | Weight | Grade |\n|---|---|---|\n| Wall | 50 % | 0.68 |\n| Gate | 50 % | 0.50 |\n| Overall | 100 % | 0.59 |\n",
        Rule::Headline,
        3,
    ),
    (
        "# Yard\n\n## Value order\n\n| Rank | Job | Value per day |\n|---|---|---|\n| 1 | Rails | 3.0 |\n| 2 | Lamps | 2.5 |\n| 3 | Paint | 2.0 |\n",
        "# Yard\n\n## Value order\n\n| Rank | Job | Value per day |\n|---|---|---|\n| 1 | Rails | 3.0 |\n| 2 | Paint | 2.0 |\n| 3 | Lamps | 2.5 |\n",
        Rule::EffortOrder,
        8,
    ),
    (
        "# Quay\n\n- [x] Zero open permits (now 0)\n- [x] Lamps\n",
        "# Quay\n\n- [x] Zero open permits (now 3)\n- [x] Lamps\n",
        Rule::ClaimWithoutEvidence,
        3,
    ),
    (
        "# Mole\n\n| Step | Status | Progress |\n|---|---|---|\n| Dig | done | 100 % |\n| Fill | open | 60 % |\n",
        "# Mole\n\n| Step | Status | Progress |\n|---|---|---|\n| Dig | done | 100 % |\n| Fill | done | 60 % |\n",
        Rule::ClaimWithoutEvidence,
        6,
    ),
    (
        "# From 88 to 100: the ferry\n\nTarget: 100\n\n- Ramp, 38 of 40\n- Engine, 25 of 30\n- Radio, 10 of 15\n- Lights, 15 of 15\n\n## Phase 1\n\nRamp and engine.\n\n## Phase 2\n\nRadio.\n",
        "# From 88 to 100: the ferry\n\nTarget: 100\n\n- Ramp, 38 of 40\n- Engine, 25 of 30\n- Radio, 10 of 15\n- Lights, 15 of 15\n\n## Phase 1\n\nRamp and engine.\n\n## Phase 2\n\nMore of the engine.\n",
        Rule::UnaddressedGap,
        7,
    ),
    (
        "# Tug\n\nWeights: hull 50 %, motor 30 %, crew 20 %.\n\n| Part (weight) | Now |\n|---|---|\n| Hull (50 %) | 8 |\n| Motor (30 %) | 7 |\n| Crew (20 %) | 9 |\n",
        "# Tug\n\nWeights: hull 50 %, motor 35 %, crew 20 %.\n\n| Part (weight) | Now |\n|---|---|\n| Hull (50 %) | 8 |\n| Motor (30 %) | 7 |\n| Crew (20 %) | 9 |\n",
        Rule::PolicyDrift,
        3,
    ),
    (
        "# Gate\n\n| Gate | Limit | Measured | State |\n|---|---|---|---|\n| p99 | ≤ 120 ms | 104 ms | green |\n| Errors | ≤ 2 % | 3 % | red |\n",
        "# Gate\n\n| Gate | Limit | Measured | State |\n|---|---|---|---|\n| p99 | ≤ 120 ms | 134 ms | green |\n| Errors | ≤ 2 % | 3 % | red |\n",
        Rule::ClaimWithoutEvidence,
        5,
    ),
    (
        "# Speed\n\n| Percentile | Target | Now |\n|---|---|---|\n| p50 | 80 ms | 61 ms |\n| p95 | 250 ms | 240 ms |\n| p99 | 600 ms | 690 ms |\n\nThe cluster meets two of the three targets.\n",
        "# Speed\n\n| Percentile | Target | Now |\n|---|---|---|\n| p50 | 80 ms | 61 ms |\n| p95 | 250 ms | 280 ms |\n| p99 | 600 ms | 690 ms |\n\nThe cluster meets two of the three targets.\n",
        Rule::Headline,
        9,
    ),
    (
        "# Faults\n\n## Pumps (2)\n\n- a\n- b\n\n## Gates (3)\n\n- c\n- d\n- e\n\n## Locks (2)\n\n- f\n- g\n",
        "# Faults\n\n## Pumps (2)\n\n- a\n- b\n\n## Gates (4)\n\n- c\n- d\n- e\n\n## Locks (2)\n\n- f\n- g\n",
        Rule::Headline,
        8,
    ),
    (
        "# Suites\n\n| Suite | Tests | Passed | Pass rate |\n|---|---|---|---|\n| unit | 200 | 190 | 95.0 % |\n| e2e | 50 | 40 | 80.0 % |\n",
        "# Suites\n\n| Suite | Tests | Passed | Coverage |\n|---|---|---|---|\n| unit | 200 | 190 | 95.0 % |\n| e2e | 50 | 40 | 80.0 % |\n",
        Rule::Mislabel,
        3,
    ),
    (
        "# Verdict page\n\nVerdict: not yet, 64 of 100\n\n## How the score came about\n\n32.5 + 13.5 + 18 = 64.\n",
        "# Verdict page\n\nVerdict: not yet, 68 of 100\n\n## How the score came about\n\n32.5 + 13.5 + 18 = 64.\n",
        Rule::Headline,
        3,
    ),
    (
        "# Lock\n\nWe score gates, pumps, crew and radio.\n\n| Area | Weight | Score |\n|---|---|---|\n| Gates | 40 % | 7 |\n| Pumps | 30 % | 8 |\n| Crew | 20 % | 6 |\n| Radio | 10 % | 9 |\n",
        "# Lock\n\nWe score gates, pumps, crew and papers.\n\n| Area | Weight | Score |\n|---|---|---|\n| Gates | 40 % | 7 |\n| Pumps | 30 % | 8 |\n| Crew | 20 % | 6 |\n| Radio | 10 % | 9 |\n",
        Rule::PolicyDrift,
        3,
    ),
    (
        "# Weir\n\n| Task | Status |\n|---|---|\n| Restore drill | open |\n| Fence | done |\n\nThe restore drill has not been held yet.\n",
        "# Weir\n\n| Task | Status |\n|---|---|\n| Restore drill | done |\n| Fence | done |\n\nThe restore drill has not been held yet.\n",
        Rule::ClaimWithoutEvidence,
        5,
    ),
    (
        "# Budget\n\nWe have spent €1,196k of the approved €1,840k.\n\n| k€ | Approved | Spent |\n|---|---|---|\n| Nets | 840 | 596 |\n| Hull | 1,000 | 600 |\n| Total | 1,840 | 1,196 |\n",
        "# Budget\n\nWe have spent €1,169k of the approved €1,840k.\n\n| k€ | Approved | Spent |\n|---|---|---|\n| Nets | 840 | 596 |\n| Hull | 1,000 | 600 |\n| Total | 1,840 | 1,196 |\n",
        Rule::Headline,
        3,
    ),
    (
        "# Claims readiness\n\nScore today: 77 of 100. Goal for launch: 90. Nobody can get above 92 before the launch.\n",
        "# Claims readiness\n\nScore today: 77 of 100. Goal for launch: 95. Nobody can get above 92 before the launch.\n",
        Rule::Goal,
        3,
    ),
    (
        "# Poll of the pilot\n\nThree skippers answered. All of them liked it, too little to prove anything.\n",
        "# Poll of the pilot\n\nThree skippers answered. All of them liked it, so the chart is proven to be easy.\n",
        Rule::SmallSample,
        3,
    ),
    (
        "# List\n\n- [x] Lines for 240 shops ordered (so far 240)\n- [x] Second site (not needed yet)\n",
        "# List\n\n- [x] Lines for 240 shops ordered (so far 96)\n- [x] Second site (not needed yet)\n",
        Rule::ClaimWithoutEvidence,
        3,
    ),
    (
        "# Tests\n\nOf all tests 3,087 passed (98.0 % pass rate), the others were left out.\n",
        "# Tests\n\nOf all tests 3,087 passed (98.0 % test coverage), the others were left out.\n",
        Rule::Mislabel,
        3,
    ),
];

#[test]
fn a_right_form_is_silent_and_its_wrong_form_is_found() {
    let mut missed = Vec::new();
    for (right, wrong, rule, line) in PAIRS {
        let found = findings(right);
        if !found.is_empty() {
            missed.push(format!("silent: {right}{found:?}"));
        }
        let found = findings(wrong);
        if !found.iter().any(|f| f.rule == rule && f.line == line) {
            missed.push(format!("expected {rule:?} in {line}: {wrong}{found:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
