//! Times that are told from each other in prose.

use jiff::civil::Date;
use num_traits::Signed as _;

use super::distance::{Years, is_later, lasts, moved, shown as shown_date};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Day, Length, Limit, Quantity, Unit, in_words, noun, quantities, shown};
use crate::audit::rules::passage::{Of, Passage};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};
use crate::model::words::with_noun;

pub(super) fn apply(passages: &[Passage], years: &Years, findings: &mut Findings) {
    for passage in passages.iter().filter(|passage| passage.of != Of::Row) {
        done_by(passage, years, findings);
        weeks_counted(passage, findings);
        weeks_follow(passage, findings);
        sprints(passage, findings);
        people(passage, findings);
        since_release(passages, passage, findings);
    }
    first_to_last(passages, years, findings);
}

fn report(
    passage: &Passage,
    (start, end): (usize, usize),
    message: &str,
    right: String,
    findings: &mut Findings,
) {
    let (line, said) = (passage.line(start), passage.said(start, end).to_owned());
    if !findings.has(Rule::Timeline, line) {
        findings.add(Rule::Timeline, line, format!("{message} {right}, not {said}"), (said, Some(right)));
    }
}

/// "They start on 7 September. The longest takes three weeks, so all are done by 25 September."
fn done_by(passage: &Passage, years: &Years, findings: &mut Findings) {
    let lower = passage.text.to_lowercase();
    let ends = |at: usize, words: &[&str]| {
        lower.get(..at).is_some_and(|before| words.iter().any(|w| before.trim_end().ends_with(w)))
    };
    let begins = [
        "start on",
        "starts on",
        "starting on",
        "start together on",
        "begin on",
        "begins on",
        "started on",
        "launch on",
    ];
    let over = [
        "done by",
        "over by",
        "finished by",
        "ready by",
        "complete by",
        "ends on",
        "end on",
        "finishes on",
        "through on",
        "has it by",
        "done on",
    ];
    let dates =
        |words: &[&str]| -> Vec<&Day> { passage.dates.iter().filter(|day| ends(day.start, words)).collect() };
    let (from, to) = (dates(&begins), dates(&over));
    let ([from], [to]) = (from.as_slice(), to.as_slice()) else { return };
    let takes = |length: &&Length| {
        ends(length.start, &["takes", "take", "need", "needs", "lasts", "last"])
            && matches!(length.unit, Unit::Days | Unit::Weeks | Unit::Months)
    };
    let mut lengths = passage.lengths.iter().filter(takes);
    let (Some(length), None) = (lengths.next(), lengths.next()) else { return };
    let other = passage.lengths.iter().any(|l| l.start > length.end && l.end < to.start)
        || mentions(&lower, &["then", "followed"]);
    if to.start < length.start || other || from.day.is_none() || to.day.is_none() {
        return;
    }
    let pairs = years.pairs(from, to);
    let fits =
        |pair: &(Date, Date)| lasts(length, *pair, years.tell(from)) || is_later(length, pair.0, pair.1);
    let Some((first, _)) = pairs.first().filter(|_| !pairs.iter().any(fits)) else { return };
    if let Some(right) = moved(*first, length, false) {
        let right = format!("about {}", shown_date(right, to));
        report(
            passage,
            (to.start, to.end),
            &format!("{} from {} on end", length.shown(), passage.said(from.start, from.end)),
            right,
            findings,
        );
    }
}

/// `weeks 43 and 44` or `week 5` at a place of a text: first, last, and where they begin and end.
struct Weeks {
    first: Exact,
    last: Exact,
    start: usize,
    end: usize,
}

