//! The score of today as prose tells it: "the service scores 74 of 100", "with 74 points we are not ready".

use num_traits::Signed as _;

use super::computed;
use super::headline_words::{ADVERBS, OTHER, STANDS};
use super::total::heading_line;
use crate::audit::facts::{DimensionSet, Facts, Is};
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, says, shown};
use crate::audit::rules::sentence::{Sentence, prose};
use crate::audit::words::{is_within, mentions, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};
use crate::model::order;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(right) = computed::of(facts).or_else(|| passed(facts)).filter(|right| *right <= whole(100))
    else {
        return;
    };
    // Weights that are no whole make no score.
    let whole_weights =
        |set: &DimensionSet| set.weights().is_none_or(|sum| !set.percent || sum == whole(100));
    if !facts.dimensions.iter().all(whole_weights) {
        return;
    }
    let known = in_tables(facts);
    titled(facts, (&right, &known), findings);
    for line in &facts.document.lines {
        plain_label(facts, line, (&right, &known), findings);
    }
    // A line in bold is a heading and says something all the same.
    let bold: Vec<Line> =
        facts.document.sections.iter().filter(|section| section.level == 7).map(heading_line).collect();
    let headed = bold.iter().flat_map(|line| prose(std::slice::from_ref(line)));
    let blocks = facts.document.blocks().filter(|block| !is_of_plan(facts, block));
    for sentence in blocks.flat_map(prose).chain(headed) {
        for quantity in sentence.quantities.iter().filter(|q| is_score(q)) {
            if tells(&sentence, quantity) && !names_part(facts, &sentence, quantity) {
                judge(&sentence, quantity, (&right, &known), findings);
            }
        }
    }
}

/// The share that the total row of the only table with parts and wholes makes.
fn passed(facts: &Facts<'_>) -> Option<Exact> {
    let mut found = facts.document.tables.iter().filter_map(|table| {
        let (part, all) = (
            table.column(&["passed", "done", "met", "fulfilled"])?,
            table.column(&["total", "of", "checks"])?,
        );
        let total = table.total()?;
        let (part, all) = (total.number(part)?, total.number(all)?);
        (all.low.is_positive() && part.low <= all.low).then(|| &part.low * whole(100) / &all.low)
    });
    let first = found.next()?;
    let said = |text: &str| {
        mentions(&text.to_lowercase(), &["readiness"])
            && mentions(&text.to_lowercase(), &["share", "passed", "percentage"])
    };
    (found.next().is_none() && facts.texts().any(|(_, text, _)| said(text))).then_some(first)
}

/// `# Release 5.2 readiness: 91 %`: the last number of the title of a score.
fn titled(facts: &Facts<'_>, right: (&Exact, &[Exact]), findings: &mut Findings) {
    let Some(title) = facts.document.sections.get(1).filter(|section| section.level == 1) else { return };
    let lower = title.title.to_lowercase();
    let named = [
        "readiness",
        "score",
        "ready",
        "maturity",
        "scorecard",
        "check",
        "review",
        "objectives",
        "health",
        "status",
    ];
    let Some(stated) = title.quantities.last().filter(|q| is_score(q) && mentions(&lower, &named)) else {
        return;
    };
    let ends =
        title.title.get(stated.end..).is_some_and(|rest| rest.trim_matches([')', ' ', '*']).is_empty());
    let scaled = stated.over.is_some() || stated.unit == Unit::Percent || stated.unit == Unit::Points;
    if ends && scaled && !mentions(&lower, &OTHER) {
        let said = title.title.get(stated.start..stated.end).unwrap_or_default().to_owned();
        report((title.line, stated, said), right, findings);
    }
}

