//! Counts of tests in prose.

use crate::audit::facts::Facts;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit};
use crate::audit::words::mentions;
use crate::model::exact::Exact;

/// The only plain number of a line right before one of `nouns`.
pub(super) fn counted(line: &Line, nouns: &[&str]) -> Option<Exact> {
    let fits = |q: &&Quantity| {
        let after = line.text.get(q.end..).unwrap_or_default().trim_start().to_lowercase();
        let noun = after.split(|c: char| !(c.is_alphabetic() || c == ' ')).next().unwrap_or_default().trim();
        let noun = [" are", " were", " have"].iter().find_map(|verb| noun.strip_suffix(verb)).unwrap_or(noun);
        let plain = q.is_point() && q.over.is_none() && q.unit == Unit::None && q.limit == Limit::Exactly;
        let kind = noun.rsplit_once(' ').filter(|(kind, _)| !kind.contains(' ')).map_or("", |(_, noun)| noun);
        let tests = kind == "tests" && nouns.contains(&"tests");
        // `412 of 430 pass`: the part is what passes.
        let all = nouns.contains(&"pass")
            && line.text.get(..q.start).is_some_and(|before| before.trim_end().ends_with(" of"));
        plain && !all && (tests || nouns.iter().any(|n| noun == *n || nouns.len() == 1 && noun.contains(n)))
    };
    let mut found = line.quantities.iter().enumerate().filter(|(_, q)| fits(q));
    let (at, first) = found.next()?;
    // `412 of 430 pass` counts 412.
    let part = at.checked_sub(1).and_then(|before| line.quantities.get(before)).filter(|part| {
        line.text.get(part.end..first.start).is_some_and(|between| {
            matches!(between.trim().to_lowercase().as_str(), "of" | "of the" | "out of" | "of all")
        })
    });
    found.next().is_none().then(|| part.unwrap_or(first).low.clone())
}

/// How many tests the section of a line calls skipped.
pub(super) fn skipped_near(facts: &Facts<'_>, line: &Line) -> Option<Exact> {
    facts.document.lines.iter().filter(|l| l.section == line.section).find_map(|l| {
        let first =
            l.quantities.first().filter(|q| q.is_point() && q.unit == Unit::None && q.over.is_none())?;
        mentions(&l.text.to_lowercase(), &["skipped", "skips"]).then(|| first.low.clone())
    })
}