fn weeks(text: &str) -> Vec<Weeks> {
    let lower = text.to_lowercase();
    let mut found = Vec::new();
    for (start, word) in lower.match_indices("week") {
        let after = lower.get(start + word.len()..).unwrap_or_default();
        let plural = usize::from(after.starts_with('s'));
        let at = start + word.len() + plural;
        let Some(rest) = text.get(at..).and_then(|rest| rest.strip_prefix(' ')) else { continue };
        let numbers = quantities(rest);
        let plain = |q: &&Quantity| {
            q.unit == Unit::None && q.over.is_none() && q.limit == Limit::Exactly && !q.signed
        };
        let Some(first) = numbers.first().filter(|q| q.start == 0).filter(plain) else { continue };
        let second = numbers.get(1).filter(plain).filter(|second| {
            let joint = rest.get(first.end..second.start).unwrap_or_default();
            plural == 1 && matches!(joint.trim(), "and" | "to" | "&" | "und")
        });
        let last = second.unwrap_or(first);
        found.push(Weeks {
            first: first.low.clone(),
            last: last.high.clone(),
            start,
            end: at + 1 + last.end,
        });
    }
    found
}

/// "Two weeks of parallel running, weeks 43 and 44": as many as they are.
fn weeks_counted(passage: &Passage, findings: &mut Findings) {
    for span in weeks(&passage.text).iter().filter(|span| span.last > span.first) {
        let own = passage.lengths.iter().filter(|length| length.unit == Unit::Weeks && length.is_exact());
        for length in own {
            let before = passage.between(length.end, span.start);
            let of = before.starts_with("of ")
                && before.len() <= 40
                && !before.contains(['.', ';'])
                && passage.said(0, span.start).trim_end().ends_with([',', '(', ':']);
            let near = length.end <= span.start && (before.is_empty() || of);
            let behind = length.start >= span.end
                && length.start <= span.end + 3
                && passage.between(span.end, length.start).is_empty();
            let right = &span.last - &span.first + whole(1);
            if (near || behind) && length.low != right {
                let right = with_noun(&shown(&right), noun(Unit::Weeks));
                let message = format!("{} are", passage.said(span.start, span.end));
                report(passage, (length.start, length.end), &message, right, findings);
            }
        }
    }
}

/// "… in week 42. After that come two weeks, weeks 42 and 43": what follows begins later.
fn weeks_follow(passage: &Passage, findings: &mut Findings) {
    let found = weeks(&passage.text);
    for (start, end) in passage.sentences() {
        let lower = passage.said(start, end).trim_start().to_lowercase();
        if !["after that", "afterwards", "after this", "then ", "after it", "danach", "this is followed"]
            .iter()
            .any(|word| lower.starts_with(word))
        {
            continue;
        }
        let before = found.iter().rfind(|weeks| weeks.end <= start);
        let next = found.iter().find(|weeks| weeks.start >= start && weeks.end <= end);
        if let (Some(before), Some(next)) = (before, next)
            && next.first <= before.last
            && next.last > next.first
        {
            let right = format!("week {}", shown(&(&before.last + whole(1))));
            report(
                passage,
                (next.start, next.end),
                &format!("what follows week {} begins in", shown(&before.last)),
                right,
                findings,
            );
        }
    }
}

/// "Three sprints of two weeks each: 6 weeks".
fn sprints(passage: &Passage, findings: &mut Findings) {
    for pair in passage.lengths.windows(2) {
        let [each, total] = pair else { continue };
        let before = passage.said(0, each.start).trim_end().to_lowercase();
        let Some(before) = before.strip_suffix(" of") else { continue };
        let mut words = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let things = words.next().unwrap_or_default();
        let number = words.next().and_then(|word| word.parse::<u32>().ok().or_else(|| in_words(word)));
        let known =
            ["sprints", "iterations", "waves", "phases", "cycles", "blocks", "rounds"].contains(&things);
        let joint = passage.said(each.end, total.start).to_lowercase();
        let joint = joint.trim_matches([' ', ',', ':', '=', '(', '–', '-', ';']);
        let makes = matches!(
            joint,
            "" | "each"
                | "each, so"
                | "each, i.e."
                | "each, in total"
                | "each are"
                | "each make"
                | "each is"
                | "each makes"
                | "are"
                | "make"
                | "each that is"
                | "each: that is"
                | "in total"
                | "so"
                | "i.e."
        );
        let (Some(number), true) =
            (number, known && makes && each.unit == total.unit && each.is_exact() && total.is_exact())
        else {
            continue;
        };
        let right = &each.low * whole(number);
        if right != total.low {
            let right = with_noun(&shown(&right), noun(total.unit));
            report(
                passage,
                (total.start, total.end),
                &format!("{number} {things} of {} take", each.shown()),
                right,
                findings,
            );
        }
    }
}

