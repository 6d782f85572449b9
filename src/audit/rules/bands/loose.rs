//! Bands by their shape alone: ranges that follow each other in a list or a column, with one hole or overlap.

use super::read::{Band, joined};
use crate::audit::facts::Facts;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, ulp};
use crate::audit::rules::passage::{self, Of, Passage};
use crate::audit::words::mentions;
use crate::model::exact::{Exact, whole};
use crate::model::order;

/// Stands for no upper end.
const OPEN: u32 = 1_000_000;
const BEFORE: [&str; 14] = [
    "",
    "from",
    "below",
    "under",
    "less than",
    "fewer than",
    "above",
    "over",
    "more than",
    "at least",
    "at most",
    "up to",
    "between",
    "score",
];
/// Between the ends of a range.
const JOINTS: [&str; 10] =
    ["", "to", "-", "–", "to below", "to under", "to less than", "up to below", "up to", "and"];
const UP: [&str; 9] = [
    "or more",
    "and more",
    "or above",
    "and above",
    "and up",
    "or higher",
    "and higher",
    "or better",
    "and over",
];
const DOWN: [&str; 7] = ["or fewer", "or less", "or below", "and below", "or lower", "and less", "or under"];

/// Sets with exactly one boundary that is none, and at least one that is.
pub(super) fn all(facts: &Facts<'_>) -> Vec<Vec<Band>> {
    let document = facts.document;
    let runs = document.lines.chunk_by(|a, b| {
        a.section == b.section && a.block == b.block && a.kind != Kind::Text && b.kind != Kind::Text
    });
    let lists = runs.map(|run| run.iter().map(of_line).collect::<Option<Vec<_>>>());
    let tables = document.tables.iter().flat_map(|table| {
        (0..table.header.cells.len().min(4)).map(|column| {
            let of = |row: &crate::audit::table::Row| {
                of_text(row.line, row.cell(column)).filter(|(_, rest)| rest.is_empty())
            };
            table.rows.iter().map(|row| of(row).map(|(found, _)| found)).collect::<Option<Vec<_>>>()
        })
    });
    let prose =
        passage::all(facts).into_iter().filter(|passage| !matches!(passage.of, Of::Row | Of::Heading));
    let prose: Vec<_> = prose.flat_map(|passage| in_prose(&passage)).collect();
    lists.chain(tables).flatten().chain(prose).filter_map(broken_once).collect()
}

/// "Below 50 is weak, 50 to below 70 fair, from 70 good": the ranges of each sentence.
fn in_prose(passage: &Passage) -> Vec<Vec<(Band, Unit)>> {
    let of = |(start, end): (usize, usize)| {
        let pieces = passage.said(start, end).split([',', ';']).flat_map(parts);
        pieces
            .filter(|piece| piece.contains(|c: char| c.is_ascii_digit()))
            .map(|piece| of_piece(passage.line(start), piece))
            .collect::<Option<Vec<_>>>()
    };
    passage.sentences().into_iter().filter_map(of).filter(|bands| bands.len() >= 3).collect()
}

/// Pieces that "and" joins; `85 and above` is one.
fn parts(piece: &str) -> Vec<&str> {
    let kept = UP.iter().chain(&DOWN).any(|tail| piece.contains(tail));
    if kept { vec![piece] } else { piece.split(" and ").collect() }
}

/// The only range of a piece of a sentence, with its name before or behind it.
fn of_piece(line: u32, piece: &str) -> Option<(Band, Unit)> {
    let own = [": ", " are "].iter().fold(piece, |piece, lead| match piece.rsplit_once(lead) {
        // "Scores of 85 and above are ready": what is before tells the range.
        Some((before, rest)) if !rest.contains(|c: char| c.is_ascii_digit()) => before,
        Some((_, rest)) => rest,
        None => piece,
    });
    let lower = own.to_lowercase();
    let limits = BEFORE.iter().filter(|word| !word.is_empty() && **word != "score");
    let limit = limits.filter(|word| mentions(&lower, &[word])).filter_map(|word| lower.find(*word)).min();
    let digit = own.find(|c: char| c.is_ascii_digit() || matches!(c, '<' | '>' | '≤' | '≥'))?;
    let from = limit.filter(|limit| *limit < digit).unwrap_or(digit);
    of_text(line, own.get(from..)?).map(|(found, _)| found)
}

