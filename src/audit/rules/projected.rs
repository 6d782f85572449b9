//! The score that a plan leads to, told in prose, against the score now and what the work brings: "we stand at 84; the
//! suite gives 6 points and the drill 3, so we reach 93", "after all three the score is 94".

use num_traits::{Signed as _, Zero as _};

use super::passage::{self, Of, Passage};
use crate::audit::facts::{Facts, Is, RiseIn, rises};
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, shown};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// A score that is called the one of now, and its line.
type Now = (Exact, u32);

/// What stands right before a score that is reached.
const REACHES: [&str; 28] = [
    "the score is",
    "the score will be",
    "the score becomes",
    "score of",
    "we reach",
    "we get to",
    "we are at",
    "we end at",
    "it reaches",
    "reaches",
    "reach",
    "brings us to",
    "takes us to",
    "brings the score to",
    "raises the score to",
    "lifts the score to",
    "lifts us to",
    "which gives",
    "which makes",
    "that gives",
    "leads to",
    "has",
    "score bei",
    "steht bei",
    "we end up at",
    "ends at",
    "the score then is",
    "score then stands at",
];
/// Words for all of the work.
const ALL: [&str; 18] = [
    "after all", "with all", "all gaps", "all of", "all items", "both together", "after these", "with these",
    "all three", "all four", "all five", "all phases", "the whole plan", "together", "after steht", "after ist", "after that", "afterwards",
];
/// Headers of what a row brings, and of the work that brings it.
const GAIN: [&str; 6] = ["gain", "points", "improvement", "effect", "brings", "lift"];
const WORK: [&str; 16] = [
    "gap", "item", "work", "task", "action", "measure", "improvement", "fix", "phase", "step", "no.", "id", "#",
    "finding", "initiative", "option",
];
/// Tables and sentences that are compared.
const MOST: usize = 60;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let passages = passage::all(facts);
    let now = now(facts, &passages);
    listed(facts, &now, findings);
    if now.is_empty() {
        return;
    }
    let gains = gains(facts, &passages);
    gap(facts, &now, findings);
    let numbers = facts.texts().flat_map(|(_, _, quantities)| quantities);
    let scores: Vec<Exact> = numbers.filter(|q| is_score(q)).map(|q| q.low.clone()).take(MOST * 10).collect();
    for passage in passages.iter().filter(|passage| passage.of != Of::Row).take(MOST * 20) {
        let numbers = quantities(&passage.text);
        told(passage, &numbers, (&now, &gains, &scores), findings);
    }
    for table in facts.document.tables.iter().take(MOST) {
        options(table, &now, findings);
    }
}

/// `- Quarter 2: +3 points, 88 points` below `- Quarter 1: +4 points, 85 points`, and "Gain 6, after it 91." further below.
fn listed(facts: &Facts<'_>, now: &[Now], findings: &mut Findings) {
    let each: Vec<(&Line, &Quantity, &Quantity)> = facts.document.lines.iter().filter_map(step).take(MOST).collect();
    let steps: Vec<(&Line, &Quantity, Exact)> = each
        .windows(2)
        .filter_map(|two| match two {
            [(_, _, from), (line, by, to)] => Some((*line, *to, &from.low + &by.low)),
            _ => None,
        })
        .collect();
    let mut wrong = steps.iter().filter(|(_, to, exact)| to.low != *exact);
    let begins = each.first().is_some_and(|(_, by, to)| now.iter().any(|(now, _)| now + &by.low == to.low));
    let right = usize::from(begins) + steps.iter().filter(|(_, to, exact)| to.low == *exact).count();
    // Where one is wrong the next is, too, unless it goes on from the wrong one.
    if let Some((line, to, exact)) = wrong.next()
        && wrong.count() <= 1
        && right >= 1
        && (exact - &to.low).abs() <= whole(10)
        && !findings.has(Rule::Sum, line.number)
    {
        let (said, computed) = (line.between(to.start, to.end).to_owned(), shown(exact));
        let message = format!("the score above and this gain make {computed}, not {said}");
        findings.add(Rule::Sum, line.number, message, (said, Some(computed)));
    }
}

