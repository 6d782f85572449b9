//! One check as a page.

use crate::model::explanation::Explanation;
use crate::render::escape::markdown::{Place, prose};
use crate::render::explained;

/// From files to points.
pub fn explanation(explanation: &Explanation) -> String {
    let mut page = vec![format!("### {}", prose(&explained::headline(explanation), Place::Text))];
    for part in explained::parts(explanation) {
        let sentences = part.sentences.iter().map(|sentence| format!("- {}", prose(sentence, Place::Text)));
        page.push(format!("**{}**\n\n{}", part.heading, sentences.collect::<Vec<_>>().join("\n")));
    }
    page.join("\n\n") + "\n"
}
