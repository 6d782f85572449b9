//! The order of a ranking, and better words for what pays less.

use num_traits::Zero as _;

use super::item::{Item, of_line};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::shown;
use crate::audit::table::Table;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::Exact;

/// Words for the return of rows, and their order where they are ranked.
pub(super) fn table(facts: &Facts<'_>, table: &Table, items: &[Item], findings: &mut Findings) {
    words_against_return(items, "return", findings);
    if ranked(facts, (table.section, table.header.line), &table.header.cells.join(" ")) {
        in_order(items, findings);
    }
}

/// A better word than an item that pays more.
fn words_against_return(items: &[Item], what: &str, findings: &mut Findings) {
    for item in items {
        let better = items
            .iter()
            .find(|other| other.rank > item.rank && item.rank.is_some() && other.pays() < item.pays());
        if let Some(other) = better {
            let (own, others) = (shown(&item.pays()), shown(&other.pays()));
            let message = format!(
                "`{}` has {what} `{}` at {own} points per unit of effort, `{}` has `{}` at {others}",
                item.name, item.word, other.name, other.word
            );
            findings.add(Rule::EffortOrder, item.line, message, (item.word.clone(), Some(own)));
        }
    }
}

/// Lines of a section in which its order is told.
const INTRODUCTION: usize = 500;

/// What says alone that something is ranked by its return.
const BY_RETURN: [&str; 17] = [
    "by roi",
    "by return",
    "by return on investment",
    "by points per hour",
    "by value",
    "by efficiency",
    "best roi first",
    "highest roi first",
    "highest return first",
    "best return first",
    "cheapest first",
    "by points/hour",
    "by points per effort",
    "quick wins first",
    "by effort",
    "best first",
    "best value first",
];
/// Names of a return.
const RETURN: [&str; 8] = [
    "points per hour",
    "points per day",
    "points per person-day",
    "points per week",
    "gain per day",
    "gain per hour",
    "per hour",
    "per day",
];
/// Words for a ranking.
const RANKED: [&str; 15] = [
    "ranked",
    "sorted",
    "ordered",
    "order",
    "rank",
    "follow",
    "follows",
    "priorities",
    "priority",
    "reihenfolge",
    "rangfolge",
    "geordnet",
    "sortiert",
    "first",
    "top",
];
/// What says that a line is about the table above it.
const ABOVE: [&str; 7] =
    ["table", "the rows", "above", "priorities follow", "ranks follow", "priority is", "priority follows"];

fn says_ranked(text: &str) -> bool {
    let lower = text.to_lowercase();
    mentions(&lower, &BY_RETURN) || mentions(&lower, &RETURN) && mentions(&lower, &RANKED)
}

/// Whether a heading or a header says that this is ranked by return.
fn ranked(facts: &Facts<'_>, (section, at): (usize, u32), header: &str) -> bool {
    let title = facts.document.sections.get(section).map_or("", |s| s.title.as_str());
    // What stands below the table before, or below this one, tells the order of something else.
    let tables = &facts.document.tables;
    let before = tables.partition_point(|table| table.header.line < at);
    let above = before.checked_sub(1).and_then(|last| tables.get(last)).map_or(0, |table| table.header.line);
    let intro = || {
        facts.document.lines_of(section).take(INTRODUCTION).any(|line| {
            let lower = line.text.to_lowercase();
            let beside = (above..=at).contains(&line.number) || mentions(&lower, &ABOVE);
            // A colon leads to what stands right below.
            let leads = !line.text.ends_with(':') || line.number <= at && at <= line.number + 2;
            let plain = !mentions(&lower, &["would", "not", "instead", "nevertheless"]);
            beside && leads && plain && says_ranked(&line.text) && mentions(&lower, &RANKED)
        })
    };
    says_ranked(title) || says_ranked(header) || intro()
}

/// A ranking by return must not rise.
fn in_order(items: &[Item], findings: &mut Findings) {
    for pair in items.windows(2) {
        let [above, below] = pair else { continue };
        if above.pays() < below.pays() {
            let message = format!(
                "`{}` pays {} points per unit of effort and stands above `{}` with {}",
                above.name,
                shown(&above.pays()),
                below.name,
                shown(&below.pays())
            );
            findings.add(
                Rule::EffortOrder,
                below.line,
                message,
                (shown(&above.pays()), Some(shown(&below.pays()))),
            );
        }
    }
}

/// Ranked lists: by return they must fall; by impact, what leads them must not pay least.
pub(super) fn lists(facts: &Facts<'_>, findings: &mut Findings) {
    for block in facts.document.blocks() {
        let items: Vec<Item> = block.iter().filter_map(of_line).collect();
        let Some(first) = block.first().filter(|_| items.len() >= 3) else { continue };
        if ranked(facts, (first.section, first.number), &first.text) {
            in_order(&items, findings);
            continue;
        }
        let title = facts.document.sections.get(first.section).map_or("", |s| s.title.as_str());
        let by_impact = [title, first.text.as_str()]
            .iter()
            .any(|text| mentions(&text.to_lowercase(), &["by impact", "by priority"]));
        let Some(lead) = items.first().filter(|_| by_impact) else { continue };
        let worst = items.iter().min_by(|a, b| a.pays().cmp(&b.pays()));
        if let Some(worst) = worst.filter(|worst| {
            worst.points >= lead.points && items.iter().filter(|i| i.pays() <= worst.pays()).count() == 1
        }) {
            let next = items.iter().map(Item::pays).max().unwrap_or_else(Exact::zero);
            let message = format!(
                "`{}` leads the ranking with {} points and pays least: {} points per person and week or hour, where the best pays {}",
                worst.name,
                shown(&worst.points),
                shown(&worst.pays()),
                shown(&next)
            );
            findings.add(
                Rule::EffortOrder,
                worst.line,
                message,
                (shown(&worst.points), Some(shown(&worst.pays()))),
            );
        }
    }
}
