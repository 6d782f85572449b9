//! One short text for each form in which sums, shares, means and gains are written: silent as it is, and found once a
//! number in it is wrong.

use super::{Paper, audit};
use crate::model::audit::{Finding, Rule};

fn findings(text: &str) -> Vec<Finding> {
    audit(&[Paper { path: "PLAN.md".into(), text: text.into() }], None).remove(0).findings
}

/// A text, what is replaced in it by what, and the rule and line of the finding.
const FORMS: [(&str, &str, &str, Rule, u32); 44] = [
    // Sums.
    (
        "We pay €9,000 for ads, €2,500 for prints and €500 for post, €12,000 in total.\n",
        "€12,000",
        "€12,400",
        Rule::Sum,
        1,
    ),
    (
        "Rates of 30 k€ in May, 40 k€ in July and 20 k€ in autumn, together 90 k€.\n",
        "90 k€",
        "95 k€",
        Rule::Sum,
        1,
    ),
    (
        "```\nboot      64 kB\nimage    300 kB\nspare     36 kB\n----------------\nflash    400 kB\n```\n",
        "400",
        "420",
        Rule::Sum,
        6,
    ),
    (
        "    fetch     12 ms\n    rank      30 ms\n    ------------------\n    p99       42 ms\n",
        "42",
        "44",
        Rule::Sum,
        4,
    ),
    (
        "- repaired: 9\n  - gears: 4\n  - belts: 3\n  - seals: 2\n- open: 5\n",
        "repaired: 9",
        "repaired: 8",
        Rule::Sum,
        1,
    ),
    (
        "Twenty faults in autumn, by cause:\n\n- wind: 9\n- frost: 7\n- unknown: 4\n",
        "Twenty",
        "22",
        Rule::Sum,
        1,
    ),
    ("- north: 25\n- south: 45\n- west: 30\n\nThat makes 100.\n", "south: 45", "south: 40", Rule::Sum, 5),
    (
        "- pump, 20 h\n- valve, 12 h\n- hose, 8 h\n\n40 hours, a week for one.\n",
        "40 hours",
        "44 hours",
        Rule::Sum,
        5,
    ),
    (
        "- May: 30 shops\n- June: 50 shops\n- July: 40 shops\n\nThree months, 120 shops.\n",
        "120",
        "110",
        Rule::Sum,
        5,
    ),
    ("1. Door\n   - frame, 6 h\n   - lock, 4 h\n   - together 10 h\n", "10 h", "11 h", Rule::Sum, 4),
    (
        "29 of 40 doors are done.\n\n- east: 9 of 10\n- west: 12 of 15\n- roof: 8 of 15\n",
        "12 of 15",
        "14 of 15",
        Rule::Sum,
        1,
    ),
    (
        "Score today: 61\n\n- depth, 30 of 40\n- speed, 19 of 30\n- order, 12 of 30\n",
        "today: 61",
        "today: 66",
        Rule::Sum,
        1,
    ),
    (
        "| | A | B | C | Total |\n|---|---|---|---|---|\n| seen | 7 | 8 | 9 | 24 |\n| kept | 5 | 6 | 8 | 19 |\n",
        "8 | 19",
        "8 | 21",
        Rule::Sum,
        4,
    ),
    (
        "| | A | B | C | D |\n|---|---|---|---|---|\n| now | 12 | 15 | 18 | 23 |\n| gain | 13 | 11 | 14 | 16 |\n| then | 25 | 26 | 32 | 39 |\n",
        "32",
        "37",
        Rule::Sum,
        5,
    ),
    (
        "| item | cost |\n|---|---|\n| staff | 700 |\n| rent | 200 |\n| subtotal | 900 |\n| reserve | 90 |\n| total | 990 |\n",
        "700",
        "650",
        Rule::Sum,
        5,
    ),
    (
        "| | A | B |\n|---|---|---|\n| work | 150 | 210 |\n| parts | 60 | 120 |\n| Sum | 210 | 330 |\n| points | 5 | 9 |\n",
        "330",
        "350",
        Rule::Sum,
        5,
    ),
    (
        "| | 1 | 2 | 3 | built |\n|---|---|---|---|---|\n| arm | yes | yes | no | 2/3 |\n| mips | no | yes | no | 1/3 |\n",
        "2/3",
        "3/3",
        Rule::Sum,
        3,
    ),
    (
        "| | old | new | change |\n|---|---|---|---|\n| seen | 80 | 95 | +15 |\n| lost | 21 | 12 | -9 |\n",
        "-9",
        "-8",
        Rule::Sum,
        4,
    ),
    ("Of the 80 letters 50 were answered, 20 wait and 10 came back.\n", "20 wait", "24 wait", Rule::Sum, 1),
    ("This is build 7: 90 issues, 70 closed, 20 open.\n", "20 open", "16 open", Rule::Sum, 1),
    ("320 of 400 shops are ready. 30 have no till and 50 are closed.\n", "50 are", "60 are", Rule::Sum, 1),
    ("410 k€ plus 220 k€ is 630 k€.\n", "630", "650", Rule::Sum, 1),
    ("90 minus 18 is 72.\n", "72", "82", Rule::Sum, 1),
    ("Nine people at 8 hours each are 72 hours.\n", "72", "76", Rule::Sum, 1),
    ("Risk: 4 x 5 - 2 = 18\n", "18", "16", Rule::Sum, 1),
    ("The index is 0.4 × 70 + 0.6 × 80 = 76.\n", "76", "79", Rule::Sum, 1),
    ("The mean is (70 + 80 + 96) / 3 = 82.\n", "82", "85", Rule::Sum, 1),
    ("Budget: 370 k€\nSpent: 320 k€\nLeft: 50 k€\n", "50", "40", Rule::Sum, 3),
    ("Score today: 71\nTarget: 95\nGap: 24\n", "24", "26", Rule::Sum, 3),
    ("We have spent 186 k€ of the 240 k€, i.e. 77.5 %, so 54 k€ are left.\n", "54", "64", Rule::Sum, 1),
    (
        "Two crews of 4 rowers make 8 rowers. We have 11 trained rowers, so 3 are in reserve.\n",
        "so 3",
        "so 5",
        Rule::Sum,
        1,
    ),
    // Shares.
    ("> 60 of 75 desks are set up (80 %).\n", "80 %", "88 %", Rule::Ratio, 1),
    ("Fifteen of our 24 yards (62.5 %) are open.\n", "62.5", "65.2", Rule::Ratio, 1),
    ("90 of the 120 jobs in the 2.0 line are closed (75 %), 30 are not.\n", "75 %", "79 %", Rule::Ratio, 1),
    ("Of 12.5 million prints we dropped 1.5 million (12 %).\n", "12 %", "15 %", Rule::Ratio, 1),
    ("We asked 48 shops and 42 of them, 87.5 %, took part.\n", "87.5", "91.5", Rule::Ratio, 1),
    ("- parts in the box: 200\n  - glued: 150 (75 %)\n  - riveted: 50\n", "75 %", "71 %", Rule::Ratio, 2),
    ("- Locks\n  - 12 checked, 9 met\n  - 75 %\n", "75", "85", Rule::Ratio, 3),
    (
        "The budget is 43.2 minutes.\nTogether 36 minutes, i.e. 83 % of the budget.\n",
        "83",
        "78",
        Rule::Ratio,
        2,
    ),
    // Means.
    ("run 1: 9 h\nrun 2: 8 h\nrun 3: 7 h\n\nmean 8 h, best 7 h\n", "mean 8", "mean 7.5", Rule::MeanBound, 5),
    ("It got 4.4 here and 4.1 there. All answers together give 4.2.\n", "4.2", "4.7", Rule::MeanBound, 1),
    // Weights, gains, bounds.
    (
        "| Part | Weight | From | To | Gain |\n|---|---|---|---|---|\n| A | 40 % | 20 | 90 | 28 |\n| B | 35 % | 40 | 80 | 14 |\n| C | 25 % | 60 | 80 | 5 |\n",
        "14 |",
        "18 |",
        Rule::WeightMismatch,
        4,
    ),
    (
        "1. Harbour, 70 to 85. A second crane.\n   With a weight of 20 % this is worth 3.0 points.\n",
        "3.0",
        "4.0",
        Rule::WeightMismatch,
        2,
    ),
    (
        "- Depth: 8 of 20\n- Order: 12 of 20\n- Speed: 15 of 20\n\n## Work\n\n- Depth, new sonar: +12 points\n",
        "+12",
        "+14",
        Rule::GainExceedsGap,
        7,
    ),
];

