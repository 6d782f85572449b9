//! Returns that a table writes down, and what prose says of them: "S1 gives most per day, S4 least".

use num_traits::Signed as _;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Quantity, shown};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::Exact;
use crate::model::order;

/// Rows of one table that are compared.
const MOST: usize = 60;
/// What is not said of the table as it stands.
const OTHERWISE: [&str; 13] = [
    "not",
    "would",
    "were",
    "if",
    "of the two",
    "of those",
    "of these",
    "among",
    "except",
    "without",
    "but for",
    "once",
    "after",
];

/// What something pays, or costs, for each unit.
struct Rate {
    /// How it is called: `S1`, "three errors".
    names: Vec<String>,
    value: Exact,
    line: u32,
}

/// The rates of one table.
struct Rates {
    /// The header or the label: "points per day".
    label: String,
    rates: Vec<Rate>,
    section: usize,
    /// Whether rows stand under a header such as "Rank".
    ranked: bool,
}

impl Rates {
    /// Whether less is better: a cost per point.
    fn is_cost(&self) -> bool {
        let Some((before, after)) = self.label.split_once(" per ") else { return false };
        let points = ["point", "pp", "percent", "%", "gain", "yes", "score"];
        points.iter().any(|word| after.starts_with(word)) && !points.iter().any(|word| before.contains(word))
    }

    /// The best one first.
    fn in_order(&self) -> Vec<&Rate> {
        let mut rates: Vec<&Rate> = self.rates.iter().collect();
        let cost = self.is_cost();
        order::sort_by(&mut rates, |a, b| if cost { a.value.cmp(&b.value) } else { b.value.cmp(&a.value) });
        rates
    }
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let all: Vec<Rates> = facts
        .document
        .tables
        .iter()
        .flat_map(|table| columns(table).into_iter().chain(rows(table)))
        .collect();
    for rates in &all {
        if rates.ranked {
            falls(rates, findings);
        }
        let only = all.len() == 1;
        for line in facts.document.lines.iter().filter(|line| line.section == rates.section || only) {
            if line.kind != Kind::Fenced {
                superlatives(rates, line, findings);
            }
        }
    }
}

fn is_rate(head: &str) -> bool {
    let head = head.to_lowercase();
    (head.contains(" per ") || head.contains("/h") || head.contains("/day"))
        && !mentions(
            &head,
            &[
                "per week",
                "per month",
                "per year",
                "per second",
                "per minute",
                "requests",
                "cost per request",
            ],
        )
        && mentions(
            &head,
            &[
                "points", "point", "gain", "value", "yes", "return", "score", "k€", "€", "eur", "$", "cost",
                "hours", "pp", "benefit",
            ],
        )
}

/// A column such as "Points per day", by the first cell of each row and, where that is a short sign, the second.
fn columns(table: &Table) -> Vec<Rates> {
    let of = |column: usize| {
        let label = table.header.cell(column).to_lowercase();
        let rate = |row: &Row| {
            let value = row.number(column).filter(is_plain)?;
            let names = (0..column.min(2))
                .map(|cell| row.cell(cell).trim().to_owned())
                .filter(|name| is_name(name))
                .collect();
            Some(Rate { names, value: value.low, line: row.line })
        };
        let rates: Option<Vec<Rate>> = table.body().filter(|row| !row.cell(0).is_empty()).map(rate).collect();
        let head = table.header.cell(0).to_lowercase();
        let ranked = matches!(head.trim(), "rank" | "order" | "place" | "position") && numbered(table);
        Some(Rates { label, rates: rates?, section: table.section, ranked })
    };
    let columns = (1..table.header.cells.len()).filter(|column| is_rate(table.header.cell(*column)));
    columns.filter_map(of).filter(|rates| (2..=MOST).contains(&rates.rates.len())).collect()
}

/// Whether the first column counts the rows.
fn numbered(table: &Table) -> bool {
    table.body().enumerate().all(|(at, row)| row.cell(0).trim().trim_end_matches('.') == (at + 1).to_string())
}

/// A row such as `| k€ per point | 62 | 32 | 35 |` below the names of options.
fn rows(table: &Table) -> Vec<Rates> {
    let of = |row: &Row| {
        let rate = |column: usize| {
            let value = row.number(column).filter(is_plain)?;
            Some(Rate {
                names: vec![table.header.cell(column).trim().to_owned()],
                value: value.low,
                line: row.line,
            })
        };
        let rates: Option<Vec<Rate>> = (1..table.header.cells.len()).map(rate).collect();
        let named = table.header.cells.iter().skip(1).all(|name| is_name(name));
        let label = row.cell(0).to_lowercase();
        rates.filter(|rates| named && rates.len() >= 2).map(|rates| Rates {
            label,
            rates,
            section: table.section,
            ranked: false,
        })
    };
    table.rows.iter().filter(|row| is_rate(row.cell(0))).filter_map(of).collect()
}

