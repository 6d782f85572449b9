//! Rankings by return that are told in names alone: "order by points per hour: tests, docs, alerts", a numbered list of
//! names, "the best return comes from docs".

use num_traits::Signed as _;

use super::item::{Item, rows};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Quantity, Unit, shown};
use crate::audit::rules::sentence::{Sentence, prose};
use crate::audit::table::Table;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::Exact;
use crate::model::order;

/// Items of one document that are ranked.
const MOST: usize = 60;
/// Names of a return.
const RETURN: [&str; 22] = [
    "points per hour",
    "points per day",
    "points per week",
    "points per person-day",
    "points/hour",
    "points/h",
    "points/day",
    "gain per hour",
    "gain per day",
    "return",
    "roi",
    "points per effort",
    "points per unit",
    "points per engineer-week",
    "points per person-week",
    "ertrag",
    "value per hour",
    "points per engineer-day",
    "points per euro",
    "per hour",
    "per day",
    "per person-day",
];
/// What leads to a ranking.
const ORDER: [&str; 18] = [
    "order",
    "ordered",
    "sorted",
    "ranked",
    "ranking",
    "sequence",
    "first",
    "priority",
    "priorities",
    "reihenfolge",
    "rangfolge",
    "geordnet",
    "sortiert",
    "prioritised",
    "prioritized",
    "we do them",
    "we work on them",
    "then",
];
/// What makes another ranking of it.
const OTHER: [&str; 16] = [
    "not",
    "would",
    "if",
    "nicht",
    "although",
    "despite",
    "instead",
    "nevertheless",
    "except",
    "deadline",
    "dependencies",
    "risk",
    "second",
    "among",
    "without",
    "besides",
];
/// What pays most.
const BEST: [&str; 22] = [
    "best return",
    "highest return",
    "best roi",
    "highest roi",
    "most points per",
    "best ratio",
    "best value",
    "best points per",
    "most per hour",
    "most per day",
    "highest points per",
    "best points-per-hour",
    "most gain per",
    "beste verhältnis",
    "besten ertrag",
    "höchsten ertrag",
    "bester ertrag",
    "meisten points per",
    "pays most",
    "pay best",
    "pays best",
    "best payback",
];

/// Work with what it pays for each unit of effort.
struct Paid {
    name: String,
    pays: Exact,
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let all = paid(facts);
    if !(2..=MOST).contains(&all.len()) {
        return;
    }
    for block in facts.document.blocks() {
        for sentence in prose(block) {
            let lower = sentence.text.to_lowercase();
            if mentions(&lower, &RETURN) && !mentions(&lower, &OTHER) {
                in_sentence(&sentence, &lower, &all, findings);
            }
            best(&sentence, &lower, &all, findings);
        }
        list(facts, block, &all, findings);
    }
}

/// All work of the document whose points and effort are known; a name with two of them is left out.
fn paid(facts: &Facts<'_>) -> Vec<Paid> {
    let tables = facts.document.tables.iter();
    let mut items: Vec<Item> = tables.clone().flat_map(rows).chain(tables.flat_map(turned)).collect();
    for sentence in facts.document.blocks().flat_map(prose) {
        items.extend(of_sentence(&sentence));
    }
    let phases = ["phase", "total", "sprint", "option", "release", "version"];
    items.retain(|item| {
        !mentions(&item.name.to_lowercase(), &phases) && item.name.chars().any(char::is_alphabetic)
    });
    let same = |name: &str| items.iter().filter(|item| item.name.eq_ignore_ascii_case(name)).count();
    let single = items.iter().take(MOST).filter(|item| item.name.len() > 1 && same(&item.name) == 1);
    single.map(|item| Paid { name: item.name.to_lowercase(), pays: item.pays() }).collect()
}

/// A table whose columns are work, with a row of points and one of effort.
fn turned(table: &Table) -> Vec<Item> {
    let row = |words: &[&str]| table.rows.iter().find(|row| mentions(&row.cell(0).to_lowercase(), words));
    let gain = row(&["points", "gain", "improvement"]);
    let effort = row(&["hours", "effort", "person-days", "days", "weeks", "person-weeks", "stunden"]);
    let (Some(gain), Some(effort)) = (gain, effort) else { return Vec::new() };
    let of = |column: usize| {
        let (points, effort) = (gain.number(column)?, effort.number(column)?);
        let (points, effort) = (super::item::middle(&points), super::item::middle(&effort));
        let name = table.header.cell(column).to_owned();
        effort.is_positive().then(|| Item {
            line: gain.line,
            name,
            points,
            effort,
            rank: None,
            word: String::new(),
        })
    };
    (1..table.header.cells.len()).filter_map(of).collect()
}

