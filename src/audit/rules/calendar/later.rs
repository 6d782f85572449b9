//! "Two weeks after 6 July is 20 July", and an item that is dated by another: "13 July: …, two weeks after the step to 50 %".

use jiff::civil::Date;

use super::distance::{Years, is_later, moved, shown};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Day, Length, Unit, quantities};
use crate::audit::rules::passage::{Of, Passage};
use crate::audit::words::{same_word, words};
use crate::model::audit::Rule;

/// Between the date that is counted from and the one that it leads to.
const LEADS_TO: [&str; 14] = [
    "is", "are", "on", "i.e.", "that is", "so", "falls on", "ends on", "which is", "=", "", "is on", "means",
    "ist der",
];
/// The document itself.
const OWN: [&str; 6] = ["this one", "this review", "this report", "this document", "this page", "today"];
/// Items of a list that are compared.
const MOST: usize = 60;

/// A length that is counted from something: "two weeks after".
struct Told<'a> {
    length: &'a Length,
    /// Whether it is counted back.
    back: bool,
    /// Where that something begins.
    at: usize,
}

pub(super) fn apply(passages: &[Passage], years: &Years, findings: &mut Findings) {
    for (index, passage) in passages.iter().enumerate() {
        for told in passage.lengths.iter().filter_map(|length| told(passage, length)) {
            let object = passage.dates.iter().find(|day| is_object(passage, &told, day));
            let named = passage.said(told.at, passage.text.len());
            let own = OWN.iter().any(|own| named.starts_with(own)).then(|| written(passages)).flatten();
            match (object, own) {
                (Some(object), _) | (None, Some(object)) => {
                    from_date(passage, years, (&told, object), findings)
                }
                (None, None) => from_item(passages, (index, years), &told, findings),
            }
        }
    }
}

/// The only date with a year above the first chapter.
fn written(passages: &[Passage]) -> Option<&Day> {
    let head =
        passages.iter().take_while(|p| p.of != Of::Heading || p.section <= 1).filter(|p| p.of != Of::Heading);
    let mut days =
        head.flat_map(|passage| &passage.dates).filter(|day| day.year.is_some() && day.day.is_some());
    let first = days.next()?;
    days.next().is_none().then_some(first)
}

fn told<'a>(passage: &Passage, length: &'a Length) -> Option<Told<'a>> {
    let after = passage.said(length.end, passage.text.len());
    let rest = after.trim_start();
    let words = [
        ("after ", false),
        ("past ", false),
        ("from ", false),
        ("before ", true),
        ("nach ", false),
        ("vor ", true),
    ];
    let (word, back) = words.into_iter().find(|(word, _)| rest.starts_with(word))?;
    let calendar = matches!(length.unit, Unit::Days | Unit::Weeks | Unit::Months) && length.is_exact();
    calendar.then_some(Told { length, back, at: passage.text.len() - rest.len() + word.len() })
}

/// The date right behind "after", but for an article or a word.
fn is_object(passage: &Passage, told: &Told<'_>, day: &Day) -> bool {
    let gap = day.start.checked_sub(told.at).map(|_| passage.between(told.at, day.start));
    gap.is_some_and(|gap| {
        matches!(
            gap.as_str(),
            "" | "the" | "dem" | "release on" | "launch on" | "the launch on" | "the release on"
        )
    })
}

