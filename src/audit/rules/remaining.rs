//! All of something is done, and some of it remains.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::words::{is_within, mentions, words};
use crate::model::audit::Rule;

/// "After completing all P0 fixes" where "P0 issues (remaining)" stands elsewhere.
pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for (line, text, _) in facts.texts() {
        let lower = text.to_lowercase();
        let Some(name) = all_done(&lower) else { continue };
        let open = facts.texts().find(|(other, text, _)| {
            let text = text.to_lowercase();
            let is_open = mentions(&text, &["remaining", "outstanding", "unresolved", "still open"]);
            let denied = mentions(&text, &["no", "none", "zero", "0", "without", "not"]);
            let own = words(&text);
            *other != line && is_open && !denied && is_within(&name, &own) && own.len() <= name.len() + 3
        });
        if let Some((other, open, _)) = open {
            let message = format!("all of this is done here, and line {other} says `{open}`");
            findings.add(
                Rule::ClaimWithoutEvidence,
                line,
                message,
                ("all done".to_owned(), Some("remaining".to_owned())),
            );
        }
    }
}

/// What "completing all … fixes" or "all … issues are fixed" is about: two words, or one with a digit.
fn all_done(lower: &str) -> Option<Vec<String>> {
    const THINGS: [&str; 8] =
        ["fixes", "issues", "bugs", "defects", "tasks", "items", "blockers", "problems"];
    const BEFORE: [&str; 5] = ["completing", "completed", "fixed", "resolved", "closed"];
    const AFTER: [&str; 10] = [
        "are fixed",
        "are resolved",
        "are closed",
        "are complete",
        "are done",
        "have been fixed",
        "have been resolved",
        "have been closed",
        "have been completed",
        "fixed",
    ];
    let (before, after) = lower.split_once("all ")?;
    let (at, thing) = THINGS.iter().find_map(|thing| Some((after.find(thing)?, thing)))?;
    let (between, rest) = (after.get(..at)?, after.get(at + thing.len()..)?.trim_start());
    let said = BEFORE.iter().any(|verb| before.trim_end().ends_with(verb))
        || AFTER.iter().any(|verb| rest.starts_with(verb));
    let future =
        mentions(before, &["once", "when", "if", "until", "will", "must", "should", "before", "not"]);
    let name = words(between);
    let is_named = name.len() >= 2 || name.iter().any(|word| word.contains(|c: char| c.is_ascii_digit()));
    (said && !future && is_named && name.len() <= 3).then_some(name)
}
