//! What sentences, gaps and next steps say of what is said to be done.

use super::claims::{Claim, head, names};
use super::{MOST, later, report};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line, Mark};
use crate::audit::rules::ratio::fractions;
use crate::audit::rules::sentence::{Sentence, prose};
use crate::audit::words::{mentions, same_word, words};
use num_traits::Zero as _;

/// Headings of what is still to be done.
const NEXT: [&str; 12] = [
    "next",
    "next steps",
    "to do",
    "todo",
    "open points",
    "open items",
    "remaining",
    "outstanding",
    "still open",
    "nächste schritte",
    "offene punkte",
    "remaining work",
];

/// Something that is not there, as another place tells it.
struct Open {
    line: u32,
    /// The words for what is not there.
    names: Vec<String>,
    text: String,
}

pub(super) fn apply(facts: &Facts<'_>, claims: &[Claim], findings: &mut Findings) {
    let mut open: Vec<Open> = Vec::new();
    for block in facts.document.blocks() {
        open.extend(of_block(facts, block));
    }
    for table in &facts.document.tables {
        let cells = table.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.line, cell)));
        open.extend(cells.filter_map(|(line, cell)| lacking(line, cell)));
    }
    open.truncate(MOST);
    for claim in claims {
        let found = open.iter().find(|open| open.line != claim.line && is_about(claim, open));
        if let Some(found) = found {
            let message = format!("done here, and line {} says `{}`", found.line, found.text.trim());
            report(claim.line, message, "not done", findings);
        }
    }
}

/// Sentences that deny or plan something, and steps that are still to be taken.
fn of_block(facts: &Facts<'_>, block: &[Line]) -> Vec<Open> {
    let mut found = Vec::new();
    let marked = |line: u32| block.iter().any(|l| l.number == line && l.mark.is_some());
    let whole = block.iter().map(|line| (line.text.clone(), line.number));
    let sentences = prose(block);
    let all = sentences.iter().map(|s: &Sentence| (s.text.clone(), s.line(0)));
    for (text, line) in all.chain(whole).filter(|(text, line)| text.len() <= 300 && !marked(*line)) {
        let lower = text.to_lowercase();
        if let Some(at) = later::to_come(&lower) {
            let subject = lower.get(..at).unwrap_or_default();
            let stop = [", ", "; ", ": ", "("].iter().filter_map(|stop| subject.rfind(stop)).max();
            let subject = subject.get(stop.map_or(0, |at| at + 1)..).unwrap_or_default();
            found.push(Open { line, names: names(subject), text: text.clone() });
        }
        found.extend(lacking(line, &text));
        found.extend(in_week(line, &lower));
    }
    found.extend(block.iter().filter_map(none_of));
    let steps =
        block.iter().filter(|line| line.kind == Kind::Item && matches!(line.mark, None | Some(Mark::Open)));
    let title = block.first().and_then(|line| facts.document.titles(line.section).next()).unwrap_or_default();
    let next = mentions(&title.to_lowercase(), &NEXT);
    found.extend(steps.filter_map(|line| step(line, next)));
    found
}

/// `Load tests: 0 of 30 executed`.
fn none_of(line: &Line) -> Option<Open> {
    let label = line.label.as_deref().filter(|_| line.mark.is_none())?;
    let (part, all, ..) = fractions(&line.text, &line.quantities).into_iter().next()?;
    let over =
        ["executed", "run", "done", "completed", "passed", "finished", "ausgeführt", "erledigt", "complete"];
    let told = part.is_zero() && !all.is_zero() && mentions(&line.value.to_lowercase(), &over);
    told.then(|| Open { line: line.number, names: names(label), text: line.text.clone() })
}

/// "In week 3 we write the rollback script".
fn in_week(line: u32, lower: &str) -> Option<Open> {
    let (_, rest) =
        ["in week ", "in sprint ", "in phase "].iter().find_map(|start| lower.split_once(start))?;
    let (_, rest) = rest.split_once(" we ")?;
    let verbs = ["write", "build", "create", "set up", "implement", "rehearse", "run", "prepare", "test"];
    let object = verbs.iter().find_map(|verb| rest.strip_prefix(verb)?.strip_prefix(' '))?;
    Some(Open { line, names: head(object), text: lower.to_owned() })
}

/// "No backup restore tried so far", "Missing runbook".
fn lacking(line: u32, text: &str) -> Option<Open> {
    let lower = text.to_lowercase();
    let rest = ["no ", "missing ", "lack of ", "kein ", "keine ", "fehlende ", "fehlender "]
        .iter()
        .find_map(|start| lower.strip_prefix(start))?;
    let rest = rest.split(" so far").next().unwrap_or(rest).split(" yet").next().unwrap_or(rest);
    let other = ["open", "known", "more", "critical", "longer", "change", "need", "further", "p1", "blocker"];
    (lower.len() <= 80 && !mentions(rest, &other)).then(|| Open {
        line,
        names: head(rest),
        text: text.to_owned(),
    })
}

/// "Run the penetration test (0 of 5 scenarios so far)": something that is still to be run.
fn step(line: &Line, next: bool) -> Option<Open> {
    let verbs = [
        "run the ",
        "run a ",
        "run ",
        "carry out the ",
        "carry out ",
        "execute the ",
        "execute ",
        "perform the ",
        "perform ",
        "rehearse the ",
        "rehearse ",
        "conduct the ",
        "conduct ",
        "hold the ",
        "finish the ",
        "complete the ",
        "implement ",
        "set up ",
    ];
    let lower = line.text.to_lowercase();
    let verb = verbs.iter().find_map(|verb| lower.strip_prefix(verb));
    let rest = verb.or(Some(&*lower).filter(|_| next))?;
    let open = next || line.mark == Some(Mark::Open) || mentions(&lower, &["so far", "not yet", "still"]);
    let again = mentions(&lower, &["again", "second", "next", "another", "monthly", "more"]);
    (open && !again).then(|| Open { line: line.number, names: head(rest), text: line.text.clone() })
}

/// Whether all that is open belongs to what is claimed, and all of the claim's name to what is open.
fn is_about(claim: &Claim, open: &Open) -> bool {
    let own = words(&claim.text);
    let known = |word: &String, all: &[String]| all.iter().any(|other| same_word(word, other));
    let filler = [
        "are", "is", "was", "were", "has", "have", "been", "be", "also", "own", "our", "it", "itself",
        "full", "real", "first", "tried", "tested", "so", "far", "das", "der", "die",
    ];
    let inside = open.names.iter().all(|word| known(word, &own) || filler.contains(&word.as_str()));
    let covered = !claim.head.is_empty() && claim.head.iter().all(|word| known(word, &open.names));
    let same = claim.head.len() == open.names.len() && claim.head.iter().any(|word| word.len() >= 5);
    let telling = same || claim.head.len() >= 2 || claim.head.iter().any(|word| word.chars().count() >= 8);
    let digits = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric());
        parts.filter(|part| part.contains(|c: char| c.is_ascii_digit())).map(str::to_lowercase).collect()
    };
    let named = claim.text.split('(').next().unwrap_or_default();
    // `Rehearsal 1` is not `rehearsal 2`.
    let short = named.split(' ').count() <= 3;
    let counted = !short || digits(named).iter().all(|number| digits(&open.text).contains(number));
    inside && covered && telling && counted
}
