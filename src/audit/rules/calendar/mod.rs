//! Dates, clock times and lengths of time against each other.
//!
//! * `added`: lengths that add up, and the least that is called the most.
//! * `events`: one event with two dates.
//! * `clock`: times of day.
//! * `plan`: steps below each other, with weeks, days or dates.
//! * `follow`: a step that begins too early.
//! * `whole`: a plan and its length.
//! * `pair`: two dates of one sentence and the length between them.
//! * `parallel`: work side by side.
//! * `distance`: from one date to another.
//! * `rows`: columns of beginnings, ends and lengths.
//! * `window`: steps that do not fit into their window.
//! * `told`: times that are told from each other in prose.
//! * `weekdays`: a date with its weekday.
//! * `spans`: two dates and the length between them.
//! * `later`: "two weeks after 6 July is 20 July".

mod added;
mod clock;
mod distance;
mod events;
mod follow;
mod later;
mod pair;
mod parallel;
mod plan;
mod rows;
mod spans;
mod told;
mod weekdays;
mod whole;
mod window;

#[cfg(test)]
mod tests;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::rules::passage;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let passages = passage::all(facts);
    let years = distance::Years::of(&passages);
    weekdays::apply(&passages, &years, findings);
    for passage in &passages {
        spans::apply(passage, &years, findings);
    }
    clock::apply(&passages, findings);
    parallel::apply(&passages, findings);
    let plans = plan::all(facts, &passages, &years);
    follow::apply(&plans, &passages, findings);
    whole::apply(&plans, &passages, findings);
    rows::apply(facts, &passages, &years, findings);
    window::apply(&passages, findings);
    events::apply(facts, &passages, &years, findings);
    added::apply(facts, &passages, findings);
    told::apply(&passages, &years, findings);
    later::apply(&passages, &years, findings);
    pair::apply(&passages, &years, findings);
}
