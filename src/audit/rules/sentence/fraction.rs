//! A part, its whole, and what follows from both: the share, and what is left.

use num_traits::Signed as _;

use super::read::{Sentence, is_count};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, shown, worded};
use crate::audit::rules::ratio::holds;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::whole;

/// What is not done.
const OPEN: [&str; 10] = [
    "open",
    "left",
    "remaining",
    "remain",
    "outstanding",
    "missing",
    "still open",
    "not",
    "to go",
    "unfinished",
];

/// `a of b` and `of b, a`: the part, the whole, and where they end.
pub(super) fn fraction(sentence: &Sentence, at: usize) -> Option<(&Quantity, &Quantity)> {
    fraction_of(sentence, sentence.quantities.get(at..at + 2)?)
}

pub(super) fn fraction_of<'a>(
    sentence: &Sentence,
    pair: &'a [Quantity],
) -> Option<(&'a Quantity, &'a Quantity)> {
    let [first, second] = pair else { return None };
    let between = sentence.between(first.end, second.start);
    let before = sentence.between(0, first.start);
    let before = format!(" {before}");
    let opening =
        [" of", " of the", " of all", " of these", " of our"].iter().find_map(|of| before.strip_suffix(of));
    // `9 of 10 feeds within 5 minutes` has its part before the whole.
    let alike = first.unit == second.unit && (first.decimals > 0) == (second.decimals > 0);
    let leading = alike && opening.is_some_and(|lead| !ends_in_number(lead));
    let apart = between.len() <= 40 && !between.contains(['(', ')', ':', ';', '%']);
    let found = match between.as_str() {
        "of" | "out of" | "of the" | "of all" | "of our" | "of these" | "of its" | "of their" => {
            (first, second)
        }
        _ if of_which(&between) => (second, first),
        _ if of_noun(&between) => (first, second),
        _ if leading && apart && first.low > second.low => (second, first),
        _ => return None,
    };
    (is_amount(first) && is_amount(second) && found.1.low.is_positive()).then_some(found)
}

/// `we asked 48 shops and 42 of them`: the part, and the count before it.
fn of_those(sentence: &Sentence, at: usize) -> Option<(&Quantity, &Quantity)> {
    let part = sentence.numbers.get(at).filter(|part| is_count(part))?;
    let after = sentence.after(part);
    let those = ["of them", "of these", "of those"].iter().any(|of| after.starts_with(of));
    let all = sentence.numbers.get(..at)?.iter().rfind(|all| all.unit != Unit::Percent)?;
    (those && is_count(all) && all.low >= part.low && all.low.is_positive()).then_some((part, all))
}

fn ends_in_number(lead: &str) -> bool {
    let last = lead.split_whitespace().next_back().unwrap_or_default();
    worded(last).last().is_some_and(|number| number.end == last.len())
}

/// A count, or an amount with decimals: `1.5 million of 12.5 million`, `27.6 min of 43.2 min`.
fn is_amount(quantity: &Quantity) -> bool {
    let known = !matches!(quantity.unit, Unit::Percent | Unit::Points | Unit::Other);
    let exact = quantity.is_point() && quantity.limit == Limit::Exactly && !quantity.signed;
    is_count(quantity) || known && exact && quantity.over.is_none()
}

/// `480 cases, of which 456 …`.
fn of_which(between: &str) -> bool {
    between.len() <= 50 && ["of which", "of these", "thereof"].iter().any(|word| between.ends_with(word))
}

/// `186 k€ of the 240 k€`: one word between a number and its whole.
fn of_noun(between: &str) -> bool {
    let noun = [" of", " of the", " of all", " of our"].iter().find_map(|of| between.strip_suffix(of));
    noun.is_some_and(|noun| !noun.is_empty() && !noun.contains(' ') && noun.len() <= 12)
}

/// "412 of 430 requirements are covered (95.8 %)", "of 45 partners, 36 accepted (80 %)", "18 of 36 is 50 %".
pub(super) fn share(sentence: &Sentence, findings: &mut Findings) {
    for at in 0..sentence.numbers.len() {
        let pair = sentence.numbers.get(at..at + 2).unwrap_or_default();
        let (part, all, skip) = match (fraction_of(sentence, pair), of_those(sentence, at)) {
            (Some((part, all)), _) => (part, all, 2),
            (None, Some((part, all))) => (part, all, 1),
            (None, None) => continue,
        };
        // `88 of the 104 issues in the 2.0 milestone are closed (84.6 %)`: a name may hold a number.
        let mut further = sentence
            .numbers
            .iter()
            .skip(at + skip)
            .skip_while(|q| q.decimals > 0 && q.unit == Unit::None)
            .take(1);
        let Some(percent) = further.find(|q| q.unit == Unit::Percent) else { continue };
        let end = part.end.max(all.end);
        let between = sentence.between(end, percent.start);
        covered(sentence, (part, all, percent), &between, findings);
        let joins = [
            "(", "or", "is", "are", "i.e.", "that is", "rate of", "share of", "makes", "thus", "or about",
            "=", "(about", "(roughly", "which is",
        ]
        .iter()
        .any(|word| {
            between == *word
                || between.ends_with(&format!(" {word}"))
                || *word == "(" && between.ends_with('(')
        });
        // `58 of 60 were green, 96.7 %.`
        let apposed =
            between.ends_with(',') && between.matches(',').count() == 1 && !between.contains(['(', ':', ';']);
        let other = mentions(&between, &["than", "from", "target", "goal", "limit", "and", "but", "was"])
            || mentions(&between, &["were"]) && !between.ends_with(['(', ',']);
        let after = sentence.after(percent);
        let ends = after.is_empty() || after.starts_with([')', ',', '.', ';', ':']);
        let joins = joins || apposed;
        let plain = percent.unit == Unit::Percent
            && !percent.signed
            && matches!(percent.limit, Limit::Exactly | Limit::About);
        if !plain || !joins || other || !ends || between.len() > 80 || part.low > all.low {
            continue;
        }
        let complement = &all.low - &part.low;
        if !holds(percent, &part.low, &all.low) && !holds(percent, &complement, &all.low) {
            let exact = format!("{}%", shown(&(&part.low * whole(100) / &all.low)));
            let message = format!("{} of {} is", shown(&part.low), shown(&all.low));
            sentence.report((Rule::Ratio, percent), &message, exact, findings);
        }
    }
}

