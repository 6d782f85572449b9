//! Weights that prose tells again: "tests weigh 40 %, docs 35 %", "security counts for 25 %", "all areas count the same".

use super::spoken::{OTHERWISE, is_weight, spoken};
use crate::audit::facts::{Dimension, DimensionSet, Facts};
use crate::audit::findings::Findings;
use crate::audit::outline::Kind;
use crate::audit::quantity::{Quantity, Unit, shown};
use crate::audit::rules::sentence::{Sentence, prose};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};
use crate::model::order;

/// What speaks of weights.
const WEIGHS: [&str; 18] = [
    "weight",
    "weights",
    "weigh",
    "weighs",
    "weighted",
    "weighting",
    "weightings",
    "counts",
    "count",
    "counting",
    "carries",
    "carry",
    "gewichte",
    "gewichten",
    "wiegt",
    "wiegen",
    "zählt",
    "zählen",
];
/// What says that all weigh the same.
const EQUAL: [&str; 22] = [
    "same weight",
    "equal weight",
    "equal weights",
    "equally weighted",
    "weighted equally",
    "counts the same",
    "count the same",
    "count equally",
    "weigh the same",
    "weighs the same",
    "counts one third",
    "counts one quarter",
    "counts one fifth",
    "counts one sixth",
    "counts one tenth",
    "gleich gewichtet",
    "gleiches gewicht",
    "gleiches weight",
    "dasselbe gewicht",
    "dasselbe weight",
    "zählen gleich",
    "gleich viel",
];
/// What says that one weighs more than another.
const MORE: [&str; 6] =
    ["counts double", "counts twice", "count double", "count twice", "zählt doppelt", "double weight"];
/// Spoken lists of weights that are looked at.
const MANY: usize = 8;
/// More bytes than lie between a name and its weight.
const APART: usize = 32;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let spoken: Vec<DimensionSet> =
        facts.document.blocks().flat_map(|block| spoken(facts, block)).take(MANY).collect();
    let mut sets: Vec<&DimensionSet> =
        facts.dimensions.iter().filter(|set| set.weights().is_some()).collect();
    if sets.is_empty() {
        sets.extend(&spoken);
    }
    let mut equal: Option<u32> = None;
    for block in facts.document.blocks() {
        for sentence in prose(block) {
            let lower = sentence.text.to_lowercase();
            let same = mentions(&lower, &EQUAL) && !mentions(&lower, &["not", "nicht", "would", "if", "no"]);
            if let (Some(at), true) = (equal, mentions(&lower, &MORE)) {
                let message = format!("one counts more than others here, and line {at} counts all the same");
                findings.add(
                    Rule::PolicyDrift,
                    sentence.line(0),
                    message,
                    ("double".to_owned(), Some("the same".to_owned())),
                );
            }
            if same {
                equal = equal.or(Some(sentence.line(0)));
                one_for_all(&sentence, &sets, findings);
                continue;
            }
            let above = block.iter().rfind(|line| line.kind == Kind::Item && line.number <= sentence.line(0));
            let lead = above.or(block.first()).map(|line| line.text.to_lowercase()).unwrap_or_default();
            let title =
                block.first().and_then(|line| facts.document.titles(line.section).next()).unwrap_or_default();
            let titled =
                matches!(&*title.trim().to_lowercase(), "weights" | "weighting" | "gewichte" | "weight");
            if mentions(&lower, &WEIGHS) || titled && sentence.quantities.len() >= 3 {
                in_sentence(&sentence, (&lower, &lead), &sets, findings);
            }
        }
    }
}

/// "All areas have the same weight" beside the only table of weights, which differ.
fn one_for_all(sentence: &Sentence, sets: &[&DimensionSet], findings: &mut Findings) {
    let [set] = sets else { return };
    let weights: Vec<&Exact> = set.dimensions.iter().filter_map(|d| d.weight.as_ref()).collect();
    if weights.windows(2).any(|pair| matches!(pair, [a, b] if a != b)) && set.dimensions.len() >= 3 {
        let message = format!("all weigh the same here, and the weights of line {} differ", set.line);
        let numbers = ("the same weight".to_owned(), Some("different weights".to_owned()));
        findings.add(Rule::PolicyDrift, sentence.line(0), message, numbers);
    }
}

fn in_sentence(
    sentence: &Sentence,
    (lower, lead): (&str, &str),
    sets: &[&DimensionSet],
    findings: &mut Findings,
) {
    let unchanged = mentions(
        lower,
        &["same weights", "unchanged weights", "as before", "its weight of", "were the same", "(weight"],
    );
    if mentions(lower, &OTHERWISE) && !unchanged {
        return;
    }
    if lower.starts_with("each ") || lower.starts_with("every ") {
        return each(sentence, sets, findings);
    }
    let behind = sets.iter().find_map(|set| of_lead(sentence, (lower, lead), set).map(|found| (*set, found)));
    if let Some((set, (dimension, stated))) = behind {
        return differs(sentence, set, (dimension, stated), findings);
    }
    let best = sets.iter().map(|set| (set, pairs(sentence, lower, set))).max_by_key(|(_, pairs)| pairs.len());
    let Some((set, told)) = best else { return };
    // One number beside one name is a weight where it is a share of the whole.
    let [(_, first), ..] = told.as_slice() else { return };
    let share = first.unit == Unit::Percent || mentions(lower, &["weight of", "weight is"]);
    if told.len() == 1 && (!share || sentence.quantities.len() > 1) {
        return;
    }
    let held = told.iter().filter(|(dimension, stated)| holds(set, dimension, stated)).count();
    if held == 0 && told.len() >= 2 && !mentions(lower, &["weight", "weights", "weigh", "weighs", "gewichte"])
    {
        return;
    }
    for told in told {
        differs(sentence, set, told, findings);
    }
}

