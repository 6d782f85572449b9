//! Steps with a number or a letter: headings and paragraphs.

use std::collections::BTreeMap;

use super::numbered::{STEPS, numbered};
use super::parts::{Kind, Part, Parts, of_texts};
use crate::audit::facts::Facts;
use crate::audit::outline::{self, Section};

/// Headings side by side, `### Phase A (2-3 weeks)`, or what stands below each of them: `Time estimate: 4-5 hours`.
pub(super) fn headings(facts: &Facts<'_>) -> Vec<Parts> {
    let mut siblings: BTreeMap<(usize, u8), Vec<(usize, &Section)>> = BTreeMap::new();
    for (index, section) in facts.document.sections.iter().enumerate().skip(1) {
        if is_step(&section.title) {
            let place = (section.parent.unwrap_or_default(), section.level);
            siblings.entry(place).or_default().push((index, section));
        }
    }
    let of = |((parent, _), sections): ((usize, u8), Vec<(usize, &Section)>)| {
        let titles: Vec<Part<'_>> = sections
            .iter()
            .map(|(_, section)| Part { name: &section.title, line: section.line, text: &section.title })
            .collect();
        let below: Option<Vec<Part<'_>>> =
            sections.iter().map(|(index, section)| effort_of(facts, *index, &section.title)).collect();
        let own = of_texts(&titles, parent, None);
        let found = if own.is_empty() { of_texts(&below.unwrap_or_default(), parent, None) } else { own };
        found.into_iter().map(|parts| Parts { kind: Kind::Headings, ..parts })
    };
    siblings.into_iter().flat_map(of).collect()
}

/// The line right below a heading that says what its step takes.
fn effort_of<'a>(facts: &'a Facts<'_>, section: usize, name: &'a str) -> Option<Part<'a>> {
    let names =
        ["effort", "time", "time estimate", "estimate", "estimated time", "estimated effort", "duration"];
    let mut lines = facts.document.lines_of(section).filter(|line| names.contains(&line.key().as_str()));
    let only = lines.next()?;
    lines.next().is_none().then(|| Part { name, ..Part::of_line(only) })
}

/// Paragraphs of one section that begin with a step: `Phase 1 (August, 60 h). …`.
pub(super) fn paragraphs(facts: &Facts<'_>) -> Vec<Parts> {
    let mut found: BTreeMap<usize, Vec<Part<'_>>> = BTreeMap::new();
    let lines = facts.document.lines.iter();
    for line in
        lines.filter(|line| line.kind != outline::Kind::Item && line.indent == 0 && is_step(&line.text))
    {
        found.entry(line.section).or_default().push(Part::of_line(line));
    }
    found.into_iter().flat_map(|(section, texts)| of_texts(&texts, section, None)).collect()
}

/// Whether a text begins with a step and its number or letter: `Phase A: …`.
fn is_step(text: &str) -> bool {
    let lower = text.to_lowercase();
    STEPS.iter().any(|step| lower.strip_prefix(step).is_some_and(|rest| numbered(rest).is_some()))
}
