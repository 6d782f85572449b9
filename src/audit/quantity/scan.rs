//! The scanner behind [`quantities`].

use super::value::{Limit, Quantity, Unit};
use crate::model::exact::{Exact, parse_decimal, whole};
use crate::model::order;

/// Every quantity in `text`, from left to right.
pub(in crate::audit) fn quantities(text: &str) -> Vec<Quantity> {
    let mut scan = Scan::new(text);
    std::iter::from_fn(|| scan.next_quantity()).collect()
}

/// The numbers from two on, as words.
const NUMERALS: [(&str, u32); 19] = [
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
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
];

/// Every quantity in `text`, those written as words, too: `fifteen of 24`, `five weeks`.
pub(in crate::audit) fn worded(text: &str) -> Vec<Quantity> {
    let mut found = quantities(text);
    let scan = Scan::new(text);
    let mut at = 0;
    while let Some(start) = scan.rest(at).find(char::is_alphabetic).map(|next| at + next) {
        let word = word(scan.rest(start));
        at = start + word.len();
        let glued = text.get(..start).is_some_and(|before| before.ends_with(['-', '_', '/', '.']))
            || scan.rest(at).starts_with(['-', '_', '/']);
        let value =
            NUMERALS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
        let (Some(value), false, Some((unit, end))) = (value, glued, scan.unit(at)) else { continue };
        let apart = |q: &Quantity| q.end <= start || end <= q.start;
        if found.iter().all(apart) {
            let value = whole(value);
            let quantity = Quantity {
                low: value.clone(),
                high: value,
                over: None,
                decimals: 0,
                signed: false,
                limit: limit_before(text.get(..start).unwrap_or_default(), &mut start.clone()),
                unit,
                start,
                end,
            };
            found.push(quantity);
        }
    }
    order::sort_by_key(&mut found, |quantity| quantity.start);
    found
}

/// Walks a text from number to number.
struct Scan<'a> {
    text: &'a str,
    at: usize,
}

/// A number without what stands around it.
struct Number {
    value: Exact,
    decimals: u32,
    end: usize,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    fn next_quantity(&mut self) -> Option<Quantity> {
        loop {
            let start = self.at + self.rest(self.at).find(|c: char| c.is_ascii_digit())?;
            let before = self.text.get(..start).unwrap_or_default();
            match self.number(start) {
                Some(number) if starts_cleanly(before) => {
                    let quantity = self.quantity(start, number);
                    if let Some(quantity) = quantity {
                        self.at = quantity.end;
                        return Some(quantity);
                    }
                    self.skip_word(start);
                }
                _ => self.skip_word(start),
            }
        }
    }

    /// Leaves a version, a date, an address or a word with digits behind.
    fn skip_word(&mut self, start: usize) {
        let rest = self.rest(start);
        let part_of_word =
            |c: char| c.is_alphanumeric() || matches!(c, '.' | ':' | '_' | '-' | '/' | '+' | ',');
        let length = rest.find(|c: char| !part_of_word(c)).unwrap_or(rest.len());
        self.at = start + length.max(1);
    }

    fn number(&self, start: usize) -> Option<Number> {
        let rest = self.rest(start);
        let integer = digits(rest);
        let mut text = rest.get(..integer)?.to_owned();
        let mut end = integer;
        let before = self.text.get(..start).unwrap_or_default();
        while let Some((group, length)) = group(rest.get(end..)?, before, integer) {
            text.push_str(group);
            end += length;
        }
        let point = rest.get(end..).and_then(|rest| rest.strip_prefix('.')).map_or(0, digits);
        let fraction = if point > 0 { point } else { decimal_comma(rest.get(end..)?) };
        if fraction > 0 {
            text.push('.');
            text.push_str(rest.get(end + 1..=end + fraction)?);
            end += fraction + 1;
        }
        let follows = rest.get(end..).unwrap_or_default();
        let dotted = follows.strip_prefix('.').is_some_and(|f| f.starts_with(|c: char| c.is_alphanumeric()));
        let clock = follows.strip_prefix(':').is_some_and(|f| f.starts_with(|c: char| c.is_ascii_digit()));
        if dotted || clock || text.len() > 15 {
            return None;
        }
        let (factor, skip) = magnitude(follows);
        let value = parse_decimal(&text)? * factor;
        Some(Number { value, decimals: u32::try_from(fraction).ok()?, end: start + end + skip })
    }