fn differs(
    sentence: &Sentence,
    set: &DimensionSet,
    (dimension, stated): (&Dimension, &Quantity),
    findings: &mut Findings,
) {
    let (line, said) = (sentence.line(stated.start), sentence.said(stated).to_owned());
    if !holds(set, dimension, stated) && line != dimension.line && !findings.repeats(line, &said) {
        let weight = dimension.weight.as_ref().map(shown).unwrap_or_default();
        let message =
            format!("`{}` weighs {said} here and {weight} in line {}", dimension.name, dimension.line);
        findings.add(Rule::PolicyDrift, line, message, (said, Some(weight)));
    }
}

/// "Each of the four pillars counts 20 %" beside weights that are all 25 %.
fn each(sentence: &Sentence, sets: &[&DimensionSet], findings: &mut Findings) {
    let ([set], Some(stated)) = (sets, sentence.quantities.iter().find(|q| q.unit == Unit::Percent)) else {
        return;
    };
    let Some(first) = set.dimensions.first().filter(|_| set.dimensions.len() >= 3) else { return };
    if set.dimensions.iter().all(|d| d.weight == first.weight) {
        differs(sentence, set, (first, stated), findings);
    }
}

/// "It has a weight of 25 %", where the beginning of the paragraph names one dimension.
fn of_lead<'s>(
    sentence: &'s Sentence,
    (lower, lead): (&str, &str),
    set: &'s DimensionSet,
) -> Option<(&'s Dimension, &'s Quantity)> {
    let phrases = ["weight of ", "weighs ", "weighted with ", "weighted at ", "counts for ", "weight is "];
    let at = phrases.iter().find_map(|phrase| lower.find(phrase).map(|at| at + phrase.len()))?;
    let stated = sentence.quantities.iter().find(|q| q.start == at && q.unit == Unit::Percent)?;
    let named = |text: &str| {
        let mut named = set.dimensions.iter().filter(|d| mentions(text, &[&d.name.to_lowercase()]));
        let first = named.next()?;
        named.next().is_none().then_some(first)
    };
    let dimension = named(lower.get(..at)?).or_else(|| named(lower)).or_else(|| named(lead))?;
    let several = sentence.quantities.iter().filter(|q| q.unit == Unit::Percent).count();
    (several == 1).then_some((dimension, stated))
}

/// Each name with the number that belongs to it.
fn pairs<'s>(
    sentence: &'s Sentence,
    lower: &str,
    set: &'s DimensionSet,
) -> Vec<(&'s Dimension, &'s Quantity)> {
    let mut names: Vec<(usize, usize, &Dimension)> = set
        .dimensions
        .iter()
        .filter_map(|d| {
            let name = d.name.to_lowercase();
            let at = lower.find(&name).filter(|_| name.len() > 1 && mentions(lower, &[&name]))?;
            Some((at, at + name.len(), d))
        })
        .collect();
    order::sort_by_key(&mut names, |(at, ..)| *at);
    let numbers: Vec<&Quantity> = sentence.quantities.iter().filter(|q| is_weight(q)).collect();
    let before = |(at, _, dimension): &(usize, usize, &'s Dimension)| {
        let near = numbers.iter().rfind(|q| q.end <= *at)?;
        let gap = lower.get(near.end..*at)?.trim();
        let leads =
            ["for", "for the", "on", "to", "für", "für die", "auf", "of it", "each for"].contains(&gap);
        leads.then_some((*dimension, *near))
    };
    let turned: Vec<(&Dimension, &Quantity)> = names.iter().filter_map(before).collect();
    if turned.len() == names.len() {
        return turned;
    }
    let after = |(index, (_, end, dimension)): (usize, &(usize, usize, &'s Dimension))| {
        let next = names.get(index + 1).map_or(usize::MAX, |(at, ..)| *at);
        let near = numbers.iter().find(|q| q.start >= *end)?;
        let close = near.end <= next && near.start <= end + APART;
        // "Docs 35 and security 25": the number in between belongs to the name before it.
        close.then_some((*dimension, *near))
    };
    names.iter().enumerate().filter_map(after).collect()
}

/// Whether a number is a weight as written, or its share of all.
fn holds(set: &DimensionSet, dimension: &Dimension, stated: &Quantity) -> bool {
    let share = set.share(dimension).map(|share| share * whole(100));
    let plain = dimension.weight.as_ref() == Some(&stated.low);
    let rounded = |share: Exact| {
        let slack = stated.ulp();
        share < &stated.low + &slack && stated.low < &share + &slack
    };
    let small = stated.low <= whole(1) && stated.unit == Unit::None;
    plain || share.is_some_and(|share| if small { rounded(share / whole(100)) } else { rounded(share) })
}
