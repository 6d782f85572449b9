//! The rules, one file each: facts in, findings out.

mod across;
mod bands;
mod below_table;
mod bound;
mod calendar;
mod chain;
mod checklist;
mod claim;
mod computed;
mod conclusion;
mod cost;
mod cross_reference;
mod denied;
mod difference;
mod done;
mod effort;
mod evidence;
mod expression;
mod far_goal;
mod few;
mod gain;
mod goal;
mod goal_prose;
mod goal_words;
mod group_gain;
mod headline;
mod headline_told;
mod headline_words;
mod marks;
mod mean;
mod mean_column;
mod mean_declared;
mod mean_section;
mod mean_stated;
mod mean_table;
mod measure;
mod mislabel;
mod mislabel_near;
mod mislabel_prose;
mod missing;
mod nested;
mod option_cost;
mod option_score;
mod ordered;
mod passage;
mod policy_drift;
mod priorities;
mod product;
mod projected;
mod ratio;
mod relation;
mod relations;
mod remaining;
mod rise;
mod rises;
mod room;
mod sample_words;
mod scale;
mod schedule;
mod scope;
mod sentence;
mod shares;
mod shortfall;
mod small_sample;
mod sum;
mod sum_after;
mod sum_options;
mod sum_phases;
mod sum_row;
mod sum_running;
mod sum_scores;
mod sum_sections;
mod sum_table;
mod sum_test;
mod sum_tests_planned;
mod sum_total;
mod summary;
mod tally;
mod timeline;
mod total;
mod unaddressed;
mod unaddressed_listed;
mod unplanned;
mod unsourced;
mod weight;
mod weight_heading;
mod weight_rise;
mod whole;

pub(super) use evidence::compare as compare_with_evidence;
pub(super) use policy_drift::between as drift_between;

use super::facts::Facts;
use super::findings::Findings;

/// A rule over one document.
type Apply = fn(&Facts<'_>, &mut Findings);

const RULES: &[Apply] = &[
    sum::apply,
    sum_row::apply,
    sum_table::apply,
    sum_test::apply,
    sum_total::apply,
    sum_scores::apply,
    sum_tests_planned::apply,
    sum_phases::apply,
    sum_sections::apply,
    sum_after::apply,
    projected::apply,
    whole::apply,
    across::apply,
    nested::apply,
    product::apply,
    difference::apply,
    expression::apply,
    room::apply,
    rise::apply,
    shortfall::apply,
    tally::apply,
    missing::apply,
    ratio::apply,
    shares::apply,
    far_goal::apply,
    bound::apply,
    scale::apply,
    gain::apply,
    weight::apply,
    weight_heading::apply,
    weight_rise::apply,
    rises::apply,
    group_gain::apply,
    mean::apply,
    mean_declared::apply,
    mean_section::apply,
    mean_stated::apply,
    mean_table::apply,
    option_score::apply,
    sum_options::apply,
    headline::apply,
    headline_told::apply,
    bands::apply,
    checklist::apply,
    claim::apply,
    denied::apply,
    done::apply,
    remaining::apply,
    unsourced::apply,
    cross_reference::apply,
    mislabel::apply,
    mislabel_prose::apply,
    mislabel_near::apply,
    effort::apply,
    priorities::apply,
    timeline::apply,
    schedule::apply,
    calendar::apply,
    scope::apply,
    unplanned::apply,
    option_cost::apply,
    chain::apply,
    cost::apply,
    below_table::apply,
    ordered::apply,
    measure::apply,
    summary::apply,
    relations::apply,
    sentence::apply,
    small_sample::apply,
    conclusion::apply,
    goal::apply,
    goal_prose::apply,
];

/// Applies every rule that needs one document alone.
pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for rule in RULES {
        rule(facts, findings);
    }
    unaddressed::apply(facts, findings);
    policy_drift::within(facts, findings);
}
