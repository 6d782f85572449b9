//! A mean in words, against the numbers that stand before it: in the sentence, the one before, the lines above, a row.

use super::read::{Sentence, noun, sentences};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, says, shown};
use crate::audit::table::Table;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// What may stand beside "mean" where it is the plain mean of what was listed.
const PLAIN: [&str; 40] = [
    "the", "mean", "average", "averages", "on", "in", "im", "is", "was", "of", "a", "an", "that", "this",
    "makes", "gives", "are", "all", "and", "two", "three", "four", "five", "six", "seven", "eight", "both",
    "runs", "so", "das", "der", "which", "their", "its", "sind", "ist", "values", "these", "them", "plain",
];
/// Lines above a mean in which its parts are looked for.
const ABOVE: usize = 24;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let lines = &facts.document.lines;
    for block in facts.document.blocks() {
        let Some(first) = block.first() else { continue };
        if !block.iter().any(|line| mentions(&line.text.to_lowercase(), &["mean", "average", "averages"])) {
            continue;
        }
        let found = sentences(block);
        for (at, sentence) in found.iter().enumerate() {
            for (place, stated) in sentence.quantities.iter().enumerate() {
                let Some(plain) = named(sentence, place, stated) else { continue };
                // Printed columns are no series.
                let before =
                    at.checked_sub(1).filter(|_| first.kind != Kind::Fenced).and_then(|at| found.get(at));
                let parts = in_words(sentence, place, before, stated)
                    .or_else(|| lines_above(lines, first, sentence.line(stated.start), stated))
                    .or_else(|| in_row(facts, first, sentence, stated));
                if let Some(parts) = parts {
                    judge(sentence, stated, &parts, plain, findings);
                }
            }
        }
    }
}

/// Whether a number is called a mean, and whether no word makes it another than the plain one.
fn named(sentence: &Sentence, place: usize, stated: &Quantity) -> Option<bool> {
    let from = place.checked_sub(1).and_then(|at| sentence.quantities.get(at)).map_or(0, |q| q.end);
    let between = sentence.between(from, stated.start);
    let clause =
        between.rsplit([',', ';', ':', '(', '.', '-', '–']).next().unwrap_or_default().trim().to_owned();
    let other = [
        "over", "weighted", "moving", "median", "between", "above", "below", "than", "target", "limit", "to",
    ];
    let exact =
        stated.is_point() && !stated.signed && stated.limit == Limit::Exactly && stated.over.is_none();
    let called = mentions(&clause, &["mean", "average", "averages"]) && !mentions(&clause, &other);
    let words = || clause.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let weighted = mentions(&sentence.text.to_lowercase(), &["weighted", "weights", "target", "goal"]);
    (exact && called && !weighted && words().count() <= 8).then(|| words().all(|word| PLAIN.contains(&word)))
}

fn alike(part: &Quantity, stated: &Quantity) -> bool {
    part.unit == stated.unit
        && part.is_point()
        && part.over.is_none()
        && !part.signed
        && part.limit == Limit::Exactly
        && part.decimals <= stated.decimals + 1
}

/// Three numbers or more of one kind in the sentence, or in the one before, and no others.
fn in_words(
    sentence: &Sentence,
    place: usize,
    before: Option<&Sentence>,
    stated: &Quantity,
) -> Option<Vec<Exact>> {
    // "The mean over all 400 answers is 4.1": a number of things is no mean of them.
    if sentence.after(stated).starts_with(|c: char| c.is_alphabetic()) && over_all(sentence, stated) {
        return None;
    }
    let own = sentence.quantities.get(..place).unwrap_or_default();
    let earlier = before.filter(|_| own.is_empty()).map_or(own, |before| before.quantities.as_slice());
    let text = before.filter(|_| own.is_empty()).unwrap_or(sentence);
    // `280 in week 11`: the week is no part.
    let counts = |q: &&Quantity| !is_label(text, q);
    let parts: Vec<&Quantity> = earlier.iter().filter(counts).filter(|q| q.unit == stated.unit).collect();
    let known = stated.unit != Unit::None || parts.len() == earlier.iter().filter(counts).count();
    let all = parts.len() >= 3 && known && parts.iter().all(|q| alike(q, stated));
    // A number that counts other things, or a list and its sum, is no series.
    let end = if own.is_empty() { text.text.len() } else { stated.start };
    let other = mentions(
        &text.between(0, end),
        &[
            "total",
            "sum",
            "of which",
            "together",
            "limit",
            "up to",
            "to",
            "max",
            "maximum",
            "longest",
            "median",
            "p95",
            "p50",
            "p75",
            "p90",
            "p99",
            "minimum",
            "best",
            "worst",
            "oldest",
            "slowest",
            "quantile",
            "percentile",
            "lowest",
            "highest",
            "peak",
        ],
    );
    (all && !other).then(|| parts.iter().map(|q| q.low.clone()).collect())
}

