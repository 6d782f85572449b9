//! Headline numbers: the current score, the target, the gap between, and what is called the most that can be reached.

use crate::audit::outline::{Document, Kind, Line};
use crate::audit::quantity::{Quantity, Unit};
use crate::audit::words::mentions;
use crate::model::exact::{Exact, whole};
use crate::model::order;

use super::arrows::arrows;

/// What a headline number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::audit) enum Is {
    /// The score as it stands.
    Current,
    /// Where it is to go.
    Target,
    /// What is missing.
    Gap,
    /// The most that the document calls possible.
    Ceiling,
}

/// One headline number, 0..=100.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Statement {
    pub(in crate::audit) is: Is,
    pub(in crate::audit) line: u32,
    pub(in crate::audit) low: Exact,
    pub(in crate::audit) high: Exact,
    /// As written.
    pub(in crate::audit) text: String,
    /// Decimals written.
    pub(in crate::audit) decimals: u32,
    /// Where the same line says that the number is to become another, that other one.
    pub(in crate::audit) becomes: Option<(Exact, String)>,
}

/// Words that may stand beside `current` and `target` without making it a number of something else.
const PLAIN: [&str; 31] = [
    "current",
    "overall",
    "total",
    "production",
    "readiness",
    "score",
    "status",
    "grade",
    "state",
    "rating",
    "project",
    "target",
    "goal",
    "next",
    "final",
    "gap",
    "remaining",
    "the",
    "breakdown",
    "scoring",
    "baseline",
    "new",
    "our",
    "system",
    "now",
    "today",
    "present",
    "wanted",
    "desired",
    "missing",
    "shortfall",
];

/// Every headline number of `document`.
pub(in crate::audit) fn all(document: &Document) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    let bare = scores_are_bare(document);
    for (index, section) in document.sections.iter().enumerate().skip(1) {
        found.extend(of_heading(document, index, &section.title, &section.quantities, section.line));
    }
    for line in document.lines.iter().filter(|line| line.indent < 2 || line.kind == Kind::Fenced) {
        found.extend(further(line, is_head(document, line.section)));
        let Some(is) = kind(&line.key(), is_head(document, line.section)) else {
            found.extend(ceiling_in_prose(&line.text, &line.quantities, line.number));
            found.extend(result(line, is_head(document, line.section)));
            continue;
        };
        let values: Vec<&Quantity> = line.values().collect();
        let of_hundred = bare && is_head(document, line.section);
        let first = values.first().map(|q| if of_hundred && is_bare(q) { of_scale(q) } else { (*q).clone() });
        if let Some(statement) = first.and_then(|q| statement(is, &q, &line.text, line.number)) {
            let becomes = arrows(&line.text, &line.quantities)
                .next()
                .filter(|arrow| values.first().is_some_and(|first| first.start == arrow.from.start))
                .and_then(|arrow| {
                    Some((arrow.to.as_score()?.1, line.between(arrow.to.start, arrow.to.end).to_owned()))
                });
            if is == Is::Target {
                found.extend(ceiling_in_prose(&line.text, &line.quantities, line.number));
            }
            found.push(Statement { becomes, ..statement });
        }
    }
    order::sort_by_key(&mut found, |statement| statement.line);
    found
}

/// Whether a document gives its score as a number without a scale at its top: `Current score: 79.0`.
fn scores_are_bare(document: &Document) -> bool {
    document.lines.iter().filter(|line| is_head(document, line.section)).any(|line| {
        let key = line.key();
        let named = matches!(key.as_str(), "score" | "current score" | "overall score" | "readiness score");
        // Smaller ones may be on another scale.
        named && line.values().next().is_some_and(|q| is_bare(q) && q.low >= whole(20))
    })
}

fn is_bare(quantity: &Quantity) -> bool {
    let plain = quantity.unit == Unit::None && quantity.over.is_none() && !quantity.signed;
    plain && quantity.is_point() && quantity.high <= whole(100)
}

fn of_scale(quantity: &Quantity) -> Quantity {
    Quantity { over: Some(whole(100)), ..quantity.clone() }
}

