//! Scores phase after phase.

use crate::audit::facts::{Facts, Group, Phase};
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Quantity, Unit, shown, shown_range};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for phases in &facts.phases {
        after_phases(facts, phases, findings);
    }
}

/// `After Phase 2: 85%` is the score before it and the gain of phase 2.
fn after_phases(facts: &Facts<'_>, phases: &[Phase], findings: &mut Findings) {
    let mut before = facts.current().map(|current| (current.low.clone(), current.high.clone()));
    // What the score would be if the one before were right; an error is reported once, not after the next phase again.
    let mut right: Option<(Exact, Exact)> = None;
    for phase in phases {
        let stated =
            phase.number.and_then(|number| after(facts, number)).or_else(|| behind_gain(facts, phase));
        let stated = stated.or_else(|| within(facts, phase));
        let Some((line, text, low, high)) = stated else {
            continue;
        };
        let gain = phase.gain.as_ref().or_else(|| gain_elsewhere(facts, phase));
        if let (Some((from, to)), Some((gain, _))) = (&before, gain) {
            let (least, most) = (from + &gain.low, to + &gain.high);
            let fits = |least: &Exact, most: &Exact| high >= *least && low <= *most;
            let echo = right.as_ref().is_some_and(|(from, to)| fits(&(from + &gain.low), &(to + &gain.high)));
            right = None;
            if !echo && !fits(&least, &most) {
                let computed = shown_range(&least, &most);
                let (start, by) = (shown_range(from, to), shown_range(&gain.low, &gain.high));
                let part = by_part(facts, line, gain);
                let message = format!("{start} and the {by} of this phase make {computed}, not {text}{part}");
                findings.add(Rule::Sum, line, message, (text, Some(computed)));
                right = Some((least, most));
            }
        }
        before = Some((low, high));
    }
}

/// What the gain is not either: the rise of the part that rises most below the heading in `line`.
fn by_part(facts: &Facts<'_>, line: u32, gain: &Quantity) -> String {
    let headed = |group: &Group| facts.document.sections.get(group.section).is_some_and(|s| s.line == line);
    let pair = facts.groups.windows(2).find(|pair| pair.last().is_some_and(headed));
    let Some([before, now]) = pair else { return String::new() };
    let rises = before.parts.iter().zip(&now.parts).filter(|(a, b)| a.name == b.name);
    match rises.map(|(a, b)| (&b.high - &a.low, &b.name)).max() {
        Some((rise, name)) if rise < gain.low => format!("; `{name}` rises by {} only", shown(&rise)),
        _ => String::new(),
    }
}

fn after(facts: &Facts<'_>, number: u32) -> Option<(u32, String, Exact, Exact)> {
    let wanted = format!("after phase {number}");
    facts.texts().find_map(|(line, text, quantities)| {
        let rest = text.to_lowercase();
        let follows = rest.strip_prefix(&wanted)?;
        if follows.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let score = quantities.iter().rfind(|q| q.as_score().is_some() && !q.signed)?;
        let (low, high) = score.as_score()?;
        Some((line, text.get(score.start..score.end)?.to_owned(), low, high))
    })
}

/// `Score after phase: 78/100` below the heading of a phase.
fn within(facts: &Facts<'_>, phase: &Phase) -> Option<(u32, String, Exact, Exact)> {
    let section = phase.section?;
    let says = |line: &&Line| {
        let key = line.key();
        mentions(
            &key,
            &[
                "score after",
                "score then",
                "resulting score",
                "readiness after",
                "new score",
                "cumulative score",
            ],
        ) || key == "after"
    };
    let line = facts.document.lines_within(section).find(says)?;
    let score = line.values().find(|q| q.as_score().is_some() && !q.signed)?;
    let (low, high) = score.as_score()?;
    Some((line.number, line.between(score.start, score.end).to_owned(), low, high))
}

/// What a row or a line of the same phase says that it brings.
fn gain_elsewhere<'a>(facts: &'a Facts<'_>, phase: &Phase) -> Option<&'a (Quantity, u32)> {
    let number = phase.number?;
    let mut same = facts
        .phases
        .iter()
        .flatten()
        .filter(|other| other.number == Some(number) && other.line != phase.line);
    let first = same.find_map(|other| other.gain.as_ref())?;
    same.all(|other| other.gain.is_none()).then_some(first)
}

/// `Gain: +10 points → 92%`: the score behind a phase's gain.
fn behind_gain(facts: &Facts<'_>, phase: &Phase) -> Option<(u32, String, Exact, Exact)> {
    let (gain, at) = phase.gain.as_ref()?;
    let line = facts.document.lines.iter().find(|line| line.number == *at)?;
    let by = line.quantities.iter().find(|q| q.signed && q.low == gain.low)?;
    let score = line.quantities.iter().find(|q| q.start > by.start)?;
    let arrow = matches!(line.between(by.end, score.start).trim(), "→" | "->" | "=>");
    // `+9 points → 84`
    let bare =
        score.over.is_none() && matches!(score.unit, Unit::None | Unit::Points) && score.high <= whole(100);
    let plain = bare.then(|| (score.low.clone(), score.high.clone()));
    let (low, high) = score.as_score().or(plain).filter(|_| arrow && !score.signed)?;
    Some((*at, line.between(score.start, score.end).to_owned(), low, high))
}
