//! From one date to another.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan as _};
use num_traits::ToPrimitive as _;

use crate::audit::quantity::{Day, Length, Limit, Unit};
use crate::audit::rules::passage::Passage;
use crate::model::exact::{Exact, whole};

/// The years that a document writes down.
pub(super) struct Years(Vec<i16>);

impl Years {
    pub(super) fn of(passages: &[Passage]) -> Self {
        let mut years: Vec<i16> =
            passages.iter().flat_map(|passage| &passage.dates).filter_map(|day| day.year).collect();
        years.sort_unstable();
        years.dedup();
        Self(years)
    }

    /// The years of the document and those around them; every kind of year where it writes none.
    pub(super) fn around(&self) -> Vec<i16> {
        if self.0.is_empty() {
            return (2019..2033).collect();
        }
        let mut years: Vec<i16> = self.0.iter().flat_map(|year| [year - 1, *year, year + 1]).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// Whether weekdays can be told.
    pub(super) fn tell(&self, day: &Day) -> bool {
        day.year.is_some() || !self.0.is_empty()
    }

    /// A date and a later one, in each year that they may stand in.
    pub(super) fn pairs(&self, from: &Day, to: &Day) -> Vec<(Date, Date)> {
        let years = match (from.year, to.year) {
            (Some(year), _) => vec![year],
            (None, Some(year)) => vec![year, year - 1],
            // Years with and without a 29 February.
            (None, None) if self.0.is_empty() => vec![2025, 2027, 2028],
            (None, None) => self.0.clone(),
        };
        let pair = |year: i16| {
            let first = from.date(year)?;
            let last = to.date(year).filter(|last| to.year.is_some() || *last >= first);
            let last = last.or_else(|| to.date(year + 1))?;
            (last >= first || from.year.is_some() && to.year.is_some()).then_some((first, last))
        };
        years.into_iter().filter_map(pair).collect()
    }
}

/// Days from `first` to `last`.
pub(super) fn days(first: Date, last: Date) -> i64 {
    first.until(last).map_or(0, |span| i64::from(span.get_days()))
}

fn whole_number(number: &Exact) -> Option<i64> {
    number.is_integer().then(|| number.to_integer().to_i64())?
}

/// Whether a length can be that of the time from `first` to `last`, with the last day or without it.
pub(super) fn lasts(length: &Length, (first, last): (Date, Date), years_known: bool) -> bool {
    let days = days(first, last);
    let fits = |number: i64| match length.unit {
        Unit::Days if length.working => {
            (working(first, last) - 2..=working(first, last) + 1).contains(&number)
        }
        Unit::Days => number == days || number == days + 1,
        Unit::Weeks => {
            let rounded = (2 * (days + 1) + 7) / 14;
            number == (days + 6) / 7 || number == rounded || years_known && number == touched(first, last)
        }
        Unit::Months => (days * 10 - number * 304).abs() <= 120,
        _ => true,
    };
    in_range(length, fits)
}

/// Whether `last` is a length after `first`.
pub(super) fn is_later(length: &Length, first: Date, last: Date) -> bool {
    let days = days(first, last);
    let fits = |number: i64| match length.unit {
        Unit::Days if length.working => (working(first, last) - 3..=working(first, last)).contains(&number),
        Unit::Days => number == days,
        // A date on a weekend moves.
        Unit::Weeks => (number * 7 - days).abs() <= 2,
        Unit::Months => (number * 304 - days * 10).abs() <= 50,
        _ => true,
    };
    in_range(length, fits)
}

/// Whether a length holds for one of its numbers; what is no whole number and what is a limit always holds.
fn in_range(length: &Length, fits: impl Fn(i64) -> bool) -> bool {
    let ends = (whole_number(&length.low), whole_number(&length.high));
    match ends {
        (Some(low), Some(high)) if length.limit == Limit::Exactly && high - low < 60 => {
            (low..=high).any(fits)
        }
        _ => true,
    }
}

/// Days from Monday to Friday, both ends included.
fn working(first: Date, last: Date) -> i64 {
    let days = days(first, last) + 1;
    let start = i64::from(first.weekday().to_monday_zero_offset());
    (0..days.clamp(0, 1000)).filter(|day| (start + day) % 7 < 5).count().to_i64().unwrap_or_default()
}

/// Weeks of the calendar, from Monday to Sunday, in which a day lies.
fn touched(first: Date, last: Date) -> i64 {
    (days(first, last) + i64::from(first.weekday().to_monday_zero_offset())) / 7 + 1
}

/// Months from one month to another, with days left out.
pub(super) fn months(from: (i16, i8), to: (i16, i8)) -> i64 {
    (i64::from(to.0) - i64::from(from.0)) * 12 + i64::from(to.1) - i64::from(from.1)
}

/// The day a length after or before another.
pub(super) fn moved(day: Date, length: &Length, back: bool) -> Option<Date> {
    let number = i32::try_from(whole_number(&length.low)?).ok()?;
    let number = if back { -number } else { number };
    let span: Span = match length.unit {
        Unit::Days => number.days(),
        Unit::Weeks => number.weeks(),
        Unit::Months => number.months(),
        _ => return None,
    };
    day.checked_add(span).ok()
}

/// `6 July`, with the year where it is written.
pub(super) fn shown(date: Date, like: &Day) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month() - 1).ok().and_then(|at| MONTHS.get(at)).unwrap_or(&"");
    let year = like.year.map(|_| format!(" {}", date.year())).unwrap_or_default();
    format!("{} {month}{year}", date.day())
}

/// `Monday`.
pub(super) fn weekday_name(weekday: Weekday) -> String {
    format!("{weekday:?}")
}

/// The number of units between two dates, for a reader.
pub(super) fn counted(unit: Unit, first: Date, last: Date) -> Exact {
    let days = days(first, last);
    match unit {
        Unit::Weeks => whole((days + 6) / 7),
        Unit::Months => whole((days * 10 + 152) / 304),
        _ => whole(days),
    }
}
