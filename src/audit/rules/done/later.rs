//! Words for what is to come.

use crate::audit::words::mentions;

/// What is not there, whenever it comes.
const DENIED: [&str; 57] = [
    "still being",
    "still in",
    "still under",
    "in review",
    "not integrated",
    "not connected",
    "not signed",
    "not yet",
    "not done",
    "not run",
    "not started",
    "not written",
    "not tested",
    "not available",
    "not carried out",
    "not finished",
    "not complete",
    "not in place",
    "not implemented",
    "not rehearsed",
    "not exist",
    "has not been",
    "have not been",
    "has not started",
    "hasn't been",
    "haven't been",
    "is missing",
    "are missing",
    "still missing",
    "still to be",
    "yet to be",
    "remains to be",
    "was never",
    "were never",
    "has never",
    "have never",
    "never been",
    "still open",
    "still outstanding",
    "is outstanding",
    "still in progress",
    "in progress",
    "in work",
    "pending",
    "noch nicht",
    "noch nie",
    "steht aus",
    "steht noch aus",
    "stehen noch aus",
    "fehlt",
    "fehlen",
    "fehlt noch",
    "ausstehend",
    "nie geprobt",
    "nie getestet",
    "nicht vorhanden",
    "to do",
];
/// What is planned.
const PLANNED: [&str; 53] = [
    "findet am",
    "findet statt",
    "findet erst",
    "will be",
    "will follow",
    "will run",
    "will start",
    "will begin",
    "will take place",
    "to follow",
    "follows in",
    "follows on",
    "follows after",
    "starts in",
    "starts on",
    "starts next",
    "begins in",
    "begins on",
    "begin on",
    "begin in",
    "start on",
    "start in",
    "takes place in",
    "takes place on",
    "is planned",
    "are planned",
    "planned for",
    "is scheduled",
    "scheduled for",
    "booked for",
    "due in",
    "due on",
    "due by",
    "awaiting",
    "waiting for",
    "waits for",
    "postponed",
    "deferred",
    "to be added",
    "to be written",
    "to be created",
    "to be done",
    "to be built",
    "to be set",
    "wird erst",
    "werden erst",
    "folgt",
    "folgen",
    "geplant",
    "beginnt",
    "beginnen",
    "angesetzt",
    "findet im",
];
/// What makes a plan one of another time than the first.
const AGAIN: [&str; 23] = [
    "next",
    "again",
    "repeat",
    "repeated",
    "second",
    "another",
    "further",
    "follow-up",
    "yearly",
    "annual",
    "annually",
    "monthly",
    "quarterly",
    "every",
    "erneut",
    "nächste",
    "nächster",
    "weitere",
    "wieder",
    "rerun",
    "retest",
    "from now on",
    "regular",
];
/// What a condition or the past begins with.
const OTHERWISE: [&str; 15] = [
    "if",
    "until",
    "unless",
    "without",
    "no longer",
    "once",
    "was",
    "were",
    "anymore",
    "since",
    "would",
    "when",
    "bis",
    "wenn",
    "falls",
];

/// Where a text says that something is not there or still to come.
pub(super) fn to_come(lower: &str) -> Option<usize> {
    let find = |phrases: &[&str]| {
        phrases
            .iter()
            .filter(|phrase| mentions(lower, &[phrase]))
            .filter_map(|phrase| lower.find(*phrase))
            .min()
    };
    // "Next week" is a time, "the next drill" is another one.
    let calm = ["next week", "next month", "next sprint", "next quarter", "next year"]
        .iter()
        .fold(lower.to_owned(), |text, time| text.replace(time, "soon"));
    if mentions(&calm, &AGAIN) {
        return None;
    }
    // What stands behind a colon explains it.
    let lower = lower
        .split([':', ';', '—'])
        .find(|part| part.contains(' '))
        .map_or(lower, |first| if find(&DENIED).is_some_and(|at| at < first.len()) { first } else { lower });
    let find = |phrases: &[&str]| {
        phrases
            .iter()
            .filter(|phrase| mentions(lower, &[phrase]))
            .filter_map(|phrase| lower.find(*phrase))
            .min()
    };
    let never = ["was never", "were never", "noch nicht", "noch nie"];
    let denied = find(&DENIED).filter(|_| !mentions(lower, &OTHERWISE) || mentions(lower, &never));
    let planned = || find(&PLANNED).or_else(|| in_phase(lower)).filter(|_| !mentions(lower, &OTHERWISE));
    denied.or_else(planned)
}

/// "The load test job is created in phase 1", "wird in Woche 24 durchgeführt".
fn in_phase(lower: &str) -> Option<usize> {
    let periods = ["in phase ", "in sprint ", "in week ", "in woche ", "in kw ", "in iteration ", "in wave "];
    let verbs = [" is ", " are ", " wird ", " werden ", "wird "];
    let period = periods.iter().filter_map(|period| lower.find(period)).min()?;
    let verb = verbs.iter().filter_map(|verb| lower.find(verb)).min()?;
    let done = ["done", "in use", "reviewed", "passed", "finished", "completed", "tested", "live", "held"];
    (verb < period && !mentions(lower, &done)).then_some(verb)
}
