//! Clock times: `22:00 - 08:00, ten hours`, `05:00 plus 2 h 30 min is 07:30`, and steps of which each begins when the one
//! before it is over.

use crate::audit::findings::Findings;
use crate::audit::quantity::{Length, shown};
use crate::audit::rules::passage::{Of, Passage};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};
use crate::model::words::with_noun;

/// Minutes of a day.
const DAY: u32 = 24 * 60;
/// Steps of one schedule.
const MOST: usize = 100;

/// A time of day.
#[derive(Clone, Copy)]
struct Time {
    /// Since midnight.
    minutes: u32,
    start: usize,
    end: usize,
}

pub(super) fn apply(passages: &[Passage], findings: &mut Findings) {
    for passage in passages {
        let times = times(&passage.text);
        for pair in times.windows(2) {
            if let [from, to] = pair {
                span(passage, (*from, *to), findings);
                sum(passage, (*from, *to), findings);
            }
        }
    }
    for list in passages
        .chunk_by(|a, b| a.section == b.section && a.of == b.of && b.first_line() == a.first_line() + 1)
    {
        steps(list, findings);
    }
}

/// Every `HH:MM` in a text.
fn times(text: &str) -> Vec<Time> {
    let of = |(at, _): (usize, &str)| {
        let digits = |text: &str, ahead: bool| {
            let count = if ahead {
                text.bytes().take_while(u8::is_ascii_digit).count()
            } else {
                text.bytes().rev().take_while(u8::is_ascii_digit).count()
            };
            (1..=2).contains(&count).then_some(count)
        };
        let (before, after) = (text.get(..at)?, text.get(at + 1..)?);
        let (start, end) =
            (at - digits(before, false)?, at + 1 + digits(after, true).filter(|count| *count == 2)?);
        let (hour, minute): (u32, u32) =
            (text.get(start..at)?.parse().ok()?, text.get(at + 1..end)?.parse().ok()?);
        let around = |c: char| c.is_alphanumeric() || matches!(c, ':' | '.' | '/');
        let free = !text.get(..start)?.ends_with(around) && !is_more(text.get(end..)?);
        (free && hour <= 24 && minute < 60).then_some(Time { minutes: hour * 60 + minute, start, end })
    };
    text.match_indices(':').filter_map(of).collect()
}

