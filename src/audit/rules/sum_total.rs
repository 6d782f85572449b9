//! A `Total: …` line below its parts, in lists, fences and runs of labels; and phases against the totals that name them.

use num_traits::{Signed as _, Zero as _};

use crate::audit::facts::{Facts, Phase};
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit, shown_range};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for (at, line) in facts.document.lines.iter().enumerate() {
        if is_total(line)
            && let Some(first) = stated(line)
        {
            below_parts(facts, at, line, first, findings);
            let further =
                line.values().filter(|q| q.start > first.start && q.unit == Unit::Points && q.over.is_none());
            for total in further {
                below_parts(facts, at, line, total, findings);
            }
        }
    }
    for phases in &facts.phases {
        gains(facts, phases, findings);
        around_phases(facts, phases, findings);
        hours_everywhere(facts, phases, findings);
    }
    options(facts, findings);
}

fn is_total(line: &Line) -> bool {
    let key = line.key();
    let key = key.trim_matches(|c: char| !c.is_alphanumeric());
    (key.starts_with("total") || key == "sum" || key == "grand total")
        && !mentions(key, &["average", "mean", "rate", "score", "budget", "time to"])
}

fn stated(line: &Line) -> Option<&Quantity> {
    let first = line.values().next()?;
    let leads = line.text.get(..first.start)?.trim_end().ends_with(':');
    (leads && first.over.is_none() && first.unit != Unit::Percent && first.unit != Unit::Other)
        .then_some(first)
}

fn below_parts(facts: &Facts<'_>, at: usize, line: &Line, total: &Quantity, findings: &mut Findings) {
    let parts = parts(facts, at, line, total);
    if parts.len() < 2 {
        return;
    }
    let losses = !total.low.is_negative() && parts.iter().all(|(q, _)| q.high.is_negative());
    let lost = |q: &Quantity| Quantity { low: -&q.low, high: -&q.high, ..q.clone() };
    let parts: Vec<Quantity> = parts.iter().map(|(q, _)| if losses { lost(q) } else { q.clone() }).collect();
    let sum = Sum::of(parts.iter());
    judge(line, total, &sum, "the parts above", findings);
}

/// The quantities of the lines above, back to the first that has none of the total's kind.
fn parts(facts: &Facts<'_>, at: usize, total_line: &Line, total: &Quantity) -> Vec<(Quantity, u32)> {
    let mut parts: Vec<(Quantity, u32)> = Vec::new();
    let mut block = None;
    for line in facts.document.lines.get(..at).unwrap_or_default().iter().rev() {
        if line.section != total_line.section || total_line.block - line.block > 1 {
            break;
        }
        if is_total(line) && parts.is_empty() {
            continue;
        }
        if is_total(line) || *block.get_or_insert(line.block) != line.block {
            break;
        }
        if line.indent > total_line.indent + 1 && line.kind != crate::audit::outline::Kind::Fenced {
            continue;
        }
        match part(line, total, total_line) {
            Some(part) => parts.push((part, line.number)),
            None => break,
        }
    }
    parts.reverse();
    parts
}

fn part(line: &Line, total: &Quantity, total_line: &Line) -> Option<Quantity> {
    if total.unit != Unit::None {
        let mut same = line.quantities.iter().filter(|q| q.unit == total.unit);
        // `2h - 4h: …` and `Now - 2h: …` are times on a clock, no lengths.
        let first = same.next().filter(|q| q.start > 0 && !line.key().starts_with("now"))?;
        return same.next().is_none().then(|| first.clone());
    }
    let first = line.values().next().filter(|_| line.label.is_some())?;
    let leads = line.text.get(..first.start)?.trim_end().ends_with(':');
    let same_noun =
        noun(line, first) == noun(total_line, total) || noun(line, first).is_empty() || first.over.is_some();
    if !leads || first.unit != Unit::None || !same_noun {
        return None;
    }
    match &first.over {
        Some(_) if mentions(&total_line.key(), &["passing", "passed", "pass"]) => {
            Some(Quantity { over: None, ..first.clone() })
        }
        Some(over) => Some(Quantity { low: over.clone(), high: over.clone(), over: None, ..first.clone() }),
        None => Some(first.clone()),
    }
}

