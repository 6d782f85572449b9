use crate::audit::tests::lines;
use crate::model::audit::Rule;

/// Lines with findings about a sum or a length.
fn found(text: &str) -> Vec<u32> {
    let mut found = lines(text, Rule::Sum, None);
    found.extend(lines(text, Rule::Timeline, None));
    found.dedup();
    found
}

/// A document in which `{}` is the total, with a right one and wrong ones.
#[track_caller]
fn judged(document: &str, line: u32, right: &[&str], wrong: &[&str]) {
    for total in right {
        assert_eq!(found(&document.replace("{}", total)), [0; 0], "{}", document.replace("{}", total));
    }
    for total in wrong {
        assert_eq!(found(&document.replace("{}", total)), [line], "{}", document.replace("{}", total));
    }
}

const TASKS: &str = "| Task | Hours |\n|---|---:|\n| Retries | 10 |\n| Keys | 6 |\n| Boards | 7 |\n\n";

#[test]
fn a_sentence_tells_what_the_rows_of_a_table_come_to() {
    for sentence in [
        "The three tasks need {}.\n",
        "All three together are {}.\n",
        "In total that is {} of work.\n",
        "Effort: {}\n",
        "That adds up to {}.\n",
        "**Total effort: {}**\n",
    ] {
        judged(&format!("{TASKS}{sentence}"), 7, &["23 hours", "23 h", "about 24 h"], &["25 hours", "19 h"]);
    }
}

#[test]
fn a_range_has_a_least_and_a_most() {
    let list = "Estimates, in engineer-weeks:\n\n- Database: 6 to 9\n- Secrets: 1 to 2\n- Page: 1\n\n";
    let claims = "**Budget request: {} engineer-weeks.**\n";
    judged(&format!("{list}{claims}"), 7, &["up to 12", "8 to 12", "up to 13"], &["up to 8", "at most 9"]);
    let table = "| Task | Estimate |\n|---|---|\n| Tests | 4-6 h |\n| Drill | 8-12 h |\n\nBoth tasks together take {}.\n";
    judged(
        table,
        6,
        &["12 to 18 h", "18 hours at most", "at least 12 h"],
        &["12 hours at most", "14 to 20 h"],
    );
}

#[test]
fn headings_and_paragraphs_of_phases_are_parts() {
    let bold = "**Phase A: retries** (2-3 weeks)\nGone is the old one.\n\n**Phase B: cache** (3-5 weeks)\nSlow.\n\nTotal duration: {}\n";
    judged(bold, 7, &["5-8 weeks", "at most 8 weeks"], &["at most 5 weeks", "9-10 weeks"]);
    let paragraphs = "## Phases\n\n**Phase 1 (August, 60 h).** Tests 72 → 100.\n\n**Phase 2 (May, 35 h).** Docs 80 → 100.\n\nEffort: {}. Prices need no phase.\n";
    judged(paragraphs, 7, &["95 h"], &["90 h", "105 h"]);
    let headings = "# Plan\n\n## Phase 1: build (3 weeks)\n\nText.\n\n## Phase 2: test (2 weeks)\n\nText.\n\nThe two phases take {}.\n";
    judged(headings, 11, &["5 weeks", "five weeks"], &["six weeks", "4 weeks"]);
}

#[test]
fn clauses_are_parts() {
    let english = "Phase 1 takes three weeks, phase 2 four, phase 3 two and phase 4 one week.\nThey follow each other, so {} in total.\n";
    judged(english, 2, &["ten weeks", "10 weeks"], &["nine weeks", "11 weeks"]);
    let german = "Phase 1 dauert drei Wochen, Phase 2 vier und Phase 3 zwei.\nDie Phasen folgen aufeinander, insgesamt also {} und nicht mehr.\n";
    judged(&german.replace(" und nicht mehr", ""), 2, &["neun Wochen"], &["acht Wochen"]);
}

