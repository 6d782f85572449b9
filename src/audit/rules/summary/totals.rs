//! Numbers of the head against the total rows of tables.

use num_traits::Signed as _;

use super::sums_up;
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::rules::total::heading_line;
use crate::audit::table::Table;
use crate::audit::words::{mentions, same_word, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Tables that are summed up.
const MOST: usize = 40;

/// A number of a total row below its header.
struct Total {
    /// The words of the header, and those of its unit in brackets.
    words: Vec<String>,
    /// Whether it is what is left.
    open: bool,
    /// Hours and the like, as the header or the cell says.
    unit: Unit,
    value: Quantity,
    line: u32,
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let totals: Vec<Total> = facts.document.tables.iter().take(MOST).flat_map(of_table).collect();
    if totals.is_empty() {
        return;
    }
    for line in &facts.document.lines {
        if line.kind != Kind::Fenced && sums_up(facts, line.section) {
            labelled(line, &totals, findings);
            of_whole(facts, line, findings);
            overall(facts, line, findings);
        }
    }
    // `**Outcome: 36/40**` is a line in bold.
    for section in facts.document.sections.iter().skip(1).filter(|section| section.level == 7) {
        if sums_up(facts, section.parent.unwrap_or_default()) {
            let line = heading_line(section);
            let (label, value) = section.title.split_once(": ").unwrap_or(("", &section.title));
            let line = Line { label: Some(label.to_owned()), value: value.to_owned(), ..line };
            labelled(&line, &totals, findings);
            of_whole(facts, &line, findings);
            overall(facts, &line, findings);
        }
    }
}

fn of_table(table: &Table) -> Vec<Total> {
    let Some(row) = table.total() else { return Vec::new() };
    let of = |column: usize| {
        let head = table.header.cell(column);
        let value = row.number(column).filter(|q| q.is_point() && q.limit == Limit::Exactly && !q.signed)?;
        let other = ["share", "rate", "average", "mean", "weight", "per", "score"];
        let name = head.split('(').next().unwrap_or_default();
        let unit = match value.unit {
            Unit::None => unit_of(head),
            unit => unit,
        };
        let (words, open) = (telling(name), mentions(&name.to_lowercase(), &OPEN));
        let plain = value.over.is_none() && !head.contains('%') && !mentions(&head.to_lowercase(), &other);
        (plain && !words.is_empty()).then_some(Total { words, open, unit, value, line: row.line })
    };
    (1..table.header.cells.len()).filter_map(of).collect()
}

/// `effort (h)`, `Hours`.
pub(super) fn unit_of(head: &str) -> Unit {
    let lower = head.to_lowercase();
    let units = [
        (Unit::Hours, ["h", "hours", "hrs"]),
        (Unit::Days, ["d", "days", "day"]),
        (Unit::Weeks, ["w", "weeks", "wk"]),
    ];
    let found = units.iter().find(|(_, names)| mentions(&lower, names) && !lower.contains("person"));
    found.map_or(Unit::None, |(unit, _)| *unit)
}

/// `effort: 440 h` and `Budget: 76 person-days`, each with the only total of that name.
fn labelled(line: &Line, totals: &[Total], findings: &mut Findings) {
    for segment in segments(line) {
        let Some((label, quantity, noun)) = segment else { continue };
        let Some(total) = the_total(&label, &quantity, &noun, totals) else { continue };
        let slack =
            if quantity.limit == Limit::About { &total.value.low / whole(10) } else { quantity.ulp() };
        let far = (&total.value.low - &quantity.low).abs() >= slack;
        if far && !findings.repeats(line.number, line.between(quantity.start, quantity.end)) {
            let said = line.between(quantity.start, quantity.end).to_owned();
            let computed = shown(&total.value.low);
            let message =
                format!("`{label}` is {said} here and {computed} in the total of line {}", total.line);
            findings.add(Rule::Headline, line.number, message, (said, Some(computed)));
        }
    }
}

/// Label, number and what follows it, for each part of a line that has them.
fn segments(line: &Line) -> Vec<Option<(String, Quantity, String)>> {
    let mut found = Vec::new();
    let mut start = 0;
    for part in line.text.split_inclusive(['|', '·', ';']).flat_map(|part| part.split_inclusive(". ")) {
        let (from, to) = (start, start + part.len());
        start = to;
        found.push(part.split_once(": ").and_then(|(label, _)| {
            let at = from + label.len() + 2;
            let own = line.quantities.iter().find(|q| q.start >= at && q.end <= to)?;
            let lead = line.text.get(at..own.start)?.trim_matches([' ', '~', '≈']);
            let leads =
                lead.is_empty() || matches!(lead.to_lowercase().as_str(), "about" | "approx." | "around");
            let noun = line.text.get(own.end..to)?.trim_matches([' ', '.', '|', '·', ';']).to_lowercase();
            let plain = own.is_point() && own.over.is_none() && !own.signed;
            let exact = matches!(own.limit, Limit::Exactly | Limit::About);
            (leads && plain && exact).then(|| (label.trim().to_lowercase(), own.clone(), noun))
        }));
    }
    found
}

/// Words for what is left, of which a label and a header may use different ones.
const OPEN: [&str; 6] = ["open", "left", "remaining", "still", "outstanding", "to go"];

/// The words of a name that tell it from others.
fn telling(name: &str) -> Vec<String> {
    let plain = ["total", "overall", "spend", "spent", "do", "be", "go", "work", "needed"];
    let telling = |word: &String| !OPEN.contains(&word.as_str()) && !plain.contains(&word.as_str());
    words(name).into_iter().filter(telling).collect()
}

/// The only total that a label names, by its header or by the noun behind the number.
fn the_total<'t>(label: &str, quantity: &Quantity, noun: &str, totals: &'t [Total]) -> Option<&'t Total> {
    let other = [
        "target",
        "goal",
        "limit",
        "max",
        "maximum",
        "min",
        "minimum",
        "done",
        "saved",
        "of",
        "reserve",
        "previous",
        "last",
        "per",
        "available",
        "capacity",
        "current",
        "used",
        "so far",
        "already",
    ];
    if mentions(label, &other) || mentions(noun, &other) {
        return None;
    }
    let (own, open) = (telling(label), mentions(label, &OPEN));
    let named = |total: &&Total| {
        let same =
            own.len() == total.words.len() && own.iter().zip(&total.words).all(|(a, b)| same_word(a, b));
        // A word behind the number that is no unit here may be one elsewhere: `2.031 TiB`.
        let plain = quantity.unit == Unit::None && noun.is_empty();
        let unit = plain
            || total.unit == quantity.unit && total.unit != Unit::None
            || total.unit == Unit::None && quantity.unit.is_duration();
        same && unit && open == total.open
    };
    let counted = |total: &&Total| {
        let noun = telling(noun);
        let sums =
            mentions(label, &["budget", "effort", "total", "work", "cost", "total effort", "size", "volume"]);
        let long = total.words.iter().any(|word| word.len() >= 4);
        sums && long
            && noun.len() == total.words.len()
            && noun.iter().zip(&total.words).all(|(a, b)| same_word(a, b))
    };
    let one = |fits: &dyn Fn(&&Total) -> bool| {
        let mut found = totals.iter().filter(fits);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    one(&named).or_else(|| one(&counted))
}

