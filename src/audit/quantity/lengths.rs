//! Lengths of time, in digits and in words: `6 weeks`, "five working days", "two to three months", `2 h 30 min`.

use super::scan::quantities;
use super::value::{Limit, Quantity, Unit, shown_range};
use crate::model::exact::{Exact, whole};
use crate::model::order;
use crate::model::words::with_noun;

/// A length of time.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Length {
    pub(in crate::audit) low: Exact,
    pub(in crate::audit) high: Exact,
    /// Minutes, hours, days, weeks or months.
    pub(in crate::audit) unit: Unit,
    /// Whether the days are said to be working days.
    pub(in crate::audit) working: bool,
    /// As it stands, or a limit.
    pub(in crate::audit) limit: Limit,
    /// Where it stands in its text, in bytes.
    pub(in crate::audit) start: usize,
    pub(in crate::audit) end: usize,
}

impl Length {
    /// Minutes of a length in minutes or hours.
    pub(in crate::audit) fn minutes(&self) -> Option<Exact> {
        let point = self.low == self.high && self.limit == Limit::Exactly;
        match self.unit {
            Unit::Minutes if point => Some(self.low.clone()),
            Unit::Hours if point => Some(&self.low * whole(60)),
            _ => None,
        }
    }

    /// For a reader: `6 weeks`.
    pub(in crate::audit) fn shown(&self) -> String {
        with_noun(&shown_range(&self.low, &self.high), noun(self.unit))
    }

    /// One number, exactly.
    pub(in crate::audit) fn is_exact(&self) -> bool {
        self.low == self.high && self.limit == Limit::Exactly
    }
}

/// The word for a unit of time.
pub(in crate::audit) fn noun(unit: Unit) -> &'static str {
    match unit {
        Unit::Minutes => "minute",
        Unit::Hours => "hour",
        Unit::Days => "day",
        Unit::Weeks => "week",
        _ => "month",
    }
}

const NUMBERS: [(&str, u32); 44] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("ninety", 90),
    ("ein", 1),
    ("eine", 1),
    ("einen", 1),
    ("einer", 1),
    ("zwei", 2),
    ("drei", 3),
    ("vier", 4),
    ("fünf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("elf", 11),
    ("zwölf", 12),
    ("dreizehn", 13),
    ("vierzehn", 14),
    ("sechzehn", 16),
    ("zwanzig", 20),
];

/// A number that is written as a word.
pub(in crate::audit) fn in_words(word: &str) -> Option<u32> {
    let lower = word.to_lowercase();
    NUMBERS.iter().find(|(name, _)| *name == lower).map(|(_, number)| *number)
}

/// Every length in `text`, from left to right.
pub(in crate::audit) fn lengths(text: &str) -> Vec<Length> {
    let mut found: Vec<Length> =
        quantities(text).iter().filter_map(|quantity| in_digits(text, quantity)).collect();
    found.extend(spelled(text));
    order::sort_by_key(&mut found, |length| length.start);
    found.dedup_by(|later, earlier| later.start < earlier.end);
    compounds(text, found)
}

fn in_digits(text: &str, quantity: &Quantity) -> Option<Length> {
    if quantity.over.is_some() || quantity.signed {
        return None;
    }
    let (low, high) = (quantity.low.clone(), quantity.high.clone());
    let direct = quantity.unit.is_duration() || quantity.unit == Unit::Minutes;
    let (unit, working, end) = match quantity.unit {
        unit if direct => (unit, false, quantity.end),
        Unit::None => counted(text, quantity.end)?,
        Unit::Other => {
            let said = text.get(quantity.start..quantity.end)?.to_lowercase();
            let years = said.ends_with("years") || said.ends_with("year");
            let months = |years: &Exact| years * whole(12);
            return years.then(|| Length {
                low: months(&low),
                high: months(&high),
                unit: Unit::Months,
                working: false,
                limit: quantity.limit,
                start: quantity.start,
                end: quantity.end,
            });
        }
        _ => return None,
    };
    Some(Length { low, high, unit, working, limit: quantity.limit, start: quantity.start, end })
}

