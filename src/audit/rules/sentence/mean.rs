//! A mean in prose, against the numbers that it is of: those of the sentence, of the one before, or of the list above.

use num_traits::Signed as _;

use super::read::Sentence;
use crate::audit::findings::Findings;
use crate::audit::outline::{Document, Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, says, shown};
use crate::audit::words::{mentions, same_word, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Lines above a sentence that are looked through for a list or a table.
const NEAR: u32 = 12;
/// Words that make a mean one of something else.
const OTHER: [&str; 20] = [
    "weighted",
    "median",
    "rolling",
    "moving",
    "without",
    "excluding",
    "target",
    "goal",
    "would",
    "should",
    "at least",
    "at most",
    "mean of all",
    "geometric",
    "harmonic",
    "industry",
    "usually",
    "typically",
    "last year",
    "must",
];

/// "Restores took 22, 25, 19, 31 and 23 minutes, a mean of 24 minutes."
pub(super) fn stated(document: &Document, before: &[Sentence], sentence: &Sentence, findings: &mut Findings) {
    let lower = sentence.text.to_lowercase();
    let Some(stated) = of_sentence(sentence, &lower).filter(|_| !mentions(&lower, &OTHER)) else { return };
    let own = runs(sentence);
    let own = own.into_iter().filter(|run| run.iter().all(|part| part.start != stated.start));
    let earlier = before.iter().rev().take(2).flat_map(runs);
    let line = sentence.line(stated.start);
    let sets: Vec<Vec<Exact>> = own
        .chain(earlier)
        .filter(|run| alike(run, stated))
        .map(|run| run.iter().map(|part| part.low.clone()).collect())
        .collect();
    let sets = if sets.is_empty() { above(document, line, stated, &lower) } else { sets };
    let means = || sets.iter().map(|set| set.iter().cloned().sum::<Exact>() / whole(set.len()));
    let Some(mean) = means().next() else { return };
    let near = stated.low > &mean / whole(2) && stated.low < &mean * whole(2);
    if near && !means().any(|mean| holds(stated, &mean)) && !findings.has(Rule::MeanBound, line) {
        let terms: Vec<String> = sets.first().into_iter().flatten().map(shown).collect();
        let message = format!("the mean of {} is", terms.join(", "));
        sentence.report((Rule::MeanBound, stated), &message, shown(&mean), findings);
    }
}

/// "4.4 on one platform, 4.1 on the other. All answers together give 4.52."
pub(super) fn within(before: Option<&Sentence>, sentence: &Sentence, findings: &mut Findings) {
    let lower = sentence.text.to_lowercase();
    let Some(at) = ["together give", "together are", "together is", "combined", "taken together"]
        .iter()
        .find_map(|word| whole_word(&lower, word))
    else {
        return;
    };
    let Some(stated) =
        sentence.quantities.iter().find(|q| q.start > at && q.decimals > 0 && q.is_point() && !q.signed)
    else {
        return;
    };
    let same = |q: &&Quantity| {
        q.decimals > 0 && q.unit == stated.unit && q.over == stated.over && q.is_point() && !q.signed
    };
    let own = sentence.quantities.iter().filter(|q| q.end <= at);
    let parts: Vec<&Quantity> =
        before.into_iter().flat_map(|before| &before.quantities).chain(own).filter(same).collect();
    let (Some(least), Some(most)) = (parts.iter().map(|q| &q.low).min(), parts.iter().map(|q| &q.low).max())
    else {
        return;
    };
    let sum: Exact = parts.iter().map(|q| q.low.clone()).sum();
    let near = stated.low <= most * whole(2)
        && &stated.low * whole(2) >= *least
        && &stated.low * whole(3) < sum * whole(2);
    if parts.len() >= 2 && near && (stated.low > most + stated.ulp() || stated.low < least - stated.ulp()) {
        let computed = format!("{}-{}", shown(least), shown(most));
        sentence.report((Rule::MeanBound, stated), "what these come to together lies in", computed, findings);
    }
}

fn holds(stated: &Quantity, mean: &Exact) -> bool {
    match stated.limit {
        Limit::Exactly => says(&stated.low, stated.decimals, mean),
        Limit::About => (&stated.low - mean).abs() * whole(20) <= *mean,
        Limit::AtLeast => *mean >= stated.low,
        Limit::AtMost => *mean <= stated.low,
    }
}

/// The number that a sentence calls a mean: right behind the word, or right before "on average".
fn of_sentence<'a>(sentence: &'a Sentence, lower: &str) -> Option<&'a Quantity> {
    let (at, word) = ["on average", "in the mean", "averages", "averaging", "average", "mean"]
        .iter()
        .find_map(|word| whole_word(lower, word).map(|at| (at, *word)))?;
    let end = at + word.len();
    let single = |q: &&Quantity| q.is_point() && q.over.is_none() && !q.signed;
    let behind = sentence.numbers.iter().find(|q| {
        let between = sentence.between(end, q.start);
        q.start >= end
            && !between.ends_with("of the")
            && !between.ends_with("over")
            && !between.ends_with("from")
    });
    let behind = behind.filter(|q| {
        let between = sentence.between(end, q.start);
        between.len() <= 40
            && !between.trim_end_matches(':').contains([';', ')', ':'])
            && (between == "of" || !between.ends_with(" of"))
    });
    let before = sentence.numbers.iter().rfind(|q| {
        q.end <= at
            && sentence.between(q.end, at).len() <= 30
            && !sentence.between(q.end, at).contains([';', '.'])
    });
    let found = if word == "on average" && behind.is_none() { before } else { behind };
    found.filter(single)
}

