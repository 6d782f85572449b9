//! Rankings by return that are told in names alone: "order by points per hour: tests, docs, alerts", a numbered list of
//! names, "the best return comes from docs".

use super::paid::{MOST, Paid, paid};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::shown;
use crate::audit::rules::sentence::{Sentence, prose};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::order;

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
            if let ([above, below], Some(line)) = (pair, items.get(at + 1))
                && above.pays < below.pays
            {
                report(above, below, line.number, findings);
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
