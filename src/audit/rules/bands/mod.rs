//! Verdict bands partition the scores; one score has one grade.
//!
//! * `read`: bands as they are written.
//! * `partition`: holes and overlaps.
//! * `loose`: bands by their shape alone.
//! * `grades`: one score with two grades or two names.
//! * `verdicts`: the name of a band beside a score of today.
//! * `names`: a score with the name of a band that does not hold it.

mod grades;
mod loose;
mod names;
mod partition;
mod read;
mod verdicts;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let sets = read::all(facts);
    names::apply(facts, &sets, findings);
    verdicts::apply(facts, &sets, findings);
    let seen: Vec<u32> = sets.iter().flatten().map(|band| band.line).collect();
    for bands in sets {
        partition::judge(facts, bands, findings);
    }
    for bands in loose::all(facts).into_iter().filter(|bands| bands.iter().all(|b| !seen.contains(&b.line))) {
        partition::between(&bands, findings);
    }
    grades::apply(facts, findings);
}

#[cfg(test)]
mod tests {
    use crate::audit::{Paper, audit};
    use crate::model::audit::Rule;

    fn found(text: &str) -> Vec<u32> {
        let paper = Paper { path: "PLAN.md".into(), text: text.into() };
        let findings = audit(&[paper], None).remove(0).findings;
        findings.iter().filter(|f| f.rule == Rule::Bands).map(|f| f.line).collect()
    }

    #[test]
    fn bands_in_a_sentence_meet() {
        for text in [
            "Below 50 is \"weak\", 50 to below 70 \"fair\", 70 to below 85 \"good\", from 85 \"excellent\".",
            "- The score bands of the group are *go* 90-100, *watch* 75-89,\n  *no go* 0-74. At 74 we are below.",
            "Between 10 and 20 users came on Monday, 30 to 40 on Tuesday, and 50 or more later.",
        ] {
            assert_eq!(found(text), [0; 0], "{text}");
        }
        for text in [
            "Below 50 is \"weak\", 50 to below 70 \"fair\", 75 to below 85 \"good\", from 85 \"excellent\".",
            "- The score bands of the group are *go* 90-100, *watch* 80-89, *no go* 0-74.",
        ] {
            assert_eq!(found(text), [1], "{text}");
        }
    }

    #[test]
    fn bands_in_german_and_with_loose_dashes_meet() {
        let levels = |from: &str| {
            format!(
                "# Reife\n\n## Einstufung und was das für die Kollegen ist\n\n- unter 50 Punkte: kein Betrieb\n- 50 bis unter 70 Punkte: Test\n- {from} bis unter 85 Punkte: mit Auflagen\n- ab 85 Punkten: Regelbetrieb\n"
            )
        };
        assert_eq!(found(&levels("70")), [0; 0]);
        assert_eq!(found(&levels("75")), [7]);
        let labels = |to: &str| {
            format!(
                "| Points | Label |\n|---|---|\n| 0 - 59 | pilot |\n| 60 - 79 | limited |\n| 80 - {to} | general |\n| 95 -100 | best |\n"
            )
        };
        assert_eq!(found(&labels("94")), [0; 0]);
        assert_eq!(found(&labels("90")), [6]);
    }

    #[test]
    fn a_score_has_the_verdict_of_its_band() {
        let review = |score: &str| {
            format!(
                "Result: **{score} of 100 points, pilot only**\n\n## Verdicts\n\n| Points | Verdict |\n|---|---|\n| 0 to below 60 | Closed |\n| 60 to below 75 | Pilot |\n| 75 to 100 | General |\n"
            )
        };
        assert_eq!(found(&review("74")), [0; 0]);
        assert_eq!(found(&review("76")), [1]);
        let levels = |said: &str| {
            format!(
                "# Levels\n\n| Level | Score |\n|---|---|\n| Gold | ≥ 90 |\n| Silver | 80–89 |\n| Bronze | 60–79 |\n| None | < 60 |\n\n{said}\n"
            )
        };
        for said in [
            "With 82 points we are at Silver level.",
            "We are 8 points short of Gold.",
            "Today 92 would be Gold.",
        ] {
            assert_eq!(found(&levels(said)), [0; 0], "{said}");
        }
        assert_eq!(found(&levels("With 82 points we are at Gold level.")), [10]);
    }

    #[test]
    fn a_boundary_belongs_to_one_band() {
        let scale = |green: &str| format!("- Green: {green}\n- Yellow: 75 to 89\n- Red: below 75\n");
        assert_eq!(found(&scale("90 and above")), [0; 0]);
        assert_eq!(found(&scale("above 89")), [0; 0]);
        assert_eq!(found(&scale("above 90")), [2]);
        let grades = |c: &str| format!("A: 90–100, B: 80–89, C: 70–{c}, D: below 70.");
        assert_eq!(found(&grades("79")), [0; 0]);
        assert_eq!(found(&grades("80")), [1]);
    }
}
