//! Rankings against points per effort.

use num_traits::{Signed as _, Zero as _};

use crate::audit::facts::{Facts, hours_in};
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Quantity, Unit, shown};
use crate::audit::table::{Row, Table};
use crate::audit::words::{mentions, shared, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Something with points and effort.
struct Item {
    line: u32,
    name: String,
    points: Exact,
    /// Middle of the range, times people.
    effort: Exact,
    /// High is large; from words such as "High" or "LOW-MEDIUM".
    rank: Option<i32>,
    word: String,
}

impl Item {
    fn pays(&self) -> Exact {
        &self.points / &self.effort
    }
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for table in &facts.document.tables {
        let items = rows(table);
        words_against_return(&items, "return", findings);
        if ranked(facts, table.section, &table.header.cells.join(" ")) {
            in_order(&items, findings);
        }
        stated_return(table, findings);
        best(facts, &items, findings);
    }
    lists(facts, findings);
    impact_labels(facts, findings);
}

/// Rows with a gain and an effort; the word of a return column is their rank.
fn rows(table: &Table) -> Vec<Item> {
    let gain = table.column(&["improvement", "gain", "points", "impact", "score gain"]);
    let effort = table
        .column(&["engineer-", "person-", "effort", "hours", "investment"])
        .or_else(|| table.column(&["time", "cost", "weeks", "days"]));
    let word = (0..table.header.cells.len())
        .find(|c| mentions(&table.header.cell(*c).to_lowercase(), &["roi", "return", "value", "efficiency"]));
    let (Some(gain), Some(effort)) = (gain, effort) else { return Vec::new() };
    let plain_hours =
        mentions(&table.header.cell(effort).to_lowercase(), &["h", "hours", "hrs", "weeks", "days"]);
    let item = |row: &Row| {
        let points = row
            .number(gain)
            .filter(|q| q.over.is_none() && matches!(q.unit, Unit::Points | Unit::Percent | Unit::None))?;
        let hours =
            row.number(effort).filter(|q| q.unit.is_duration() || q.unit == Unit::None && plain_hours)?;
        let middle = middle(&hours);
        let word = word.map(|c| row.cell(c).to_owned()).unwrap_or_default();
        (middle.is_positive() && !points.low.is_negative()).then(|| Item {
            line: row.line,
            name: row.cell(0).to_owned(),
            points: self::middle(&points),
            effort: middle,
            rank: rank(&word),
            word,
        })
    };
    table.body().filter_map(item).collect()
}

fn middle(quantity: &Quantity) -> Exact {
    (&quantity.low + &quantity.high) / whole(2)
}

fn rank(word: &str) -> Option<i32> {
    let lower = word.to_lowercase();
    let mut sum = 0;
    let mut count = 0;
    for (name, value) in [("low", 2), ("medium", 4), ("high", 6), ("very high", 2), ("critical", 8)] {
        if mentions(&lower, &[name]) {
            sum += value;
            count += i32::from(name != "very high");
        }
    }
    (count > 0).then(|| sum / count)
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

/// Whether a heading or a header says that this is ranked by return.
fn ranked(facts: &Facts<'_>, section: usize, header: &str) -> bool {
    let says = |text: &str| {
        let lower = text.to_lowercase();
        mentions(
            &lower,
            &[
                "by roi",
                "by return",
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
            ],
        ) || lower.contains("points per hour") && mentions(&lower, &["ranked", "sorted", "ordered", "order"])
    };
    let title = facts.document.sections.get(section).map_or("", |s| s.title.as_str());
    let intro = facts.document.lines.iter().any(|l| {
        l.section == section
            && says(&l.text)
            && mentions(
                &l.text.to_lowercase(),
                &["ranked", "sorted", "ordered", "order", "first", "top", "priorities"],
            )
    });
    says(title) || says(header) || intro
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

/// A column of points per hour against its points and hours.
fn stated_return(table: &Table, findings: &mut Findings) {
    let per = (0..table.header.cells.len()).find(|c| {
        let head = table.header.cell(*c).to_lowercase();
        head.contains("points/hour")
            || head.contains("points per hour")
            || head.contains("pts/h")
            || head.contains("points / hour")
    });
    let gain = (0..table.header.cells.len()).find(|c| {
        Some(*c) != per && mentions(&table.header.cell(*c).to_lowercase(), &["improvement", "gain", "points"])
    });
    let effort = (0..table.header.cells.len())
        .find(|c| Some(*c) != per && mentions(&table.header.cell(*c).to_lowercase(), &["effort", "hours"]));
    let (Some(per), Some(gain), Some(effort)) = (per, gain, effort) else { return };
    for row in table.body() {
        let (Some(said), Some(points), Some(hours)) = (row.number(per), row.number(gain), row.number(effort))
        else {
            continue;
        };
        if !hours.low.is_positive() || !said.is_point() {
            continue;
        }
        // Points may be rounded to the decimals that they are written with.
        let more = if points.decimals > 0 { points.ulp() } else { Exact::zero() };
        let (least, most) = ((&points.low - &more) / &hours.high, (&points.high + &more) / &hours.low);
        let slack = said.ulp();
        if said.low < &least - &slack || said.low > &most + &slack {
            let exact = middle(&points) / middle(&hours);
            let message = format!(
                "{} points in {} hours are {} an hour, not {}",
                shown(&points.low),
                shown(&middle(&hours)),
                shown(&exact),
                row.cell(per)
            );
            findings.add(
                Rule::EffortOrder,
                row.line,
                message,
                (row.cell(per).to_owned(), Some(shown(&exact))),
            );
        }
    }
}

/// `Best ROI: v2.3.2 → v2.4.0 (60h, +5 points)` while one row pays more.
fn best(facts: &Facts<'_>, items: &[Item], findings: &mut Findings) {
    let Some(top) = items.iter().max_by(|a, b| a.pays().cmp(&b.pays())) else { return };
    for line in facts.document.lines.iter().filter(|l| {
        mentions(&l.key(), &["best roi", "best return", "best value", "highest roi", "highest return"])
    }) {
        let hours = hours_in(&line.quantities);
        let points = line.quantities.iter().find(|q| q.unit == Unit::Points);
        let named = items.iter().find(|item| {
            shared(&words(&item.name), &words(&line.value)) > 0 || line.value.starts_with(&item.name)
        });
        let pays = match (hours, points) {
            (Some(hours), Some(points)) if hours.low.is_positive() => Some(middle(points) / middle(&hours)),
            _ => named.map(Item::pays),
        };
        if let Some(pays) = pays.filter(|pays| *pays < top.pays()) {
            let message = format!(
                "this pays {} points per hour; `{}` pays {}",
                shown(&pays),
                top.name,
                shown(&top.pays())
            );
            findings.add(Rule::EffortOrder, line.number, message, (shown(&pays), Some(shown(&top.pays()))));
        }
    }
}

/// Ranked lists: by return they must fall; by impact, what leads them must not pay least.
fn lists(facts: &Facts<'_>, findings: &mut Findings) {
    for block in facts.document.blocks() {
        let items: Vec<Item> = block.iter().filter_map(of_line).collect();
        let Some(first) = block.first().filter(|_| items.len() >= 3) else { continue };
        if ranked(facts, first.section, &first.text) {
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

/// `Chaos: 10% | 3 weeks | 2 engineers`, `Load tests: +5 points, 8h`.
fn of_line(line: &Line) -> Option<Item> {
    let points = line
        .quantities
        .iter()
        .find(|q| matches!(q.unit, Unit::Points | Unit::Percent) && q.over.is_none())?;
    let efforts: Vec<&Quantity> = line.quantities.iter().filter(|q| q.unit.is_duration()).collect();
    let [effort] = efforts.as_slice() else { return None };
    let people = line.quantities.iter().find(|q| q.unit == Unit::People).map_or_else(|| whole(1), middle);
    let effort = middle(effort) * people;
    let name = line
        .label
        .clone()
        .unwrap_or_else(|| line.text.get(..points.start).unwrap_or_default().trim().to_owned());
    (effort.is_positive()).then(|| Item {
        line: line.number,
        name,
        points: middle(points),
        effort,
        rank: None,
        word: String::new(),
    })
}

/// `Phase 2: … (3 points) MEDIUM IMPACT` beside `Phase 3: … (5 points) LOW IMPACT`.
fn impact_labels(facts: &Facts<'_>, findings: &mut Findings) {
    for phases in &facts.phases {
        let items: Vec<Item> = phases
            .iter()
            .filter(|phase| phase.name.to_lowercase().contains("impact"))
            .filter_map(|phase| {
                let gain = phase.gain.as_ref().map(|(gain, _)| middle(gain))?;
                let hours =
                    phase.hours.as_ref().map(|(hours, _)| middle(hours)).filter(Exact::is_positive)?;
                let word = phase
                    .name
                    .rsplit([')', '⭐', '-', '–'])
                    .find(|part| part.to_lowercase().contains("impact"))?
                    .trim();
                let word = if phase.name.contains("LOW-MEDIUM") { "LOW-MEDIUM IMPACT" } else { word };
                Some(Item {
                    line: phase.line,
                    name: phase.name.split(['(', '⭐']).next()?.trim().to_owned(),
                    points: gain,
                    effort: hours,
                    rank: rank(word),
                    word: word.to_owned(),
                })
            })
            .collect();
        for item in &items {
            if let Some(other) =
                items.iter().find(|o| o.rank > item.rank && o.points < item.points && o.pays() < item.pays())
            {
                let message = format!(
                    "`{}` brings {} points ({} an hour) and is called {}; `{}` brings {} ({} an hour) and is called {}",
                    item.name,
                    shown(&item.points),
                    shown(&item.pays()),
                    item.word,
                    other.name,
                    shown(&other.points),
                    shown(&other.pays()),
                    other.word
                );
                findings.add(
                    Rule::EffortOrder,
                    item.line,
                    message,
                    (item.word.clone(), Some(shown(&item.pays()))),
                );
            }
        }
    }
}
