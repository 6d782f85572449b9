//! So many at so much each: "seven people at 8 hours each are 56 hours", "5 weeks of moving at 32 k€ a week: 160 k€".

use super::read::Sentence;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, says, shown};
use crate::audit::words::mentions;
use crate::model::audit::Rule;

/// Words behind a price or a rate.
const EACH: [&str; 14] = [
    "each",
    "a week",
    "a day",
    "a month",
    "an hour",
    "per week",
    "per day",
    "per month",
    "per hour",
    "apiece",
    "a piece",
    "per person",
    "a year",
    "per head",
];

pub(super) fn each(sentence: &Sentence, findings: &mut Findings) {
    for triple in sentence.numbers.windows(3) {
        let [count, rate, result] = triple else { continue };
        let (of, makes) = (sentence.between(count.end, rate.start), sentence.between(rate.end, result.start));
        let at = [" at", " for", ",", " with", " of", " x", " ×"]
            .iter()
            .any(|word| format!(" {of}").ends_with(word));
        let said =
            ["are", "is", "makes", "make", "=", ":", "(", "cost", "come to", "that is", "gives", "need"];
        let summed = ["in total", "in all", "together"].iter().any(|word| {
            sentence
                .after(result)
                .split([',', ';', '.'])
                .next()
                .unwrap_or_default()
                .trim_end()
                .ends_with(word)
        });
        let ends = said.iter().find_map(|word| makes.strip_suffix(word)).or(summed.then_some(makes.as_str()));
        let Some(each) = ends.map(|each| each.trim_end_matches([',', ' '])) else { continue };
        let rated = EACH.iter().any(|word| each.ends_with(word));
        let plain = |q: &Quantity| q.is_point() && q.over.is_none() && !q.signed && q.limit == Limit::Exactly;
        let clean = !of.contains(['.', ';', '(', ')']) && of.len() <= 40 && each.len() <= 30;
        let other = mentions(&of, &["and", "from", "to"]) || each.contains([';', '.', '(']);
        let fits = rate.unit == result.unit || matches!(rate.unit, Unit::None) || summed;
        if !(at && rated && clean && fits) || other || ![count, rate, result].into_iter().all(plain) {
            continue;
        }
        // `29 of 34 a week, 85 %` is a share.
        if result.unit == Unit::Percent && rate.unit != Unit::Percent {
            continue;
        }
        let exact = &count.low * &rate.low;
        if !says(&result.low, result.decimals, &exact) {
            let message = format!("{} times {} is", shown(&count.low), shown(&rate.low));
            sentence.report((Rule::Sum, result), &message, shown(&exact), findings);
        }
    }
}