fn noun(line: &Line, quantity: &Quantity) -> String {
    let after = line.text.get(quantity.end..).unwrap_or_default();
    after.split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty()).unwrap_or_default().to_lowercase()
}

/// The sum of parts that may be ranges.
struct Sum {
    low: Exact,
    high: Exact,
    slack: Exact,
    terms: String,
}

impl Sum {
    fn of<'q>(parts: impl Iterator<Item = &'q Quantity>) -> Self {
        let mut sum =
            Self { low: Exact::zero(), high: Exact::zero(), slack: Exact::zero(), terms: String::new() };
        for part in parts {
            if !sum.terms.is_empty() {
                sum.terms.push_str(" + ");
            }
            sum.terms.push_str(&shown_range(&part.low, &part.high));
            sum.low += &part.low;
            sum.high += &part.high;
            if part.decimals > 0 {
                sum.slack += part.ulp() / whole(2);
            }
        }
        sum
    }

    fn shown(&self) -> String {
        shown_range(&self.low, &self.high)
    }
}

/// Compares a stated total with the sum of its parts: `sum` when it is none, `timeline` when it is only the least of it.
fn judge(line: &Line, total: &Quantity, sum: &Sum, what: &str, findings: &mut Findings) {
    let text = line.between(total.start, total.end).to_owned();
    let near = |a: &Exact, b: &Exact| {
        (a - b).abs() <= &sum.slack + if (b / total.ulp()).is_integer() { Exact::zero() } else { total.ulp() }
    };
    let ranged = sum.low != sum.high;
    let most = mentions(&line.text.to_lowercase(), &["maximum", "max", "at most", "up to", "no more than"]);
    let capped = (most || total.limit == Limit::AtMost) && sum.high > total.high;
    let least = ranged && total.is_point() && near(&total.low, &sum.low);
    if total.unit.is_duration() && (capped && ranged || least && total.limit == Limit::Exactly) {
        let message =
            format!("{what} take {} ({}): {text} is the least, not the most", sum.shown(), sum.terms);
        if capped {
            findings.add(Rule::Sum, line.number, message.clone(), (text.clone(), Some(sum.shown())));
        }
        findings.add(Rule::Timeline, line.number, message, (text, Some(sum.shown())));
        return;
    }
    let fine = match total.limit {
        Limit::AtLeast => sum.high >= total.low,
        Limit::AtMost => sum.low <= total.high,
        Limit::About => true,
        Limit::Exactly if total.is_point() && ranged => sum.low <= total.low && total.low <= sum.high,
        Limit::Exactly if !total.is_point() && !ranged => total.low <= sum.low && sum.high <= total.high,
        Limit::Exactly => near(&total.low, &sum.low) && near(&total.high, &sum.high),
    };
    if !fine && !findings.has(Rule::Sum, line.number) {
        let message = format!("{what} sum to {} ({}), not to {text}", sum.shown(), sum.terms);
        findings.add(Rule::Sum, line.number, message, (text, Some(sum.shown())));
    }
}

/// `Total: +30 points` after phases that each have a gain.
fn gains(facts: &Facts<'_>, phases: &[Phase], findings: &mut Findings) {
    let gains: Option<Vec<&(Quantity, u32)>> = phases.iter().map(|phase| phase.gain.as_ref()).collect();
    let (Some(gains), Some(last)) = (gains, phases.last()) else { return };
    let sum = Sum::of(gains.iter().map(|(gain, _)| gain));
    let totals = facts.document.lines.iter().enumerate().filter(|(_, line)| {
        let own = last.section == Some(line.section) || line.section == last.parent;
        line.number > last.line && own && is_total(line)
    });
    for (at, line) in totals {
        let stated = line.values().find(|q| q.signed && matches!(q.unit, Unit::Points | Unit::Percent));
        let Some(total) = stated.filter(|total| gains.iter().all(|(gain, _)| gain.unit == total.unit)) else {
            continue;
        };
        let of_last = gains.last().is_some_and(|(gain, _)| gain.low == total.low);
        if !of_last && parts(facts, at, line, total).len() < 2 {
            judge(line, total, &sum, "the gains of the phases", findings);
        }
    }
}

