//! Durations that exclude each other.

use num_traits::One as _;

use crate::audit::facts::{Facts, Phase, weeks};
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit, shown, shown_range};
use crate::audit::words::{mentions, shared, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};
use crate::model::order;
use crate::model::words::with_noun;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for phases in &facts.phases {
        for phase in phases {
            own_length(phase, findings);
            ends_elsewhere(facts, phase, findings);
            longer_work(facts, phase, findings);
            longer_inside(facts, phase, findings);
        }
        last_week(facts, phases, findings);
    }
    schedules(facts, findings);
    same_score(facts, findings);
    whole_plan(facts, findings);
}

/// `Phase 2 (Weeks 3-5, 2 weeks)`.
fn own_length(phase: &Phase, findings: &mut Findings) {
    let Some((first, last)) = &phase.weeks else { return };
    let length = last - first + Exact::one();
    let quantities = crate::audit::quantity::quantities(&phase.name);
    let stated = quantities.iter().find(|q| q.unit == Unit::Weeks && q.is_point());
    if let Some(stated) = stated.filter(|q| q.low != length) {
        let message = format!(
            "weeks {} are {}, not {}",
            shown_range(first, last),
            with_noun(&shown(&length), "week"),
            shown(&stated.low)
        );
        findings.add(
            Rule::Timeline,
            phase.line,
            message,
            (with_noun(&shown(&stated.low), "week"), Some(with_noun(&shown(&length), "week"))),
        );
    }
}

/// `By End of Phase 3 (Week 6)` against the weeks of phase 3.
fn ends_elsewhere(facts: &Facts<'_>, phase: &Phase, findings: &mut Findings) {
    let (Some((first, last)), Some(number)) = (&phase.weeks, phase.number) else { return };
    for (line, text, _) in facts.texts() {
        let lower = text.to_lowercase();
        let names = lower.contains(&format!("phase {number} ")) && lower.contains("end of phase");
        let elsewhere = names && line != phase.line;
        let Some((_, week)) = elsewhere.then(|| weeks(text)).flatten() else { continue };
        if week != *last {
            let message = format!(
                "phase {number} ends in week {} (line {}), not in week {}",
                shown(last),
                phase.line,
                shown(&week)
            );
            findings.add(
                Rule::Timeline,
                line,
                message,
                (format!("week {}", shown(&week)), Some(format!("week {}", shown(last)))),
            );
        }
    }
    let _ = first;
}

/// Work of 3 weeks in a phase of 2.
fn longer_work(facts: &Facts<'_>, phase: &Phase, findings: &mut Findings) {
    let Some((first, last)) = &phase.weeks else { return };
    let length = last - first + Exact::one();
    let Some(scope) = phase
        .name
        .rsplit_once('(')
        .map(|(_, scope)| scope)
        .filter(|scope| !scope.to_lowercase().starts_with("week"))
    else {
        return;
    };
    for item in scope.trim_end_matches(')').split(',') {
        let name = words(item);
        let gap = facts.document.lines.iter().find(|line| {
            let label = words(line.label.as_deref().unwrap_or_default());
            let ranked = line.quantities.iter().any(|q| matches!(q.unit, Unit::Points | Unit::Percent));
            ranked
                && line.quantities.iter().any(|q| q.unit == Unit::Weeks)
                && !name.is_empty()
                && shared(&name, &label) == name.len()
                && label.len() <= name.len() + 2
        });
        let Some((line, needs)) =
            gap.and_then(|line| Some((line, line.quantities.iter().find(|q| q.unit == Unit::Weeks)?)))
        else {
            continue;
        };
        if needs.low > length {
            let message = format!(
                "`{}` needs {} (line {}) and sits in a phase of {}",
                item.trim(),
                with_noun(&shown(&needs.low), "week"),
                line.number,
                shown(&length)
            );
            findings.add(
                Rule::Timeline,
                phase.line,
                message,
                (with_noun(&shown(&length), "week"), Some(with_noun(&shown(&needs.low), "week"))),
            );
        }
    }
}