fn whole_word(lower: &str, word: &str) -> Option<usize> {
    lower.match_indices(word).map(|(at, _)| at).find(|at| {
        let end = lower.get(at + word.len()..).unwrap_or_default();
        let start = lower.get(..*at).unwrap_or_default();
        !start.ends_with(char::is_alphanumeric) && !end.starts_with(char::is_alphanumeric)
    })
}

/// Three or more numbers in a row: `22, 25 and 19`, `Monday 184 min, Tuesday 179 min, Friday 170 min`.
fn runs(sentence: &Sentence) -> Vec<Vec<&Quantity>> {
    let follows = |a: &&Quantity, b: &&Quantity| {
        let between = format!(" {} ", sentence.between(a.end, b.start));
        let listed = between.contains(", ") || between.contains(" and ") || between.contains(" und ");
        let words =
            between.split(|c: char| !c.is_alphabetic()).filter(|word| !matches!(*word, "" | "and" | "und"));
        listed
            && words.count() <= 1
            && between.len() <= 22
            && !between.contains(['.', ';', ':', '('])
            && !mentions(&between, &["mean", "average", "of"])
    };
    let all: Vec<&Quantity> = sentence.numbers.iter().collect();
    all.chunk_by(follows).filter(|run| run.len() >= 3).map(<[&Quantity]>::to_vec).collect()
}

/// Parts without a unit of their own belong to that of the last.
fn alike(run: &[&Quantity], stated: &Quantity) -> bool {
    let last = run.last().map_or(Unit::None, |last| last.unit);
    let unit = last == stated.unit || stated.unit == Unit::None || last == Unit::None;
    let one = |q: &&Quantity| {
        let same = q.unit == last || q.unit == Unit::None;
        same && q.is_point() && q.over.is_none() && !q.signed && q.limit == Limit::Exactly
    };
    unit && run.iter().all(one)
}

/// The numbers of the list right above a sentence, or of the row of the table above that it names.
fn above(document: &Document, line: u32, stated: &Quantity, lower: &str) -> Vec<Vec<Exact>> {
    let mut block: Vec<&Line> = Vec::new();
    let end = document.lines.partition_point(|other| other.number < line);
    let own = document.lines.get(end);
    let lines = document.lines.get(..end).unwrap_or_default().iter().rev();
    for other in lines.take(40).skip_while(|other| own.is_some_and(|own| own.block == other.block)) {
        let last = block.first().map_or(other.block, |first| first.block);
        let listed = other.kind != Kind::Text || other.label.is_some();
        if own.is_some_and(|own| own.section != other.section)
            || other.block != last
            || !listed
            || other.number + NEAR < line
        {
            break;
        }
        block.push(other);
    }
    let part = |line: &&Line| {
        let mut same =
            line.quantities.iter().filter(|q| q.unit == stated.unit && q.is_point() && q.over.is_none());
        let first = same.next().filter(|q| !q.signed && q.limit == Limit::Exactly)?;
        same.next().is_none().then(|| first.low.clone())
    };
    let listed: Option<Vec<Exact>> = block.iter().map(part).collect();
    if let Some(parts) = listed.filter(|parts| parts.len() >= 3 && stated.unit != Unit::None) {
        return vec![parts];
    }
    if block.is_empty() { of_table(document, line, stated, lower) } else { Vec::new() }
}

/// `| pages | 17 | 15 | 13 | 11 | 56 |` for "on average 14 pages a week".
fn of_table(document: &Document, line: u32, stated: &Quantity, lower: &str) -> Vec<Vec<Exact>> {
    let near = |table: &&crate::audit::table::Table| {
        table.rows.last().is_some_and(|last| last.line < line && last.line + NEAR >= line)
    };
    let Some(table) = document.tables.iter().rev().find(near) else { return Vec::new() };
    let said = words(lower);
    let called = |name: &str| {
        let name = words(name);
        name.len() == 1 && name.iter().all(|word| said.iter().any(|other| same_word(word, other)))
    };
    let total = |name: &str| mentions(&name.to_lowercase(), &["total", "sum", "all", "mean", "average"]);
    let parts = |row: &crate::audit::table::Row| -> Option<Vec<Exact>> {
        let columns = (1..table.header.cells.len()).filter(|column| !total(table.header.cell(*column)));
        columns
            .map(|column| row.number(column).filter(|q| q.is_point() && q.unit == stated.unit).map(|q| q.low))
            .collect()
    };
    let mut rows = table.rows.iter().filter(|row| called(row.cell(0)));
    match (rows.next().and_then(parts), rows.next()) {
        (Some(parts), None) if parts.len() >= 3 => vec![parts],
        _ => Vec::new(),
    }
}