#[test]
fn what_is_about_something_else_is_no_total() {
    for sentence in [
        "The three tasks need 8 hours each.",
        "Without Keys that is 17 hours in total.",
        "The other tasks together take 80 hours.",
        "The first three tasks need 9 hours.",
        "The two tasks that are left need 13 hours.",
        "In total we have 40 hours available.",
        "Keys and Boards together take 13 hours.",
        "Keys and boards and more: 4 + 6 + 7 = 17 h in total.",
    ] {
        assert_eq!(found(&format!("{TASKS}{sentence}\n")), [0; 0], "{sentence}");
    }
    let beside = "- Phase 1: 3 weeks\n- Phase 2: 2 weeks\n\nThey run in parallel. In total 3 weeks.\n";
    assert_eq!(found(beside), [0; 0]);
    let once = "Quality needs 12 points: 7 from contracts (5 weeks), 5 from alerts (2 weeks). Both work at once, 5 weeks in all.\n";
    assert_eq!(found(once), [0; 0]);
    let listed = "**Priority 1:** Integration tests for the API (Phase 1) - 4-5 hours\n**Priority 2:** Tasks (Phase 2) - 2-3 hours\n**Priority 3:** Load (Phase 3) - 3-4 hours\n\n**Total Time:** 9-12 hours\n";
    assert_eq!(found(listed), [0; 0]);
    let optional = "- Load tests: 8 h\n- Docs (optional): 4 h\n- Alerts: 5 h\n\nTogether 13 h.\n";
    assert_eq!(found(optional), [0; 0]);
}

#[test]
fn a_plan_is_as_long_as_its_phases() {
    let plan = "# Scheduler\n\n## Execution plan ({})\n\n### Phase 1: build - 1 day (2 March)\n\nText.\n\n### Phase 2: run - 2 days\n\nText.\n\n### Phase 3: harden - 3 days\n\nText.\n";
    judged(plan, 3, &["6 days", "6 working days"], &["7 working days", "5 days"]);
    let hours = "# Path to 95%\n\n**Target**: 95% in {}\n\n## Phase 1: cluster - 3h\n\nText.\n\n## Phase 2: load - 4h\n\nText.\n\n## Phase 3: chaos - 2h\n\nText.\n";
    judged(hours, 3, &["9 hours", "10 hours"], &["8 hours", "6 hours"]);
    let below = "## Plan\n\n### Phase 1: tests\n\n**Time estimate**: 4-5 hours\n\n### Phase 2: load\n\n**Time estimate**: 3-4 hours\n\n**All phases together**: {}\n";
    judged(below, 11, &["7-9 hours"], &["8-10 hours", "7-8 hours"]);
}

#[test]
fn some_parts_are_called_by_their_names() {
    let table = "| Version | Effort |\n|---|---|\n| v1.1 | 30h |\n| v1.2 | 25h |\n| v1.3 | 35h |\n\n";
    for scope in ["v1.1 to v1.3", "v1.1-v1.3", "v1.1, v1.2 and v1.3", "everything from v1.1 through v1.3"] {
        judged(&format!("{table}- Focused, {scope}: {}\n", "{}"), 7, &["90h", "90 hours"], &["70h", "100 h"]);
    }
    judged(&format!("{table}- Quick: v1.1 and v1.2, {}\n", "{}"), 7, &["55h"], &["50h"]);
    let options = "## Plan\n\n### Phase 1: tests\n\n**Effort**: 4-5 hours\n\n### Phase 2: load\n\n**Effort**: 3-4 hours\n\n### Phase 3: docs\n\n**Effort**: 2 hours\n\n## Option B: essential\n\nPhases 1 and 2\n**Total time:** {}\n";
    judged(options, 18, &["7-9 hours"], &["7-8 hours", "9-11 hours"]);
    for text in
        ["v1.2 needs 70 h", "v1.1 and v1.9 need 70 h", "v1.1 to v1.3: 35h", "v1.1 to v1.3 need 20 h more"]
    {
        assert_eq!(found(&format!("{table}{text}\n")), [0; 0], "{text}");
    }
}

#[test]
fn the_sentence_before_holds_the_parts() {
    let hours = "**Phase 2: take over**\nMaster data (20 h), open entries (24 h), assets (11 h).\nSum {}.\n";
    judged(hours, 3, &["55 h"], &["53 h", "60 h"]);
    let weeks = "The build takes 3 weeks and the test takes 2 weeks. Together that is {}.\n";
    judged(weeks, 1, &["5 weeks", "five weeks"], &["6 weeks", "four weeks"]);
}

#[test]
fn a_heading_may_announce_the_total() {
    let page = "# Move\n\n## Phase 1: pilot (6-9 h)\n\nText.\n\n## Phase 2: move (15-24 h)\n\nText.\n\n## Total\n\n{}.\n";
    judged(page, 13, &["33 h at most", "21-33 h"], &["21 h at most", "20-30 h"]);
    let bold = "**Phase 1, two weeks: index**\nText.\n\n**Phase 2, one week: handbook**\nText.\n\nIn all {} and 25 points.\n";
    judged(bold, 7, &["3 weeks", "three weeks"], &["4 weeks", "2 weeks"]);
}
