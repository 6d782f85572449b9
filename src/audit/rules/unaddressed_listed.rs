//! Dimensions in lists that nothing else reads as scored.

use crate::audit::facts::{Dimension, DimensionSet, Facts};
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::Unit;
use crate::audit::words::{mentions, words};
use crate::model::exact::{Exact, whole};

use super::ratio::fractions;

/// `Calendar sync, 15 of 20`: items that make a hundred together, where nothing else is scored.
pub(super) fn listed(facts: &Facts<'_>) -> Option<DimensionSet> {
    let of = |line: &Line| {
        let all = fractions(&line.text, &line.quantities);
        let [(part, all, start, end)] = all.as_slice() else { return None };
        let name = line.text.get(..*start)?.trim_end_matches([' ', ',', ':', '–', '—', '-']);
        let alone = line.kind == Kind::Item && *end == line.text.len() && !name.is_empty();
        let dimension = Dimension {
            line: line.number,
            name: name.to_owned(),
            words: words(name),
            weight: None,
            score: Some(part * whole(100) / all),
            score_text: line.between(*start, *end).to_owned(),
            points: None,
        };
        alone.then(|| (dimension, all.clone()))
    };
    let blocks = facts.document.blocks().filter(|block| block.len() >= 4);
    let found: Option<Vec<_>> = blocks
        .filter_map(|block| block.iter().map(of).collect::<Option<Vec<_>>>())
        .find(|found| found.iter().map(|(_, all)| all.clone()).sum::<Exact>() == whole(100));
    let dimensions: Vec<Dimension> = found?.into_iter().map(|(dimension, _)| dimension).collect();
    let line = dimensions.first()?.line;
    Some(DimensionSet { line, dimensions, table: None, columns: (None, None, None), percent: false })
}

/// `- Tests: 80 %`, three or more of them in a list and nothing else.
pub(super) fn percentages(facts: &Facts<'_>) -> Option<DimensionSet> {
    let of = |line: &Line| {
        let name = line.label.as_deref().filter(|_| line.kind == Kind::Item)?;
        let first = line.values().next().filter(|q| q.is_point() && !q.signed && q.unit == Unit::Percent)?;
        let text = line.between(first.start, first.end).to_owned();
        Some(Dimension {
            line: line.number,
            name: name.to_owned(),
            words: words(name),
            weight: None,
            score: Some(first.low.clone()),
            score_text: text,
            points: None,
        })
    };
    let mut lists = facts.document.blocks().filter(|block| block.len() >= 3).filter_map(|block| {
        let found: Vec<Dimension> = block.iter().map(of).collect::<Option<Vec<_>>>()?;
        let scored = found.iter().all(|d| d.score.as_ref().is_some_and(|score| *score <= whole(100)));
        let other = ["current", "target", "gap", "goal", "readiness", "overall", "ceiling", "ziel"];
        let parts = found.iter().all(|d| !mentions(&d.name.to_lowercase(), &other));
        (scored && parts).then_some(found)
    });
    let dimensions = lists.next().filter(|_| lists.next().is_none())?;
    let line = dimensions.first()?.line;
    Some(DimensionSet { line, dimensions, table: None, columns: (None, None, None), percent: false })
}