/// `Duration: 5 hours continuous` inside a phase of 3 hours.
fn longer_inside(facts: &Facts<'_>, phase: &Phase, findings: &mut Findings) {
    let (Some((hours, at)), Some(section)) = (&phase.hours, phase.section) else { return };
    for line in facts.document.lines_within(section).filter(|line| line.number != *at) {
        let Some(inside) =
            crate::audit::facts::hours_in(&line.quantities).filter(|_| line.key() == "duration")
        else {
            continue;
        };
        if inside.low > hours.high {
            let message = format!(
                "{} hours do not fit into a phase of {}",
                shown(&inside.low),
                shown_range(&hours.low, &hours.high)
            );
            findings.add(
                Rule::Timeline,
                line.number,
                message,
                (format!("{} hours", shown(&inside.low)), Some(format!("{} hours", shown(&hours.high)))),
            );
        }
    }
}

/// The last week of the phases against the total of weeks beside them.
fn last_week(facts: &Facts<'_>, phases: &[Phase], findings: &mut Findings) {
    let Some(last) = phases.iter().filter_map(|phase| phase.weeks.as_ref().map(|(_, last)| last)).max()
    else {
        return;
    };
    if phases.iter().any(|phase| phase.weeks.is_none()) {
        return;
    }
    let end = phases.iter().map(|phase| phase.line).max().unwrap_or_default();
    let beside = facts.document.lines.iter().filter(|line| {
        let near = phases.first().is_some_and(|phase| line.section == phase.parent)
            && (line.number > end && line.number <= end + 6 || phases.iter().all(|p| p.line > line.number));
        near && mentions(&line.key(), &["total", "duration", "timeline", "total duration", "total time"])
    });
    for line in beside {
        let Some(total) = line.values().find(|q| q.unit == Unit::Weeks) else { continue };
        if !(total.low <= *last && *last <= total.high) {
            let stated = with_noun(&shown_range(&total.low, &total.high), "week");
            let message = format!("the last phase ends in week {}, the total says {stated}", shown(last));
            let computed = Some(with_noun(&shown(last), "week"));
            findings.add(Rule::Timeline, line.number, message, (stated, computed));
        }
    }
}

/// A schedule by weeks that runs beyond the total stated elsewhere.
fn schedules(facts: &Facts<'_>, findings: &mut Findings) {
    let total = facts.document.lines.iter().find_map(|line| {
        let text = line.text.to_lowercase();
        let said = mentions(&text, &["takes"]) && mentions(&text, &["in total", "in all", "overall"]);
        let stated = (said || mentions(&line.key(), &["total", "timeline", "total duration", "duration"]))
            && !in_option(facts, line);
        let inner =
            line.labelled(&["duration", "total duration", "timeline"]).filter(|_| !in_option(facts, line));
        let own = line.values().find(|q| stated && q.unit == Unit::Weeks);
        own.or(inner.filter(|q| q.unit == Unit::Weeks)).map(|q| (line.number, q.clone()))
    });
    let Some((total_line, total)) = total else { return };
    for block in facts.document.blocks() {
        let steps: Vec<(&Line, Exact)> =
            block.iter().filter_map(|line| Some((line, starts_with_week(line)?))).collect();
        let Some((line, last)) = steps.iter().max_by(|a, b| a.1.cmp(&b.1)) else { continue };
        if steps.len() >= 2 && *last > total.high && !findings.has(Rule::Timeline, total_line) {
            let computed = with_noun(&shown_range(&total.low, &total.high), "week");
            let stated = with_noun(&shown(last), "week");
            // A total beside its own schedule is what is wrong; one elsewhere may be right.
            let beside =
                facts.document.lines.iter().any(|l| l.number == total_line && l.section == line.section);
            let (at, message, numbers) = if beside {
                let message = format!("the schedule of line {} ends in week {}", line.number, shown(last));
                (total_line, message, (computed, Some(stated)))
            } else {
                let message = format!(
                    "this schedule ends in week {}, line {total_line} says {computed} in all",
                    shown(last)
                );
                (line.number, message, (stated, Some(computed)))
            };
            findings.add(Rule::Timeline, at, message, numbers);
        }
    }
}

fn in_option(facts: &Facts<'_>, line: &Line) -> bool {
    facts.document.titles(line.section).any(|title| mentions(&title.to_lowercase(), &["option", "scenario"]))
}

fn starts_with_week(line: &Line) -> Option<Exact> {
    let lower = line.text.to_lowercase();
    lower.starts_with("week").then(|| weeks(&line.text)).flatten().map(|(_, last)| last)
}

