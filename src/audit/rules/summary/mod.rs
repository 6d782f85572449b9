//! What the head of a document and its prose say, against the tables that they sum up.
//!
//! * `weights`: weights that prose tells again.
//! * `totals`: `Effort: 440 h`, `Outcome: 36/40` beside the total row of a table.
//! * `spoken`: weights in words alone.
//! * `states`: "8 of 10 gates green" beside a column of states.
//! * `anchored`: one number of a sentence apart from its total.
//! * `echo`: numbers that are told again beside their names.
//! * `gates`: thresholds beside what was measured.
//! * `lists`: "three gaps remain:" above a list of four.
//! * `retold`: totals that prose tells again.
//! * `scored`: how many rows are above a number, and the number of the best.
//! * `sets`: "five areas" beside a table of six.

mod anchored;
mod echo;
mod gates;
mod lists;
mod retold;
mod scored;
mod sets;
mod spoken;
mod states;
mod total_row;
mod totals;
mod weights;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::words::mentions;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    weights::apply(facts, findings);
    totals::apply(facts, findings);
    states::apply(facts, findings);
    scored::apply(facts, findings);
    sets::apply(facts, findings);
    gates::apply(facts, findings);
    lists::apply(facts, findings);
    echo::apply(facts, findings);
    retold::apply(facts, findings);
}

/// Whether a section sums up: the head of the document, or one that says so.
fn sums_up(facts: &Facts<'_>, section: usize) -> bool {
    let names = [
        "summary",
        "tl;dr",
        "tldr",
        "conclusion",
        "overview",
        "verdict",
        "result",
        "at a glance",
        "in short",
        "recommendation",
        "outcome",
        "decision",
        "headline",
        "bottom line",
        "zusammenfassung",
        "fazit",
    ];
    let Some(own) = facts.document.sections.get(section) else { return false };
    own.level <= 1 || mentions(&own.title.to_lowercase(), &names)
}
