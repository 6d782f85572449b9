//! The number and the names of what is scored, in prose, against the table.

use crate::audit::facts::{DimensionSet, Facts};
use crate::audit::findings::Findings;
use crate::audit::rules::sentence::{Sentence, prose};
use crate::audit::spelled;
use crate::audit::words::{mentions, same_word};
use crate::model::audit::Rule;
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
        for sentence in prose(block) {
            other_name(&sentence, (&noun, set), findings);
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

/// "We score relevance, speed, security and docs" above a table where one of them has another name.
fn other_name(sentence: &Sentence, (noun, set): (&str, &DimensionSet), findings: &mut Findings) {
    let lower = sentence.text.to_lowercase();
    let scores =
        ["score", "scored", "rate", "rated", "weigh", "assess", "assessed", "consists of", "made of"];
    let speaks = mentions(&lower, &scores) || noun.len() >= 4 && lower.contains(stem(noun));
    if !speaks || !sentence.quantities.is_empty() || set.dimensions.len() < 4 {
        return;
    }
    let names: Vec<String> = set.dimensions.iter().map(|d| d.name.to_lowercase()).collect();
    let list = lower.trim_end_matches('.').replace(", and ", ", ").replace(" and ", ", ");
    let list = list.split_once(": ").map_or(list.as_str(), |(_, list)| list);
    let parts: Vec<&str> = list.split(", ").map(str::trim).collect();
    // What leads to the first name stands before it.
    let is_name = |part: &&str| names.iter().any(|name| part == name || part.ends_with(&format!(" {name}")));
    let strange: Vec<&&str> = parts.iter().filter(|part| !is_name(part)).collect();
    let [other] = strange.as_slice() else { return };
    let missing: Vec<&String> =
        names.iter().filter(|name| !parts.iter().any(|part| part.ends_with(name.as_str()))).collect();
    let [gone] = missing.as_slice() else { return };
    let short = other.split(' ').count() <= 3 && parts.first() != Some(other);
    if parts.len() == names.len() && short && !findings.has(Rule::PolicyDrift, sentence.line(0)) {
        let message = format!("`{other}` is named here, and line {} scores `{gone}` instead", set.line);
        findings.add(
            Rule::PolicyDrift,
            sentence.line(0),
            message,
            ((**other).to_owned(), Some((*gone).clone())),
        );
    }
}

/// `category` and `categories` begin alike.
fn stem(word: &str) -> &str {
    word.strip_suffix("ies").or_else(|| word.strip_suffix('y')).unwrap_or_else(|| word.trim_end_matches('s'))
}