/// "Two people work on it, so 25 person-weeks take 12.5 weeks".
fn people(passage: &Passage, findings: &mut Findings) {
    for (start, end) in passage.sentences() {
        let text = passage.said(start, end).to_lowercase();
        let Some(staff) = staff(&text) else { continue };
        let units = [
            ("person-weeks", Unit::Weeks),
            ("person-days", Unit::Days),
            ("engineer-weeks", Unit::Weeks),
            ("engineer-days", Unit::Days),
            ("person-months", Unit::Months),
        ];
        let Some((word, unit)) = units.into_iter().find(|(word, _)| text.contains(word)) else { continue };
        let at = text.find(word).unwrap_or_default();
        let numbers = quantities(text.get(..at).unwrap_or_default());
        let Some(work) =
            numbers.last().filter(|q| q.end + 1 == at && q.is_point() && q.limit == Limit::Exactly)
        else {
            continue;
        };
        let behind = text.get(at + word.len()..).unwrap_or_default().trim_start();
        let verb = ["take ", "takes ", "need ", "are ", "last ", "make "]
            .iter()
            .any(|verb| behind.starts_with(verb));
        let mut own = passage
            .lengths
            .iter()
            .filter(|l| l.start >= start + at + word.len() && l.end <= end && l.unit == unit);
        let Some(length) =
            own.next().filter(|l| verb && l.is_exact() && l.start <= start + at + word.len() + 8)
        else {
            continue;
        };
        let right = &work.low / &staff;
        if length.low != right && length.low != right.ceil() && length.low != right.round() {
            let message = format!("{} {word} of {} people take", shown(&work.low), shown(&staff));
            report(
                passage,
                (length.start, length.end),
                &message,
                with_noun(&shown(&right), noun(unit)),
                findings,
            );
        }
    }
}

/// "Two people", "three engineers": the only number of people of a text.
fn staff(text: &str) -> Option<Exact> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let people = ["people", "engineers", "developers", "persons", "testers", "colleagues"];
    let mut found = words.windows(2).filter_map(|pair| match pair {
        [number, noun] if people.contains(noun) => number.parse::<u32>().ok().or_else(|| in_words(number)),
        _ => None,
    });
    let first = found.next().filter(|number| *number >= 2)?;
    found.next().is_none().then(|| whole(first))
}

/// "Supported for 18 months, until March 2028", where the document says when it was released.
fn since_release(passages: &[Passage], passage: &Passage, findings: &mut Findings) {
    let lower = passage.text.to_lowercase();
    for length in passage.lengths.iter().filter(|length| length.unit == Unit::Months && length.is_exact()) {
        let told = lower.get(..length.start).unwrap_or_default();
        let supported = told.ends_with("supported for ")
            || told.ends_with("maintained for ")
            || told.ends_with("support for ");
        let until = passage
            .dates
            .iter()
            .find(|day| day.start > length.end && passage.between(length.end, day.start) == "until");
        let (Some(until), true) = (until, supported) else { continue };
        let released = passages
            .iter()
            .filter(|p| p.text.to_lowercase().starts_with("release"))
            .flat_map(|p| p.dates.iter().take(1));
        let mut released = released.filter(|day| day.year.is_some());
        let (Some(from), None, Some(last)) = (released.next(), released.next(), until.year) else { continue };
        let months = super::distance::months((from.year.unwrap_or(last), from.month), (last, until.month));
        let months = whole(months);
        if (&months - &length.low).abs() > whole(1) {
            let message = format!(
                "the release of {} is supported until then for",
                from.year.map(|year| format!("{year}-{:0>2}", from.month)).unwrap_or_default()
            );
            report(
                passage,
                (length.start, length.end),
                &message,
                with_noun(&shown(&months), "month"),
                findings,
            );
        }
    }
}

