//! What all parts are said to come to.

use super::amounts::amounts;
use crate::audit::quantity::{Quantity, Unit, worded};
use crate::audit::rules::passage::{Of, Passage};
use crate::audit::words::mentions;

/// Words for all of something.
const ALL: [&str; 22] = [
    "that makes",
    "this makes",
    "total",
    "totals",
    "together",
    "altogether",
    "overall",
    "in all",
    "all told",
    "sum",
    "sums",
    "add up",
    "adds up",
    "everything",
    "whole",
    "entire",
    "all of them",
    "combined",
    "comes to",
    "come to",
    "comes   to",
    "come   to",
];
/// Labels of what all parts come to.
const LABELS: [&str; 16] = [
    "effort",
    "duration",
    "estimate",
    "time",
    "cost",
    "costs",
    "budget request",
    "work",
    "hours",
    "days",
    "weeks",
    "size",
    "volume",
    "time needed",
    "points",
    "gain",
];
/// Words of a part, of something else, or of what is not simply all.
const ELSE: [&str; 46] = [
    "per",
    "each",
    "more",
    "another",
    "further",
    "additional",
    "extra",
    "left",
    "remaining",
    "rest",
    "saved",
    "of which",
    "thereof",
    "average",
    "mean",
    "median",
    "only",
    "first",
    "last",
    "after",
    "before",
    "instead",
    "without",
    "if",
    "other",
    "others",
    "not",
    "than",
    "parallel",
    "previous",
    "later",
    "limit",
    "capacity",
    "available",
    "deadline",
    "target",
    "goal",
    "buffer",
    "contingency",
    "every",
    "part",
    "half",
    "plus",
    "excluding",
    "missing",
    "score",
];

/// Which parts are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// "The four tasks".
    Count(usize),
    /// "In total".
    All,
    /// `Effort: 150 h`.
    Label,
    /// The heading around them: `## Execution plan (7 working days)`.
    Around,
    /// A promise for the whole plan: `Target: 92 % in 14 hours`, or the title of the document.
    Promise,
}

/// An amount that all parts are said to come to.
#[derive(Debug)]
pub(super) struct Claim {
    pub(super) amount: Quantity,
    pub(super) scope: Scope,
    /// As written.
    pub(super) said: String,
    /// The sentence around it, in lower case.
    pub(super) sentence: String,
    pub(super) line: u32,
    pub(super) section: usize,
    /// The number of its passage, and that of its sentence there.
    pub(super) place: (usize, usize),
}

/// The claims of the passage with this number; `title` stands above it.
pub(super) fn of_passage(index: usize, passage: &Passage, title: &str) -> Vec<Claim> {
    if passage.of == Of::Row {
        return Vec::new();
    }
    let sentences = passage.sentences().into_iter().enumerate();
    sentences.flat_map(|(at, range)| of_sentence(passage, range, (title, (index, at)))).collect()
}

fn of_sentence(
    passage: &Passage,
    (start, end): (usize, usize),
    (title, place): (&str, (usize, usize)),
) -> Vec<Claim> {
    let text = plain(passage.said(start, end));
    let sentence = text.to_lowercase();
    let found = amounts(&text);
    let only = |amount: &&Quantity| found.iter().filter(|other| other.unit == amount.unit).count() == 1;
    let claims = found.iter().filter(only).filter(|amount| !amount.signed || amount.unit == Unit::Points);
    claims
        .filter_map(|amount| {
            let scope = scope(&sentence, amount)
                .or_else(|| headed(passage, &sentence, amount))
                .or_else(|| below(title, &sentence, amount))?;
            Some(Claim {
                scope,
                said: text.get(amount.start..amount.end)?.to_owned(),
                sentence: sentence.clone(),
                line: passage.line(start + amount.start),
                section: passage.section,
                place,
                amount: amount.clone(),
            })
        })
        .collect()
}

/// What a heading, or a promise of a time, is about.
fn headed(passage: &Passage, sentence: &str, amount: &Quantity) -> Option<Scope> {
    let plan = ["plan", "roadmap", "timeline", "schedule", "phases", "execution", "path", "steps"];
    let is_time =
        amount.unit.is_duration() && !mentions(sentence, &["per", "each", "every", "week 1", "day 1"]);
    let before = sentence.get(..amount.start)?;
    let promised = ["target", "goal", "promise", "aim"].iter().any(|word| before.starts_with(word));
    if promised && is_time && before.trim_end().ends_with(" in") {
        return Some(Scope::Promise);
    }
    match passage.of {
        Of::Heading if is_time && passage.section == 1 => Some(Scope::Promise),
        Of::Heading if is_time && mentions(sentence, &plan) => Some(Scope::Around),
        _ => None,
    }
}

/// `34 h at most` below `## Total`.
fn below(title: &str, sentence: &str, amount: &Quantity) -> Option<Scope> {
    let title = title.to_lowercase();
    let totals =
        ["total", "sum", "in total", "total effort", "total duration", "overall effort", "altogether"];
    let leads = matches!(sentence.get(..amount.start)?.trim(), "" | "up to" | "at most" | "about" | "~");
    (leads && totals.contains(&title.trim()) && !is_of_else(sentence)).then_some(Scope::All)
}

/// A sentence without words that mean something else on their own; what is left stays in its place.
fn plain(sentence: &str) -> String {
    let same = [
        ("adds up to", "comes   to"),
        ("add up to", "come   to"),
        ("one after the other", "                   "),
        ("one after another", "                 "),
        ("each other", "          "),
    ];
    same.into_iter().fold(sentence.to_owned(), |text, (words, other)| text.replace(words, other))
}

/// Whether a sentence is about something else than a plain sum.
pub(in crate::audit::rules) fn is_of_else(sentence: &str) -> bool {
    mentions(sentence, &ELSE)
}

fn scope(sentence: &str, amount: &Quantity) -> Option<Scope> {
    let before = sentence.get(..amount.start)?;
    // What is written as an addition is a sum of its own.
    if is_of_else(sentence) || before.contains(['=', '+']) {
        return None;
    }
    if let Some(label) = before.split(':').next().filter(|label| label.len() < before.len()) {
        let value = before.get(label.len() + 1..)?.trim();
        let leads = matches!(
            value,
            "" | "~" | "up to" | "at most" | "at least" | "about" | "max" | "maximum" | "max."
        );
        if leads && mentions(label, &["total", "sum", "overall"]) {
            return Some(Scope::All);
        }
        return (leads && LABELS.contains(&label.trim())).then_some(Scope::Label);
    }
    match counted(sentence) {
        Some(count) => Some(Scope::Count(count)),
        None => mentions(sentence, &ALL).then_some(Scope::All),
    }
}

/// How many things "the four tasks" or "all 4 of them" are.
fn counted(sentence: &str) -> Option<usize> {
    ["all ", "the ", "these ", "those "].iter().find_map(|article| {
        sentence.match_indices(article).find_map(|(at, _)| {
            let bounded = at == 0 || sentence.get(..at)?.ends_with([' ', '(']);
            let rest = sentence.get(at + article.len()..)?;
            let rest = rest.strip_prefix("the ").unwrap_or(rest);
            let number = worded(rest).into_iter().next().filter(|q| q.start == 0 && q.over.is_none())?;
            let things = number.unit == Unit::None && number.is_point() && number.low.is_integer();
            let of = rest.get(number.end..)?.trim_start().starts_with("of the ");
            let count = usize::try_from(number.low.to_integer()).ok()?;
            (bounded && things && !of && (2..100).contains(&count)).then_some(count)
        })
    })
}
