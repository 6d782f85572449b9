//! The rules, one file each: facts in, findings out.

mod bands;
mod bound;
mod checklist;
mod claim;
mod effort;
mod evidence;
mod gain;
mod goal;
mod headline;
mod mean;
mod mean_stated;
mod mislabel;
mod option_score;
mod policy_drift;
mod priorities;
mod ratio;
mod remaining;
mod scope;
mod small_sample;
mod sum;
mod sum_phases;
mod sum_row;
mod sum_table;
mod sum_test;
mod sum_total;
mod timeline;
mod total;
mod unaddressed;
mod weight;

pub(super) use evidence::compare as compare_with_evidence;
pub(super) use policy_drift::between as drift_between;

use super::facts::Facts;
use super::findings::Findings;

/// A rule over one document.
type Apply = fn(&Facts<'_>, &mut Findings);

const RULES: [Apply; 25] = [
    sum::apply,
    sum_row::apply,
    sum_table::apply,
    sum_test::apply,
    sum_total::apply,
    sum_phases::apply,
    ratio::apply,
    bound::apply,
    gain::apply,
    weight::apply,
    mean::apply,
    mean_stated::apply,
    option_score::apply,
    headline::apply,
    bands::apply,
    checklist::apply,
    claim::apply,
    remaining::apply,
    mislabel::apply,
    effort::apply,
    priorities::apply,
    timeline::apply,
    scope::apply,
    small_sample::apply,
    goal::apply,
];

/// Applies every rule that needs one document alone.
pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for rule in RULES {
        rule(facts, findings);
    }
    unaddressed::apply(facts, findings);
    policy_drift::within(facts, findings);
}