/// "The whole plan takes 10 weeks" below a table whose total row says 12.
fn whole_plan(facts: &Facts<'_>, findings: &mut Findings) {
    let total = facts.document.tables.iter().find_map(|table| {
        let row = table.total()?;
        let column = table.column(&["duration", "weeks"])?;
        let headed = table.header.cell(column).to_lowercase().contains("week");
        let weeks = row.number(column).filter(Quantity::is_point)?;
        (weeks.unit == Unit::Weeks || weeks.unit == Unit::None && headed).then_some((row.line, weeks.low))
    });
    let last = facts.phases.iter().find_map(|phases| {
        let ends: Option<Vec<_>> =
            phases.iter().map(|p| p.weeks.as_ref().map(|(_, last)| last.clone())).collect();
        Some((phases.last()?.line, ends?.into_iter().max()?))
    });
    let Some((at, total)) = total.or(last) else { return };
    let plan = [
        "whole plan",
        "entire plan",
        "full plan",
        "complete plan",
        "whole roadmap",
        "entire roadmap",
        "total effort",
        "total duration",
        "total timeline",
        "total time",
        "week roadmap",
        "week plan",
        "all phases",
        "calendar has",
    ];
    for (line, text, quantities) in facts.texts() {
        let mut weeks = quantities.iter().filter(|q| q.unit == Unit::Weeks);
        let (Some(stated), None) = (weeks.next(), weeks.next()) else { continue };
        let apart = stated.low > total || stated.high < total;
        let lower = text.to_lowercase();
        // "40 hours over 8 weeks" is no limit.
        let spread = lower.get(..stated.start).is_some_and(|before| before.ends_with("hours over "));
        let exact = (stated.limit == Limit::Exactly || spread) && !lower.contains("engineer");
        if apart && exact && mentions(&lower, &plan) && !findings.has(Rule::Timeline, line) {
            let said = text.get(stated.start..stated.end).unwrap_or_default().to_owned();
            let computed = with_noun(&shown(&total), "week");
            let message = format!("this says {said}, the plan of line {at} takes {computed}");
            findings.add(Rule::Timeline, line, message, (said, Some(computed)));
        }
    }
}

/// One target score with two durations.
fn same_score(facts: &Facts<'_>, findings: &mut Findings) {
    let mut seen: Vec<(Exact, Quantity, u32)> = Vec::new();
    for (line, score, weeks) in durations(facts) {
        let clash = seen.iter().find(|(other, duration, _)| {
            *other == score && (duration.low > weeks.high || duration.high < weeks.low)
        });
        if let Some((_, other, other_line)) = clash {
            let said = with_noun(&shown_range(&weeks.low, &weeks.high), "week");
            let before = with_noun(&shown_range(&other.low, &other.high), "week");
            let message = format!("{} takes {said} here and {before} in line {other_line}", shown(&score));
            findings.add(Rule::Timeline, line, message, (said, Some(before)));
        } else {
            seen.push((score, weeks, line));
        }
    }
}

/// Scores with the weeks that they take, by line: in one line, in an option, or in a heading over the line of the score.
fn durations(facts: &Facts<'_>) -> Vec<(u32, Exact, Quantity)> {
    let whole_score = |quantities: &[Quantity]| {
        let mut scores = quantities
            .iter()
            .filter(|q| q.is_point() && q.over.as_ref().is_some_and(|over| *over == whole(100)));
        let first = scores.next()?.low.clone();
        scores.next().is_none().then_some(first)
    };
    let weeks = |quantities: &[Quantity]| {
        let mut weeks = quantities.iter().filter(|q| q.unit == Unit::Weeks);
        let first = weeks.next()?.clone();
        weeks.next().is_none().then_some(first)
    };
    let mut found = Vec::new();
    for (line, _, quantities) in facts.texts() {
        if let (Some(score), Some(weeks)) = (whole_score(quantities), weeks(quantities)) {
            found.push((line, score, weeks));
        }
    }
    for (index, section) in facts.document.sections.iter().enumerate().skip(1) {
        let Some(weeks) = weeks(&section.quantities) else { continue };
        let scores: Vec<Exact> = facts
            .document
            .lines
            .iter()
            .filter(|l| l.section == index)
            .filter_map(|l| whole_score(&l.quantities))
            .collect();
        if let [score] = scores.as_slice() {
            found.push((section.line, score.clone(), weeks));
        }
    }
    order::sort_by_key(&mut found, |(line, ..)| *line);
    found
}