/// `Outcome: 36/40` where the total row has 34 of 40.
fn of_whole(facts: &Facts<'_>, line: &Line, findings: &mut Findings) {
    let scores = ["outcome", "result", "score", "readiness", "overall", "total", "points", "verdict"];
    let named =
        mentions(&line.key(), &scores) && !mentions(&line.key(), &["target", "goal", "last", "previous"]);
    let first = line.values().next().filter(|_| named);
    let Some((said, all)) = first.and_then(|q| Some((q, q.over.as_ref()?))) else { return };
    if !said.is_point() || said.signed || said.limit != Limit::Exactly || *all < whole(10) {
        return;
    }
    let mut found = facts.document.tables.iter().take(MOST).filter_map(|table| {
        let row = table.total()?;
        let numbers: Vec<Quantity> = (1..row.cells.len()).filter_map(|column| row.number(column)).collect();
        let plain: Vec<&Exact> =
            numbers.iter().filter(|q| q.unit == Unit::None && q.over.is_none()).map(|q| &q.low).collect();
        let part = plain.windows(2).find_map(|pair| match pair {
            [a, b] if *b == all && *a < all => Some(*a),
            [a, b] if *a == all && *b < all => Some(*b),
            _ => None,
        })?;
        Some((row.line, part.clone(), plain.contains(&&said.low)))
    });
    if let (Some((at, part, false)), None) = (found.next(), found.next())
        && !findings.has(Rule::Headline, line.number)
    {
        let text = line.between(said.start, said.end).to_owned();
        let computed = format!("{}/{}", shown(&part), shown(all));
        let message = format!("the total of line {at} makes {computed}, not {text}");
        findings.add(Rule::Headline, line.number, message, (text, Some(computed)));
    }
}

/// `Overall grade: 0.61` where the row called overall has no such number.
fn overall(facts: &Facts<'_>, line: &Line, findings: &mut Findings) {
    let key = line.key();
    let scores = ["score", "grade", "readiness", "mark", "rating", "index"];
    let named = mentions(&key, &["overall", "weighted", "total"]) && mentions(&key, &scores);
    let mut values = line.values();
    let first = values.next().filter(|q| named && q.is_point() && q.limit == Limit::Exactly && !q.signed);
    let Some(said) = first.filter(|_| line.value.starts_with(|c: char| c.is_ascii_digit())) else { return };
    let rows = facts.document.tables.iter().take(MOST).filter_map(|table| {
        let row = table.total()?;
        let called =
            mentions(&row.cell(0).to_lowercase(), &["overall", "weighted score", "total score", "weighted"]);
        called.then_some(row)
    });
    let rows: Vec<_> = rows.collect();
    let [row] = rows.as_slice() else { return };
    let numbers: Vec<Quantity> = (1..row.cells.len())
        .filter_map(|c| row.number(c))
        .filter(|q| q.unit == said.unit && q.over == said.over)
        .collect();
    let near = |q: &&Quantity| &q.low * whole(2) > said.low && q.low < &said.low * whole(2);
    let fits = |q: &Quantity| (&q.low - &said.low).abs() < q.ulp().max(said.ulp());
    if let Some(last) = numbers.iter().rfind(near)
        && !numbers.iter().any(fits)
        && !findings.has(Rule::Headline, line.number)
    {
        let (text, computed) = (line.between(said.start, said.end).to_owned(), shown(&last.low));
        let message = format!("`{}` is {text} here and {computed} in line {}", key, row.line);
        findings.add(Rule::Headline, line.number, message, (text, Some(computed)));
    }
}
