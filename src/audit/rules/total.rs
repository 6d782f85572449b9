//! A stated total and the sum of its parts.

use num_traits::{Signed as _, Zero as _};

use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit, shown_range};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Whether a line calls itself a total.
pub(super) fn is_total(line: &Line) -> bool {
    let key = line.key();
    let key = key.trim_matches(|c: char| !c.is_alphanumeric());
    let of_all = key.strip_prefix("all ").is_some_and(|things| {
        matches!(things, "packages" | "phases" | "steps" | "sprints" | "stages" | "workstreams" | "waves")
    });
    (key.starts_with("total") || key == "sum" || key == "grand total" || of_all)
        && !mentions(key, &["average", "mean", "rate", "score", "budget", "time to"])
}

/// The numbers from two on.
pub(super) const NUMBERS: [&str; 9] =
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// The length of work or the number of points of a line that announces a total without a label ("In total 9 h"), and
/// of how many parts.
pub(super) fn announced(line: &Line) -> Option<(&Quantity, Option<usize>)> {
    let lower = line.text.to_lowercase();
    let lower = lower.trim_end_matches('.');
    let opens = ["in total", "in all", "altogether", "together", "sum of", "all in all", "total "];
    let ends = ["in total", "in all", "altogether", "all told"];
    let counts = |q: &&Quantity| {
        (matches!(q.unit, Unit::Points | Unit::Money) || q.unit.is_duration())
            && q.over.is_none()
            && !q.signed
    };
    let mut found = line.quantities.iter().filter(counts);
    if let Some((count, at)) = all_of(lower) {
        return found.find(|q| q.start > at).map(|q| (q, Some(count)));
    }
    let total = if opens.iter().any(|word| lower.starts_with(word)) {
        found.next()
    } else if ends.iter().any(|word| lower.ends_with(word)) {
        found.next_back()
    } else {
        None
    };
    total.map(|total| (total, None))
}

/// How many "all four" are, and where it says so.
fn all_of(lower: &str) -> Option<(usize, usize)> {
    let count = |(at, _): (usize, &str)| {
        let word = lower.get(at + 4..)?.split(|c: char| !c.is_alphanumeric()).next()?;
        let known = NUMBERS.iter().position(|number| *number == word).map(|at| at + 2);
        Some((known.or_else(|| word.parse().ok())?, at))
    };
    let start = |at: &usize| *at == 0 || lower.get(..*at).is_some_and(|before| before.ends_with(' '));
    lower.match_indices("all ").filter(|(at, _)| start(at)).find_map(count)
}

/// The number of a total, if it leads the value.
pub(super) fn stated(line: &Line) -> Option<&Quantity> {
    let first = line.values().next()?;
    // Percentages of gaps and shares have a sum.
    let share = first.unit != Unit::Percent || line.key() == "sum" && first.high <= whole(100);
    let known = share && (first.unit != Unit::Other || line.ruled);
    (leads(line, first) && first.over.is_none() && known).then_some(first)
}

/// Whether a number stands right behind the label of its line: behind a colon, or behind leaders.
pub(super) fn leads(line: &Line, quantity: &Quantity) -> bool {
    let label = line.label.as_ref().map_or(0, String::len);
    let before = line.text.get(..quantity.start).unwrap_or_default();
    let gap = before.get(label..).unwrap_or_default();
    before.trim_end().ends_with(':') || label > 0 && gap.chars().all(|c| matches!(c, ' ' | '.'))
}

/// Whether a line calls itself what the lines above it come to, or stands below a drawn line.
pub(super) fn sums_up(line: &Line) -> bool {
    is_total(line) || line.ruled
}

/// The sum of parts that may be ranges.
pub(super) struct Sum {
    pub(super) low: Exact,
    pub(super) high: Exact,
    pub(super) slack: Exact,
    pub(super) terms: String,
}

impl Sum {
    /// Adds up.
    pub(super) fn of<'q>(parts: impl Iterator<Item = &'q Quantity>) -> Self {
        let mut sum =
            Self { low: Exact::zero(), high: Exact::zero(), slack: Exact::zero(), terms: String::new() };
        for part in parts {
            if !sum.terms.is_empty() {
                sum.terms.push_str(" + ");
            }
            sum.terms.push_str(&shown_range(&part.low, &part.high));
            sum.low += &part.low;
            sum.high += &part.high;
            if part.decimals > 0 {
                sum.slack += part.ulp() / whole(2);
            }
        }
        sum
    }

    pub(super) fn shown(&self) -> String {
        shown_range(&self.low, &self.high)
    }
}