#[test]
fn each_form_is_silent_when_it_is_right_and_found_when_it_is_wrong() {
    let mut missed = Vec::new();
    for (text, right, wrong, rule, line) in FORMS {
        assert!(text.contains(right), "{right} in {text}");
        let silent = findings(text);
        if !silent.is_empty() {
            missed.push(format!("false: {text}: {silent:?}"));
        }
        let found = findings(&text.replacen(right, wrong, 1));
        if !found.iter().any(|finding| finding.rule == rule && finding.line == line) {
            missed.push(format!("missed: {wrong} in {text}: {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn what_only_looks_like_a_sum_is_silent() {
    for text in [
        "Of 93 files 79 agree exactly; the other 14 fall into four groups.\n",
        "9 of 10 feeds were found within 5 minutes (90 %).\n",
        "There were four faults. They lasted 12, 18, 32 and 38 minutes, so that is 100 minutes in total, 25 minutes on average.\n",
        "In the 38 weeks they have 836 hours at 22 hours a week.\n",
        "| Step | From | To | Weeks |\n|---|---|---|---|\n| A | 7 Sep | 2 Oct | 4 |\n| B | 5 Oct | 23 Oct | 3 |\n| All | 7 Sep | 23 Oct | 7 |\n",
        "| Part | Users | Old | New |\n|---|---|---|---|\n| a | 50 | 0.62 | 0.64 |\n| b | 30 | 0.55 | 0.58 |\n| c | 20 | 0.48 | 0.50 |\n| all | 100 | 0.571 | 0.594 |\n",
        "1. fog: 4 x 4 = 16\n2. ice: 3 x 5 = 15\n",
        "The pilot had 60 seats. Two of the three rows fit, which leaves 1 of 40, 2.5 %.\n",
        "| Work | Closes | Hours |\n|---|---|---|\n| A | 2 high | 4 |\n| B | 2 medium | 5 |\n| Sum | 2 high, 2 medium | 9 |\n",
        "512 checks: 505 passed, 3 failed, 4 skipped.\n",
    ] {
        assert_eq!(findings(text), [], "{text}");
    }
}