/// "Thirteen days from the first step to the last" of rows and items with a date each.
fn first_to_last(passages: &[Passage], years: &Years, findings: &mut Findings) {
    for passage in passages.iter().filter(|passage| matches!(passage.of, Of::Text | Of::Item)) {
        let lower = passage.text.to_lowercase();
        let said = passage.lengths.iter().find(|length| {
            let after = lower.get(length.end..).unwrap_or_default().trim_start();
            length.is_exact()
                && (after.starts_with("from the first ") && after.contains("to the last")
                    || after.starts_with("between the first ") && after.contains("the last"))
        });
        let Some(length) = said.filter(|length| matches!(length.unit, Unit::Days | Unit::Weeks)) else {
            continue;
        };
        let own = passages
            .iter()
            .filter(|other| other.section == passage.section && matches!(other.of, Of::Row | Of::Item));
        let days: Vec<&Day> = own
            .filter_map(|other| other.dates.first().filter(|day| other.dates.len() == 1 && day.day.is_some()))
            .collect();
        let (Some(first), Some(last)) = (days.first(), days.last()) else { continue };
        let pairs = years.pairs(first, last);
        let Some((from, to)) = pairs
            .first()
            .filter(|_| days.len() >= 3 && !pairs.iter().any(|pair| lasts(length, *pair, years.tell(first))))
        else {
            continue;
        };
        let right = with_noun(&shown(&super::distance::counted(length.unit, *from, *to)), noun(length.unit));
        let message = format!("from {} to {} are", shown_date(*from, first), shown_date(*to, last));
        report(passage, (length.start, length.end), &message, right, findings);
    }
}

#[cfg(test)]
mod tests {
    use crate::audit::rules::calendar::tests::found;

    #[test]
    fn times_that_are_told_from_each_other_agree() {
        for text in [
            "They start on 7 September. The longest takes three weeks, so all are done by 25 September.",
            "The last table moves in week 42. After that come two weeks of parallel running, weeks 43 and 44.",
            "So three sprints of two weeks each: 6 weeks.",
            "Two people work on it full time, so 25 person-weeks take 12.5 weeks.",
            "Two people work on it full time, so 25 person-weeks take 13 weeks.",
            "Released 2026-09-03.\n\n4.8 is supported for 18 months, until March 2028.",
            "| Step | Date |\n|---|---|\n| 1 | 3 Mar |\n| 2 | 9 Mar |\n| 3 | 16 Mar |\n\nThirteen days from the first step to the last.",
        ] {
            assert_eq!(found(text), [0; 0], "{text}");
        }
        for text in [
            "They start on 7 September. The longest takes three weeks, so all are done by 18 September.",
            "The last table moves in week 42. After that come two weeks of parallel running, weeks 42 and 43.",
            "After week 40 come three weeks of parallel running, weeks 43 and 44.",
            "So three sprints of two weeks each: 5 weeks.",
            "Two people work on it full time, so 25 person-weeks take 10 weeks.",
        ] {
            assert_eq!(found(text), [1], "{text}");
        }
        assert_eq!(found("Released 2026-09-03.\n\n4.8 is supported for 18 months, until March 2029."), [3]);
        assert_eq!(
            found(
                "| Step | Date |\n|---|---|\n| 1 | 3 Mar |\n| 2 | 9 Mar |\n| 3 | 16 Mar |\n\nTen days from the first step to the last."
            ),
            [7]
        );
    }
}
