//! Conclusions from too few cases: "2 sessions went fine, which proves that it is safe".

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::rules::sentence::{Sentence, prose};
use crate::audit::spelled;
use crate::audit::words::mentions;
use crate::model::audit::Rule;

use super::small_sample::{LEAST, SAMPLES};

/// Texts in which a document says what it is about.
const HEAD: usize = 60;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let speaks = ["readiness", "launch", "pilot", "rollout", "go-live", "release", "ready", "survey", "beta"];
    let tells = |text: &str| mentions(&text.to_lowercase(), &speaks);
    if !facts.is_assessment() && !facts.texts().take(HEAD).any(|(_, text, _)| tells(text)) {
        return;
    }
    for block in facts.document.blocks() {
        let found = prose(block);
        for (at, sentence) in found.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| found.get(at));
            conclusion(before, sentence, findings);
        }
    }
}

/// "2 sessions went fine, which proves that it is safe", also over two sentences.
fn conclusion(before: Option<&Sentence>, sentence: &Sentence, findings: &mut Findings) {
    let lower = sentence.text.to_lowercase();
    let proof = [
        "proves",
        "proven",
        "demonstrates",
        "confirms that",
        "confirmed that",
        "shows that",
        "beweist",
        "bewiesen",
        "belegt",
        "no further tests",
        "we can rely",
        "clearly shows",
    ];
    let doubt = [
        "not",
        "no proof",
        "cannot",
        "too few",
        "too little",
        "too small",
        "never",
        "nothing",
        "neither",
        "nicht",
        "kein",
        "only",
        "anything",
        "hardly",
        "if",
        "would",
        "may",
    ];
    if !mentions(&lower, &proof) || mentions(&lower, &doubt) {
        return;
    }
    let place = proof.iter().find_map(|word| lower.find(word)).unwrap_or_default();
    let own =
        few_of(&sentence.text).filter(|(at, _)| *at <= place).map(|(at, said)| (sentence.line(at), said));
    let found = own
        .or_else(|| before.and_then(|before| few_of(&before.text).map(|(at, said)| (before.line(at), said))));
    let line = sentence.line(place);
    if let Some((_, said)) = found.filter(|_| !findings.has(Rule::SmallSample, line)) {
        let message = format!("a conclusion from {said}: it needs at least {LEAST}");
        findings.add(Rule::SmallSample, line, message, (said, None));
    }
}

/// `2 sessions`, `a single run`, with its place: a number of cases below five, in digits or in words.
fn few_of(text: &str) -> Option<(usize, String)> {
    let lower = text.to_lowercase();
    let mut at = 0;
    let mut words: Vec<(usize, &str)> = Vec::new();
    for word in lower.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let plain = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !plain.is_empty() {
            words.push((at, plain));
        }
        at += word.len();
    }
    words.windows(2).enumerate().find_map(|(index, pair)| {
        let [(at, number), (_, next)] = pair else { return None };
        let third = words.get(index + 2).map_or("", |(_, word)| *word);
        let noun =
            if SAMPLES.contains(next) || MORE.contains(next) || is_plural(next) { *next } else { third };
        let count: u32 = match *number {
            "single" | "one" => 1,
            other => other.parse().ok().or_else(|| spelled::number(other))?,
        };
        // "Three people tried it": what a sentence begins with is what it is about.
        let tried = ["tried", "tested", "answered", "used", "interviewed", "asked", "rehearsed", "took part"];
        let begins = *at == 0 && is_plural(noun) && mentions(&lower, &tried);
        let sampled = SAMPLES.contains(&noun) || MORE.contains(&noun) || begins;
        let alone = !lower.get(..*at)?.ends_with(['.', ',', '/', ':', '-', '#']);
        (sampled && alone && (1..LEAST).contains(&count)).then(|| (*at, format!("{count} {noun}")))
    })
}

fn is_plural(word: &str) -> bool {
    word == "people" || word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
}

/// What else a conclusion may be drawn from.
const MORE: [&str; 27] = [
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
    "teams",
    "sites",
    "hosts",
    "servers",
    "nodes",
    "nights",
    "machines",
    "operators",
];
