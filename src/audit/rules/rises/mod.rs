//! What the rise of a part brings to the whole, wherever it is written: `Docs: 60 → 85 (+5 points)`, "raising Docs from
//! 60 to 85 adds 5 points". It ends at the full mark, and brings the share of the part times the rise.

//!
//! * `raised`: the rise of a part and what it is said to bring.
//! * `follow`: the score of the whole from rise to rise.
//! * `weighted`: rise, weight and gain in one text.

mod follow;
mod raised;
mod weighted;

use super::passage::{self, Of};
use crate::audit::facts::{DimensionSet, Facts};
use crate::audit::findings::Findings;
use raised::Raised;

/// Sets whose score is followed from rise to rise.
const MOST: usize = 10;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for passage in passage::all(facts).iter().filter(|passage| passage.of != Of::Row) {
        weighted::own(passage, findings);
    }
    let sets: Vec<&DimensionSet> =
        facts.dimensions.iter().filter(|set| set.dimensions.iter().any(|d| d.score.is_some())).collect();
    if sets.is_empty() {
        return;
    }
    let passages = passage::all(facts);
    let found: Vec<Raised<'_>> =
        passages.iter().flat_map(|passage| raised::raised(facts, &sets, passage)).collect();
    // Where as many gains are those of the part alone, they say nothing of the whole.
    let (of_part, of_whole) = found.iter().fold((0, 0), |(part, whole), raised| {
        let fits = raised.fits();
        (part + usize::from(!fits && raised.is_own()), whole + usize::from(fits))
    });
    for raised in &found {
        raised.judge(of_part == 0 || of_whole > of_part, findings);
    }
    for set in sets.into_iter().take(MOST) {
        follow::running(facts, set, &passages, findings);
    }
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::lines;
    use crate::model::audit::Rule;

    fn plan(rest: &str) -> String {
        format!(
            "# Readiness\n\n| Area | Weight | Score |\n|---|---|---|\n| Search | 40% | 70 |\n| Docs | 20% | 60 |\n| Login | 40% | 90 |\n\n{rest}\n"
        )
    }

    #[test]
    fn a_rise_brings_its_share_of_the_whole() {
        for (rest, gain, wrong) in [
            ("- Docs: 60 → 85 ({} points, 10 h)", "+5", "+9"),
            ("1. Search from 70 to 95: {} points", "+10", "+14"),
            ("Raising Docs from 60 to 80 adds {} points.", "4", "8"),
            ("We write help pages, which lifts Docs from 60 to 80\nand is worth {} points.", "4", "6"),
            ("### Docs\n\n- from 60 to 80, {} points", "4", "7"),
            ("## Login: 90 → 95 ({} points)", "+2", "+4"),
            ("### Tiles, 9/10 to 10/10, weight 20 %: {}", "+2", "+4"),
        ] {
            assert_eq!(lines(&plan(&rest.replace("{}", gain)), Rule::WeightMismatch, None), [0; 0], "{rest}");
            assert_eq!(
                lines(&plan(&rest.replace("{}", wrong)), Rule::WeightMismatch, None).len(),
                1,
                "{rest}"
            );
        }
    }

    #[test]
    fn a_rise_ends_at_the_full_mark() {
        for rest in [
            "- Docs: 60 → {}",
            "Docs rises from 60 to {} in May.",
            "| Work | Change |\n|---|---|\n| Docs | 60 → {} |",
        ] {
            assert_eq!(lines(&plan(&rest.replace("{}", "100")), Rule::Bound, None), [0; 0], "{rest}");
            assert_eq!(lines(&plan(&rest.replace("{}", "110")), Rule::Bound, None).len(), 1, "{rest}");
        }
    }

    #[test]
    fn the_score_after_each_rise_is_the_mean_of_the_scores() {
        let text = |score: &str| {
            format!(
                "Current score: 80/100\n\n| Area | Score |\n|---|---|\n| Search | 90 |\n| Docs | 60 |\n| Login | 90 |\n\n**Phase 1.** Docs 60 → 75. Overall 85 afterwards.\n\n**Phase 2.** Docs 75 → 90. Overall {score}.\n"
            )
        };
        assert_eq!(lines(&text("90"), Rule::MeanBound, None), [0; 0]);
        assert_eq!(lines(&text("94"), Rule::MeanBound, None), [11]);
    }

    #[test]
    fn gains_of_the_parts_and_scores_that_are_reached_are_left_alone() {
        for rest in [
            "- Docs from 60 to 68 (+8 points)\n- Search from 70 to 80 (+10 points)",
            "Docs from 60 to 80 lifts the score to 80 points.",
            "Search took 70 ms, from 50 to 60 points of load.",
        ] {
            assert_eq!(lines(&plan(rest), Rule::WeightMismatch, None), [0; 0], "{rest}");
        }
    }
}