/// What a line brings, and the score after it.
fn step(line: &Line) -> Option<(&Line, &Quantity, &Quantity)> {
    let lower = line.text.to_lowercase();
    match line.quantities.iter().filter(|q| !is_name(line, q)).collect::<Vec<_>>()[..] {
        [by, to] if is_score(to) && by.end < to.start => {
            let lead = lower.get(..by.start)?.trim_end();
            let called = ["gain", "gain:", "brings", "adds"].iter().any(|word| lead.ends_with(word));
            let plain = called && by.is_point() && matches!(by.unit, Unit::None | Unit::Points) && by.over.is_none();
            let between = lower.get(by.end..to.start)?;
            let after = ["after", "then", "makes", "ends at", "total", "reaches", "to", "→", "score"];
            let follows = after.iter().any(|word| between.trim_end_matches([' ', ':']).ends_with(word)) || between.contains("after");
            let listed = by.signed && is_gain(by);
            (listed || plain && follows).then_some((line, by, to))
        }
        _ => None,
    }
}

/// Whether a number only counts quarters or phases, in the label of its line.
fn is_name(line: &Line, q: &Quantity) -> bool {
    q.unit == Unit::None && !q.signed && line.label.as_ref().is_some_and(|label| q.end <= label.len())
}

fn is_score(q: &Quantity) -> bool {
    let plain = matches!(q.unit, Unit::None | Unit::Points | Unit::Percent);
    let hundred = q.over.as_ref().is_none_or(|over| *over == whole(100));
    let within = q.low.is_positive() && q.high <= whole(100);
    plain && hundred && within && q.is_point() && !q.signed && q.limit == Limit::Exactly
}

/// Every number that the document calls the score as it is.
fn now(facts: &Facts<'_>, passages: &[Passage]) -> Vec<Now> {
    let stated = facts.states(Is::Current).filter(|s| s.low == s.high);
    let mut found: Vec<Now> = stated.map(|s| (s.low.clone(), s.line)).collect();
    let labels = [
        "score", "current score", "score today", "score now", "current", "today", "now", "overall score", "overall",
        "readiness", "current readiness", "readiness today", "status", "total score", "baseline", "weighted score", "start",
    ];
    for line in &facts.document.lines {
        let key = line.key();
        let first = line.values().next().filter(|q| is_score(q));
        let leads = |q: &&Quantity| line.between(line.text.len() - line.value.len(), q.start).trim().is_empty();
        let named = |q: &&Quantity| labels.contains(&key.trim()) || key.trim() == "total" && q.over.is_some();
        found.extend(first.filter(leads).filter(named).map(|q| (q.low.clone(), line.number)));
    }
    let says = [
        "scores", "stand at", "stands at", "is at", "are at", "score is", "current score is", "score today is",
    ];
    for passage in passages.iter().filter(|passage| passage.of != Of::Row).take(MOST * 20) {
        let lower = passage.text.to_lowercase();
        for q in quantities(&passage.text).iter().filter(|q| is_score(q) && q.unit != Unit::Percent) {
            let clause = lower.get(..q.start).unwrap_or_default().trim_end();
            let clause = clause.rsplit(['.', ';', ',', ':']).next().unwrap_or_default();
            let later = ["after", "will", "would", "then", "target", "goal", "was", "last", "if", "should", "with", "by", "all"];
            let score = q.unit == Unit::Points || q.over.is_some() || clause.contains("score") || facts.is_assessment();
            if says.iter().any(|word| clause.ends_with(word)) && !mentions(clause, &later) && score {
                found.push((q.low.clone(), passage.line(q.start)));
            }
        }
    }
    for table in &facts.document.tables {
        let points = |column: &usize| mentions(&table.header.cell(*column).to_lowercase(), &["points", "weighted", "score"]);
        if let Some(total) = table.total().filter(|_| !is_work(table)) {
            let columns = (1..table.header.cells.len()).filter(points);
            let totals: Vec<Quantity> = columns.filter_map(|c| total.number(c)).filter(is_score).collect();
            let below = totals.into_iter().map(|q| q.low).filter(|score| *score < whole(100));
            found.extend(below.map(|score| (score, total.line)));
        }
    }
    found.truncate(MOST);
    found
}

fn is_work(table: &Table) -> bool {
    let head = table.header.cell(0).to_lowercase();
    mentions(&head, &WORK) || matches!(head.trim(), "#" | "")
}

