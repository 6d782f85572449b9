//! Conclusions from too few cases: "2 sessions went fine, which proves that it is safe".

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::rules::sentence::{Sentence, prose};
use crate::audit::words::mentions;
use crate::model::audit::Rule;

use super::few::few_of;
use super::sample_words::{LEAST, SPEAKS, speaks_of_trials};

/// What a conclusion is drawn with, whatever stands before it.
const PROOF: [&str; 29] = [
    "proves",
    "proven",
    "prove",
    "demonstrates",
    "confirms that",
    "confirmed that",
    "shows that",
    "beweist",
    "bewiesen",
    "belegt",
    "erwiesen",
    "no further tests",
    "no more tests",
    "no further trials",
    "we can rely",
    "clearly shows",
    "proof that",
    "proves that",
    "show that",
    "show us that",
    "suffices to",
    "gezeigt",
    "this shows",
    "enough to",
    "good enough",
    "clearly the",
    "works best",
    "no further proof",
    "keine weiteren",
];
/// What a conclusion follows from what went well.
const HENCE: [&str; 15] = [
    "therefore",
    "hence",
    "thus",
    "which means",
    "that is why",
    "consequently",
    "as a result",
    "accordingly",
    "daher",
    "deshalb",
    "damit",
    "somit",
    "folglich",
    "we conclude",
    "that means",
];
/// What went well.
const WELL: [&str; 43] = [
    "100",
    "all",
    "both",
    "every one",
    "each of them",
    "worked",
    "works",
    "succeeded",
    "success",
    "successful",
    "passed",
    "satisfied",
    "happy",
    "fine",
    "liked",
    "managed",
    "no failure",
    "no failures",
    "without failure",
    "without error",
    "without errors",
    "without problems",
    "without help",
    "survived",
    "answered",
    "well",
    "easy",
    "alle",
    "beide",
    "zufrieden",
    "gelang",
    "gelangen",
    "fehlerfrei",
    "erfolgreich",
    "erfolg",
    "bestanden",
    "passten",
    "ohne fehler",
    "flawless",
    "clean",
    "solved",
    "met",
    "ok",
];
/// What says that the author knows.
const DOUBT: [&str; 25] = [
    "no proof",
    "not proof",
    "cannot",
    "too few",
    "too little",
    "too small",
    "too early",
    "never",
    "nothing",
    "neither",
    "no basis",
    "nicht bewiesen",
    "kein beweis",
    "no conclusion",
    "no statement",
    "anything",
    "hardly",
    "if",
    "would",
    "may",
    "not prove",
    "not enough",
    "not a proof",
    "zu wenig",
    "anecdotal",
];

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    if !speaks_of_trials(facts) {
        return;
    }
    let title =
        facts.document.sections.get(1).map(|section| section.title.to_lowercase()).unwrap_or_default();
    let assessment = facts.is_assessment() || mentions(&title, &SPEAKS);
    for block in facts.document.blocks() {
        let found = prose(block);
        for (at, sentence) in found.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| found.get(at));
            conclusion(before, sentence, (assessment, findings));
        }
    }
}

/// Few cases and what is concluded from them, in one sentence or in two.
fn conclusion(before: Option<&Sentence>, sentence: &Sentence, (assessment, findings): (bool, &mut Findings)) {
    let lower = sentence.text.to_lowercase();
    let so = || {
        lower
            .find(", so ")
            .or_else(|| lower.starts_with("so ").then_some(0))
            .filter(|_| !lower.contains("so that"))
    };
    let hence = || first_of(&lower, &HENCE).or_else(so);
    let Some(place) = first_of(&lower, &PROOF).or_else(hence) else { return };
    let firm = first_of(&lower, &PROOF).is_some();
    let own = few_of(&lower).filter(|(at, _)| *at <= place || firm);
    let basis = match (&own, before) {
        (Some(_), _) => lower.get(..place).unwrap_or_default().to_owned(),
        (None, Some(before)) => {
            format!("{} {}", before.text.to_lowercase(), lower.get(..place).unwrap_or_default())
        }
        (None, None) => return,
    };
    let doubt = mentions(&basis, &DOUBT)
        || firm && mentions(&lower, &DOUBT)
        || firm && mentions(&lower, &["not", "nicht", "kein"]);
    let other = ["mean", "average", "mittel", "each other"];
    let well = firm || assessment && mentions(&basis, &WELL) && !mentions(&basis, &other);
    let found = own.or_else(|| before.and_then(|before| few_of(&before.text.to_lowercase())));
    let line = sentence.line(place);
    if let Some((_, said)) = found.filter(|_| well && !doubt && !findings.has(Rule::SmallSample, line)) {
        let message = format!("a conclusion from {said}: it needs at least {LEAST}");
        findings.add(Rule::SmallSample, line, message, (said, None));
    }
}

/// Where the first of `words` begins.
fn first_of(lower: &str, words: &[&str]) -> Option<usize> {
    words.iter().filter(|word| mentions(lower, &[word])).filter_map(|word| lower.find(*word)).min()
}
