//! Dates as people write them: `2026-09-03`, `03.09.2026`, `Tue 3 Mar`, `March 3rd, 2026`, `16. März`, `September 2026`.

use jiff::civil::{Date, Weekday};

/// A date with what is written of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::audit) struct Day {
    pub(in crate::audit) year: Option<i16>,
    /// 1..=12.
    pub(in crate::audit) month: i8,
    /// Nothing for a whole month.
    pub(in crate::audit) day: Option<i8>,
    pub(in crate::audit) weekday: Option<Weekday>,
    /// Where it stands in its text, in bytes.
    pub(in crate::audit) start: usize,
    pub(in crate::audit) end: usize,
}

impl Day {
    /// The day in the year that is written, else in `year`.
    pub(in crate::audit) fn date(&self, year: i16) -> Option<Date> {
        Date::new(self.year.unwrap_or(year), self.month, self.day?).ok()
    }
}

const MONTHS: [(&str, i8); 34] = [
    ("january", 1),
    ("jan", 1),
    ("januar", 1),
    ("jänner", 1),
    ("february", 2),
    ("feb", 2),
    ("februar", 2),
    ("march", 3),
    ("mar", 3),
    ("märz", 3),
    ("mär", 3),
    ("april", 4),
    ("apr", 4),
    ("may", 5),
    ("mai", 5),
    ("june", 6),
    ("jun", 6),
    ("juni", 6),
    ("july", 7),
    ("jul", 7),
    ("juli", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("october", 10),
    ("oct", 10),
    ("oktober", 10),
    ("okt", 10),
    ("november", 11),
    ("nov", 11),
    ("december", 12),
    ("dezember", 12),
];

/// Stems of weekdays; a name is one of them with or without its end.
const WEEKDAYS: [(&[&str], Weekday); 7] = [
    (&["monday", "mon", "montag", "mo"], Weekday::Monday),
    (&["tuesday", "tue", "tues", "dienstag", "di"], Weekday::Tuesday),
    (&["wednesday", "wed", "mittwoch", "mi"], Weekday::Wednesday),
    (&["thursday", "thu", "thur", "thurs", "donnerstag", "do"], Weekday::Thursday),
    (&["friday", "fri", "freitag", "fr"], Weekday::Friday),
    (&["saturday", "sat", "samstag", "sonnabend", "sa"], Weekday::Saturday),
    (&["sunday", "sun", "sonntag", "so"], Weekday::Sunday),
];

/// A run of letters or digits.
#[derive(Clone, Copy)]
struct Token<'a> {
    text: &'a str,
    start: usize,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// Every date in `text`, from left to right.
pub(in crate::audit) fn dates(text: &str) -> Vec<Day> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(here) = tokens.get(at..).filter(|rest| !rest.is_empty()) {
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        match read(text, here) {
            Some((days, taken)) => {
                found.extend(days.into_iter().flatten().map(|day| with_weekday(text, day, before)));
                at += taken;
            }
            None => at += 1,
        }
    }
    found
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let here = rest.get(start..).unwrap_or_default();
        let length = here.find(|c: char| !c.is_alphanumeric()).unwrap_or(here.len());
        let (word, after) = here.split_at_checked(length).unwrap_or((here, ""));
        found.push(Token { text: word, start: text.len() - here.len() });
        rest = after;
    }
    found
}

/// One or two days and how many tokens they take: `7 to 11 September` are two.
type Read = ([Option<Day>; 2], usize);

