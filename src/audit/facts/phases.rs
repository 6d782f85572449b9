//! Phases: headings, lines of a schedule.

use crate::audit::outline::{Document, Line};
use crate::audit::quantity::{Quantity, Unit};
use crate::audit::words::mentions;
use crate::model::exact::{Exact, whole};

/// One phase of a plan.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Phase {
    pub(in crate::audit) line: u32,
    /// The whole heading.
    pub(in crate::audit) name: String,
    pub(in crate::audit) number: Option<u32>,
    /// Its section, for headings.
    pub(in crate::audit) section: Option<usize>,
    /// The section around it.
    pub(in crate::audit) parent: usize,
    /// Hours of work, with the line.
    pub(in crate::audit) hours: Option<(Quantity, u32)>,
    /// First and last week.
    pub(in crate::audit) weeks: Option<(Exact, Exact)>,
    /// Points or percent that it is to bring, with the line.
    pub(in crate::audit) gain: Option<(Quantity, u32)>,
}

/// Every group of two phases or more.
pub(in crate::audit) fn all(document: &Document) -> Vec<Vec<Phase>> {
    let mut found: Vec<Phase> = headings(document);
    found.extend(document.lines.iter().filter_map(of_line));
    let mut groups: Vec<Vec<Phase>> = Vec::new();
    for phase in found {
        let same = |group: &&mut Vec<Phase>| {
            group.last().is_some_and(|last| {
                last.parent == phase.parent && last.section.is_some() == phase.section.is_some()
            })
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(phase),
            None => groups.push(vec![phase]),
        }
    }
    groups.retain(|group| group.len() >= 2);
    groups
}

fn headings(document: &Document) -> Vec<Phase> {
    document
        .sections
        .iter()
        .enumerate()
        .filter(|(_, section)| is_phase(&section.title))
        .map(|(index, section)| Phase {
            line: section.line,
            name: section.title.clone(),
            number: number(&section.title),
            section: Some(index),
            parent: section.parent.unwrap_or_default(),
            hours: hours_of(document, index),
            weeks: weeks(&section.title),
            gain: gain_of(document, index),
        })
        .collect()
}

fn of_line(line: &Line) -> Option<Phase> {
    let label = line.label.as_deref()?;
    is_phase(label).then(|| Phase {
        line: line.number,
        name: line.text.clone(),
        number: number(label),
        section: None,
        parent: line.section,
        hours: hours_in(&line.quantities).map(|q| (q, line.number)),
        weeks: weeks(&line.text),
        gain: gain_in(&line.text, &line.quantities).map(|q| (q, line.number)),
    })
}

fn is_phase(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["phase ", "stage ", "milestone ", "sprint ", "step "].iter().any(|word| {
        lower.strip_prefix(word).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    })
}

fn number(text: &str) -> Option<u32> {
    text.split_whitespace().nth(1)?.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}

/// `Week 3-4`, `Weeks 2-13`, `Week 14`.
pub(in crate::audit) fn weeks(text: &str) -> Option<(Exact, Exact)> {
    let lower = text.to_lowercase();
    let at = ["weeks ", "week "].iter().find_map(|word| lower.find(word).map(|at| at + word.len()))?;
    let rest = text.get(at..)?;
    let first = crate::audit::quantity::quantities(rest)
        .into_iter()
        .next()
        .filter(|q| q.start == 0 && q.unit == Unit::None && q.over.is_none())?;
    (first.low <= whole(520)).then_some((first.low, first.high))
}

/// The only number of hours.
pub(in crate::audit) fn hours_in(quantities: &[Quantity]) -> Option<Quantity> {
    let mut hours = quantities.iter().filter(|q| q.unit == Unit::Hours);
    let first = hours.next()?;
    hours.next().is_none().then(|| first.clone())
}

fn hours_of(document: &Document, section: usize) -> Option<(Quantity, u32)> {
    let heading = document.sections.get(section)?;
    if let Some(hours) = hours_in(&heading.quantities) {
        return Some((hours, heading.line));
    }
    let says = |line: &&Line| {
        line.section == section
            && mentions(
                &line.key(),
                &[
                    "effort",
                    "time estimate",
                    "duration",
                    "time",
                    "estimate",
                    "estimated time",
                    "estimated effort",
                ],
            )
    };
    let line = document.lines.iter().find(says)?;
    Some((hours_in(&line.quantities)?, line.number))
}

fn gain_of(document: &Document, section: usize) -> Option<(Quantity, u32)> {
    let heading = document.sections.get(section)?;
    if let Some(gain) = gain_in(&heading.title, &heading.quantities) {
        return Some((gain, heading.line));
    }
    let says = |line: &&Line| {
        let key = line.key();
        line.section == section
            && (key == "expected" || mentions(&key, &["gain", "impact", "improvement", "points"]))
    };
    let line = document.lines.iter().find(says)?;
    Some((gain_in(&line.value_text(), &line.value_quantities())?, line.number))
}

/// Points, or a signed percentage.
fn gain_in(text: &str, quantities: &[Quantity]) -> Option<Quantity> {
    net_gain(text, quantities)
        .or_else(|| quantities.iter().find(|q| q.unit == Unit::Points && q.over.is_none()).cloned())
}

/// The signed gain of a text; the one called "net" before others.
pub(in crate::audit) fn net_gain(text: &str, quantities: &[Quantity]) -> Option<Quantity> {
    let signed = |q: &&Quantity| {
        q.signed && q.over.is_none() && matches!(q.unit, Unit::Points | Unit::Percent | Unit::None)
    };
    let net = |q: &&Quantity| {
        text.get(..q.start).is_some_and(|before| before.trim_end().to_lowercase().ends_with("net"))
    };
    quantities.iter().filter(signed).find(net).or_else(|| quantities.iter().find(signed)).cloned()
}
