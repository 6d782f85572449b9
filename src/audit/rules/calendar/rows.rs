//! Columns of beginnings, ends and lengths, and the same three as lines: `Start: 6 July`, `End: 28 August`, `Duration: 8 weeks`.

use super::distance::{Years, counted, lasts};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Day, Length, Limit, Unit, dates, lengths, noun, quantities, shown};
use crate::audit::rules::passage::{Of, Passage};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::whole;
use crate::model::words::with_noun;

const START: [&str; 9] = ["of", "beginn", "von", "start", "from", "begin", "begins", "starts", "start date"];
const END: [&str; 10] =
    ["ende", "bis", "end", "to", "until", "finish", "ends", "end date", "finished", "till"];
const LENGTH: [&str; 7] = ["duration", "length", "weeks", "days", "months", "calendar weeks", "working days"];

pub(super) fn apply(facts: &Facts<'_>, passages: &[Passage], years: &Years, findings: &mut Findings) {
    for table in &facts.document.tables {
        of_table(table, years, findings);
    }
    let lists = passages
        .chunk_by(|a, b| a.section == b.section && a.of != Of::Row && b.first_line() == a.last_line() + 1);
    for list in lists {
        of_lines(list, years, findings);
    }
}

fn of_table(table: &Table, years: &Years, findings: &mut Findings) {
    let is = |column: usize, words: &[&str]| words.contains(&head(table, column).as_str());
    let columns = || 0..table.header.cells.len();
    let (start, end) = (columns().find(|c| is(*c, &START)), columns().find(|c| is(*c, &END)));
    let lengths = columns().filter(|c| LENGTH.iter().any(|word| head(table, *c).starts_with(word)));
    for column in lengths {
        for row in table.body() {
            let Some(length) = length_of(table, row, column) else { continue };
            if let (Some(start), Some(end)) = (start, end) {
                between(row, (row.cell(start), row.cell(end)), (years, &length, column), findings);
            }
            weeks(table, row, (&length, column), findings);
        }
    }
}

/// The header without what stands in brackets.
fn head(table: &Table, column: usize) -> String {
    table.header.cell(column).split('(').next().unwrap_or_default().trim().to_lowercase()
}

/// A length with its unit, or a number below a header that names it.
fn length_of(table: &Table, row: &Row, column: usize) -> Option<Length> {
    let cell = row.cell(column).trim();
    if let [length] = lengths(cell).as_slice() {
        return (length.start == 0).then(|| length.clone());
    }
    let header = table.header.cell(column).to_lowercase();
    let unit = [("week", Unit::Weeks), ("day", Unit::Days), ("month", Unit::Months)]
        .into_iter()
        .find(|(word, _)| header.contains(word))?
        .1;
    let number = row.number(column).filter(|q| {
        q.unit == Unit::None && q.over.is_none() && q.is_point() && q.limit == Limit::Exactly && !q.signed
    })?;
    let working = mentions(&header, &["working", "work days", "business"]);
    (number.end == cell.len()).then_some(Length {
        low: number.low,
        high: number.high,
        unit,
        working,
        limit: Limit::Exactly,
        start: number.start,
        end: number.end,
    })
}

fn only_day(cell: &str) -> Option<Day> {
    let found = dates(cell);
    let [day] = found.as_slice() else { return None };
    day.day.is_some().then_some(*day)
}

fn between(
    row: &Row,
    (start, end): (&str, &str),
    (years, length, column): (&Years, &Length, usize),
    findings: &mut Findings,
) {
    let (Some(from), Some(to)) = (only_day(start), only_day(end)) else { return };
    if let Some(right) = wrong(years, (&from, &to), length) {
        report(row.line, (row.cell(column).trim(), &right), &format!("from {start} to {end} are"), findings);
    }
}

/// The length from one day to another, where the one that is said cannot be it.
fn wrong(years: &Years, (from, to): (&Day, &Day), length: &Length) -> Option<String> {
    let pairs = years.pairs(from, to);
    let known = years.tell(from) || years.tell(to);
    // Days of work leave weekends and other work out.
    let calendar = matches!(length.unit, Unit::Weeks | Unit::Months) || length.working;
    let (first, last) =
        pairs.first().filter(|_| calendar && !pairs.iter().any(|pair| lasts(length, *pair, known)))?;
    Some(with_noun(&shown(&counted(length.unit, *first, *last)), noun(length.unit)))
}

