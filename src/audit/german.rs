//! German documents, read by the English words that the rules look for.
//!
//! Words and the points and commas of numbers are replaced for reading only; lines stay where they are.

use std::borrow::Cow;

/// Words that a German text has and an English one has not.
const GERMAN: [&str; 32] = [
    "und",
    "der",
    "die",
    "das",
    "ist",
    "sind",
    "nicht",
    "für",
    "von",
    "mit",
    "auf",
    "werden",
    "wird",
    "noch",
    "wochen",
    "stunden",
    "freigabe",
    "bericht",
    "testbericht",
    "checkliste",
    "bereitschaft",
    "abnahme",
    "oder",
    "bei",
    "nach",
    "zum",
    "zur",
    "wurde",
    "wurden",
    "keine",
    "stufe",
    "reifegrad",
];
/// Further ones, of which some stand in other languages, too.
const SHORT: [&str; 9] = ["es", "im", "zu", "den", "dem", "eine", "aus", "vom", "davon"];
/// Words that tell an English text.
const ENGLISH: [&str; 10] = ["the", "and", "of", "is", "are", "for", "with", "to", "not", "weeks"];

const WORDS: &[(&str, &str)] = &[
    ("ab", "from"),
    ("abdeckung", "coverage"),
    ("acht", "eight"),
    ("aktuell", "current"),
    ("aktuelle", "current"),
    ("aktueller", "current"),
    ("aktuelles", "current"),
    ("anteil", "share"),
    ("aufwand", "effort"),
    ("ausgeführt", "executed"),
    ("ausstehend", "pending"),
    ("beitrag", "contribution"),
    ("beleg", "evidence"),
    ("bereich", "area"),
    ("bereitschaft", "readiness"),
    ("bestanden", "passed"),
    ("bestehen", "pass"),
    ("bewertung", "score"),
    ("bis", "to"),
    ("ca", "about"),
    ("codeabdeckung", "code coverage"),
    ("danach", "after"),
    ("dauer", "duration"),
    ("dauert", "takes"),
    ("davon", "thereof"),
    ("drei", "three"),
    ("durchschnitt", "average"),
    ("durchschnittlich", "average"),
    ("elf", "eleven"),
    ("entwickler", "engineers"),
    ("erfolgsquote", "pass rate"),
    ("erfolgsrate", "pass rate"),
    ("ergebnis", "result"),
    ("erledigt", "done"),
    ("erreichbar", "achievable"),
    ("etwa", "about"),
    ("fehlend", "missing"),
    ("fehlende", "missing"),
    ("fehlgeschlagen", "failed"),
    ("fehlgeschlagene", "failed"),
    ("fehlen", "missing"),
    ("fehlt", "missing"),
    ("fertig", "done"),
    ("funktionen", "functions"),
    ("fünf", "five"),
    ("gesamt", "total"),
    ("gesamtaufwand", "total effort"),
    ("gesamtbewertung", "overall score"),
    ("gesamtdauer", "total duration"),
    ("gesamtnote", "overall score"),
    ("gesamtpunkte", "total points"),
    ("gesamtreife", "overall readiness"),
    ("gesamtstand", "overall status"),
    ("gesamtsumme", "grand total"),
    ("gesamtwert", "overall score"),
    ("gesamtzeit", "total time"),
    ("gewicht", "weight"),
    ("gewichtet", "weighted"),
    ("gewichtung", "weight"),
    ("gewinn", "gain"),
    ("heute", "now"),
    ("höchstens", "at most"),
    ("insgesamt", "total"),
    ("je", "per"),
    ("jetzt", "now"),
    ("kategorie", "category"),
    ("keine", "none"),
    ("keiner", "none"),
    ("kriterium", "criterion"),
    ("lücke", "gap"),
    ("lücken", "gaps"),
    ("maximal", "maximum"),
    ("maßnahme", "measure"),
    ("meilenstein", "milestone"),
    ("mindestens", "at least"),
    ("minuten", "minutes"),
    ("mittel", "mean"),
    ("mittlere", "mean"),
    ("mittleren", "mean"),
    ("mittlerer", "mean"),
    ("mittelwert", "mean"),
    ("monate", "months"),
    ("monaten", "months"),
    ("nachher", "after"),
    ("nachweis", "evidence"),
    ("neun", "nine"),
    ("note", "grade"),
    ("noten", "grades"),
    ("offen", "open"),
    ("personen", "people"),
    ("personenstunden", "person-hours"),
    ("personentage", "person-days"),
    ("personenwochen", "person-weeks"),
    ("priorität", "priority"),
    ("produktionsreife", "production readiness"),
    ("prozent", "percent"),
    ("punkt", "point"),
    ("punkte", "points"),
    ("punkten", "points"),
    ("quote", "rate"),
    ("rang", "rank"),
    ("realistisches", "realistic"),
    ("reife", "readiness"),
    ("reifegrad", "readiness"),
    ("schritt", "step"),
    ("sechs", "six"),
    ("sieben", "seven"),
    ("sind", "are"),
    ("stand", "status"),
    ("stufe", "level"),
    ("stufen", "levels"),
    ("stunde", "hour"),
    ("stunden", "hours"),
    ("summe", "sum"),
    ("szenario", "scenario"),
    ("tag", "day"),
    ("tage", "days"),
    ("tagen", "days"),
    ("testabdeckung", "test coverage"),
    ("testfälle", "test cases"),
    ("testfällen", "test cases"),
    ("tests", "tests"),
    ("unmöglich", "impossible"),
    ("unter", "under"),
    ("urteil", "verdict"),
    ("verbleibend", "remaining"),
    ("vier", "four"),
    ("von", "of"),
    ("vorher", "before"),
    ("wert", "value"),
    ("wirkung", "impact"),
    ("woche", "week"),
    ("wochen", "weeks"),
    ("zehn", "ten"),
    ("zeilen", "lines"),
    ("zeilenabdeckung", "line coverage"),
    ("ziel", "target"),
    ("zusammen", "together"),
    ("zuwachs", "gain"),
    ("zwei", "two"),
    ("zwölf", "twelve"),
    ("über", "over"),
    ("übersprungen", "skipped"),
    ("übrig", "left"),
];