/// Whether a number says of how many something is the mean.
fn over_all(sentence: &Sentence, stated: &Quantity) -> bool {
    let before = sentence.between(0, stated.start);
    ["over", "of all", "over all", "across", "across all", "from", "of the", "of"]
        .iter()
        .any(|word| before.ends_with(word))
}

/// Whether a number only says which week, run or month something is of.
fn is_label(sentence: &Sentence, quantity: &Quantity) -> bool {
    let before = sentence.between(0, quantity.start);
    let word = before.rsplit(' ').next().unwrap_or_default();
    matches!(
        word,
        "week" | "weeks" | "run" | "day" | "month" | "sprint" | "night" | "round" | "round no." | "kw"
    )
}

/// Three lines or more right above, each with one number in the unit of the mean.
fn lines_above(lines: &[Line], first: &Line, number: u32, stated: &Quantity) -> Option<Vec<Exact>> {
    let at = lines.partition_point(|line| line.number < number);
    let own = lines.get(at)?;
    let mut parts = Vec::new();
    for line in lines.get(at.saturating_sub(ABOVE)..at)?.iter().rev() {
        let listed = matches!(line.kind, Kind::Item | Kind::Fenced) || line.label.is_some();
        let mut values = line.values();
        let (Some(value), None) = (values.next(), values.next()) else { break };
        if !listed || line.section != first.section || value.unit != stated.unit || !alike(value, stated) {
            break;
        }
        parts.push(value.low.clone());
    }
    let near = own.section == first.section && own.kind == Kind::Text || own.kind == Kind::Fenced;
    parts.reverse();
    // Plain numbers are a series where they are scores.
    let scores = parts.iter().chain([&stated.low]).all(|part| *part <= whole(100) && *part >= whole(0));
    (near && parts.len() >= 3 && parts.len() < ABOVE && (stated.unit != Unit::None || scores))
        .then_some(parts)
}

/// The row of the only table of the section that is named as what the mean counts: "16 pages a week" below `pages`.
fn in_row(facts: &Facts<'_>, first: &Line, sentence: &Sentence, stated: &Quantity) -> Option<Vec<Exact>> {
    let name = noun(sentence, stated);
    let tables = &facts.document.tables;
    let at = tables.partition_point(|table| table.header.line < first.number).checked_sub(1)?;
    let table = tables.get(at).filter(|table| table.section == first.section && stated.unit == Unit::None)?;
    let own = |row: &&crate::audit::table::Row| {
        let first = row.cell(0).to_lowercase();
        first.trim() == name || first.len() > 2 && mentions(&sentence.text.to_lowercase(), &[first.trim()])
    };
    let mut rows = table.rows.iter().filter(own);
    let (row, None) = (rows.next()?, rows.next()) else { return None };
    let numbers: Vec<Exact> = (1..row.cells.len())
        .map(|column| row.number(column).filter(|q| alike(q, stated)).map(|q| q.low))
        .collect::<Option<_>>()?;
    Some(without_sum(table, numbers)).filter(|parts| parts.len() >= 3)
}

/// A last column that is the sum of the others is none of them.
fn without_sum(table: &Table, mut numbers: Vec<Exact>) -> Vec<Exact> {
    let last = numbers.last().cloned().unwrap_or_default();
    let sum: Exact = numbers.iter().cloned().sum::<Exact>() - &last;
    let head = table.header.cells.last().map(|head| head.to_lowercase()).unwrap_or_default();
    if sum == last || mentions(&head, &["total", "sum", "all", "mean", "average", "change"]) {
        numbers.pop();
    }
    numbers
}