/// `| 3-6 | 3 weeks |` below `Weeks` and `Duration`.
fn weeks(table: &Table, row: &Row, (length, column): (&Length, usize), findings: &mut Findings) {
    let is_calendar = |c: &usize| {
        matches!(head(table, *c).as_str(), "week" | "weeks" | "calendar weeks" | "when" | "kw" | "cw")
            && *c != column
    };
    let Some(calendar) = (0..table.header.cells.len()).find(is_calendar) else { return };
    let cell = row.cell(calendar).trim().trim_start_matches(|c: char| c.is_alphabetic()).trim();
    let found = quantities(cell);
    let [span] = found.as_slice() else { return };
    let plain = span.unit == Unit::None
        && span.end == cell.len()
        && span.start == 0
        && !span.is_point()
        && span.over.is_none();
    let right = &span.high - &span.low + whole(1);
    if plain && length.unit == Unit::Weeks && length.is_exact() && length.low != right {
        let right = with_noun(&shown(&right), "week");
        report(row.line, (row.cell(column).trim(), &right), &format!("weeks {cell} are"), findings);
    }
}

/// Three lines with a label each.
fn of_lines(list: &[Passage], years: &Years, findings: &mut Findings) {
    let labelled = |words: &[&str]| {
        let is = |passage: &&Passage| {
            let label = passage.text.split_once(':').map(|(label, _)| label.trim().to_lowercase());
            label.is_some_and(|label| words.contains(&label.as_str()))
        };
        let mut found = list.iter().filter(is);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    let (Some(start), Some(end), Some(said)) =
        (labelled(&START), labelled(&END), labelled(&["duration", "length", "total duration"]))
    else {
        return;
    };
    let ([from], [to], [length]) = (start.dates.as_slice(), end.dates.as_slice(), said.lengths.as_slice())
    else {
        return;
    };
    if let Some(right) = wrong(years, (from, to), length).filter(|_| from.day.is_some() && to.day.is_some()) {
        let text = said.said(length.start, length.end);
        report(said.line(length.start), (text, &right), "from its start to its end are", findings);
    }
}

fn report(line: u32, (said, right): (&str, &str), message: &str, findings: &mut Findings) {
    if !findings.has(Rule::Timeline, line) {
        findings.add(
            Rule::Timeline,
            line,
            format!("{message} {right}, not {said}"),
            (said.to_owned(), Some(right.to_owned())),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::audit::rules::calendar::tests::found;

    #[test]
    fn columns_of_beginnings_and_ends_have_their_lengths() {
        let dates = |build: &str| {
            format!(
                "| Phase | Start | End | Duration |\n|---|---|---|---|\n| Design | 2 March 2026 | 13 March 2026 | 2 weeks |\n| Build | 16 March 2026 | 10 April 2026 | {build} weeks |\n"
            )
        };
        assert_eq!(found(&dates("4")), [0; 0]);
        assert_eq!(found(&dates("5")), [4]);
        let numbers = |test: &str| {
            format!(
                "| Phase | Start | End | Weeks |\n|---|---|---|---|\n| Build | 2026-03-16 | 2026-04-10 | 4 |\n| Test | 2026-04-13 | 2026-04-24 | {test} |\n"
            )
        };
        assert_eq!(found(&numbers("2")), [0; 0]);
        assert_eq!(found(&numbers("3")), [4]);
        let weeks = |build: &str| {
            format!(
                "| Phase | Weeks | Duration |\n|---|---|---|\n| Design | 1-2 | 2 weeks |\n| Build | 3-6 | {build} weeks |\n"
            )
        };
        assert_eq!(found(&weeks("4")), [0; 0]);
        assert_eq!(found(&weeks("3")), [4]);
        let lines =
            |weeks: &str| format!("Start: 6 July 2026\nEnd: 28 August 2026\nDuration: {weeks} weeks\n");
        assert_eq!(found(&lines("8")), [0; 0]);
        assert_eq!(found(&lines("6")), [3]);
    }
}