/// `text` with German words and numbers in English, if it is German.
pub(super) fn in_english(text: &str) -> Cow<'_, str> {
    if !is_german(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = |c: char| if first.is_alphabetic() { c.is_alphabetic() } else { is_number(c) };
        let is_run = first.is_alphabetic() || first.is_ascii_digit();
        let length = if is_run { rest.find(|c| !kind(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
        let (run, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        match WORDS.iter().find(|(word, _)| first.is_alphabetic() && *word == run.to_lowercase()) {
            // A capital letter tells where a sentence begins.
            Some((_, english)) if first.is_uppercase() && out.trim_end().ends_with(['.', '!', '?']) => {
                out.push_str(&capital(english));
            }
            Some((_, english)) => out.push_str(english),
            None if first.is_ascii_digit() => out.push_str(&number(run)),
            None => out.push_str(run),
        }
        rest = after;
    }
    Cow::Owned(out)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn is_german(text: &str) -> bool {
    // Words that an English text has, too, tell nothing.
    const BOTH: [&str; 8] = ["tests", "note", "noten", "stand", "rang", "tag", "ab", "bis"];
    let count = |fits: &dyn Fn(&str) -> bool| {
        let all = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        all.filter(|word| fits(&word.to_lowercase())).count()
    };
    let named = |word: &str| !BOTH.contains(&word) && WORDS.iter().any(|(german, _)| *german == word);
    let (told, named) = (count(&|word| GERMAN.contains(&word)), count(&named));
    let english = count(&|word| ENGLISH.contains(&word));
    // A short text has few words of either.
    let short = || english == 0 && text.contains(|c: char| c.is_ascii_digit());
    told + named >= 3 && 2 * told + named > 4 * english
        || short() && told + count(&|word| SHORT.contains(&word)) >= 2
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',')
}

/// `1.413` as `1,413` and `8,5` as `8.5`; dates, versions and lists stay as they are.
fn number(run: &str) -> String {
    let (number, end) = run.split_at_checked(run.trim_end_matches(['.', ',']).len()).unwrap_or((run, ""));
    let (whole, decimals) = match number.split_once(',') {
        Some((whole, decimals)) if decimals.bytes().all(|b| b.is_ascii_digit()) => (whole, Some(decimals)),
        Some(_) => return run.to_owned(),
        None => (number, None),
    };
    let mut groups = whole.split('.');
    let first = groups.next().unwrap_or_default();
    let grouped = (1..=3).contains(&first.len()) && groups.clone().all(|group| group.len() == 3);
    if !grouped && whole.contains('.') {
        return run.to_owned();
    }
    let whole = whole.replace('.', ",");
    match decimals {
        Some(decimals) => format!("{whole}.{decimals}{end}"),
        None => format!("{whole}{end}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn german_text_is_read_in_english() {
        let text =
            "**Lücke**: 23 Punkte. Die Testabdeckung ist 81,5 % von 1.413 Zeilen (v1.2.3, 12.03.2026).";
        let english = "**gap**: 23 points. Die test coverage ist 81.5 % of 1,413 lines (v1.2.3, 12.03.2026).";
        assert_eq!(in_english(text), english);
    }

    #[test]
    fn english_text_stays_as_it_is() {
        for text in ["The gap is 23 points and 1.413 is a version.", "total: 5", "bis und der"] {
            assert!(matches!(in_english(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