/// A date before the length or behind the date that it is counted from.
fn from_date(passage: &Passage, years: &Years, (told, object): (&Told<'_>, &Day), findings: &mut Findings) {
    // The date of the document stands elsewhere.
    let end = if passage.dates.contains(object) { object.end } else { usize::MAX };
    let behind = passage
        .dates
        .iter()
        .find(|day| day.start >= end && LEADS_TO.contains(&passage.between(object.end, day.start).as_str()));
    let ahead = passage.dates.iter().find(|day| {
        let gap = day.end <= told.length.start;
        let words =
            ["", "just", "exactly", "which is", "that is", "i.e.", "is", "only", "ist", "also", "genau"];
        gap && words.contains(&passage.between(day.end, told.length.start).as_str())
    });
    if let Some(other) = behind.or(ahead) {
        judge(passage, years, (told, object, other), findings);
    }
}

/// The date at the beginning of an item, told from that of another item of its list.
fn from_item(
    passages: &[Passage],
    (index, years): (usize, &Years),
    told: &Told<'_>,
    findings: &mut Findings,
) {
    let Some(passage) = passages.get(index) else { return };
    let Some(own) = leading(passage).filter(|_| !told.back) else { return };
    let end = passage
        .said(told.at, passage.text.len())
        .find([',', ';', ')', '.'])
        .map_or(passage.text.len(), |end| told.at + end);
    let named = passage.said(told.at, end);
    let near = index.saturating_sub(MOST)..(index + MOST).min(passages.len());
    let siblings = passages.get(near).unwrap_or_default().iter().filter(|other| {
        (other.section, other.of) == (passage.section, passage.of)
            && other.first_line() != passage.first_line()
    });
    let mut fitting =
        siblings.filter_map(|other| Some((other, leading(other)?))).filter(|(other, _)| names(named, other));
    if let (Some((_, object)), None) = (fitting.next(), fitting.next()) {
        judge(passage, years, (told, object, own), findings);
    }
}

/// The only date of an item or a row, where it begins with it.
fn leading(passage: &Passage) -> Option<&Day> {
    let [day] = passage.dates.as_slice() else { return None };
    let led = matches!(passage.of, Of::Item | Of::Row | Of::Text) && day.day.is_some();
    (led && passage.said(0, day.start).chars().all(|c| !c.is_alphanumeric())).then_some(day)
}

/// Whether "the step to 50 %" names what another item is about, before that one is told from a third.
fn names(named: &str, other: &Passage) -> bool {
    let told = other.lengths.iter().find_map(|length| Some((length, told(other, length)?)));
    let own = other.said(0, told.map_or(other.text.len(), |(length, _)| length.start));
    let numbers = quantities(named);
    let there = quantities(own);
    if !numbers.is_empty() {
        return numbers.iter().all(|n| there.iter().any(|q| q.low == n.low && q.unit == n.unit));
    }
    let (words, there) = (words(named), words(own));
    !words.is_empty() && words.iter().all(|word| there.iter().any(|other| same_word(word, other)))
}

fn judge(
    passage: &Passage,
    years: &Years,
    (told, object, said): (&Told<'_>, &Day, &Day),
    findings: &mut Findings,
) {
    let (first, last) = if told.back { (said, object) } else { (object, said) };
    let month = |day: &Day| day.day.is_none();
    let right = if month(object) || month(said) {
        in_months(told, object, said)
    } else {
        let pairs: Vec<(Date, Date)> = years.pairs(first, last);
        if pairs.is_empty() || pairs.iter().any(|(first, last)| is_later(told.length, *first, *last)) {
            return;
        }
        let from = pairs.first().map(|(first, last)| if told.back { *last } else { *first });
        from.and_then(|from| moved(from, told.length, told.back)).map(|date| shown(date, said))
    };
    let Some(right) = right else { return };
    let (line, date) = (passage.line(said.start), passage.said(said.start, said.end).to_owned());
    let word = if told.back { "before" } else { "after" };
    let object = shown_day(object);
    let message = format!("{} {word} {object} is {right}, not {date}", told.length.shown());
    if !findings.has(Rule::Timeline, line) {
        findings.add(Rule::Timeline, line, message, (date, Some(right)));
    }
}

fn shown_day(day: &Day) -> String {
    let date = Date::new(day.year.unwrap_or(2028), day.month, day.day.unwrap_or(1));
    let text = date.map(|date| shown(date, day)).unwrap_or_default();
    if day.day.is_some() { text } else { text.trim_start_matches("1 ").to_owned() }
}

/// "18 months after September 2026 is March 2028": the right month, where another is said.
fn in_months(told: &Told<'_>, object: &Day, said: &Day) -> Option<String> {
    if told.length.unit != Unit::Months {
        return None;
    }
    let from = Date::new(object.year?, object.month, 1).ok()?;
    let right = moved(from, told.length, told.back)?;
    let wrong = (right.year(), right.month()) != (said.year?, said.month);
    let like = Day { day: None, ..*said };
    wrong.then(|| shown(right, &like).trim_start_matches("1 ").to_owned())
}
