//! What a release holds, and what all of it costs: the same in every place that says so.

use crate::audit::facts::{Facts, hours_in};
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::table::Table;
use crate::audit::words::{mentions, shared, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    grown(facts, findings);
    for table in &facts.document.tables {
        prices(facts, &cumulative(table), findings);
    }
}

/// A release with a list of work that is paid for, and with more work elsewhere.
fn grown(facts: &Facts<'_>, findings: &mut Findings) {
    let sections = || facts.document.sections.iter().enumerate().skip(1);
    for (index, section) in sections() {
        let Some(version) = version(&section.title).filter(|version| section.title.starts_with(version))
        else {
            continue;
        };
        let costed = sections().find(|(other, one)| {
            let items = items(facts, *other);
            let paid = items.len() >= 2 && items.iter().all(|line| hours_in(&line.quantities).is_some());
            *other != index && paid && self::version(&one.title) == Some(version)
        });
        let Some((costed, _)) = costed else { continue };
        let (paid, held) = (items(facts, costed), items(facts, index));
        let is_paid =
            |line: &&&Line| paid.iter().any(|other| shared(&words(&line.text), &words(&other.text)) > 0);
        let new: Vec<&&Line> = held.iter().filter(|line| !is_paid(line)).collect();
        let same = held.len() - new.len();
        if let (Some(first), true) = (new.first(), same >= 2 && same * 2 >= held.len()) {
            let names: Vec<String> = new.iter().map(|line| format!("`{}`", line.text)).collect();
            let at = paid.first().map_or(0, |line| line.number);
            let message = format!(
                "{version} holds {} here, which no hours from line {at} on pay for",
                names.join(", ")
            );
            let numbers = (format!("{} items", held.len()), Some(format!("{} items", paid.len())));
            findings.add(Rule::PolicyDrift, first.number, message, numbers);
        }
    }
}

/// What a release holds.
pub(super) fn items<'a>(facts: &'a Facts<'_>, section: usize) -> Vec<&'a Line> {
    let own = |line: &&Line| {
        line.section == section && line.kind == Kind::Item && line.indent < 2 && line.label.is_none()
    };
    facts.document.lines.iter().filter(own).collect()
}

/// `v2.4.0` in a heading.
pub(super) fn version(title: &str) -> Option<&str> {
    let is_part = |letter: char| letter.is_ascii_digit() || letter == '.';
    title.split([' ', ':', ',', '(', ')']).find(|word| {
        let number = word.strip_prefix('v').unwrap_or_default();
        number.contains('.')
            && number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(is_part)
    })
}

/// Score and hours from the beginning to the end of each row, where rows add hours: `| v2 | +30h | 92/100 |`.
fn cumulative(table: &Table) -> Vec<(Exact, Exact)> {
    let Some(column) = table.column(&["effort", "hours", "cost"]) else { return Vec::new() };
    let mut sum = whole(0);
    let mut found = Vec::new();
    let mut adds = false;
    for row in table.body() {
        let Some(hours) = row.number(column).filter(|q| q.is_point() && q.unit == Unit::Hours) else {
            return Vec::new();
        };
        adds |= hours.signed;
        sum += &hours.low;
        let score = (0..row.cells.len())
            .filter(|other| *other != column)
            .find_map(|other| row.number(other).filter(|q| q.is_point() && q.over.is_some())?.as_score());
        let Some((score, _)) = score else { return Vec::new() };
        found.push((score, sum.clone()));
    }
    if adds { found } else { Vec::new() }
}

/// `Minimum (92/100): … (30h)` and its siblings, counted from the beginning of the table or from its second row on: one
/// of both has to fit all.
fn prices(facts: &Facts<'_>, rows: &[(Exact, Exact)], findings: &mut Findings) {
    let Some((_, first)) = rows.first() else { return };
    for block in facts.document.blocks() {
        let priced: Vec<(&Line, &Quantity, &Exact)> =
            block.iter().filter_map(|line| priced(line, rows)).collect();
        let off = |start: &Exact| -> Vec<usize> {
            let differs = |hours: &Quantity, sum: &Exact| {
                let price = sum - start;
                if hours.limit == Limit::AtLeast { hours.low > price } else { hours.low != price }
            };
            let all = priced.iter().enumerate();
            all.filter(|(_, (_, hours, sum))| differs(hours, sum)).map(|(at, _)| at).collect()
        };
        let (whole_way, from_now) = (off(&whole(0)), off(first));
        let is_whole = whole_way.len() <= from_now.len();
        let (off, start) = if is_whole { (whole_way, whole(0)) } else { (from_now, first.clone()) };
        // Where most do not fit, they are about something else.
        if priced.len() < 3 || off.len() * 2 >= priced.len() {
            continue;
        }
        for (line, hours, sum) in off.into_iter().filter_map(|at| priced.get(at)) {
            let said = line.between(hours.start, hours.end).to_owned();
            let price = format!("{} hours", shown(&(*sum - &start)));
            let message = format!("this is said to cost {said}; the rows of the table make {price}");
            findings.add(Rule::Timeline, line.number, message, (said, Some(price)));
        }
    }
}

/// A line with one score of the table and one number of hours.
fn priced<'a>(line: &'a Line, rows: &'a [(Exact, Exact)]) -> Option<(&'a Line, &'a Quantity, &'a Exact)> {
    let mut scores = line.quantities.iter().filter(|q| q.is_point() && q.over == Some(whole(100)));
    let score = scores.next().filter(|_| scores.next().is_none())?;
    let mut hours = line.quantities.iter().filter(|q| q.unit == Unit::Hours && q.is_point() && !q.signed);
    let hours = hours.next().filter(|_| hours.next().is_none())?;
    let is_part = mentions(&line.text.to_lowercase(), &["additional", "more", "extra", "each"]);
    let (_, sum) = rows.iter().find(|(row, _)| *row == score.low).filter(|_| !is_part)?;
    Some((line, hours, sum))
}