/// Durations of phases against a total in the heading around them, or on a `Total` line after them.
fn around_phases(facts: &Facts<'_>, phases: &[Phase], findings: &mut Findings) {
    let filled = filled(facts, phases);
    let Some(hours) = filled else { return };
    let sum = Sum::of(hours.iter());
    let Some(parent) =
        phases.first().and_then(|p| facts.document.sections.get(p.parent).map(|s| (p.parent, s)))
    else {
        return;
    };
    if let Some(total) = parent.1.quantities.iter().find(|q| q.unit == Unit::Hours)
        && parent.1.level > 0
    {
        let heading = heading_line(parent.1);
        judge(&heading, total, &sum, "its phases", findings);
    }
    let last = phases.iter().map(|p| p.line).max().unwrap_or_default();
    let end = phases.first().map_or(0, |p| p.parent);
    let chapters = |line: &&Line| {
        line.number > last
            && (facts.document.is_within(line.section, end) || is_schedule(facts, line.section))
    };
    for line in facts.document.lines.iter().filter(chapters) {
        let key = line.key();
        let whole_plan = is_total(line)
            || mentions(&key, &["timeline", "total effort", "total time", "effort", "duration"])
                && parent_is_option(facts, line, phases);
        let Some(total) = stated(line).filter(|q| q.unit == Unit::Hours && whole_plan) else { continue };
        if !findings.has(Rule::Sum, line.number)
            && parts(
                facts,
                facts.document.lines.iter().position(|l| l.number == line.number).unwrap_or_default(),
                line,
                total,
            )
            .len()
                < 2
        {
            judge(line, total, &sum, "the phases", findings);
        }
    }
    let before =
        facts.document.lines.iter().filter(|l| {
            parent_is_option(facts, l, phases) && mentions(&l.key(), &["effort", "total effort"])
        });
    for line in before {
        if let Some(total) = stated(line).filter(|q| q.unit == Unit::Hours) {
            judge(line, total, &sum, "the phases", findings);
            one_end(line, total, &sum, findings);
        }
    }
}

/// Phases of fixed lengths whose sum is one end of the stated range: the other end follows from nothing.
fn one_end(line: &Line, total: &Quantity, sum: &Sum, findings: &mut Findings) {
    let fixed = sum.low == sum.high && !total.is_point() && total.limit == Limit::Exactly;
    if fixed && (sum.low == total.high || sum.low == total.low) {
        let text = line.between(total.start, total.end).to_owned();
        let message = format!("the phases take {} ({}), no range of {text}", sum.shown(), sum.terms);
        findings.add(Rule::Sum, line.number, message, (text, Some(sum.shown())));
    }
}

/// Whether a line stands directly in the section that holds the phases.
fn parent_is_option(facts: &Facts<'_>, line: &Line, phases: &[Phase]) -> bool {
    phases.first().is_some_and(|phase| {
        phase.parent == line.section && facts.document.sections.get(line.section).is_some_and(|s| s.level > 1)
    })
}

fn is_schedule(facts: &Facts<'_>, section: usize) -> bool {
    facts.document.titles(section).any(|title| mentions(&title.to_lowercase(), &["timeline", "schedule"]))
}

fn heading_line(section: &crate::audit::outline::Section) -> Line {
    Line {
        number: section.line,
        kind: crate::audit::outline::Kind::Text,
        indent: 0,
        mark: None,
        boxed: false,
        text: section.title.clone(),
        label: None,
        value: section.title.clone(),
        section: 0,
        block: 0,
        quantities: section.quantities.clone(),
    }
}