/// `Result of the review: 76 of 100 points` at the top of a document.
fn result(line: &Line, at_head: bool) -> Option<Statement> {
    let key = line.key();
    let named = matches!(key.split(" of ").next(), Some("result" | "outcome" | "verdict" | "review result"));
    let first = line.values().next().filter(|q| at_head && named && is_of_hundred(q))?;
    let lead = line.text.get(line.text.len() - line.value.len()..first.start)?;
    let other = ["of", "was", "target", "from", "after", "need", "needs", "required", "minimum"];
    let leads = lead.len() <= 20 && !mentions(&lead.to_lowercase(), &other);
    leads.then(|| statement(Is::Current, first, &line.text, line.number)).flatten()
}

fn is_of_hundred(quantity: &Quantity) -> bool {
    quantity.over == Some(whole(100)) && quantity.is_point() && !quantity.signed
}

/// What stands behind the first statement of a line: `Current: 64% | Target: 90%`, `Score: 72 → target 100%`; and
/// "current readiness is 66%".
fn further(line: &Line, at_head: bool) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut start = 0;
    for segment in segments(&line.text) {
        let (from, to) = (start, start + segment.len());
        start = to;
        let colon = segment.find(": ").filter(|_| from > 0);
        let Some((at, is)) =
            colon.and_then(|at| Some((from + at, kind(&segment.get(..at)?.to_lowercase(), at_head)?)))
        else {
            continue;
        };
        let first = line.quantities.iter().find(|q| q.start > at && q.end <= to);
        found.extend(first.and_then(|q| statement(is, q, &line.text, line.number)));
    }
    let lower = line.text.to_lowercase();
    for quantity in &line.quantities {
        let Some(before) = lower.get(..quantity.start) else { continue };
        let before = before.trim_end_matches([' ', ':', '(']);
        let current = kind(&line.key(), at_head) == Some(Is::Current);
        let arrow = ["→", "->", "=>"].iter().any(|sign| before.contains(sign));
        if current && arrow && before.ends_with("target") {
            found.extend(statement(Is::Target, quantity, &line.text, line.number));
        }
        if current
            && before.ends_with("gap")
            && line.text.get(..quantity.start).is_some_and(|t| t.contains('('))
        {
            found.extend(statement(Is::Gap, quantity, &line.text, line.number));
        }
        let clause = before.rsplit(['.', ',', ';', ':', '|', '·']).next().unwrap_or_default().trim_start();
        let percent =
            at_head && clause == "readiness" && quantity.unit == Unit::Percent && quantity.is_point();
        let scored = percent
            || is_of_hundred(quantity)
                && (clause.ends_with("readiness stands at")
                    || matches!(clause, "we stand at" | "we are at" | "it stands at" | "today we are at")
                    || at_head
                        && matches!(clause, "score" | "overall score" | "readiness score" | "the score is"));
        let repeated = line.label.is_none() && says_current(before);
        if scored && !repeated && kind(&line.key(), at_head).is_none() {
            found.extend(statement(Is::Current, quantity, &line.text, line.number));
        }
        if repeated {
            found.extend(statement(Is::Current, quantity, &line.text, line.number));
        }
        let clause = before.rsplit([',', ';', '.']).next().unwrap_or_default().trim_start();
        if line.label.is_none() && matches!(clause, "target is" | "the target is" | "goal is" | "the goal is")
        {
            found.extend(statement(Is::Target, quantity, &line.text, line.number));
        }
        let subject = before.strip_suffix(" is").filter(|_| line.label.is_none());
        if subject.is_some_and(|name| kind(name.trim_start_matches("the "), false) == Some(Is::Current)) {
            found.extend(statement(Is::Current, quantity, &line.text, line.number));
        }
    }
    found
}

/// "We score the ledger at", "we are at … readiness", "readiness stands at".
fn says_current(before: &str) -> bool {
    let clause = before.rsplit(['.', ',', ';']).next().unwrap_or_default().trim_start();
    let other =
        ["test", "tests", "coverage", "pass", "was", "would", "will", "if", "after", "target", "could", "by"];
    let said = clause.starts_with("we score ") && clause.ends_with(" at")
        || [
            "readiness stands at",
            "readiness is at",
            "score stands at",
            "score is at",
            "readiness is currently",
        ]
        .iter()
        .any(|end| clause.ends_with(end));
    said && !mentions(clause, &other)
}

/// The parts of `Current: 64% | Target: 90%` and of `Score now: 79/100. Score wanted: 90/100.`, with what ends them.
fn segments(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['|', '·']).flat_map(|part| part.split_inclusive(". "))
}

