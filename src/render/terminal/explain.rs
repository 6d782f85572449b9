//! One check on screen.

use crate::model::explanation::Explanation;
use crate::render::explained;

use super::page::Page;
use super::style::{Screen, Tone};

/// From files to points.
pub fn explanation(explanation: &Explanation, screen: Screen) -> String {
    let mut page = Page::new(screen);
    page.heading(&explained::headline(explanation));
    for part in explained::parts(explanation) {
        page.heading(part.heading);
        for sentence in part.sentences {
            page.item(2, "- ", &sentence, Tone::Normal);
        }
    }
    page.finish()
}
