//! Scored dimensions, in tables and in lists.

use super::dimension_set::{Dimension, DimensionSet};
use super::weight_lists;
use crate::audit::outline::{Document, Line};
use crate::audit::quantity::{Quantity, Unit};
use crate::audit::table::{Row, Table};
use crate::audit::words::{mentions, words};
use crate::model::exact::{Exact, whole};

/// Every set of `document`.
pub(in crate::audit) fn all(document: &Document) -> Vec<DimensionSet> {
    let tables = document.tables.iter().enumerate().filter_map(|(index, table)| of_table(index, table));
    let mut sets: Vec<DimensionSet> = tables.chain(of_lists(document)).collect();
    let weights: Vec<DimensionSet> = weight_lists::all(document, &sets);
    sets.extend(weights);
    sets
}

fn of_table(index: usize, table: &Table) -> Option<DimensionSet> {
    let is_weight = |column: &usize| {
        let head = table.header.cell(*column).to_lowercase();
        // Weighted points are what weights lead to.
        head.contains("weight")
            && !(head.contains("weighted")
                && mentions(&head, &["points", "score", "contribution", "result", "mean"]))
            && head.trim() != "weighted"
    };
    let weight = (0..table.header.cells.len())
        .find(is_weight)
        .filter(|column| table.body().all(|row| row.number(*column).is_some()));
    let named = table.header.cell(0).to_lowercase();
    let named = mentions(&named, &NAMES);
    // Points of a most of their own are no scores of 100.
    let most =
        |head: &String| matches!(head.to_lowercase().trim(), "max" | "maximum" | "out of" | "possible");
    let score = score_column(table, weight, named).filter(|_| !table.header.cells.iter().any(most));
    let score = score.or_else(|| weight.filter(|_| named).and_then(|weight| points_as_scores(table, weight)));
    if weight.is_none() && (!named || score.is_none()) {
        return None;
    }
    let points = table
        .column(&["points", "weighted", "contribution"])
        .filter(|column| Some(*column) != weight && Some(*column) != score)
        .filter(|column| table.body().all(|row| row.number(*column).is_some_and(|q| !q.signed)));
    let scale = score.map_or_else(|| whole(100), |column| scale(table, column));
    let dimensions: Vec<Dimension> =
        table.body().map(|row| dimension(row, weight, score, points, &scale)).collect();
    let percent = weight.is_some_and(|column| {
        table.header.cell(column).contains('%')
            || table.body().any(|r| r.number(column).is_some_and(|q| q.unit == Unit::Percent))
    });
    (dimensions.len() >= 2).then_some(DimensionSet {
        line: table.header.line,
        dimensions,
        table: Some(index),
        columns: (weight, score, points),
        percent,
    })
}

/// `| Area | Weight | Points |`, where points beyond the weight are no product of it.
fn points_as_scores(table: &Table, weight: usize) -> Option<usize> {
    let points = table.column(&["points"]).filter(|points| *points != weight)?;
    let beyond = |row: &Row| {
        let pair = row.number(points).zip(row.number(weight));
        pair.is_some_and(|(points, weight)| points.low > weight.low && points.high <= whole(100))
    };
    (table.body().count() >= 3 && table.body().all(beyond)).then_some(points)
}

/// Headers of the names of dimensions.
const NAMES: [&str; 10] = [
    "dimension",
    "area",
    "category",
    "component",
    "criterion",
    "criteria",
    "aspect",
    "pillar",
    "domain",
    "factor",
];

fn score_column(table: &Table, weight: Option<usize>, named: bool) -> Option<usize> {
    let column = (1..table.header.cells.len()).find(|column| {
        let head = table.header.cell(*column).to_lowercase();
        let head_fits = mentions(&head, &["score", "current", "rating", "readiness", "now", "attainment"]);
        let head_fits =
            head_fits || weight.is_some() && named && mentions(&head, &["value", "mark", "result"]);
        Some(*column) != weight && head_fits && !mentions(&head, &["weighted", "target", "points", "share"])
    });
    // A grade may be a letter or a number.
    let graded = || {
        (1..table.header.cells.len()).find(|column| {
            let head = table.header.cell(*column).to_lowercase();
            Some(*column) != weight && matches!(head.trim(), "grade" | "mark" | "note")
        })
    };
    let column = column.or_else(graded)?;
    let scored = |row: &Row| {
        row.number(column).is_some_and(|q| {
            q.is_point() && !q.signed && (q.as_score().is_some() || q.unit == Unit::None && q.over.is_none())
        })
    };
    ((weight.is_some() || named) && table.body().count() >= 2 && table.body().all(scored)).then_some(column)
}

/// The full mark of plain numbers: as the header says, else 10 where none is above, else 100.
fn scale(table: &Table, column: usize) -> Exact {
    let head = table.header.cell(column);
    if head.contains("100") {
        return whole(100);
    }
    if head.contains("10") {
        return whole(10);
    }
    let small = table.body().all(|row| {
        row.number(column).is_some_and(|q| q.low <= whole(10) && q.unit == Unit::None && q.over.is_none())
    });
    if small { whole(10) } else { whole(100) }
}

