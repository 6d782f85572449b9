//! The name of a band beside a score that it does not hold: in the rows of a table, and in a short passage about today.

use super::read::{self, Band};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Kind;
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::rules::passage::{self, Of, Passage};
use crate::audit::rules::sentence::prose;
use crate::audit::table::Table;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};
use crate::model::order;

/// Bytes of a passage that tells one score and its verdict.
const SHORT: usize = 160;
/// Words that tell of the score as it is.
const TODAY: [&str; 24] = [
    "we are",
    "we stand",
    "today",
    "today's",
    "currently",
    "current",
    "score is",
    "stands at",
    "score:",
    "verdict",
    "grade",
    "rating",
    "heute",
    "derzeit",
    "aktuell",
    "status",
    "now",
    "level",
    "that is",
    "is at",
    "score of",
    "which is",
    "scores",
    "result",
];
/// Words that tell of another score.
const OTHERWISE: [&str; 42] = [
    "would",
    "until",
    "below",
    "reach",
    "reaches",
    "from",
    "need",
    "needs",
    "after",
    "missing",
    "more",
    "short",
    "next",
    "unless",
    "if",
    "not",
    "will",
    "target",
    "goal",
    "least",
    "threshold",
    "begins",
    "starts",
    "or",
    "above",
    "away",
    "was",
    "were",
    "last",
    "when",
    "with",
    "then",
    "rises",
    "becomes",
    "means",
    "between",
    "nicht",
    "ab",
    "unter",
    "ziel",
    "once",
    "previous",
];

pub(super) fn apply(facts: &Facts<'_>, sets: &[Vec<Band>], findings: &mut Findings) {
    let keys = keys(facts, sets);
    let [bands] = keys.as_slice() else { return };
    for table in &facts.document.tables {
        rows(table, bands, findings);
    }
    for passage in
        passage::all(facts).iter().filter(|passage| matches!(passage.of, Of::Text | Of::Item | Of::Heading))
    {
        told(passage, bands, findings);
    }
}

/// Named bands, from tables and lists of bands, from lists of ranges, and from sentences.
fn keys(facts: &Facts<'_>, sets: &[Vec<Band>]) -> Vec<Vec<Band>> {
    let mut found: Vec<Vec<Band>> = sets.to_vec();
    for block in facts.document.blocks() {
        let items = block.iter().filter(|line| line.kind != Kind::Text || line.label.is_some());
        let listed: Option<Vec<Band>> = items.map(read::of_line).collect();
        found.extend(listed);
        let spoken = prose(block).into_iter().filter_map(|sentence| spoken(sentence.line(0), &sentence.text));
        found.extend(spoken);
    }
    found.retain(|bands| {
        let named = bands.iter().all(|band| !band.name.is_empty() && band.name.len() <= 40);
        (3..=12).contains(&bands.len()) && named
    });
    for bands in &mut found {
        closed(bands);
    }
    // A list may be read twice.
    found.dedup_by(|later, earlier| {
        later.first().map(|band| band.line) == earlier.first().map(|band| band.line)
    });
    found
}

/// "A from 90, B from 80": each ends where the next one begins.
fn closed(bands: &mut [Band]) {
    let lows: Vec<Exact> = bands.iter().map(|band| band.low.clone()).collect();
    for band in bands {
        let next = lows.iter().filter(|low| **low > band.low).min();
        if let Some(next) = next.filter(|next| **next < band.high && band.high == whole(100)) {
            (band.high, band.below) = (next.clone(), true);
        }
    }
}

/// "A from 90, B from 80, C below 80": pieces of a sentence, each a name and a range.
fn spoken(line: u32, text: &str) -> Option<Vec<Band>> {
    let list = text.rsplit_once(": ").map_or(text, |(_, list)| list);
    let list = list.trim_end_matches('.').replace(" and ", ", ");
    let of = |piece: &str| {
        let starts = [" from ", " below ", " under ", " at least ", " above ", " ab ", " unter "];
        let at = starts.iter().filter_map(|start| piece.find(start)).min();
        let at = at.or_else(|| piece.find(|c: char| c.is_ascii_digit()).and_then(|at| at.checked_sub(1)))?;
        let (name, range) = piece.split_at_checked(at)?;
        let found = read::band(line, range.trim())?;
        let name = name.trim().trim_matches(['"', '“', '”', '*', ':', '-', '–', ' ']).to_lowercase();
        (!name.is_empty() && name.len() <= 24).then_some(Band { name, ..found })
    };
    let found: Option<Vec<Band>> =
        list.split([',', ';']).map(str::trim).filter(|piece| !piece.is_empty()).map(of).collect();
    found.filter(|found| found.len() >= 3)
}

