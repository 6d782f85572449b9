//! Too few cases to say anything: `2 sessions`, `2 of 2 sites`, "both testers", "tried twice".

use super::sample_words::{LEAST, SAMPLES};
use crate::audit::spelled;
use crate::audit::words::mentions;

/// Verbs of a trial that is counted by its times.
const TRIED: [&str; 8] =
    ["tried", "tested", "rehearsed", "restored", "measured", "drilled", "geprobt", "getestet"];
/// What people do who are few.
const DID: [&str; 13] = [
    "tried",
    "tested",
    "answered",
    "used",
    "interviewed",
    "asked",
    "rehearsed",
    "took part",
    "ausprobiert",
    "getestet",
    "befragt",
    "benutzt",
    "probten",
];

/// The words of a lower-case sentence, each with its place.
struct Words<'t> {
    text: &'t str,
    all: Vec<(usize, &'t str)>,
}

impl<'t> Words<'t> {
    fn of(text: &'t str) -> Self {
        let mut at = 0;
        let mut all = Vec::new();
        for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let plain = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            if !plain.is_empty() {
                all.push((at, plain));
            }
            at += word.len();
        }
        Self { text, all }
    }

    fn word(&self, index: usize) -> &'t str {
        self.all.get(index).map_or("", |(_, word)| *word)
    }

    /// Whether a word is no part of a larger number or name: `1.200`, `v-2`.
    fn is_alone(&self, index: usize) -> bool {
        let Some((at, word)) = self.all.get(index) else { return false };
        let (before, after) =
            (self.text.get(..*at).unwrap_or_default(), self.text.get(at + word.len()..).unwrap_or_default());
        let digit = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
        !before.ends_with(['.', ',', '/', ':', '-', '#'])
            && !after.strip_prefix(['.', ',', '/', '-']).is_some_and(digit)
    }

    /// What the word at a place counts, if it is few.
    fn few(&self, index: usize) -> Option<String> {
        let number = self.word(index);
        let few = count(number).filter(|count| self.is_alone(index) && (1..LEAST).contains(count));
        let next = self.word(index + 1);
        let times = matches!(number, "twice" | "once" | "zweimal" | "dreimal" | "einmal" | "thrice")
            || few.is_some() && matches!(next, "times" | "mal");
        if times && mentions(self.text, &TRIED) {
            return Some(format!("{number} tries"));
        }
        let few = few?;
        // `2 of 2 sites`: all of them, whatever they are, but for what a list holds.
        let all = matches!(next, "of" | "von" | "out") && count(self.word(index + 2)) == Some(few);
        if all && !LISTED.contains(&self.word(index + 3)) {
            return Some(format!("{few} of {few}"));
        }
        let noun = if is_sample(next) || is_plural(next) { next } else { self.word(index + 2) };
        let before = index.checked_sub(1).map_or("", |before| self.word(before));
        let only = matches!(before, "only" | "just" | "nur") && !LISTED.contains(&next);
        // "Three people tried it".
        let did =
            (is_plural(noun) || noun == "nutzer") && mentions(self.text, &DID) && !LISTED.contains(&noun);
        (is_sample(noun) || only || did).then(|| format!("{few} {noun}"))
    }
}

/// `2 sessions`, `2 of 2 sites`, "both testers", "tried twice", with its place: fewer cases than say something.
pub(super) fn few_of(lower: &str) -> Option<(usize, String)> {
    let words = Words::of(lower);
    (0..words.all.len()).find_map(|index| Some((words.all.get(index)?.0, words.few(index)?)))
}

/// A number in digits or as a word; "both" are two.
fn count(word: &str) -> Option<u32> {
    match word {
        "single" | "one" => Some(1),
        "both" | "beide" => Some(2),
        other => other.parse().ok().or_else(|| spelled::number(other)),
    }
}

fn is_sample(word: &str) -> bool {
    SAMPLES.contains(&word) || MORE.contains(&word)
}

fn is_plural(word: &str) -> bool {
    word == "people" || word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
}

/// What is a whole and no sample, however few there are.
const LISTED: [&str; 49] = [
    "gates",
    "items",
    "points",
    "phases",
    "milestones",
    "criteria",
    "areas",
    "dimensions",
    "findings",
    "bugs",
    "tasks",
    "checks",
    "conditions",
    "boxes",
    "steps",
    "goals",
    "targets",
    "objectives",
    "blockers",
    "suites",
    "waves",
    "documents",
    "approvals",
    "signatures",
    "services",
    "defects",
    "tickets",
    "issues",
    "actions",
    "gaps",
    "risks",
    "metrics",
    "thresholds",
    "open",
    "hours",
    "weeks",
    "days",
    "months",
    "minutes",
    "years",
    "sprints",
    "options",
    "ways",
    "reasons",
    "releases",
    "versions",
    "seconds",
    "points",
    "teams",
];

/// What else a conclusion may be drawn from.
const MORE: [&str; 34] = [
    "sessions",
    "session",
    "users",
    "user",
    "participants",
    "customers",
    "customer",
    "devices",
    "device",
    "rehearsal",
    "rehearsals",
    "measurements",
    "incidents",
    "interviews",
    "units",
    "boards",
    "analysts",
    "developers",
    "testers",
    "sites",
    "hosts",
    "servers",
    "nodes",
    "nights",
    "machines",
    "operators",
    "attempts",
    "attempt",
    "nutzer",
    "versuche",
    "versuchen",
    "kunden",
    "tries",
    "proben",
];