fn dimension(
    row: &Row,
    weight: Option<usize>,
    score: Option<usize>,
    points: Option<usize>,
    scale: &Exact,
) -> Dimension {
    let scored = score.and_then(|column| row.number(column));
    let percent = scored.as_ref().map(|q| match q.as_score() {
        Some((low, _)) => low,
        None => &q.low * whole(100) / scale,
    });
    Dimension {
        line: row.line,
        name: row.cell(0).to_owned(),
        words: words(row.cell(0)),
        weight: weight.and_then(|column| row.number(column)).map(|q| q.low),
        score: percent,
        score_text: score.map(|column| row.cell(column).to_owned()).unwrap_or_default(),
        points: points.and_then(|column| row.number(column)),
    }
}

/// `Name - 95/100` and `Name (weight 15%): 8/10`, three or more of them in a chapter.
fn of_lists(document: &Document) -> Vec<DimensionSet> {
    let mut sets: Vec<(usize, Vec<Dimension>)> = Vec::new();
    for line in &document.lines {
        let Some(dimension) = of_line(line) else { continue };
        let chapter = chapter(document, line.section);
        match sets.iter_mut().find(|(c, _)| *c == chapter) {
            Some((_, dimensions)) => dimensions.push(dimension),
            None => sets.push((chapter, vec![dimension])),
        }
    }
    sets.into_iter()
        .filter(|(_, dimensions)| dimensions.len() >= 3)
        .map(|(chapter, dimensions)| (chapter, of_ten(dimensions)))
        .map(|(_, dimensions)| DimensionSet {
            line: dimensions.first().map_or(1, |d| d.line),
            percent: dimensions.iter().all(|d| d.weight.is_some()),
            dimensions,
            table: None,
            columns: (None, None, None),
        })
        .collect()
}

/// Plain scores of which none is above 10 are scores of 10.
fn of_ten(dimensions: Vec<Dimension>) -> Vec<Dimension> {
    let plain = |d: &Dimension| d.score_text.parse::<f64>().is_ok();
    let small =
        dimensions.iter().all(|d| plain(d) && d.score.as_ref().is_some_and(|score| *score <= whole(10)));
    let scaled = |d: Dimension| Dimension { score: d.score.map(|score| score * whole(10)), ..d };
    if small { dimensions.into_iter().map(scaled).collect() } else { dimensions }
}

/// The section of level 2 around `section`, or the outermost below the title.
fn chapter(document: &Document, section: usize) -> usize {
    let mut at = section;
    while let Some(found) = document.sections.get(at).filter(|s| s.level > 2) {
        at = found.parent.unwrap_or_default();
    }
    at
}

fn of_line(line: &Line) -> Option<Dimension> {
    let quantity = line.quantities.iter().find(|q| q.over.is_some()).or_else(|| weighted_score(line))?;
    let before = line.text.get(..quantity.start)?.trim_end();
    let name = before.strip_suffix([':', '-', '–', '—', '='])?.trim_end();
    let plain = quantity.over.is_none() && quantity.unit == Unit::None;
    let (score, top) =
        if plain { (quantity.low.clone(), quantity.high.clone()) } else { quantity.as_score()? };
    let weight = line
        .quantities
        .iter()
        .find(|q| {
            // `Security: 80/100 (30%)`, unless that is the same in percent.
            let behind = q.start > quantity.end
                && line.between(quantity.end, q.start).trim() == "("
                && quantity.as_percent().is_some_and(|(percent, _)| percent != q.low)
                && quantity.over.as_ref().is_some_and(|over| *over == whole(100) || *over == whole(10));
            q.unit == Unit::Percent && (is_weight(&line.text, q) || q.end <= name.len() || behind)
        })
        .map(|q| q.low.clone());
    let name = name.split('(').next()?.trim();
    let lower = name.to_lowercase();
    let headline = [
        "current", "target", "goal", "score", "final", "result", "overall", "grade", "total", "gap", "phase",
        "after", "minimum", "maximum", "status", "average", "mean",
    ];
    if name.is_empty() || name.len() > 60 || mentions(&lower, &headline) || score != top || quantity.signed {
        return None;
    }
    let text = line.between(quantity.start, quantity.end).to_owned();
    Some(Dimension {
        line: line.number,
        words: words(name),
        name: name.to_owned(),
        weight,
        score: Some(score),
        score_text: text,
        points: None,
    })
}

/// The only number behind the label of `Operations (weight 30%): 75`.
fn weighted_score(line: &Line) -> Option<&Quantity> {
    let weighted = line.quantities.iter().any(|q| q.unit == Unit::Percent && is_weight(&line.text, q));
    // `Testing (25 %): 8`
    let bracket =
        line.label.as_deref().and_then(|label| label.strip_suffix(')')?.rsplit_once('(')).is_some_and(
            |(_, inside)| {
                inside.trim_end().strip_suffix('%').is_some_and(|n| n.trim().parse::<u32>().is_ok())
            },
        );
    let mut behind = line.values().filter(|_| line.label.is_some() && (weighted || bracket));
    let first =
        behind.next().filter(|q| matches!(q.unit, Unit::None | Unit::Percent) && q.high <= whole(100))?;
    behind.next().is_none().then_some(first)
}

fn is_weight(text: &str, quantity: &Quantity) -> bool {
    let after = text.get(quantity.end..).unwrap_or_default().trim_start().to_lowercase();
    let before =
        text.get(..quantity.start).unwrap_or_default().trim_end_matches([':', ' ', '=', '(']).to_lowercase();
    after.starts_with("weight") || before.ends_with("weight")
}