/// What the work of the document brings: the gains of each table and each list.
fn gains(facts: &Facts<'_>, passages: &[Passage]) -> Vec<Exact> {
    let mut found: Vec<Exact> = facts.document.tables.iter().filter_map(of_table).collect();
    // "Three gaps remain: alerting (8 points), capacity (12 points) and on-call (8 points)."
    for passage in passages.iter().filter(|passage| passage.of == Of::Text).take(MOST * 20) {
        let numbers = quantities(&passage.text);
        for (from, to) in passage.sentences() {
            let own = numbers.iter().filter(|q| from <= q.start && q.end <= to && is_gain(q));
            let own: Vec<Exact> = own.map(|q| q.low.clone()).collect();
            if own.len() >= 2 {
                found.push(own.into_iter().sum());
            }
        }
    }
    for phases in &facts.phases {
        let all: Option<Exact> =
            phases.iter().map(|p| p.gain.as_ref().filter(|(q, _)| q.is_point()).map(|(q, _)| q.low.clone())).sum();
        found.extend(all);
    }
    for block in facts.document.blocks() {
        let each: Vec<Exact> = block
            .iter()
            .filter_map(|line| {
                let mut own = line.quantities.iter().filter(|q| is_gain(q));
                let first = own.next()?;
                own.next().is_none().then(|| first.low.clone())
            })
            .collect();
        if each.len() >= 2 {
            found.push(each.into_iter().sum());
        }
    }
    found.truncate(MOST);
    found
}

fn is_gain(q: &Quantity) -> bool {
    let counted = q.unit == Unit::Points || q.signed && matches!(q.unit, Unit::None | Unit::Percent);
    counted && q.is_point() && q.over.is_none() && q.low.is_positive() && q.limit == Limit::Exactly
}

fn of_table(table: &Table) -> Option<Exact> {
    let column = (1..table.header.cells.len()).find(|column| {
        let head = table.header.cell(*column).to_lowercase();
        mentions(&head, &GAIN) && !mentions(&head, &["after", "score", "per", "weight", "max", "total"])
    })?;
    let rows: Vec<&Row> = table.body().filter(|row| !row.is_empty(column)).collect();
    let parts: Option<Exact> =
        rows.iter().map(|row| row.number(column).filter(Quantity::is_point).map(|q| q.low)).sum();
    parts.filter(|_| is_work(table) && rows.len() >= 2)
}

/// A score that is reached, in words.
fn told(
    passage: &Passage,
    numbers: &[Quantity],
    (now, gains, scores): (&[Now], &[Exact], &[Exact]),
    findings: &mut Findings,
) {
    for (from, to) in passage.sentences() {
        let own: Vec<&Quantity> = numbers.iter().filter(|q| from <= q.start && q.end <= to).collect();
        let lower = passage.said(from, to).to_lowercase();
        let risen = rises(&passage.text, numbers);
        let risen = risen.iter().rfind(|rise| from <= rise.from.start && rise.to.end <= to && is_risen(passage, from, rise));
        let found = risen.map(|rise| &rise.to).or_else(|| own.iter().copied().rfind(|q| is_reached(passage, from, q)));
        let Some(reached) = found else { continue };
        // Gains of the sentence, or of those before it.
        let earlier: Vec<&Quantity> =
            numbers.iter().filter(|q| q.end <= reached.start && is_gain(q) && brings(passage, q)).collect();
        let here = earlier.iter().filter(|q| q.start >= from).count();
        let start = risen.map(|rise| rise.from.low.clone());
        let start = start.map_or_else(|| now.iter().map(|(now, _)| now.clone()).collect(), |start| vec![start]);
        let sum: Exact = earlier.iter().map(|q| q.low.clone()).sum();
        let brought: Vec<Exact> = if earlier.len() >= 2 && (here >= 2 || lower.contains("so ")) {
            vec![sum]
        } else if let ([gain], 1) = (earlier.as_slice(), here)
            && passage.between(gain.end, reached.start).len() <= 40
            && gain.end > from
        {
            // It may go on from what was reached before.
            if scores.contains(&(&reached.low - &gain.low)) {
                continue;
            }
            vec![gain.low.clone()]
        } else if ALL.iter().any(|word| lower.contains(word)) && !gains.is_empty() {
            gains.iter().cloned().chain([sum].into_iter().filter(|sum| !sum.is_zero())).collect()
        } else {
            continue;
        };
        judge(passage, reached, (&start, &brought), findings);
    }
}

/// Whether a gain is what something brings.
fn brings(passage: &Passage, gain: &Quantity) -> bool {
    let lead = passage.said(0, gain.start).trim_end_matches([' ', '(', ',']).to_lowercase();
    let word = lead.rsplit(' ').next().unwrap_or_default();
    gain.signed
        || ["gives", "give", "brings", "bring", "adds", "add", "worth", "another", "further", "more", "and", "gain"]
            .contains(&word)
        || lead.len() + 2 >= gain.start && passage.said(0, gain.start).trim_end().ends_with('(')
}