/// The hours of every phase; a phase without any takes those of its line in the schedule.
fn filled(facts: &Facts<'_>, phases: &[Phase]) -> Option<Vec<Quantity>> {
    let own: Vec<Option<Quantity>> =
        phases.iter().map(|p| p.hours.as_ref().map(|(q, _)| q.clone())).collect();
    if own.iter().flatten().count() < 2 {
        return None;
    }
    let slots = slots(facts);
    let same = slots.len() == phases.len();
    own.into_iter()
        .enumerate()
        .map(|(at, hours)| hours.or_else(|| slots.get(at).filter(|_| same).cloned()))
        .collect()
}

/// `Now - 2h`, `2h - 4h`: lengths of the slots of a schedule in hours.
fn slots(facts: &Facts<'_>) -> Vec<Quantity> {
    let slot = |line: &Line| {
        let label = line.label.as_deref()?;
        let first = line.quantities.first().filter(|q| q.unit == Unit::Hours && q.end <= label.len())?;
        let begins_now = label.to_lowercase().starts_with("now");
        let length =
            if first.is_point() && begins_now { first.low.clone() } else { &first.high - &first.low };
        length.is_positive().then(|| Quantity { low: length.clone(), high: length, ..first.clone() })
    };
    facts.document.lines.iter().filter_map(slot).collect()
}

/// "all phases (9-12 hours)" against the sum of all phases.
fn hours_everywhere(facts: &Facts<'_>, phases: &[Phase], findings: &mut Findings) {
    let hours: Option<Vec<Quantity>> =
        phases.iter().map(|p| p.hours.as_ref().map(|(q, _)| q.clone())).collect();
    let Some(hours) = hours else { return };
    let sum = Sum::of(hours.iter());
    for line in &facts.document.lines {
        let all = mentions(&line.text.to_lowercase(), &["all phases", "all the phases", "every phase"]);
        if all && let Some(total) = line.quantities.iter().find(|q| q.unit == Unit::Hours) {
            judge(line, total, &sum, &format!("all {} phases", phases.len()), findings);
        }
    }
}

/// An option's `Effort: …` against the hours of its items.
fn options(facts: &Facts<'_>, findings: &mut Findings) {
    for (index, section) in facts.document.sections.iter().enumerate() {
        let lower = section.title.to_lowercase();
        if !["option ", "scenario ", "phase ", "release "].iter().any(|word| lower.starts_with(word)) {
            continue;
        }
        let stated_at = facts.document.lines.iter().find(|l| {
            l.section == index && mentions(&l.key(), &["effort", "total effort", "total time", "total"])
        });
        let from_heading = heading_line(section);
        let total =
            match stated_at.and_then(|line| Some((line, line.values().find(|q| q.unit == Unit::Hours)?))) {
                Some(found) => Some(found),
                None => {
                    from_heading.quantities.iter().find(|q| q.unit == Unit::Hours).map(|q| (&from_heading, q))
                }
            };
        let Some((line, total)) = total else { continue };
        let items: Vec<&Line> = facts
            .document
            .lines_within(index)
            .filter(|l| {
                l.kind == crate::audit::outline::Kind::Item && l.indent < 2 && l.number != line.number
            })
            .collect();
        let hours: Vec<Quantity> = items.iter().filter_map(|l| in_parentheses(l)).collect();
        if hours.len() >= 2 && hours.len() == items.len() {
            judge(line, total, &Sum::of(hours.iter()), "the items", findings);
        }
    }
}

/// The only hours of an item, `(10h)`.
fn in_parentheses(line: &Line) -> Option<Quantity> {
    let hours = crate::audit::facts::hours_in(&line.quantities)?;
    let before = line.text.get(..hours.start)?.trim_end_matches('+');
    before.ends_with(['(', '[', '-', ':', ' ', '–', '—']).then_some(hours)
}
