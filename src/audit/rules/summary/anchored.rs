//! A number beside the header of a column and without its total, in a sentence that has the totals of other columns.

use super::total_row::{Total, is_count};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, Unit, quantities, shown};
use crate::audit::rules::sentence::Sentence;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::whole;

/// One number that has the name of a column and not its total, where another one of the sentence has both.
pub(super) fn apply(sentence: &Sentence, all: &[Total], findings: &mut Findings) {
    let other = [
        "would", "will", "after", "then", "target", "previous", "last", "more", "if", "each", "every", "per",
        "another", "further",
    ];
    // Currencies stand before their numbers, where the scanner sees none.
    let text = sentence.text.replace(['€', '$', '£'], " ").to_lowercase();
    let found = quantities(&text);
    if mentions(&text, &other) || !(2..=12).contains(&found.len()) {
        return;
    }
    for totals in all.chunk_by(|a, b| a.line == b.line).filter(|totals| totals.len() >= 2) {
        let (mut held, mut apart) = (Vec::new(), Vec::new());
        for quantity in found.iter().filter(|q| is_count(q) && q.unit == Unit::None) {
            let Some(total) = beside(&text, quantity, totals) else { continue };
            let scaled = quantity.low >= &total.value * whole(100);
            let value = if scaled { &quantity.low / &total.scale } else { quantity.low.clone() };
            if value == total.value { held.push(value) } else { apart.push((quantity, total, value)) }
        }
        let anchor = held.len() >= 2 || held.iter().any(|value| *value >= whole(20));
        let [(quantity, total, value)] = apart.as_slice() else { continue };
        let near = value * whole(2) > total.value && *value < &total.value * whole(2);
        let known = totals.iter().any(|total| total.value == *value);
        let line = sentence.line(if quantity.start < sentence.text.len() { quantity.start } else { 0 });
        let said = text.get(quantity.start..quantity.end).unwrap_or_default().to_owned();
        if anchor && near && !known && !findings.has(Rule::Headline, line) && !findings.repeats(line, &said) {
            let computed = shown(&total.value);
            let message =
                format!("{said} `{}` here, and {computed} in the table of line {}", total.head, total.line);
            findings.add(Rule::Headline, line, message, (said, Some(computed)));
        }
    }
}

/// The header right before a number, or right behind it, a verb between them at most.
fn beside<'t>(text: &str, quantity: &Quantity, totals: &'t [Total]) -> Option<&'t Total> {
    let before = text.get(..quantity.start)?.trim_end_matches([' ', ':', '=']);
    let after = text.get(quantity.end..)?;
    let verbs = ["are", "were", "have", "been", "is", "was"];
    let stop = after.find([',', ';', '.', '(', ')', ':']).unwrap_or(after.len());
    let behind = after.get(..stop)?.split(' ').find(|word| !word.is_empty() && !verbs.contains(word));
    let ahead = before.rsplit(' ').next();
    let find = |word: Option<&str>| totals.iter().find(|total| word == Some(&*total.head));
    find(behind).or_else(|| find(ahead))
}