/// The unit behind a number, over one word such as "working": the unit, whether it is of working days, and its end.
fn counted(text: &str, at: usize) -> Option<(Unit, bool, usize)> {
    let mut at = at;
    let mut working = false;
    for _ in 0..2 {
        let rest = text.get(at..)?;
        let gap = if rest.starts_with([' ', '-']) { 1 } else { return None };
        let word = rest.get(gap..)?;
        let length = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
        let word = word.get(..length)?.to_lowercase();
        let end = at + gap + length;
        match word.as_str() {
            "working" | "business" | "work" => working = true,
            "more" | "full" | "calendar" | "consecutive" | "further" | "whole" | "additional" | "other"
            | "weitere" | "weiteren" | "volle" | "ganze" => {}
            "arbeitstage" | "arbeitstagen" | "werktage" | "werktagen" | "workdays" | "weekdays" => {
                return Some((Unit::Days, true, end));
            }
            word => return unit(word).map(|unit| (unit, working, end)),
        }
        at = end;
    }
    None
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "minutes" | "minute" | "min" => Unit::Minutes,
        "hours" | "hour" | "h" => Unit::Hours,
        "days" | "day" | "nights" => Unit::Days,
        "weeks" | "week" => Unit::Weeks,
        "months" | "month" => Unit::Months,
        _ => return None,
    })
}

/// Lengths whose number is a word.
fn spelled(text: &str) -> Vec<Length> {
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let start = at;
        at += word.len();
        let name = word.trim_end_matches(|c: char| !c.is_alphabetic());
        let end = start + name.len();
        if let Some(number) = in_words(name) {
            found.extend(of_word(text, (start, end), whole(number)));
        } else if matches!(name.to_lowercase().as_str(), "a" | "an") {
            found.extend(one_before(text, (start, end)));
        }
    }
    found
}

fn of_word(text: &str, (start, end): (usize, usize), low: Exact) -> Option<Length> {
    let second = [" to ", " or ", "-to-", " bis "].iter().find_map(|joint| {
        let rest = text.get(end..)?.strip_prefix(joint)?;
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        Some((in_words(rest.get(..length)?)?, end + joint.len() + length))
    });
    let (high, end) = match second {
        Some((high, end)) => (whole(high), end),
        None => (low.clone(), end),
    };
    let (unit, working, end) = counted(text, end)?;
    Some(Length { low, high, unit, working, limit: limit(text, start), start, end })
}

/// "a week later": the article counts where something is told from it.
fn one_before(text: &str, (start, end): (usize, usize)) -> Option<Length> {
    let (unit, working, end) = counted(text, end)?;
    let after = text.get(end..)?.trim_start().to_lowercase();
    let told = ["after", "before", "later", "earlier"].iter().any(|word| after.starts_with(word));
    told.then(|| Length { low: whole(1), high: whole(1), unit, working, limit: Limit::Exactly, start, end })
}

fn limit(text: &str, start: usize) -> Limit {
    let before = text.get(..start).unwrap_or_default().trim_end().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    if says(&["about", "around", "roughly", "nearly", "almost", "approximately"]) {
        Limit::About
    } else if says(&["at least", "over", "more than"]) {
        Limit::AtLeast
    } else if says(&["at most", "up to", "under", "less than", "no more than", "within"]) {
        Limit::AtMost
    } else {
        Limit::Exactly
    }
}

/// `2 h 30 min` is one length.
fn compounds(text: &str, found: Vec<Length>) -> Vec<Length> {
    let mut joined: Vec<Length> = Vec::new();
    for length in found {
        match joined.last_mut() {
            Some(last)
                if last.unit == Unit::Hours
                    && length.unit == Unit::Minutes
                    && matches!(text.get(last.end..length.start), Some(" " | " and " | "")) =>
            {
                last.low = &last.low * whole(60) + length.low;
                last.high = &last.high * whole(60) + length.high;
                (last.unit, last.end) = (Unit::Minutes, length.end);
            }
            _ => joined.push(length),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        lengths(text).iter().map(Length::shown).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn lengths_are_read_in_digits_and_words() {
        for (text, expected) in [
            ("takes five more weeks, then 3 days", "5 weeks; 3 days"),
            ("after 5 working days", "5 days"),
            ("two to three months", "2-3 months"),
            ("2 h 30 min of work", "150 minutes"),
            ("a week later, at 24 k€ a week", "1 week"),
            ("12-week plan of 2 years", "12 weeks; 24 months"),
            ("Zehn weeks", "10 weeks"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_of_something_else_are_no_lengths() {
        for text in
            ["five person-days", "week 5", "weeks 3 and 4", "two of the three", "+3 weeks", "one hundred"]
        {
            assert_eq!(shown(text), "", "{text}");
        }
    }
}