fn read(text: &str, tokens: &[Token<'_>]) -> Option<Read> {
    let first = tokens.first()?;
    let before = text.get(..first.start)?;
    if before.ends_with(['.', '/', '-', '$', '€', '#', '_'])
        && first.text.starts_with(|c: char| c.is_ascii_digit())
        || before.ends_with(|c: char| matches!(c, '_' | '/'))
    {
        return None;
    }
    numbers(text, tokens)
        .or_else(|| without_year(text, tokens))
        .or_else(|| day_first(text, tokens))
        .or_else(|| month_first(text, tokens))
}

/// `2026-09-03` and `03.09.2026`.
fn numbers(text: &str, tokens: &[Token<'_>]) -> Option<Read> {
    let [a, b, c, ..] = tokens else { return None };
    let signs = (between(text, a, b), between(text, b, c));
    let two = |token: &Token<'_>| token.text.len() == 2;
    let (year, month, day) = match signs {
        ("-", "-") if two(b) && two(c) => (a, b, c),
        (".", ".") => (c, b, a),
        _ => return None,
    };
    let found = day_at(a, c, (Some(year_of(year)?), number(month, 12)?, Some(number(day, 31)?)));
    Some(([Some(found), None], 3))
}

/// `18.05.`, as it is written in German: two digits each, and a point behind them.
fn without_year(text: &str, tokens: &[Token<'_>]) -> Option<Read> {
    let (day, month) = (tokens.first()?, tokens.get(1)?);
    let two = [day, month].iter().all(|token| token.text.len() == 2);
    let after = text.get(month.end()..)?.strip_prefix('.')?;
    let ends = !after.starts_with(char::is_alphanumeric) && between(text, day, month) == ".";
    let found = day_at(day, month, (None, number(month, 12)?, Some(number(day, 31)?)));
    (two && ends).then_some(([Some(Day { end: found.end + 1, ..found }), None], 2))
}

/// `3 March 2026`, `16. März`, `7 to 11 September`, `3-Mar`.
fn day_first(text: &str, tokens: &[Token<'_>]) -> Option<Read> {
    let first = tokens.first()?;
    let day = day_of(first)?;
    let next = tokens.get(1)?;
    if joins(between(text, first, next))
        && let Some(month) = month_of(next)
    {
        let (year, taken) = year_behind(text, tokens, 1);
        let last = tokens.get(taken - 1)?;
        return Some(([Some(day_at(first, last, (year, month, Some(day)))), None], taken));
    }
    let word = ["to", "and", "until", "bis", "und"].contains(&next.text);
    let second = tokens.get(if word { 2 } else { 1 })?;
    let dash = matches!(between(text, first, second).trim_matches(['.', ' ']), "-" | "–" | "—");
    let at = if word { 3 } else { 2 };
    let (later, month) = (day_of(second)?, tokens.get(at)?);
    if !(word || dash) || !joins(between(text, second, month)) || later <= day {
        return None;
    }
    let month_number = month_of(month)?;
    let (year, taken) = year_behind(text, tokens, at);
    let last = tokens.get(taken - 1)?;
    let days = [
        Some(day_at(first, first, (year, month_number, Some(day)))),
        Some(day_at(second, last, (year, month_number, Some(later)))),
    ];
    Some((days, taken))
}

/// `March 3rd, 2026`, `March 2-15`, `September 2026`.
fn month_first(text: &str, tokens: &[Token<'_>]) -> Option<Read> {
    let (first, next) = (tokens.first()?, tokens.get(1)?);
    let month = month_of(first)?;
    let gap = between(text, first, next);
    if let Some(year) = year_of(next).filter(|_| matches!(gap, " " | ", " | ". ")) {
        return Some(([Some(day_at(first, next, (Some(year), month, None))), None], 2));
    }
    let day = day_of(next).filter(|_| matches!(gap, " " | ". "))?;
    let after = text.get(next.end()..)?;
    if after.starts_with(['%', ':']) || after.strip_prefix(['.', ',']).is_some_and(starts_with_digit) {
        return None;
    }
    let range = tokens.get(2).filter(|later| matches!(between(text, next, later), "-" | "–" | " – "));
    if let Some((later, token)) = range.and_then(|later| Some((day_of(later)?, later)))
        && later > day
    {
        let days = [
            Some(day_at(first, next, (None, month, Some(day)))),
            Some(day_at(token, token, (None, month, Some(later)))),
        ];
        return Some((days, 3));
    }
    let (year, taken) = year_behind(text, tokens, 1);
    let last = tokens.get(taken - 1)?;
    Some(([Some(day_at(first, last, (year, month, Some(day)))), None], taken))
}

/// The year behind token `at`, and how many tokens are read with it.
fn year_behind(text: &str, tokens: &[Token<'_>], at: usize) -> (Option<i16>, usize) {
    let year = tokens.get(at).zip(tokens.get(at + 1)).and_then(|(last, next)| {
        let gap = matches!(between(text, last, next), " " | ", " | ". " | "-");
        year_of(next).filter(|_| gap)
    });
    (year, at + 1 + usize::from(year.is_some()))
}

fn day_at(from: &Token<'_>, to: &Token<'_>, (year, month, day): (Option<i16>, i8, Option<i8>)) -> Day {
    Day { year, month, day, weekday: None, start: from.start, end: to.end() }
}

/// The weekday right before a day, with or without a comma.
fn with_weekday(text: &str, day: Day, before: Option<&Token<'_>>) -> Day {
    let named = before.filter(|token| {
        let gap = text.get(token.end()..day.start).unwrap_or_default();
        matches!(gap, " " | ", " | ". " | "., " | ", den ")
    });
    match named.and_then(|token| Some((weekday(token.text)?, token.start))) {
        Some((weekday, start)) if day.day.is_some() => Day { weekday: Some(weekday), start, ..day },
        _ => day,
    }
}

/// The weekday of a name.
fn weekday(name: &str) -> Option<Weekday> {
    if !name.starts_with(char::is_uppercase) {
        return None;
    }
    let lower = name.to_lowercase();
    WEEKDAYS.iter().find(|(names, _)| names.contains(&lower.as_str())).map(|(_, day)| *day)
}

fn between<'a>(text: &'a str, from: &Token<'_>, to: &Token<'_>) -> &'a str {
    text.get(from.end()..to.start).unwrap_or_default()
}

/// What stands between a day and its month.
fn joins(gap: &str) -> bool {
    matches!(gap, " " | ". " | "-" | " of ")
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn number(token: &Token<'_>, most: i8) -> Option<i8> {
    let digits = token.text.len() <= 2 && token.text.bytes().all(|b| b.is_ascii_digit());
    token.text.parse().ok().filter(|number| digits && (1..=most).contains(number))
}

/// `3`, `3rd`.
fn day_of(token: &Token<'_>) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| token.text.strip_suffix(end));
    number(&Token { text: digits.unwrap_or(token.text), start: 0 }, 31)
}

fn year_of(token: &Token<'_>) -> Option<i16> {
    let digits = token.text.len() == 4 && token.text.bytes().all(|b| b.is_ascii_digit());
    token.text.parse().ok().filter(|year| digits && (1990..=2100).contains(year))
}

/// Names of months are written large; "may" and "march" are words.
pub(in crate::audit) fn month(name: &str) -> Option<i8> {
    if !name.starts_with(char::is_uppercase) {
        return None;
    }
    let lower = name.to_lowercase();
    let lower = if lower == "dec" || lower == "dez" { "december" } else { &lower };
    MONTHS.iter().find(|(month, _)| *month == lower).map(|(_, number)| *number)
}

fn month_of(token: &Token<'_>) -> Option<i8> {
    month(token.text)
}

#[cfg(test)]
mod tests {
    use super::dates;

    fn shown(text: &str) -> String {
        let one = |day: &super::Day| {
            let year = day.year.map(|year| format!("{year}-")).unwrap_or_default();
            let number = day.day.map(|number| format!("-{number}")).unwrap_or_default();
            let weekday = day.weekday.map(|weekday| format!(" {weekday:?}")).unwrap_or_default();
            format!("{year}{}{number}{weekday}", day.month)
        };
        dates(text).iter().map(one).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn dates_are_read_in_the_forms_that_people_use() {
        for (text, expected) in [
            ("Released 2026-09-03.", "2026-9-3"),
            ("am 03.09.2026 und am 16. März", "2026-9-3; 3-16"),
            ("| Tue 3 Mar |", "3-3 Tuesday"),
            ("on Thursday, 12 November 2026, 10:00", "2026-11-12 Thursday"),
            ("March 3rd, 2026 to Mar 17", "2026-3-3; 3-17"),
            ("until September 2026", "2026-9"),
            ("week of 7 to 11 September", "9-7; 9-11"),
            ("16.–20. März 2026", "2026-3-16; 2026-3-20"),
            ("18.05. bis 29.05. (zwei Wochen)", "5-18; 5-29"),
            ("March 2-15", "3-2; 3-15"),
            ("Montag, 16. März bis 10. April", "3-16 Monday; 4-10"),
            ("3-Mar-2026", "2026-3-3"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for text in [
            "we may 3 times march 4 miles",
            "10/12/2025",
            "May 12.5 %",
            "40 Mar",
            "2026-13-01",
            "see RFC-2026-09-03-x",
            "build 20260903",
        ] {
            assert_eq!(shown(text), "", "{text}");
        }
    }
}