/// "859 of 871 pass, a test coverage of 98.6 %": a pass rate that is called coverage.
fn covered(
    sentence: &Sentence,
    (part, all, percent): (&Quantity, &Quantity, &Quantity),
    between: &str,
    findings: &mut Findings,
) {
    let lower = sentence.text.to_lowercase();
    let line = sentence.line(percent.start);
    let tested = mentions(&lower, &["tests", "cases", "test", "test coverage", "scenarios", "suite"]);
    let passing = mentions(&lower, &["pass", "passes", "passing", "passed", "green", "succeed", "succeeded"]);
    let after = sentence.after(percent);
    let named =
        between.contains("coverage") || after.starts_with("coverage") || after.starts_with("test coverage");
    let of_lines = mentions(&lower, &["lines", "branches", "statements", "functions"]);
    let said = sentence.said(percent);
    if named
        && tested
        && passing
        && !of_lines
        && between.len() <= 80
        && percent.unit == Unit::Percent
        && part.low < all.low
        && holds(percent, &part.low, &all.low)
        && !findings.has(Rule::Mislabel, line)
    {
        let message = format!("{said} is the pass rate of {} tests, and no coverage", shown(&all.low));
        let numbers = (format!("coverage {said}"), Some(format!("pass rate {said}")));
        findings.add(Rule::Mislabel, line, message, numbers);
    }
}

/// "64 of 80 items are done and 16 are open".
pub(super) fn rest(sentence: &Sentence, findings: &mut Findings) {
    for at in 0..sentence.quantities.len() {
        let mut further = sentence.quantities.iter().skip(at + 2).skip_while(|q| q.unit == Unit::Percent);
        let (Some((part, all)), Some(left)) = (fraction(sentence, at), further.next()) else {
            continue;
        };
        let after = sentence.after(left);
        // The left ones may be named: `64 k€ are left`.
        let after = match after.split_once(' ') {
            Some((noun, rest))
                if noun.len() <= 12
                    && ["are ", "is ", "remain"].iter().any(|verb| rest.starts_with(verb)) =>
            {
                rest.to_owned()
            }
            _ => after,
        };
        let words = ["are ", "is ", "remain ", "items ", "still "].iter();
        let state = words.fold(after.as_str(), |rest, word| rest.strip_prefix(word).unwrap_or(rest));
        let open = OPEN.iter().any(|word| {
            state
                .strip_prefix(word)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ',', ':', ';', ')']))
        });
        let between = sentence.between(part.end.max(all.end), left.start);
        let apart = mentions(&between, &["if", "would", "then", "after", "of"]) || between.len() > 60;
        let exact = &all.low - &part.low;
        if open && !apart && is_count(left) && exact != left.low && part.low <= all.low {
            let message = format!("{} of {} leave", shown(&part.low), shown(&all.low));
            sentence.report((Rule::Sum, left), &message, shown(&exact), findings);
        }
    }
}

/// "1,200 runs are planned. 1,080 of them were executed, which is 90 %."
pub(super) fn of_them(before: &Sentence, sentence: &Sentence, findings: &mut Findings) {
    let ([all], Some([part, percent])) = (before.quantities.as_slice(), sentence.quantities.get(..2)) else {
        return;
    };
    let of = ["of them", "of these", "of those"].iter().any(|word| sentence.after(part).starts_with(word));
    let between = sentence.between(part.end, percent.start);
    let said = ["which is", "that is", "i.e.", "("].iter().any(|word| between.ends_with(word));
    let counts =
        is_count(all) && is_count(part) && percent.unit == Unit::Percent && percent.limit == Limit::Exactly;
    if of && said && counts && part.low <= all.low && !holds(percent, &part.low, &all.low) {
        let exact = format!("{}%", shown(&(&part.low * whole(100) / &all.low)));
        let message = format!("{} of {} is", shown(&part.low), shown(&all.low));
        sentence.report((Rule::Ratio, percent), &message, exact, findings);
    }
}
