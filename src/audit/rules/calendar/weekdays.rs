//! A date with its weekday: `Monday 19 October 2026`.

use jiff::civil::Date;

use super::distance::{Years, shown, weekday_name};
use crate::audit::findings::Findings;
use crate::audit::quantity::Day;
use crate::audit::rules::passage::Passage;
use crate::model::audit::Rule;

/// Dates with weekdays and without a year that tell which year is meant.
const ENOUGH: usize = 3;

pub(super) fn apply(passages: &[Passage], years: &Years, findings: &mut Findings) {
    let named = || {
        passages
            .iter()
            .flat_map(|p| p.dates.iter().filter(|day| day.weekday.is_some()).map(move |day| (p, day)))
    };
    for (passage, day) in named().filter(|(_, day)| day.year.is_some()) {
        if !holds(day, 0) {
            report(passage, day, 0, findings);
        }
    }
    let open: Vec<(&Passage, &Day)> = named().filter(|(_, day)| day.year.is_none()).collect();
    let wrong = |year: &i16| open.iter().filter(|(_, day)| !holds(day, *year)).count();
    let around = years.around();
    let Some(best) = around.iter().min_by_key(|year| wrong(year)) else { return };
    // Two years that fit alike are of one kind, or leave open which date is wrong.
    let alike = |year: &&i16| {
        wrong(year) > wrong(best) || open.iter().all(|(_, day)| holds(day, **year) == holds(day, *best))
    };
    if wrong(best) == 1 && open.len() > ENOUGH && around.iter().all(|year| alike(&year)) {
        for (passage, day) in open.iter().filter(|(_, day)| !holds(day, *best)) {
            report(passage, day, *best, findings);
        }
    }
}

fn holds(day: &Day, year: i16) -> bool {
    day.date(year).is_none_or(|date| Some(date.weekday()) == day.weekday)
}

fn report(passage: &Passage, day: &Day, year: i16, findings: &mut Findings) {
    let (Some(date), Some(said)) = (day.date(year), day.weekday) else { return };
    let right = weekday_name(Date::weekday(date));
    let message = format!("{} is a {right}, not a {}", shown(date, day), weekday_name(said));
    let said = passage.said(day.start, day.end).to_owned();
    findings.add(Rule::Timeline, passage.line(day.start), message, (said, Some(right)));
}