    /// Reads on after the first number: range, whole, unit, plus sign. Nothing when it turns out to be no number.
    fn quantity(&self, start: usize, first: Number) -> Option<Quantity> {
        let before = self.text.get(..start)?;
        let named = before.strip_suffix(['$', '€', '£']);
        let (mut begin, signed, negative) = sign(named.unwrap_or(before));
        let mut limit = limit_before(self.text.get(..begin)?, &mut begin);
        let (unit, mut end) = self.unit(first.end)?;
        let mut quantity = Quantity {
            low: if negative { -first.value.clone() } else { first.value.clone() },
            high: if negative { -first.value } else { first.value },
            over: None,
            decimals: first.decimals,
            signed,
            limit,
            unit,
            start: begin,
            end,
        };
        if let Some((second, second_unit, second_end)) = self.range(end, unit, negative) {
            if second.value < quantity.low {
                return None;
            }
            quantity.decimals = quantity.decimals.max(second.decimals);
            (quantity.high, quantity.unit, end) = (second.value, second_unit, second_end);
        }
        if named.is_some() {
            quantity.unit = Unit::Money;
        }
        if quantity.unit == Unit::None
            && let Some((whole, after)) = self.whole(end)?
        {
            quantity.over = Some(whole);
            end = after;
            if let Some((unit, after)) = self.unit(end).filter(|(unit, _)| *unit == Unit::Points) {
                (quantity.unit, end) = (unit, after);
                quantity.unit = Unit::None;
            }
        }
        if self.rest(end).starts_with('+') && !self.rest(end + 1).starts_with(|c: char| c.is_alphanumeric()) {
            limit = Limit::AtLeast;
            end += 1;
            if quantity.unit == Unit::None
                && let Some((unit, after)) = self.unit(end)
            {
                (quantity.unit, end) = (unit, after);
            }
        }
        (quantity.limit, quantity.end) = (limit, end);
        let date =
            self.rest(end).strip_prefix('-').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
        (!date).then_some(quantity)
    }

    /// The second end of a range and where it ends, with its unit.
    fn range(&self, at: usize, unit: Unit, negative: bool) -> Option<(Number, Unit, usize)> {
        let rest = self.rest(at);
        let dash = [" - ", " – ", " — ", "-", "–", "—", " to ", ".."].iter().find(|dash| {
            rest.strip_prefix(**dash).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()))
        })?;
        let second = self.number(at + dash.len())?;
        let (second_unit, end) = self.unit(second.end)?;
        let date =
            self.rest(end).strip_prefix('-').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
        let same = unit == second_unit || unit == Unit::None;
        let apart =
            dash.starts_with(' ') && *dash != " to " && unit == Unit::None && second_unit == Unit::None;
        (same && !apart && !date && !negative).then_some((second, second_unit, end))
    }

    /// `/10` after `8`; the outer nothing says that this is a date or a path.
    #[expect(clippy::option_option, reason = "no whole, and no number at all, are two answers")]
    fn whole(&self, at: usize) -> Option<Option<(Exact, usize)>> {
        let rest = self.rest(at);
        let Some(slash) = ["/", " / ", " out of "].iter().find(|slash| {
            rest.strip_prefix(**slash).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()))
        }) else {
            if let Some(after) = rest.strip_prefix(" of 100").filter(|after| ends_score(after)) {
                return Some(Some((whole(100), at + rest.len() - after.len())));
            }
            let path = rest.strip_prefix('/').is_some_and(|r| r.starts_with(|c: char| c.is_alphanumeric()));
            return if path && !rest.starts_with("/s") { None } else { Some(None) };
        };
        let number = self.number(at + slash.len())?;
        let follows = self.rest(number.end);
        let bad = follows.starts_with(|c: char| c.is_alphanumeric() || c == '/' || c == '%');
        (!bad).then_some(Some((number.value, number.end)))
    }

    /// The unit after a number and where it ends; nothing when a word is glued to the number that is no unit.
    fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        let rest = self.rest(at);
        if rest.starts_with('%') {
            return Some((Unit::Percent, at + 1));
        }
        if let Some(spaced) = rest.strip_prefix(' ').filter(|r| r.starts_with('%')) {
            return Some((Unit::Percent, at + rest.len() - spaced.len() + 1));
        }
        if let Some(length) = money(rest) {
            return Some((Unit::Money, at + length));
        }
        let glued = rest.starts_with(char::is_alphabetic);
        let gap = rest.len() - rest.trim_start_matches([' ', '-']).len();
        let word_start = if gap == 1 { at + 1 } else { at };
        let word = word(self.rest(word_start));
        // `4 x 5` multiplies.
        let times = matches!(word, "x" | "X")
            && self.rest(word_start + 1).trim_start().starts_with(|c: char| c.is_ascii_digit());
        if times && gap == 1 {
            return Some((Unit::None, at));
        }
        match unit_of(word) {
            Some(unit) => Some((unit, word_start + word.len())),
            None if glued => None,
            None if rest.starts_with('_') => None,
            None => Some((Unit::None, at)),
        }
    }
}

