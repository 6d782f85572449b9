//! Lengths that add up to the time from the first step to the last: "6 weeks from alpha to the tag"; and the least of a
//! range that is called its most.

use super::follow::beside;
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Length, Unit, lengths, noun, shown};
use crate::audit::rules::passage::{Of, Passage};
use crate::audit::table::Table;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::Exact;
use crate::model::words::with_noun;

/// Lines below a table that speak of it.
const BELOW: usize = 4;

pub(super) fn apply(facts: &Facts<'_>, passages: &[Passage], findings: &mut Findings) {
    let lists = passages
        .chunk_by(|a, b| a.section == b.section && a.of == b.of && b.first_line() <= a.last_line() + 2);
    for pair in lists.collect::<Vec<_>>().windows(2) {
        if let [steps, [total, ..]] = pair {
            from_to(steps, total, findings);
        }
    }
    for table in &facts.document.tables {
        at_most(facts, table, findings);
    }
}

/// A list of steps with a length each, and the text right below that tells the time from its first to its last.
fn from_to(steps: &[Passage], total: &Passage, findings: &mut Findings) {
    let of = |passage: &Passage| match passage.lengths.as_slice() {
        [length] if length.is_exact() && passage.of == Of::Item => Some(length.clone()),
        _ => None,
    };
    let Some(parts) = steps.iter().map(of).collect::<Option<Vec<Length>>>().filter(|parts| parts.len() >= 2)
    else {
        return;
    };
    let (Some(first), [said], Some(step)) = (parts.first(), total.lengths.as_slice(), steps.first()) else {
        return;
    };
    let lower = total.text.to_lowercase();
    let name = step.text.split([':', ',', '(', '–']).next().unwrap_or_default().trim().to_lowercase();
    let whole = !name.is_empty() && lower.contains(&format!("from {name} to "))
        || lower.contains("from the first") && lower.contains("to the last")
        || lower.contains("from start to finish");
    let alike =
        parts.iter().all(|part| part.unit == first.unit) && said.unit == first.unit && said.is_exact();
    let sum: Exact = parts.iter().map(|part| part.low.clone()).sum();
    let apart = steps.iter().all(|step| !beside(&step.text)) && !beside(&total.text);
    if whole && alike && apart && sum != said.low && step.section == total.section {
        let right = with_noun(&shown(&sum), noun(said.unit));
        let (line, text) = (total.line(said.start), total.said(said.start, said.end).to_owned());
        findings.add(
            Rule::Timeline,
            line,
            format!("the steps take {right}, not {text}"),
            (text, Some(right)),
        );
    }
}

/// "That is 11 hours at most" below columns of the least and the most, whose totals are 11 and 18.
fn at_most(facts: &Facts<'_>, table: &Table, findings: &mut Findings) {
    let column = |words: &[&str]| {
        (1..table.header.cells.len())
            .find(|column| mentions(&table.header.cell(*column).to_lowercase(), words))
    };
    let low = column(&["low", "min", "minimum", "best", "optimistic", "at least", "least"]);
    let high = column(&["high", "max", "maximum", "worst", "pessimistic", "at most", "most"]);
    let (Some(low), Some(high), Some(last)) = (low, high, table.rows.last()) else { return };
    let total = last.is_total() || last.cell(0).trim().is_empty();
    let (Some(bottom), Some(largest)) = (last.number(low).filter(|_| total), last.number(high)) else {
        return;
    };
    let below =
        facts.document.lines_from(last.line).iter().take(BELOW).filter(|line| line.section == table.section);
    for line in below {
        let own = lengths(&line.text);
        let ([said], Some(caps)) = (own.as_slice(), caps(line)) else { continue };
        let (wrong, right) = if caps { (&bottom.low, &largest.high) } else { (&largest.high, &bottom.low) };
        let time = matches!(said.unit, Unit::Hours | Unit::Days | Unit::Weeks | Unit::Months);
        if time && said.low == said.high && said.low == *wrong && wrong != right {
            let right = with_noun(&shown(right), noun(said.unit));
            let text = line.between(said.start, said.end).to_owned();
            let message =
                format!("{text} is the {} of line {}", if caps { "least" } else { "most" }, last.line);
            findings.add(Rule::Timeline, line.number, message, (text, Some(right)));
        }
    }
}

/// Whether a line tells the most, or the least, of something.
fn caps(line: &Line) -> Option<bool> {
    let lower = line.text.to_lowercase();
    let most = mentions(&lower, &["at most", "maximum", "no more than", "worst case", "up to"]);
    let least = mentions(&lower, &["at least", "minimum", "best case", "no less than"]);
    (most != least).then_some(most)
}

#[cfg(test)]
mod tests {
    use crate::audit::rules::calendar::tests::found;

    #[test]
    fn lengths_add_up_to_the_time_from_first_to_last() {
        let steps = |weeks: &str| {
            format!(
                "1. Alpha: 2 weeks\n2. Beta: 3 weeks\n3. Candidate: 1 week\n\n{weeks} weeks from alpha to the tag.\n"
            )
        };
        assert_eq!(found(&steps("6")), [0; 0]);
        assert_eq!(found(&steps("5")), [5]);
    }

    #[test]
    fn the_least_is_not_the_most() {
        let table = |said: &str| {
            format!(
                "| Task | Low (h) | High (h) |\n|---|---|---|\n| Fix | 4 | 8 |\n| Test | 7 | 10 |\n| | 11 | 18 |\n\nThat is {said}.\n"
            )
        };
        for said in ["18 hours at most", "at least 11 hours", "11 to 18 hours", "11 hours"] {
            assert_eq!(found(&table(said)), [0; 0], "{said}");
        }
        assert_eq!(found(&table("11 hours at most")), [7]);
        assert_eq!(found(&table("at least 18 hours")), [7]);
    }
}
