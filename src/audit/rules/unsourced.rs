//! A standard of the industry without a word about where it comes from.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::words::mentions;
use crate::model::audit::Rule;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    if !facts.is_assessment() {
        return;
    }
    for line in &facts.document.lines {
        let key = line.key();
        let standard = ["industry standard", "industry average", "industry benchmark"]
            .iter()
            .any(|name| key.starts_with(name));
        let score = line.values().find(|q| q.as_score().is_some());
        let text = line.text.to_lowercase();
        // A link, a footnote, a year or a name behind the number is a source.
        let sourced =
            mentions(&text, &["source", "according", "see", "per", "from", "by", "survey", "report"])
                || text.contains(['[', '/', '('])
                || line.quantities.len() > 1;
        if let (true, Some(score), false) = (standard, score, sourced) {
            let said = line.between(score.start, score.end).to_owned();
            let message = format!("{said} is called a standard, and the document names no source for it");
            findings.add(
                Rule::ClaimWithoutEvidence,
                line.number,
                message,
                (said, Some("no source".to_owned())),
            );
        }
    }
}