/// How long `€`, ` k€` or ` EUR` right behind a number is.
fn money(rest: &str) -> Option<usize> {
    let spaced = rest.strip_prefix([' ', '-', '\u{a0}', '\u{202f}']).unwrap_or(rest);
    let sign = ["k€", "M€", "€", "k$", "$", "£", "kEUR", "EUR", "USD", "CHF", "GBP"].iter().find(|sign| {
        spaced.strip_prefix(**sign).is_some_and(|after| !after.starts_with(char::is_alphanumeric))
    })?;
    Some(rest.len() - spaced.len() + sign.len())
}

/// Whether `76 of 100` is a score: points follow, or nothing that could be counted.
fn ends_score(after: &str) -> bool {
    let mark = after.starts_with([')', ',', ';', '*', ':', '|']);
    let stop = after.strip_prefix('.').is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    // What follows goes on with the sentence and counts nothing: `At 76 of 100 the service may go`.
    let next = after.strip_prefix(' ').unwrap_or_default().split(' ').next().unwrap_or_default();
    let goes_on =
        ["the", "we", "today", "now", "it", "this", "our", "so", "but", "which", "is", "–", "—", "→"];
    // `77.5 of 100 (weighted)`
    let said = after.strip_prefix(" (").is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    let points = next.starts_with("points") || next.starts_with("pts");
    after.is_empty() || mark || stop || said || points || goes_on.contains(&next)
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The decimals of `96,2 %`; a comma that no percent sign follows separates numbers.
fn decimal_comma(rest: &str) -> usize {
    let decimals = rest.strip_prefix(',').map_or(0, digits);
    let after = rest.get(1 + decimals..).unwrap_or_default().trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    if (1..=2).contains(&decimals) && after.starts_with('%') { decimals } else { 0 }
}

/// The next three digits of `1,413`, `1'413` or `1 413`, and how long they are with their separator.
fn group<'a>(rest: &'a str, before: &str, integer: usize) -> Option<(&'a str, usize)> {
    let separator =
        [",", "'", "’", "\u{202f}", "\u{2009}", " "].into_iter().find(|sign| rest.starts_with(sign))?;
    let digits_of = rest.get(separator.len()..).filter(|rest| digits(rest) == 3)?;
    let after = digits_of.get(3..).unwrap_or_default();
    // `Phase 1 200 tests`: a space parts numbers where the first belongs to the word before it.
    let named = before
        .split_whitespace()
        .next_back()
        .is_some_and(|word| word.starts_with(char::is_uppercase) && word.ends_with(char::is_alphanumeric));
    let apart = separator == " " && (named || integer > 3 || after.starts_with(['%', '.', '/', ':', '-']));
    (!apart).then(|| Some((digits_of.get(..3)?, separator.len() + 3)))?
}