fn is_plain(quantity: &Quantity) -> bool {
    quantity.is_point() && quantity.over.is_none() && !quantity.low.is_negative()
}

fn is_name(name: &str) -> bool {
    name.starts_with(char::is_alphabetic) && name.len() <= 60
}

/// A ranking must not rise; one row that does is out of order.
fn falls(rates: &Rates, findings: &mut Findings) {
    let cost = rates.is_cost();
    let rises =
        |pair: &&[Rate]| matches!(pair, [a, b] if if cost { a.value > b.value } else { a.value < b.value });
    let mut wrong = rates.rates.windows(2).filter(rises);
    if let (Some([above, below]), None) = (wrong.next(), wrong.next())
        && rates.rates.len() >= 3
        && !findings.has(Rule::EffortOrder, below.line)
    {
        let (said, better) = (shown(&above.value), shown(&below.value));
        let message = format!("`{}` {said} stands above {better}", rates.label);
        findings.add(Rule::EffortOrder, above.line, message, (said, Some(better)));
    }
}

/// "S1 gives most per day, S4 least", "B comes first, C second and A third".
fn superlatives(rates: &Rates, line: &Line, findings: &mut Findings) {
    for sentence in line.text.split_inclusive(". ") {
        let lower = sentence.to_lowercase();
        let per = rates
            .label
            .split_once(" per ")
            .map(|(_, after)| format!("per {}", after.split(' ').next().unwrap_or_default()));
        let about = per.is_some_and(|per| lower.contains(&per))
            || mentions(&lower, &["best return", "highest return", "best roi", "worst return"]);
        if !about || mentions(&lower, &OTHERWISE) {
            continue;
        }
        let named = named(rates, sentence);
        for (at, (rate, name, end)) in named.iter().enumerate() {
            let until = named.get(at + 1).map_or(sentence.len(), |(.., name, end)| end - name.len());
            let claim = sentence
                .get(*end..until)
                .unwrap_or_default()
                .split([',', ';', '.'])
                .next()
                .unwrap_or_default();
            if name.len() > 1 || named.len() >= 2 {
                judge(rates, (rate, name), (claim, line.number), findings);
            }
        }
    }
}

/// The rates that a sentence names, in its order, with where their names end.
fn named<'a>(rates: &'a Rates, sentence: &str) -> Vec<(&'a Rate, &'a str, usize)> {
    let mut found = Vec::new();
    for rate in &rates.rates {
        for name in &rate.names {
            let short = name.strip_prefix("Option ").unwrap_or(name);
            let at = sentence
                .match_indices(short)
                .map(|(at, _)| at)
                .find(|at| is_word(sentence, *at, short.len()));
            if let Some(at) = at {
                found.push((rate, short, at + short.len()));
                break;
            }
        }
    }
    order::sort_by_key(&mut found, |(.., end)| *end);
    found
}

fn is_word(text: &str, at: usize, length: usize) -> bool {
    let before = text.get(..at).is_some_and(|t| !t.ends_with(char::is_alphanumeric));
    let after = text
        .get(at + length..)
        .is_some_and(|t| !t.starts_with(|c: char| c.is_alphanumeric() || c == '\'' || c == '’'));
    before && after
}

fn judge(rates: &Rates, (rate, name): (&Rate, &str), (claim, line): (&str, u32), findings: &mut Findings) {
    let lower = claim.to_lowercase();
    let places = [
        (&["first", "most", "best"][..], 1),
        (&["second"], 2),
        (&["third"], 3),
        (&["fourth"], 4),
        (&["last", "least", "worst"], 0),
    ];
    let mut said = places.iter().filter(|(words, _)| mentions(&lower, words));
    let (Some((_, place)), None) = (said.next(), said.next()) else { return };
    let best_first = rates.in_order();
    let at = if *place == 0 { best_first.len() } else { *place };
    let Some(right) = at.checked_sub(1).and_then(|at| best_first.get(at)) else { return };
    if right.value != rate.value && !findings.has(Rule::EffortOrder, line) {
        let right_name = right.names.first().map_or("", String::as_str);
        let message = format!(
            "`{name}` has {} ({}), `{right_name}` has {} and takes this place",
            shown(&rate.value),
            rates.label,
            shown(&right.value)
        );
        findings.add(Rule::EffortOrder, line, message, (name.to_owned(), Some(right_name.to_owned())));
    }
}