/// "The score rises from 79 to 92."
fn is_risen(passage: &Passage, from: usize, rise: &RiseIn) -> bool {
    let lead = passage.said(from, rise.from.start).to_lowercase();
    let clause = lead.rsplit([',', ';', ':']).next().unwrap_or_default().trim_end_matches(" from").trim().to_owned();
    let lifts = ["score rises", "score", "score goes", "lift us", "lifts us", "takes us", "brings us", "bring us", "we go", "readiness", "readiness rises", "total"];
    let called = lifts.iter().any(|word| clause.ends_with(word));
    called && is_score(&rise.to) && is_score(&rise.from)
}

fn is_reached(passage: &Passage, from: usize, q: &Quantity) -> bool {
    let lead = passage.said(from, q.start).trim_end_matches([' ', '~', '(']).to_lowercase();
    let lead = lead.trim_end_matches(" about");
    let clause = lead.rsplit([',', ';']).next().unwrap_or_default();
    let rises = ["rises", "rise", "goes", "moves", "lift", "lifts", "raises", "score", "readiness"];
    let range = (lead.ends_with(" to") || q.start > 0 && passage.said(from, q.start).trim_end().ends_with('→'))
        && mentions(clause, &rises);
    is_score(q) && (REACHES.iter().any(|word| clause.ends_with(word)) || range) && !clause.contains("target")
}

fn judge(passage: &Passage, reached: &Quantity, (now, brought): (&[Exact], &[Exact]), findings: &mut Findings) {
    let slack = if reached.decimals > 0 { reached.ulp() } else { Exact::new(1.into(), 2.into()) };
    let ends = || now.iter().flat_map(|now| brought.iter().map(move |gain| now + gain));
    let off = |end: &Exact| (end - &reached.low).abs();
    let Some(nearest) = ends().min_by_key(|end| off(end)) else { return };
    let line = passage.line(reached.start);
    let known = findings.has(Rule::Sum, line) || findings.has(Rule::Headline, line) || findings.has(Rule::MeanBound, line);
    if off(&nearest) > slack && off(&nearest) * whole(8) <= reached.low && !known {
        let (said, computed) = (passage.said(reached.start, reached.end).to_owned(), shown(&nearest));
        let message = format!("the score now and what the work brings make {computed}, not {said}");
        findings.add(Rule::Sum, line, message, (said, Some(computed)));
    }
}

/// `| B | 45 h | 10 | 90 |`: each option ends at the score now and its own gain; of phases, the first one does.
fn options(table: &Table, known: &[Now], findings: &mut Findings) {
    let now: Vec<&Exact> = known.iter().map(|(now, _)| now).collect();
    let column = |words: &[&str]| {
        (1..table.header.cells.len()).find(|c| mentions(&table.header.cell(*c).to_lowercase(), words))
    };
    let after = column(&["score after", "resulting score", "score", "result", "readiness", "after", "then", "points after"]);
    let gain = column(&["gain", "points gained", "improvement", "delta", "lift", "points"]);
    let (Some(after), Some(gain)) = (after, gain.filter(|gain| Some(*gain) != after)) else { return };
    let rows: Vec<(&Row, Quantity, Quantity)> = table
        .body()
        .filter_map(|row| {
            let (by, to) = (row.number(gain)?, row.number(after)?);
            (by.is_point() && by.over.is_none() && is_score(&to)).then_some((row, by, to))
        })
        .collect();
    let starts = |(_, by, to): &&(&Row, Quantity, Quantity)| now.iter().any(|now| *now + &by.low == to.low);
    let apart: Vec<_> = rows.iter().filter(|row| !starts(row)).collect();
    let kept = rows.len() - apart.len();
    if let ([(row, by, to)], true) = (apart.as_slice(), kept >= 2)
        && let Some(now) =
            now.iter().copied().find(|now| rows.iter().filter(|(_, by, to)| *now + &by.low == to.low).count() >= 2)
        && !findings.has(Rule::Sum, row.line)
    {
        let (said, computed) = (shown(&to.low), shown(&(now + &by.low)));
        let message = format!("{} and {} make {computed}, not {said}", shown(now), shown(&by.low));
        findings.add(Rule::Sum, row.line, message, (said, Some(computed)));
    }
    // Where every row but the first goes on from the one above, the first goes on from the score now.
    let running = rows.len() >= 3
        && rows.windows(2).all(|two| matches!(two, [(_, _, from), (_, by, to)] if &from.low + &by.low == to.low));
    if let (Some(first @ (row, by, to)), true) = (rows.first(), running)
        && !starts(&first)
        && let [now] = now.as_slice()
        && !findings.has(Rule::Sum, row.line)
    {
        let (said, computed) = (shown(&to.low), shown(&(*now + &by.low)));
        let message = format!("{} and {} make {computed}, not {said}", shown(now), shown(&by.low));
        findings.add(Rule::Sum, row.line, message, (said, Some(computed)));
    }
    // Every option begins at one score, and it is not the one that is called current.
    let starts: Vec<Exact> = rows.iter().map(|(_, by, to)| &to.low - &by.low).collect();
    if let (Some(start), [(current, line)]) = (starts.first(), known)
        && starts.len() >= 3
        && starts.iter().all(|other| other == start)
        && current != start
        && (current - start).abs() <= whole(15)
        && !findings.has(Rule::Headline, *line)
    {
        let (said, computed) = (shown(current), shown(start));
        let message = format!("every row of the table in line {} begins at {computed}, not at {said}", table.header.line);
        findings.add(Rule::Headline, *line, message, (said, Some(computed)));
    }
}

