//! One event with two dates: a calendar that has `29 Oct  rc1`, and "beta on 1 October, rc on 22 October".

use super::distance::Years;
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Kind;
use crate::audit::quantity::{Day, dates};
use crate::audit::rules::passage::{Of, Passage};
use crate::audit::words::mentions;
use crate::model::audit::Rule;

/// Events of one calendar.
const MOST: usize = 60;

/// An event, in lower case, and its date.
struct Event<'a> {
    name: String,
    day: &'a Day,
    passage: &'a Passage,
}

pub(super) fn apply(facts: &Facts<'_>, passages: &[Passage], years: &Years, findings: &mut Findings) {
    labelled(facts, years, findings);
    let lists = passages.chunk_by(|a, b| a.section == b.section && a.of == b.of && a.of != Of::Heading);
    for list in lists {
        let calendar: Vec<Event<'_>> = list.iter().take(MOST).filter_map(entry).collect();
        if calendar.len() < 3 {
            continue;
        }
        for passage in
            passages.iter().filter(|passage| passage.section != list.first().map_or(0, |own| own.section))
        {
            told(&calendar, passage, years, findings);
        }
    }
}

/// `Launch: 19 June` at the head of a document, and the row `| Launch | 12 June |` of its milestones.
fn labelled(facts: &Facts<'_>, years: &Years, findings: &mut Findings) {
    let generic = [
        "date",
        "start",
        "end",
        "deadline",
        "total",
        "status",
        "updated",
        "version",
        "last",
        "today",
        "generated",
    ];
    let rows = facts.document.tables.iter().flat_map(|table| &table.rows).take(MOST);
    let rows: Vec<(String, Day, u32)> = rows
        .filter_map(|row| {
            let found: Vec<Day> = row.cells.iter().flat_map(|cell| dates(cell)).collect();
            let [day] = found.as_slice() else { return None };
            let name = row.cells.iter().find(|cell| dates(cell).is_empty())?;
            day.day.is_some().then(|| (name.trim().to_lowercase(), *day, row.line))
        })
        .collect();
    let lines = facts.document.lines.iter().filter(|line| line.kind == Kind::Item).take(MOST);
    let listed = lines.filter_map(|line| {
        let found = dates(&line.text);
        let [day] = found.as_slice() else { return None };
        let name = line.text.get(day.end..)?.strip_prefix(": ")?;
        (day.start == 0 && day.day.is_some()).then(|| (name.trim().to_lowercase(), *day, line.number))
    });
    let rows: Vec<(String, Day, u32)> = rows.into_iter().chain(listed).collect();
    for line in &facts.document.lines {
        let head = facts.document.sections.get(line.section).is_some_and(|section| section.level <= 1);
        let name = line.key();
        let short = (4..=40).contains(&name.len()) && !mentions(&name, &generic);
        let found = dates(&line.value);
        let [day] = found.as_slice() else { continue };
        let only = day.day.is_some() && line.value.len() <= day.end + 12;
        if !head || !short || !only || rows.iter().any(|(.., at)| *at == line.number) {
            continue;
        }
        let mut named =
            rows.iter().filter(|(other, ..)| *other == name || other.strip_suffix(" day") == Some(&*name));
        if let (Some((_, other, at)), None) = (named.next(), named.next())
            && !same(other, day, years)
            && !findings.has(Rule::Timeline, line.number)
        {
            let said = line.value.get(day.start..day.end).unwrap_or_default().to_owned();
            let message = format!("`{name}` is on {said} here and on another day in line {at}");
            findings.add(Rule::Timeline, line.number, message, (said, None));
        }
    }
}

/// A line that begins with its only date and goes on with a name of one or two words.
fn entry(passage: &Passage) -> Option<Event<'_>> {
    let [day] = passage.dates.as_slice() else { return None };
    let led = day.day.is_some() && passage.said(0, day.start).chars().all(|c| !c.is_alphanumeric());
    let rest = passage.said(day.end, passage.text.len()).trim_start_matches([' ', ':', '|', '-', '–']);
    let end =
        rest.find("  ").into_iter().chain(rest.find([',', ':', '|', '(', ';'])).min().unwrap_or(rest.len());
    let name = rest.get(..end)?.trim().trim_end_matches('.').to_lowercase();
    let short =
        !name.is_empty() && name.split_whitespace().count() <= 2 && name.starts_with(char::is_alphabetic);
    (led && short).then_some(Event { name, day, passage })
}

/// Events in one sentence, of which one at least has the date of the calendar and one has another.
fn told(calendar: &[Event<'_>], passage: &Passage, years: &Years, findings: &mut Findings) {
    for (start, end) in passage.sentences() {
        let (mut agree, mut differ) = (0, Vec::new());
        for day in
            passage.dates.iter().filter(|day| day.start >= start && day.end <= end && day.day.is_some())
        {
            let Some(event) = named(calendar, passage.said(start, day.start)) else { continue };
            if same(event.day, day, years) {
                agree += 1;
            } else {
                differ.push((event, day));
            }
        }
        if let ([(event, day)], true) = (differ.as_slice(), agree >= 1) {
            let (said, right) =
                (passage.said(day.start, day.end), event.passage.said(event.day.start, event.day.end));
            let message = format!(
                "`{}` is on {right} in line {}, not on {said}",
                event.name,
                event.passage.first_line()
            );
            findings.add(
                Rule::Timeline,
                passage.line(day.start),
                message,
                (said.to_owned(), Some(right.to_owned())),
            );
        }
    }
}

/// The only event whose name stands right before "on".
fn named<'a>(calendar: &'a [Event<'a>], before: &str) -> Option<&'a Event<'a>> {
    let lower = before.trim_end().strip_suffix(" on")?.to_lowercase();
    let word = lower.split(|c: char| !c.is_alphanumeric()).next_back().filter(|word| word.len() >= 2)?;
    let is = |event: &&Event<'_>| {
        let rest = event.name.strip_prefix(word);
        rest.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '.'))
    };
    let mut found = calendar.iter().filter(is);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn same(a: &Day, b: &Day, years: &Years) -> bool {
    let years = match (a.year, b.year) {
        (Some(a), Some(b)) => a == b,
        _ => years.tell(a) || a.year == b.year,
    };
    years && a.month == b.month && a.day == b.day
}

#[cfg(test)]
mod tests {
    use crate::audit::rules::calendar::tests::found;

    #[test]
    fn an_event_has_one_date() {
        let plan = |rc: &str| {
            format!(
                "# Plan\n\n* beta on 1 October, rc on {rc}, final on 19 November\n\n## Calendar\n\n- 1 Oct: beta, API frozen\n- 29 Oct: rc1\n- 19 Nov: final\n"
            )
        };
        assert_eq!(found(&plan("29 October")), [0; 0]);
        assert_eq!(found(&plan("22 October")), [3]);
    }
}