fn of_heading(
    document: &Document,
    section: usize,
    title: &str,
    quantities: &[Quantity],
    line: u32,
) -> Option<Statement> {
    let first = quantities.first()?;
    let head = title.get(..first.start)?.to_lowercase();
    let head = head.trim_end_matches(|c: char| !c.is_alphanumeric());
    let blocking = mentions(&title.to_lowercase(), &["gap"]) && head.contains("blocking");
    let level = document.sections.get(section).map_or(0, |section| section.level);
    // `**Gap: 18 points**` below the title is a line in bold.
    let parent = document.sections.get(section).and_then(|section| section.parent).unwrap_or_default();
    let bold = level == 7 && is_head(document, parent);
    let titled = level == 1 && (head.ends_with(" readiness") || head.ends_with(" readiness score"));
    let is = match (blocking, kind(head, bold)) {
        (true, _) => Is::Gap,
        (false, None) if titled || level == 1 && names_score(title, quantities) => Is::Current,
        (false, found) => found?,
    };
    (level <= 6 || bold).then(|| statement(is, first, title, line)).flatten()
}

/// `# Launch review (74/100)`: the only number of a title that speaks of no way and no goal.
fn names_score(title: &str, quantities: &[Quantity]) -> bool {
    let other =
        ["path", "road", "roadmap", "target", "goal", "to", "from", "how", "why", "plan", "after", "reach"];
    matches!(quantities, [only] if is_of_hundred(only)) && !mentions(&title.to_lowercase(), &other)
}

/// Whether a section stands at the top of the document, before its first chapter.
fn is_head(document: &Document, section: usize) -> bool {
    document.sections.get(section).is_some_and(|section| section.level <= 1)
}

fn kind(key: &str, at_head: bool) -> Option<Is> {
    let key = key.trim_matches(|c: char| !c.is_alphanumeric());
    let plain =
        key.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).all(|w| PLAIN.contains(&w));
    if mentions(key, &["maximum", "ceiling", "cap", "highest achievable"])
        && mentions(
            key,
            &["realistic", "ceiling", "score", "readiness", "achievable", "reachable", "possible", "highest"],
        )
    {
        return Some(Is::Ceiling);
    }
    let to_goal = matches!(key, "gap to goal" | "gap to target" | "points to go");
    if !plain && !to_goal {
        return None;
    }
    if to_goal || mentions(key, &["gap"]) || matches!(key, "missing" | "shortfall") {
        return Some(Is::Gap);
    }
    if mentions(key, &["target", "goal", "wanted", "desired"]) {
        return Some(Is::Target);
    }
    let current = mentions(key, &["current", "baseline"])
        || mentions(key, &["now", "today", "present"]) && mentions(key, &["score", "readiness", "overall"]);
    let score = mentions(key, &["score", "readiness", "overall", "grade", "rating"]);
    (current || at_head && score).then_some(Is::Current)
}

fn statement(is: Is, quantity: &Quantity, text: &str, line: u32) -> Option<Statement> {
    // A cap that falls away is no ceiling.
    let passing = mentions(&text.to_lowercase(), &["until", "unless", "while", "as long as"]);
    if is == Is::Ceiling && passing {
        return None;
    }
    let points = is == Is::Gap && quantity.unit == Unit::Points;
    let (low, high) =
        if points { (quantity.low.clone(), quantity.high.clone()) } else { quantity.as_score()? };
    let text = text.get(quantity.start..quantity.end)?.to_owned();
    Some(Statement { is, line, low, high, text, decimals: quantity.decimals, becomes: None })
}

/// "100% is impossible", "98% (realistic maximum)", "we cannot exceed 90%".
fn ceiling_in_prose(text: &str, quantities: &[Quantity], line: u32) -> Option<Statement> {
    let lower = text.to_lowercase();
    let said = mentions(
        &lower,
        &[
            "realistic maximum",
            "maximum achievable",
            "cannot exceed",
            "can not exceed",
            "capped at",
            "ceiling of",
            "ceiling is",
        ],
    );
    if !said || !mentions(&lower, &["score", "readiness", "realistic", "ceiling"]) {
        return None;
    }
    let [only] = quantities else { return None };
    statement(Is::Ceiling, only, text, line)
}