/// The range that a line begins with, or that follows its label.
fn of_line(line: &Line) -> Option<(Band, Unit)> {
    let found = of_text(line.number, &line.text).or_else(|| of_text(line.number, &line.value));
    let dashed = [" – ", " - ", " — ", " → ", " = "].iter().find_map(|dash| {
        let (name, value) = line.text.split_once(dash)?;
        of_text(line.number, value).filter(|_| quantities(name).is_empty())
    });
    found.or(dashed).map(|(found, _)| found)
}

/// A range at the beginning of a text, with its unit, and what follows it; nothing where more numbers follow.
fn of_text(line: u32, text: &str) -> Option<((Band, Unit), String)> {
    let text = &[" – <", " - <", "–<", "-<"]
        .iter()
        .fold(text.to_owned(), |text, dash| text.replace(dash, " to below "));
    let text = &joined(text);
    let found = quantities(text);
    let (first, last): (&Quantity, &Quantity) = match found.as_slice() {
        [one] => (one, one),
        [one, two] if two.limit == Limit::AtMost && one.is_point() && two.is_point() => (one, two),
        _ => return None,
    };
    let mark = |c: char| " <>≤≥=".contains(c);
    let before = text.get(..first.start)?.trim_matches(mark).to_lowercase();
    let joint = text.get(first.end..last.start.max(first.end))?.trim();
    let rest = text.get(last.end..)?.trim_start_matches(')').trim().to_lowercase();
    let fits = BEFORE.contains(&before.as_str())
        && first.over.is_none()
        && !first.signed
        && first.limit != Limit::About;
    if !fits || !JOINTS.contains(&joint) || last.unit != first.unit && first.unit != Unit::None {
        return None;
    }
    let tail = |words: &[&str]| {
        words.iter().find_map(|word| rest.strip_prefix(word).map(|rest| rest.trim().to_owned()))
    };
    let (up, down) = (tail(&UP), tail(&DOWN));
    let is_up = up.is_some() || first.limit == Limit::AtLeast && last.start == first.start;
    let is_down = down.is_some() || first.limit == Limit::AtMost;
    let strict = text.contains(['<', '>']) && !text.contains('=')
        || matches!(
            before.as_str(),
            "below" | "under" | "less than" | "fewer than" | "above" | "over" | "more than"
        );
    let (low, high) = match () {
        () if last.start > first.start => (first.low.clone(), last.high.clone()),
        () if !first.is_point() => (first.low.clone(), first.high.clone()),
        () if is_up => (first.low.clone(), whole(OPEN)),
        () if is_down => (whole(0), first.low.clone()),
        () => return None,
    };
    let shown = text.get(first.start..last.end)?.to_owned();
    let band = Band {
        line,
        name: "band".to_owned(),
        low,
        high,
        decimals: first.decimals.max(last.decimals),
        below: is_down && strict || last.start > first.start,
        above: is_up && strict,
        text: shown,
    };
    Some(((band, last.unit), up.or(down).unwrap_or(rest)))
}

/// Ranges that meet but for one place, in the order in which they stand.
fn broken_once(found: Vec<(Band, Unit)>) -> Option<Vec<Band>> {
    let unit = found.first()?.1;
    if found.len() < 3 || found.iter().any(|(_, other)| *other != unit) {
        return None;
    }
    let mut bands: Vec<Band> = found.into_iter().map(|(band, _)| band).collect();
    let ordered = |fits: fn(&Exact, &Exact) -> bool| {
        bands.windows(2).all(|pair| matches!(pair, [a, b] if fits(&a.low, &b.low) && fits(&a.high, &b.high)))
    };
    let ends =
        bands.iter().any(|band| band.high == whole(OPEN)) || bands.iter().any(|band| band.low == whole(0));
    if !(ordered(|a, b| a < b) || ordered(|a, b| a > b)) || !ends {
        return None;
    }
    order::sort_by(&mut bands, |a, b| a.low.cmp(&b.low).then_with(|| a.high.cmp(&b.high)));
    let step = ulp(bands.iter().map(|band| band.decimals).max().unwrap_or_default());
    let next = |a: &Band, b: &Band| &a.high + &step == b.low && !a.below && !b.above;
    let shares = |a: &Band, b: &Band| a.high == b.low && !a.below && !b.above;
    let count = |fits: &dyn Fn(&Band, &Band) -> bool| {
        bands.windows(2).filter(|pair| matches!(pair, [a, b] if fits(a, b))).count()
    };
    let apart = count(&|a, b| a.high != b.low && !next(a, b));
    // One boundary that is in two bands, where the others are in one.
    let twice = if count(&next) >= 1 { count(&shares) } else { 0 };
    (apart + twice == 1).then_some(bands)
}