/// Outside of its parts it is no mean of them; inside it is wrong where it is said to be the plain one.
fn judge(sentence: &Sentence, stated: &Quantity, parts: &[Exact], plain: bool, findings: &mut Findings) {
    let (Some(least), Some(most)) = (parts.iter().min(), parts.iter().max()) else { return };
    let mean = parts.iter().cloned().sum::<Exact>() / whole(parts.len());
    let outside = stated.low < least - stated.ulp() || stated.low > most + stated.ulp();
    if says(&stated.low, stated.decimals, &mean) || !outside && !plain {
        return;
    }
    let terms: Vec<String> = parts.iter().map(shown).collect();
    let message = format!("the mean of {} is", terms.join(", "));
    sentence.report((Rule::MeanBound, stated), &message, shown(&mean), findings);
}

/// "4.4 on iOS, 4.1 on Android. All answers together give 4.22."
pub(super) fn of_all(before: &Sentence, sentence: &Sentence, findings: &mut Findings) {
    let Some(stated) = sentence.quantities.last().filter(|q| q.decimals > 0 && q.unit != Unit::Points) else {
        return;
    };
    let lower = sentence.text.to_lowercase();
    let combined = mentions(&lower, &["together", "overall", "combined", "in all", "all in all"]);
    let lead = sentence.between(0, stated.start);
    let gives = ["give", "gives", "make", "makes", "is", "are", "get", "average", "rate"]
        .iter()
        .any(|verb| lead.ends_with(verb));
    let parts: Vec<&Quantity> =
        before.quantities.iter().filter(|q| q.decimals > 0 && q.unit == stated.unit).collect();
    let fits = parts.len() >= 2 && parts.iter().all(|q| alike(q, stated));
    let (Some(least), Some(most)) = (parts.iter().map(|q| &q.low).min(), parts.iter().map(|q| &q.low).max())
    else {
        return;
    };
    let sum: Exact = parts.iter().map(|q| q.low.clone()).sum();
    let outside = stated.low > most + stated.ulp() || stated.low < least - stated.ulp();
    // Twice as much is no mean that somebody got wrong.
    let near =
        stated.low != sum && &stated.low * whole(2) < most * whole(3) && &stated.low * whole(2) > *least;
    if combined
        && gives
        && fits
        && outside
        && near
        && sentence.after(stated).is_empty() | sentence.after(stated).starts_with('.')
    {
        let computed = format!("{}-{}", shown(least), shown(most));
        sentence.report((Rule::MeanBound, stated), "a mean of these lies in", computed, findings);
    }
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::lines;
    use crate::model::audit::Rule;

    #[test]
    fn a_mean_in_words_is_that_of_the_numbers_before_it() {
        for (text, mean, wrong) in [
            ("Nights took 90 min, 100 min and 110 min. The mean is {} min.", "100", "120"),
            ("run a: 4.0 h\nrun b: 5.0 h\nrun c: 6.0 h\n\nmean {} h, best 4.0 h", "5.0", "4.6"),
            (
                "1. Lauf: 20 Minuten\n2. Lauf: 30 Minuten\n3. Lauf: 40 Minuten\n\nIm Mittel sind das {} Minuten, und die Grenze von 45 ist nicht erreicht, das ist gut.",
                "30",
                "50",
            ),
            (
                "| | w1 | w2 | w3 | sum |\n|---|---|---|---|---|\n| calls | 10 | 14 | 18 | 42 |\n\nOn average {} calls a week.",
                "14",
                "16",
            ),
            ("Ratings: 4.5 on web, 4.1 on phones. All answers together give {}.", "4.3", "4.9"),
        ] {
            assert_eq!(lines(&text.replace("{}", mean), Rule::MeanBound, None), [0; 0], "{text}");
            assert_eq!(lines(&text.replace("{}", wrong), Rule::MeanBound, None).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_mean_of_something_else_is_left_alone() {
        for text in [
            "p50 1.1 ms, p90 2.4 ms, p99 9.0 ms; mean 1.6 ms.",
            "Repairs took 3 h, 5 h and 9 h. The weighted mean is 4 h.",
            "Repairs took 3 h, 5 h and 9 h. The mean time between failures is 40 h.",
            "```\n1   96   41\n2   97   40\nmean  96  40\n```\n",
        ] {
            assert_eq!(lines(text, Rule::MeanBound, None), [0; 0], "{text}");
        }
    }
}