/// Whether a time goes on: seconds, a ratio, a twelve-hour clock.
fn is_more(after: &str) -> bool {
    let word = after.trim_start().to_lowercase();
    after.starts_with(|c: char| c.is_alphanumeric())
        || after.strip_prefix([':', '.']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || ["am", "pm", "a.m", "p.m"].iter().any(|half| word.starts_with(half))
}

/// From one time to the next, over midnight where that must be.
fn between(from: Time, to: Time) -> Exact {
    whole((to.minutes + DAY - from.minutes) % DAY)
}

/// A span of two times with its length right before or behind it.
fn span(passage: &Passage, (from, to): (Time, Time), findings: &mut Findings) {
    let joint = passage.said(from.end, to.start).to_lowercase();
    let weekday = |word: &str| word.ends_with("day") || word.ends_with("tag");
    let joint: Vec<&str> = joint
        .split_whitespace()
        .filter(|word| !weekday(word) && !matches!(*word, "uhr" | "cet" | "utc"))
        .collect();
    let named = passage
        .said(from.end, to.start)
        .split_whitespace()
        .filter(|word| weekday(&word.to_lowercase()))
        .count();
    if !matches!(joint.as_slice(), ["to" | "until" | "till" | "-" | "–" | "—" | "bis" | "and" | "→"]) {
        return;
    }
    let gap = |text: String| {
        text.split_whitespace().all(|word| {
            weekday(word)
                || matches!(
                    word,
                    "from"
                        | "between"
                        | "window"
                        | "is"
                        | "are"
                        | "of"
                        | "uhr"
                        | "that"
                        | "utc"
                        | "cet"
                        | "i.e."
                        | "a"
                        | "for"
                        | "or"
                        | "the"
                        | "von"
                )
        })
    };
    let is_own = |length: &&Length| {
        let behind = length.start >= to.end && gap(passage.between(to.end, length.start));
        let ahead = length.end <= from.start && gap(passage.between(length.end, from.start));
        behind || ahead
    };
    let Some(length) = passage.lengths.iter().find(is_own) else { return };
    let Some(minutes) = length.minutes() else { return };
    let right = between(from, to);
    // A whole day more, over two days with names.
    let days = [right.clone(), &right + whole(DAY), &right + whole(2 * DAY)];
    if !days.iter().take(if named > 0 { 3 } else { 1 }).any(|right| *right == minutes) && right != whole(0) {
        let message = format!("{} are {}", passage.said(from.start, to.end), in_words(&right));
        report(passage, length, message, in_words(&right), findings);
    }
}

/// `05:00 plus 2 h 30 min is 07:30`.
fn sum(passage: &Passage, (from, to): (Time, Time), findings: &mut Findings) {
    let inside = |length: &&Length| length.start >= from.end && length.end <= to.start;
    let Some(length) = passage.lengths.iter().find(inside) else { return };
    let plus = matches!(passage.between(from.end, length.start).as_str(), "plus" | "+" | "and");
    let is = matches!(
        passage.between(length.end, to.start).as_str(),
        "is" | "" | "are" | "makes" | "gives" | "ends at" | "ist"
    );
    let Some(minutes) = length.minutes().filter(|_| plus && is) else { return };
    let right = (whole(from.minutes) + minutes) % whole(DAY);
    if right != whole(to.minutes % DAY) {
        let (said, right) = (passage.said(to.start, to.end).to_owned(), on_clock(&right));
        let message =
            format!("{} plus {} is {right}, not {said}", passage.said(from.start, from.end), length.shown());
        findings.add(Rule::Timeline, passage.line(to.start), message, (said, Some(right)));
    }
}

/// Steps that begin with a time and have a length; one of them does not end where the next begins.
fn steps(list: &[Passage], findings: &mut Findings) {
    let first = |passage: &Passage| {
        let time = times(&passage.text).into_iter().next()?;
        let leads = passage.said(0, time.start).chars().all(|c| !c.is_alphanumeric());
        (leads && passage.of != Of::Heading).then_some(time)
    };
    let steps: Vec<(&Passage, Time)> =
        list.iter().take(MOST).map_while(|passage| Some((passage, first(passage)?))).collect();
    let mut meets = 0;
    let mut wrong: Vec<(&Passage, &Length, Exact)> = Vec::new();
    for pair in steps.windows(2) {
        let [(passage, from), (_, to)] = pair else { continue };
        let [length] = passage.lengths.as_slice() else { continue };
        let (Some(minutes), right) = (length.minutes(), between(*from, *to)) else { continue };
        if minutes == right {
            meets += 1;
        } else {
            wrong.push((passage, length, right));
        }
    }
    if let [(passage, length, right)] = wrong.as_slice()
        && meets >= 2
    {
        let message = format!("the next step begins {} later", in_words(right));
        report(passage, length, message, in_words(right), findings);
    }
}

fn report(passage: &Passage, length: &Length, message: String, right: String, findings: &mut Findings) {
    let said = passage.said(length.start, length.end).to_owned();
    findings.add(
        Rule::Timeline,
        passage.line(length.start),
        format!("{message}, not {said}"),
        (said, Some(right)),
    );
}

fn in_words(minutes: &Exact) -> String {
    let hours = minutes / whole(60);
    if hours.is_integer() && *minutes != whole(60) {
        with_noun(&shown(&hours), "hour")
    } else {
        with_noun(&shown(minutes), "minute")
    }
}

fn on_clock(minutes: &Exact) -> String {
    let hours = (minutes / whole(60)).floor();
    let rest = minutes - &hours * whole(60);
    format!("{:0>2}:{:0>2}", shown(&hours), shown(&rest))
}

#[cfg(test)]
mod tests {
    use crate::audit::rules::calendar::tests::found;

    #[test]
    fn spans_of_the_clock_have_their_length() {
        for text in [
            "Window 22:00 - 08:00, ten hours.",
            "The run takes 90 min (09:15 to 10:45).",
            "05:00 plus 2 h 30 min is 07:30.",
            "16 hours, from Saturday 06:00 to Saturday 22:00.",
            "Freeze from Friday 22:00 to Sunday 22:00, 48 hours.",
            "The ratio 3:15 to 4:20 took 3 hours to find.",
        ] {
            assert_eq!(found(text), [0; 0], "{text}");
        }
        for text in [
            "Window 22:00 - 08:00, eleven hours.",
            "The run takes 80 min (09:15 to 10:45).",
            "05:00 plus 2 h 30 min is 08:30.",
            "In total 14 hours, from Saturday 06:00 to Saturday 22:00.",
        ] {
            assert_eq!(found(text), [1], "{text}");
        }
    }

    #[test]
    fn a_step_ends_where_the_next_begins() {
        let plan = |checks: &str| {
            format!(
                "| Start | Step | Takes |\n|---|---|---|\n| 01:00 | stop | 30 min |\n| 01:30 | copy | 2 h |\n| 03:30 | checks | {checks} |\n| 04:15 | open | 15 min |\n"
            )
        };
        assert_eq!(found(&plan("45 min")), [0; 0]);
        assert_eq!(found(&plan("75 min")), [5]);
    }
}
