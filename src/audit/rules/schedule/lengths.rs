//! Lengths of phases against their total.

use crate::audit::facts::{Facts, Phase};
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Quantity, Unit, quantities, shown, shown_range};
use crate::audit::rules::total::{Sum, is_total, judge, stated};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::Exact;
use crate::model::words::with_noun;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for phases in &facts.phases {
        total_weeks(facts, phases, findings);
        headed(facts, phases, findings);
        longer_work(facts, phases, findings);
    }
}

/// `Phase 1: Load tests (2 weeks)` and its siblings, and `Total duration: 6 weeks`.
fn total_weeks(facts: &Facts<'_>, phases: &[Phase], findings: &mut Findings) {
    let lengths: Option<Vec<Quantity>> = phases.iter().map(|phase| length(&phase.name)).collect();
    let (Some(lengths), Some(first)) = (lengths, phases.first()) else { return };
    let parallel = ["parallel", "overlap", "overlapping", "concurrently", "simultaneously"];
    if facts.texts().any(|(_, text, _)| mentions(&text.to_lowercase(), &parallel)) {
        return;
    }
    let last = phases.iter().map(|phase| phase.line).max().unwrap_or_default();
    let below = |line: &&Line| {
        let near = facts.document.is_within(line.section, first.parent) || line.section == first.parent;
        line.number > last && near && is_total(line)
    };
    for line in facts.document.lines.iter().filter(below) {
        if let Some(total) = stated(line).filter(|q| q.unit == Unit::Weeks)
            && !findings.has(Rule::Sum, line.number)
        {
            judge(line, total, &Sum::of(lengths.iter()), "the phases", findings);
        }
    }
}

/// The only number of weeks of a heading, which is no date.
fn length(name: &str) -> Option<Quantity> {
    let found = quantities(name);
    let mut weeks = found.iter().filter(|q| q.unit == Unit::Weeks && !q.signed);
    let first = weeks.next()?;
    weeks.next().is_none().then(|| first.clone())
}

/// `## Timeline (8 weeks)` over phases whose last one ends in week 10.
fn headed(facts: &Facts<'_>, phases: &[Phase], findings: &mut Findings) {
    let ends: Option<Vec<&(Exact, Exact)>> = phases.iter().map(|phase| phase.weeks.as_ref()).collect();
    let Some(last) = ends.and_then(|ends| ends.into_iter().map(|(_, last)| last).max()) else { return };
    let Some(heading) = phases.first().and_then(|phase| facts.document.sections.get(phase.parent)) else {
        return;
    };
    let plan =
        mentions(&heading.title.to_lowercase(), &["timeline", "schedule", "roadmap", "plan", "calendar"]);
    let Some(stated) = length(&heading.title).filter(|_| plan && heading.level > 0) else { return };
    if (*last < stated.low || *last > stated.high) && !findings.has(Rule::Timeline, heading.line) {
        let said = with_noun(&shown_range(&stated.low, &stated.high), "week");
        let computed = with_noun(&shown(last), "week");
        let message = format!("the last phase ends in week {}, the heading says {said}", shown(last));
        findings.add(Rule::Timeline, heading.line, message, (said, Some(computed)));
    }
}

/// A run without a break that leaves no time for anything else of its phase.
fn longer_work(facts: &Facts<'_>, phases: &[Phase], findings: &mut Findings) {
    for phase in phases {
        let (Some((hours, at)), Some(section)) = (&phase.hours, phase.section) else { continue };
        let within = || facts.document.lines_within(section).filter(|line| line.number != *at);
        let unbroken = ["continuous", "continuously", "uninterrupted", "non-stop", "nonstop"];
        let run = within().find_map(|line| {
            let run = crate::audit::facts::hours_in(&line.quantities)?;
            mentions(&line.text.to_lowercase(), &unbroken).then_some((line, run))
        });
        if let Some((line, run)) = run.filter(|(_, run)| run.low == hours.high && within().count() >= 3)
            && !findings.has(Rule::Timeline, line.number)
        {
            let said = with_noun(&shown(&run.low), "hour");
            let message =
                format!("this run takes the whole phase of {said}: nothing is left for its other work");
            let computed = Some(format!("less than {said}"));
            findings.add(Rule::Timeline, line.number, message, (said, computed));
        }
    }
}