/// The bands that hold a score.
fn holding<'b>(bands: &'b [Band], score: &Exact) -> Vec<&'b Band> {
    let above = |band: &Band| *score > band.low || *score == band.low && !band.above;
    bands
        .iter()
        .filter(|band| above(band) && (*score < band.high || *score == band.high && !band.below))
        .collect()
}

/// A column of scores beside one of names of bands.
fn rows(table: &Table, bands: &[Band], findings: &mut Findings) {
    if bands.iter().any(|band| table.rows.iter().any(|row| row.line == band.line)) {
        return;
    }
    let name_of = |cell: &str| {
        let lower = cell.trim().trim_matches(['*', '"', ' ']).to_lowercase();
        bands.iter().position(|band| band.name == lower)
    };
    let columns = table.header.cells.len();
    let names = (1..columns).find(|column| {
        let known = table.body().filter(|row| name_of(row.cell(*column)).is_some()).count();
        known >= 2 && known == table.body().count()
    });
    let score = (1..columns).find(|column| {
        let head = table.header.cell(*column).to_lowercase();
        mentions(
            &head,
            &["score", "points", "result", "now", "current", "rating", "readiness", "total", "bewertung"],
        ) && table.body().all(|row| row.number(*column).is_some_and(|q| q.is_point() && q.low <= whole(100)))
    });
    let (Some(names), Some(score)) = (names, score) else { return };
    for row in table.body() {
        let (Some(own), Some(stated)) =
            (name_of(row.cell(names)).and_then(|at| bands.get(at)), row.number(score))
        else {
            continue;
        };
        judge(bands, own, &stated.low, row.line, findings);
    }
}

fn judge(bands: &[Band], own: &Band, score: &Exact, line: u32, findings: &mut Findings) {
    let right = holding(bands, score);
    let [only] = right.as_slice() else { return };
    if only.name != own.name && !findings.has(Rule::Bands, line) {
        let message = format!("{} is `{}` (line {}), not `{}`", shown(score), only.name, only.line, own.name);
        findings.add(Rule::Bands, line, message, (own.name.clone(), Some(only.name.clone())));
    }
}

/// `Score: 74/100. Verdict: ready.`: the only score and the only name of a band in a short passage about today.
fn told(passage: &Passage, bands: &[Band], findings: &mut Findings) {
    let lower = passage.text.to_lowercase();
    let line = passage.first_line();
    let own_line = bands.iter().any(|band| (line..=passage.last_line()).contains(&band.line));
    if lower.len() > SHORT || own_line || !mentions(&lower, &TODAY) || mentions(&lower, &OTHERWISE) {
        return;
    }
    let found = crate::audit::quantity::quantities(&passage.text);
    let [score] = found.as_slice() else { return };
    let Some(name) = the_name(bands, &passage.text, &lower) else { return };
    if is_score(score) {
        judge(bands, name, &score.low, passage.line(score.start), findings);
    }
}

fn is_score(quantity: &Quantity) -> bool {
    let scale = quantity.over.as_ref().is_none_or(|over| *over == whole(100));
    let unit = matches!(quantity.unit, Unit::None | Unit::Points | Unit::Percent);
    let exact = quantity.is_point() && !quantity.signed && quantity.limit == Limit::Exactly;
    scale && unit && exact && quantity.low <= whole(100)
}

/// The only band that a text names; "not ready" does not name "ready".
fn the_name<'b>(bands: &'b [Band], text: &str, lower: &str) -> Option<&'b Band> {
    let named = |band: &&Band| {
        if band.name.len() > 2 {
            return mentions(lower, &[&band.name]);
        }
        let upper = band.name.to_uppercase();
        ["grade", "Grade", "rating", "Rating", "level", "Level", "Note"]
            .iter()
            .any(|word| [" ", ": "].iter().any(|gap| mentions(text, &[&format!("{word}{gap}{upper}")])))
    };
    let mut found: Vec<&Band> = bands.iter().filter(named).collect();
    order::sort_by(&mut found, |a, b| b.name.len().cmp(&a.name.len()));
    let first = *found.first()?;
    found.iter().all(|band| first.name.contains(&band.name)).then_some(first)
}