/// Whether a block stands below the heading of a step, whose score is that after it.
fn is_of_plan(facts: &Facts<'_>, block: &[Line]) -> bool {
    let plans = [
        "phase",
        "phases",
        "option",
        "options",
        "scenario",
        "scenarios",
        "release",
        "releases",
        "roadmap",
        "milestone",
        "milestones",
        "step",
        "steps",
        "sprint",
        "target",
        "targets",
        "goal",
        "history",
        "previous",
        "variante",
        "szenario",
    ];
    let section = block.first().map_or(0, |line| line.section);
    let titles = facts
        .document
        .titles(section)
        .filter(|title| facts.document.sections.get(1).is_none_or(|first| first.title != **title));
    let version = |title: &str| {
        title.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    titles.map(str::to_lowercase).any(|title| mentions(&title, &plans) || version(&title))
}

/// Every number of a cell: what stands in a table is told from there.
fn in_tables(facts: &Facts<'_>) -> Vec<Exact> {
    let rows = facts.document.tables.iter().flat_map(|table| &table.rows);
    let mut found: Vec<Exact> =
        rows.flat_map(|row| &row.cells).flat_map(|cell| quantities(cell)).map(|q| q.low).collect();
    found.extend(facts.states(Is::Target).map(|target| target.low.clone()));
    order::sort(&mut found);
    found
}

fn is_score(quantity: &Quantity) -> bool {
    let scale = quantity.over.as_ref().is_none_or(|over| *over == whole(100));
    let unit = matches!(quantity.unit, Unit::None | Unit::Points | Unit::Percent);
    let exact = quantity.is_point() && !quantity.signed && quantity.limit == Limit::Exactly;
    scale && unit && exact && quantity.low >= whole(20) && quantity.low <= whole(100)
}

/// Whether the words around a number call it the score as it is.
fn tells(sentence: &Sentence, quantity: &Quantity) -> bool {
    let before = sentence.between(0, quantity.start);
    let begin = before.rfind([';', ':', '(', '—', '–']).filter(|_| !before.ends_with(':'));
    let clause = before.get(begin.map_or(0, |at| at + 1)..).unwrap_or_default();
    let mut lead = clause.trim_end();
    while let Some(rest) = ADVERBS.iter().find_map(|word| lead.strip_suffix(word)) {
        lead = rest.trim_end();
    }
    let stands = |words: &[&str]| {
        words
            .iter()
            .any(|word| lead.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
    };
    let after = sentence.after(quantity);
    let end = after.find([';', '(', '—', '–']).unwrap_or(after.len());
    let behind = after.get(..end).unwrap_or_default();
    let near = behind.split(',').next().unwrap_or_default();
    let ready = |text: &str| mentions(text, &["score", "readiness", "ready"]);
    let said = match (&quantity.over, quantity.unit) {
        (Some(_), _) | (None, Unit::Points) => stands(&STANDS),
        (None, Unit::Percent) => {
            let plainly = [
                "we are at",
                "we stand at",
                "we are now at",
                "today we are at",
                "we now stand at",
                "wir stehen bei",
            ];
            stands(&STANDS)
                && (ready(clause)
                    || plainly.contains(&lead)
                    || near.starts_with("ready")
                    || near.starts_with("readiness"))
        }
        _ => {
            quantity.decimals > 0
                && stands(&["is at", "are at", "stands at", "at", "scores", "score is", "score of"])
        }
    };
    // "At 74 we may not launch" tells 74 as it is, whatever follows.
    let follows = near.split_whitespace().next().unwrap_or_default();
    // A clause may stand before a comma and have nothing to do with it: "after the audit, we are at 74 points".
    let told = ["mean of", "average of", "mittel"];
    said && !mentions(&sentence.text.to_lowercase(), &told)
        && !mentions(clause, &OTHER)
        && !mentions(follows, &OTHER)
}

/// Whether the number belongs to one dimension.
fn names_part(facts: &Facts<'_>, sentence: &Sentence, quantity: &Quantity) -> bool {
    let text = words(&sentence.text);
    let end = sentence.after(quantity).split([',', ';']).next().map_or(0, str::len);
    let near = words(sentence.text.get(..quantity.end + end).unwrap_or(&sentence.text));
    let dimensions = || facts.dimensions.iter().flat_map(|set| &set.dimensions);
    dimensions().any(|d| is_within(&d.words, &near))
        || facts.phases.iter().flatten().any(|phase| is_within(&words(&phase.name), &text))
}

/// `Score: 74` without a scale, at the top of the document.
fn plain_label(facts: &Facts<'_>, line: &Line, right: (&Exact, &[Exact]), findings: &mut Findings) {
    let named = matches!(
        line.key().as_str(),
        "score"
            | "overall score"
            | "current score"
            | "readiness score"
            | "total score"
            | "overall"
            | "readiness"
            | "total"
            | "status"
            | "overall readiness"
            | "current readiness"
            | "result"
            | "current"
    );
    let head = facts.document.sections.get(line.section).is_some_and(|section| section.level <= 1);
    let mut values = line.values();
    let first = values.next().filter(|q| named && head && line.kind != Kind::Fenced && is_score(q));
    let Some(stated) = first.filter(|q| q.over.is_none() && q.unit != Unit::Percent) else { return };
    if line.value.starts_with(|c: char| c.is_ascii_digit()) {
        let said = line.between(stated.start, stated.end).to_owned();
        report((line.number, stated, said), right, findings);
    }
}

fn judge(sentence: &Sentence, quantity: &Quantity, right: (&Exact, &[Exact]), findings: &mut Findings) {
    let said = sentence.said(quantity).to_owned();
    report((sentence.line(quantity.start), quantity, said), right, findings);
}

fn report(
    (line, stated, said): (u32, &Quantity, String),
    (right, known): (&Exact, &[Exact]),
    findings: &mut Findings,
) {
    let near = (&stated.low - right).abs() <= whole(20);
    let fits = says(&stated.low, stated.decimals, right) || known.binary_search(&stated.low).is_ok();
    if near && !fits && !findings.has(Rule::Headline, line) && !findings.repeats(line, &said) {
        let message = format!("the score is {said} here, the table gives {}", shown(right));
        findings.add(Rule::Headline, line, message, (said, Some(shown(right))));
    }
}