/// `Gap: 15 points` beside a score and a goal in plain numbers.
fn gap(facts: &Facts<'_>, now: &[Now], findings: &mut Findings) {
    if facts.states(Is::Gap).next().is_some() && facts.current().is_some() {
        return;
    }
    let labelled = |names: &[&str]| -> Vec<(Quantity, u32)> {
        let lines = facts.document.lines.iter();
        let found = lines.filter_map(|line| Some((line.labelled(names)?.clone(), line.number)));
        found.filter(|(q, _)| is_score(q)).take(MOST).collect()
    };
    let targets = labelled(&["target", "goal", "target score"]);
    let [(gap, line), ..] = &labelled(&["gap", "missing", "shortfall", "gap to target", "gap to goal"])[..] else {
        return;
    };
    let full = [whole(100)];
    let ends: Vec<&Exact> = targets.iter().map(|(q, _)| &q.low).chain(&full).collect();
    let fits = now.iter().any(|(now, _)| ends.iter().any(|end| (*end - now - &gap.low).abs() < gap.ulp()));
    let (Some((now, _)), Some(end)) = (now.first(), ends.first()) else { return };
    let exact = *end - now;
    if !fits && (&exact - &gap.low).abs() <= exact && !findings.has(Rule::Sum, *line) {
        let (said, computed) = (shown(&gap.low), shown(&exact));
        let message = format!("from {} to {} is {computed}, not {said}", shown(now), shown(end));
        findings.add(Rule::Sum, *line, message, (said, Some(computed)));
    }
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::lines;
    use crate::model::audit::Rule;

    #[test]
    fn a_plan_leads_where_its_work_brings_it() {
        for (text, right, wrong) in [
            (
                "We stand at 84 points. The suite gives 6 points and the drill gives 3 points, so we reach {} points.\n",
                "93",
                "96",
            ),
            (
                "Score today: 80\n\n| Gap | Gain |\n|---|---|\n| a | 6 |\n| b | 4 |\n\nAfter all of it the score is {}.\n",
                "90",
                "92",
            ),
            (
                "Current score: 80/100\n\n- a: +6 points\n- b: +5 points\n\nBoth together bring the score from 80 to {}.\n",
                "91",
                "93",
            ),
            (
                "Current score: 80\n\n| Option | Gain | Score after |\n|---|---|---|\n| A | 5 | 85 |\n| B | 10 | {} |\n| C | 12 | 92 |\n",
                "90",
                "93",
            ),
            (
                "Current score: 80/100\n\n| Phase | Gain | Score after |\n|---|---|---|\n| 1 | 5 | {} |\n| 2 | 4 | 89 |\n| 3 | 3 | 92 |\n",
                "85",
                "86",
            ),
        ] {
            assert_eq!(lines(&text.replace("{}", right), Rule::Sum, None), [0; 0], "{text}");
            assert_eq!(lines(&text.replace("{}", wrong), Rule::Sum, None).len(), 1, "{text}");
        }
    }

    #[test]
    fn scores_of_something_else_are_left_alone() {
        for text in [
            "We stand at 84 points. The suite gives 6 points. With all gaps closed next year we reach 100 points.\n",
            "Score: 80\n\nThe drill gives 3 points and the suite gives 5 points. The target is 95 points.\n",
        ] {
            assert_eq!(lines(text, Rule::Sum, None), [0; 0], "{text}");
        }
    }
}