/// A total as it is written.
pub(super) struct Said<'a> {
    pub(super) line: u32,
    pub(super) text: &'a str,
    /// The sentence around it, in lower case.
    pub(super) context: &'a str,
}

/// How a stated total stands to the sum of its parts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Yes,
    No,
    /// It is the least that the parts may come to, and is told as the most or as the sum.
    Least,
}

fn answer(total: &Quantity, context: &str, sum: &Sum) -> Holds {
    let near = |a: &Exact, b: &Exact| {
        (a - b).abs() <= &sum.slack + if (b / total.ulp()).is_integer() { Exact::zero() } else { total.ulp() }
    };
    let ranged = sum.low != sum.high;
    let capped = (is_most(context) || total.limit == Limit::AtMost) && sum.high > total.high;
    let least = ranged && total.is_point() && near(&total.low, &sum.low);
    if total.unit.is_duration() && (capped && ranged || least && total.limit == Limit::Exactly) {
        return Holds::Least;
    }
    let fine = match total.limit {
        Limit::AtLeast => sum.high >= total.low,
        Limit::AtMost => sum.low <= total.high,
        Limit::About => {
            sum.low.clone() * whole(10) <= &total.high * whole(11)
                && &total.low * whole(9) <= &sum.high * whole(10)
        }
        Limit::Exactly if total.is_point() && ranged => sum.low <= total.low && total.low <= sum.high,
        Limit::Exactly if !total.is_point() && !ranged => total.low <= sum.low && sum.high <= total.high,
        Limit::Exactly => near(&total.low, &sum.low) && near(&total.high, &sum.high),
    };
    if fine { Holds::Yes } else { Holds::No }
}

/// Whether a stated total is the sum of its parts.
pub(super) fn holds(total: &Quantity, context: &str, sum: &Sum) -> bool {
    answer(total, context, sum) == Holds::Yes
}

/// Compares a stated total with the sum of its parts: `sum` when it is none, `timeline` when it is only the least of it.
pub(super) fn compare(said: &Said<'_>, total: &Quantity, sum: &Sum, what: &str, findings: &mut Findings) {
    let numbers = (said.text.to_owned(), Some(sum.shown()));
    match answer(total, said.context, sum) {
        Holds::Yes => {}
        Holds::Least => {
            let (all, terms) = (sum.shown(), &sum.terms);
            let message = format!("{what} take {all} ({terms}): {} is the least, not the most", said.text);
            if sum.high > total.high && (total.limit == Limit::AtMost || is_most(said.context)) {
                findings.add(Rule::Sum, said.line, message.clone(), numbers.clone());
            }
            findings.add(Rule::Timeline, said.line, message, numbers);
        }
        Holds::No if findings.has(Rule::Sum, said.line) => {}
        Holds::No => {
            let message = format!("{what} sum to {} ({}), not to {}", sum.shown(), sum.terms, said.text);
            findings.add(Rule::Sum, said.line, message, numbers);
        }
    }
}

/// Whether a sentence tells the most of something.
fn is_most(context: &str) -> bool {
    mentions(context, &["maximum", "max", "at most", "up to", "no more than"])
}

/// [`compare`] for a total that a line states.
pub(super) fn judge(line: &Line, total: &Quantity, sum: &Sum, what: &str, findings: &mut Findings) {
    let context = line.text.to_lowercase();
    let said = Said { line: line.number, text: line.between(total.start, total.end), context: &context };
    compare(&said, total, sum, what, findings);
}

/// The heading of a section as a line.
pub(super) fn heading_line(section: &crate::audit::outline::Section) -> Line {
    Line {
        number: section.line,
        kind: crate::audit::outline::Kind::Text,
        indent: 0,
        mark: None,
        boxed: false,
        ruled: false,
        text: section.title.clone(),
        label: None,
        value: section.title.clone(),
        section: 0,
        block: 0,
        quantities: section.quantities.clone(),
    }
}
