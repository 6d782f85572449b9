//! The number of what is scored, and weights in prose, against the table of both.

use crate::audit::facts::{DimensionSet, Facts};
use crate::audit::findings::Findings;
use crate::audit::outline::Kind;
use crate::audit::quantity::{Quantity, Unit, quantities, shown};
use crate::audit::rules::sentence::{Sentence, sentences};
use crate::audit::spelled;
use crate::audit::words::{mentions, same_word};
use crate::model::audit::Rule;
use crate::model::exact::whole;
use num_traits::ToPrimitive as _;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let tables = || facts.dimensions.iter().filter(|set| set.table.is_some());
    let (Some(set), None) = (tables().next(), tables().nth(1)) else { return };
    let noun = set
        .table
        .and_then(|at| facts.document.tables.get(at))
        .map(|table| table.header.cell(0).to_lowercase());
    let noun = noun.unwrap_or_default();
    for block in facts.document.blocks() {
        for sentence in sentences(block) {
            let above = block.iter().rfind(|line| line.kind == Kind::Item && line.number <= sentence.line(0));
            let lead = above.or(block.first()).map(|line| line.text.to_lowercase()).unwrap_or_default();
            weight(&sentence, &lead, set, findings);
        }
        for line in block {
            size(line.number, &line.text, (&noun, set), findings);
        }
    }
}

/// "We score five areas" above a table of six.
fn size(line: u32, text: &str, (noun, set): (&str, &DimensionSet), findings: &mut Findings) {
    let lower = text.to_lowercase();
    let scores =
        ["score", "rate", "rated", "weight", "weigh", "assess", "assessed", "scored", "bewerten", "bewertet"];
    if noun.len() < 4
        || !mentions(&lower, &scores)
        || mentions(&lower, &["other", "further", "first", "last", "more"])
    {
        return;
    }
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    for pair in words.windows(2) {
        let [number, named] = pair else { continue };
        let count =
            number.parse().ok().or_else(|| spelled::number(number)).and_then(|count| count.to_usize());
        let rows = set.dimensions.len();
        let about = stem(named) == stem(noun) || same_word(named, noun);
        if let Some(count) = count.filter(|count| about && *count >= 2 && count.abs_diff(rows) == 1)
            && !lower.contains(&format!("of the {number}"))
        {
            let message = format!("{count} {named} are scored here, and {rows} in line {}", set.line);
            findings.add(Rule::PolicyDrift, line, message, (count.to_string(), Some(rows.to_string())));
        }
    }
}

/// `category` and `categories` begin alike.
fn stem(word: &str) -> &str {
    word.strip_suffix("ies").or_else(|| word.strip_suffix('y')).unwrap_or_else(|| word.trim_end_matches('s'))
}

/// "With a weight of 25 %" of the only dimension that the sentence, else the beginning of its paragraph, names.
fn weight(sentence: &Sentence, lead: &str, set: &DimensionSet, findings: &mut Findings) {
    let lower = sentence.text.to_lowercase();
    let phrases = ["weight of ", "weighs ", "weighted with ", "weighted at ", "counts for ", "weight is "];
    let Some(at) = phrases.iter().find_map(|phrase| lower.find(phrase).map(|at| at + phrase.len())) else {
        return;
    };
    let of = |q: &&Quantity| q.start == at && q.unit == Unit::Percent && q.is_point();
    let Some(stated) = quantities(&lower).iter().find(of).cloned() else { return };
    let named = |text: &str| {
        let mut found = set.dimensions.iter().filter(|d| mentions(text, &[&d.name.to_lowercase()]));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    let Some(dimension) = named(&lower).or_else(|| named(lead)) else { return };
    let Some(weight) = dimension.weight.as_ref().filter(|_| set.percent) else { return };
    let weight = if *weight <= whole(1) { weight * whole(100) } else { weight.clone() };
    if weight != stated.low
        && !mentions(&lower, &["would", "if", "was", "were", "had", "new", "instead", "old"])
    {
        let (said, computed) = (format!("{}%", shown(&stated.low)), format!("{}%", shown(&weight)));
        let message =
            format!("`{}` weighs {said} here and {computed} in line {}", dimension.name, dimension.line);
        findings.add(Rule::PolicyDrift, sentence.line(stated.start), message, (said, Some(computed)));
    }
}
