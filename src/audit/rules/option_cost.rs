//! What an option takes, against what the same releases and scores take elsewhere.

use super::scope::version;
use crate::audit::facts::{Facts, Phase, hours_in};
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit, shown, shown_range};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};
use crate::model::words::with_noun;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for (index, section) in facts.document.sections.iter().enumerate() {
        if section.title.to_lowercase().starts_with("option ") {
            weeks(facts, index, findings);
        }
    }
    hours(facts, findings);
}

/// `Timeline: 4-6 weeks` of an option whose last release takes 10 weeks in the roadmap.
fn weeks(facts: &Facts<'_>, option: usize, findings: &mut Findings) {
    let stated = facts.document.lines.iter().find_map(|line| {
        let own = line.section == option && mentions(&line.key(), &["timeline", "duration"]);
        let weeks = line.values().find(|q| own && q.unit == Unit::Weeks)?;
        Some((line, weeks))
    });
    let Some((line, weeks)) = stated else { return };
    let sections = || facts.document.sections.iter().enumerate();
    let releases: Vec<&str> = sections()
        .filter(|(index, _)| *index != option && facts.document.is_within(*index, option))
        .filter_map(|(_, section)| version(&section.title))
        .collect();
    let roadmap = sections().filter(|(index, _)| !facts.document.is_within(*index, option)).filter_map(
        |(_, section)| {
            let release = version(&section.title).filter(|release| section.title.starts_with(release))?;
            let takes = section.quantities.iter().find(|q| q.unit == Unit::Weeks)?;
            releases.contains(&release).then_some((release, takes, section.line))
        },
    );
    if let Some((release, takes, at)) = roadmap.max_by(|a, b| a.1.low.cmp(&b.1.low))
        && takes.low > weeks.high
        && weeks.limit == Limit::Exactly
    {
        let computed = with_noun(&shown_range(&takes.low, &takes.high), "week");
        let said = line.between(weeks.start, weeks.end).to_owned();
        let message = format!("this option holds {release}, which takes {computed} in line {at}, not {said}");
        findings.add(Rule::Timeline, line.number, message, (said, Some(computed)));
    }
}

/// A score with the hours to it from the beginning of the only option that reaches it.
struct Price {
    score: Exact,
    hours: Exact,
    line: u32,
    option: usize,
}

/// One score with two prices: by the phases of its option, and in a line elsewhere.
fn hours(facts: &Facts<'_>, findings: &mut Findings) {
    let prices: Vec<Price> = facts.phases.iter().flat_map(|phases| of_phases(facts, phases)).collect();
    let only = |price: &&Price| prices.iter().filter(|other| other.score == price.score).count() == 1;
    for price in prices.iter().filter(only) {
        for line in
            facts.document.lines.iter().filter(|line| !facts.document.is_within(line.section, price.option))
        {
            if let Some(hours) =
                price_of(facts, line, &price.score).filter(|hours| differs(hours, &price.hours))
            {
                let said = line.between(hours.start, hours.end).to_owned();
                let computed = with_noun(&shown(&price.hours), "hour");
                let score = shown(&price.score);
                let message = format!(
                    "{score} costs {said} here, and {computed} with the phases up to line {}",
                    price.line
                );
                findings.add(Rule::Timeline, line.number, message, (said, Some(computed)));
            }
        }
    }
}

fn differs(hours: &Quantity, price: &Exact) -> bool {
    if hours.limit == Limit::AtLeast { hours.low > *price } else { hours.low != *price }
}

/// Phases of an option with their hours and `Result: 92/100`, added up.
fn of_phases(facts: &Facts<'_>, phases: &[Phase]) -> Vec<Price> {
    let parent = phases.first().map_or(0, |phase| phase.parent);
    let is_option = |title: &str| title.to_lowercase().starts_with("option ");
    if !facts.document.sections.get(parent).is_some_and(|section| is_option(&section.title)) {
        return Vec::new();
    }
    let mut sum = whole(0);
    let mut prices = Vec::new();
    for phase in phases {
        let Some((hours, _)) = phase.hours.as_ref().filter(|(hours, _)| hours.is_point()) else {
            return Vec::new();
        };
        sum += &hours.low;
        let result = facts.document.lines.iter().find(|line| {
            Some(line.section) == phase.section
                && mentions(&line.key(), &["result", "score", "grade", "score after"])
        });
        if let Some((line, score)) = result.and_then(|line| Some((line, only_score(&line.quantities)?))) {
            prices.push(Price { score, hours: sum.clone(), line: line.number, option: parent });
        }
    }
    prices
}

/// The only `92/100` of a text.
pub(super) fn only_score(quantities: &[Quantity]) -> Option<Exact> {
    let mut scores = quantities.iter().filter(|q| q.is_point() && q.over == Some(whole(100)));
    let first = scores.next()?;
    scores.next().is_none().then(|| first.low.clone())
}

/// The hours that a line gives for a score: both in the line, or "80 hours total" below a heading with the score.
fn price_of(facts: &Facts<'_>, line: &Line, score: &Exact) -> Option<Quantity> {
    let text = line.text.to_lowercase();
    if mentions(&text, &["additional", "more", "extra", "each", "including", "incl", "spent", "already"]) {
        return None;
    }
    let hours = hours_in(&line.quantities).filter(|q| q.is_point() && !q.signed)?;
    let headed =
        facts.document.sections.get(line.section).and_then(|section| only_score(&section.quantities));
    let own =
        only_score(&line.quantities).or_else(|| headed.filter(|_| mentions(&text, &["total", "in all"])));
    (own.as_ref() == Some(score)).then_some(hours)
}