/// "Autoscaling brings 6 points for 12 hours".
fn of_sentence(sentence: &Sentence) -> Vec<Item> {
    let found = &sentence.quantities;
    let of = |(at, pair): (usize, &[Quantity])| {
        let [points, effort] = pair else { return None };
        let timed = effort.unit.is_duration() && points.unit == Unit::Points && points.over.is_none();
        let joined = ["for", "in", "and takes", "and needs", "at", "and costs"]
            .contains(&&*sentence.between(points.end, effort.start));
        let from = at.checked_sub(1).and_then(|at| found.get(at)).map_or(0, |before| before.end);
        let lead = sentence.between(from, points.start);
        let verbs = [" brings", " bring", " gives", " give", " gains", " adds", " add"];
        let own = verbs.iter().find_map(|verb| lead.strip_suffix(verb));
        // "Alarms give 6 points for 3 days, docs 4 points for 4 days": the verb is said once.
        let said = at > 0 && verbs.iter().any(|verb| sentence.between(0, points.start).contains(verb));
        let name = own.or(Some(&*lead).filter(|_| said))?;
        let name = name.rsplit([',', ';', ':']).next().unwrap_or(name).trim();
        let name =
            ["and the ", "and ", "the "].iter().find_map(|lead| name.strip_prefix(lead)).unwrap_or(name);
        (timed && joined && effort.low.is_positive() && (2..=40).contains(&name.len())).then(|| Item {
            line: sentence.line(points.start),
            name: name.to_owned(),
            points: super::item::middle(points),
            effort: super::item::middle(effort),
            rank: None,
            word: String::new(),
        })
    };
    found.windows(2).enumerate().filter_map(of).collect()
}

/// The work that a text names, in its order.
fn named<'p>(lower: &str, all: &'p [Paid]) -> Vec<&'p Paid> {
    let mut found: Vec<(usize, usize, &Paid)> = all
        .iter()
        .filter(|paid| mentions(lower, &[&paid.name]))
        .filter_map(|paid| lower.find(&paid.name).map(|at| (at, paid.name.len(), paid)))
        .collect();
    order::sort_by(&mut found, |a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
    // "test" inside of "test data" is no name of its own.
    found.dedup_by(|later, earlier| later.0 < earlier.0 + earlier.1);
    found.into_iter().map(|(.., paid)| paid).collect()
}

fn in_sentence(sentence: &Sentence, lower: &str, all: &[Paid], findings: &mut Findings) {
    let Some((lead, names)) = lower.split_once(':').or_else(|| lower.split_once(" is ")) else { return };
    let found = named(names, all);
    let ordered = mentions(lead, &RETURN) && mentions(lead, &ORDER);
    if ordered && found.len() >= 3 && sentence.quantities.is_empty() {
        falls(&found, sentence.line(0), findings);
    }
}

/// A list of names below a heading or a line that speaks of the return.
fn list(facts: &Facts<'_>, block: &[Line], all: &[Paid], findings: &mut Findings) {
    let Some(first) = block.first() else { return };
    let items: Vec<&Line> = block.iter().filter(|line| line.kind == Kind::Item && line.indent < 2).collect();
    if !(2..=MOST).contains(&items.len()) || items.iter().any(|line| line.mark.is_some()) {
        return;
    }
    let titles = facts.document.titles(first.section).next().unwrap_or_default().to_owned();
    let before = facts
        .document
        .lines
        .partition_point(|line| line.number < items.first().map_or(0, |line| line.number));
    let above = before.checked_sub(1).and_then(|at| facts.document.lines.get(at));
    let above =
        above.filter(|line| line.section == first.section).map(|line| line.text.clone()).unwrap_or_default();
    let said = [titles, above].into_iter().map(|text| text.to_lowercase());
    let ranked = said
        .into_iter()
        .any(|text| mentions(&text, &RETURN) && mentions(&text, &ORDER) && !mentions(&text, &OTHER));
    let found: Option<Vec<&Paid>> = items
        .iter()
        .map(|line| {
            let lower = line.text.to_lowercase();
            all.iter().filter(|paid| lower.starts_with(&paid.name)).max_by_key(|paid| paid.name.len())
        })
        .collect();
    if let Some(found) = found.filter(|_| ranked) {
        for (at, pair) in found.windows(2).enumerate() {
            if let ([above, below], Some(line)) = (pair, items.get(at + 1)) {
                if above.pays < below.pays {
                    report(above, below, line.number, findings);
                }
            }
        }
    }
}

fn falls(found: &[&Paid], line: u32, findings: &mut Findings) {
    for pair in found.windows(2) {
        if let [above, below] = pair
            && above.pays < below.pays
        {
            report(above, below, line, findings);
        }
    }
}

/// "The best return comes from autoscaling".
fn best(sentence: &Sentence, lower: &str, all: &[Paid], findings: &mut Findings) {
    let said = BEST
        .iter()
        .filter(|phrase| mentions(lower, &[phrase]))
        .filter_map(|phrase| lower.find(*phrase))
        .min();
    let Some(at) = said.filter(|_| !mentions(lower, &OTHER)) else { return };
    let begin = lower.get(..at).and_then(|before| before.rfind([',', ';', ':'])).map_or(0, |at| at + 1);
    let begin = if lower.get(begin..).is_some_and(|rest| rest.starts_with(" which")) { 0 } else { begin };
    let rest = lower.get(at..).unwrap_or_default();
    let end = rest.find([',', ';', '(']).map_or(lower.len(), |stop| at + stop);
    let found = named(lower.get(begin..end).unwrap_or_default(), all);
    let top = all.iter().max_by(|a, b| a.pays.cmp(&b.pays));
    if let ([own], Some(top)) = (found.as_slice(), top)
        && own.pays < top.pays
    {
        report(own, top, sentence.line(at), findings);
    }
}

fn report(above: &Paid, below: &Paid, line: u32, findings: &mut Findings) {
    if !findings.has(Rule::EffortOrder, line) {
        let (own, better) = (shown(&above.pays), shown(&below.pays));
        let message = format!(
            "`{}` pays {own} for each unit of effort and stands before `{}` with {better}",
            above.name, below.name
        );
        findings.add(Rule::EffortOrder, line, message, (above.name.clone(), Some(below.name.clone())));
    }
}