/// `k` and `M` right after a number, not as the start of a word.
fn magnitude(follows: &str) -> (Exact, usize) {
    let alone = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
    match follows.chars().next() {
        Some('k' | 'K') if follows.get(1..).is_some_and(alone) => (whole(1000), 1),
        Some('M') if follows.get(1..).is_some_and(alone) => (whole(1_000_000), 1),
        _ => (whole(1), 0),
    }
}

/// Whether a number can begin here: not inside a word, a version, a path or an address.
fn starts_cleanly(before: &str) -> bool {
    let mut chars = before.chars().rev();
    let last = chars.next();
    let further = chars.next();
    match last {
        None => true,
        Some('$' | '€' | '£') => further.is_none_or(|c| !c.is_alphanumeric()),
        Some('#' | '_' | '@' | '&' | '^' | '\\') => false,
        Some('.' | ',' | ':' | '/') => further.is_none_or(char::is_whitespace),
        Some('-' | '–' | '+' | '−') => !further.is_some_and(char::is_alphanumeric),
        Some(c) => !c.is_alphanumeric(),
    }
}

/// Where a sign before a number begins, whether there is one, and whether it is a minus.
fn sign(before: &str) -> (usize, bool, bool) {
    let at = before.len();
    let free = |rest: &str| rest.is_empty() || rest.ends_with([' ', '(', '[', '\u{a0}']);
    for (sign, negative) in [("+", false), ("-", true), ("−", true)] {
        if let Some(rest) = before.strip_suffix(sign).filter(|rest| free(rest)) {
            return (at - sign.len(), true, negative && !rest.is_empty());
        }
    }
    if let Some(rest) = before.strip_suffix("+ ").filter(|rest| free(rest)) {
        return (rest.len(), true, false);
    }
    (at, false, false)
}

fn limit_before(before: &str, begin: &mut usize) -> Limit {
    let trimmed = before.trim_end();
    for (mark, limit) in [
        ("<=", Limit::AtMost),
        (">=", Limit::AtLeast),
        ("≤", Limit::AtMost),
        ("≥", Limit::AtLeast),
        ("->", Limit::Exactly),
        ("=>", Limit::Exactly),
        ("<", Limit::AtMost),
        (">", Limit::AtLeast),
        ("~", Limit::About),
        ("≈", Limit::About),
    ] {
        if let Some(rest) = trimmed.strip_suffix(mark) {
            if limit != Limit::Exactly {
                *begin = rest.len();
            }
            return limit;
        }
    }
    let lower = trimmed.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.ends_with(word));
    if says(&["about", "around", "approximately", "roughly", "nearly", "almost", "approx.", "circa"]) {
        Limit::About
    } else if says(&["at least", "over", "more than", "above", "minimum", "from"]) {
        Limit::AtLeast
    } else if says(&["at most", "up to", "under", "below", "less than", "no more than", "fewer than"]) {
        Limit::AtMost
    } else {
        Limit::Exactly
    }
}

fn word(text: &str) -> &str {
    let length = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    text.get(..length).unwrap_or_default()
}

fn unit_of(word: &str) -> Option<Unit> {
    // `3D` is no duration.
    if word.len() == 1 && word.starts_with(char::is_uppercase) {
        return None;
    }
    Some(match word.to_lowercase().as_str() {
        "percent" | "pct" => Unit::Percent,
        "percentage" | "points" | "point" | "pts" | "pt" | "pp" => Unit::Points,
        "hours" | "hour" | "hrs" | "hr" | "h" => Unit::Hours,
        "days" | "day" | "d" => Unit::Days,
        "weeks" | "week" | "wks" | "wk" | "w" => Unit::Weeks,
        "months" | "month" | "mo" => Unit::Months,
        "minutes" | "minute" | "mins" | "min" => Unit::Minutes,
        "ms" | "milliseconds" => Unit::Milliseconds,
        "engineers" | "engineer" | "people" | "developers" | "devs" => Unit::People,
        "s" | "sec" | "secs" | "seconds" | "second" | "us" | "µs" | "ns" | "m" | "x" | "b" | "kb" | "mb"
        | "gb" | "tb" | "kib" | "mib" | "gib" | "bytes" | "bps" | "hz" | "khz" | "mhz" | "ghz" | "px"
        | "years" | "year" | "times" => Unit::Other,
        _ => return None,
    })
}
