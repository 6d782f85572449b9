//! All of something, and what became of its parts: "of the 60 orders 41 were sent, 12 wait and 4 came back".

use super::fraction::fraction_of;
use super::read::{Sentence, is_count, noun};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::rules::ratio::holds;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// What is finished, and what is not.
const FINISHED: [&str; 14] = [
    "done",
    "closed",
    "passed",
    "fixed",
    "met",
    "merged",
    "sent",
    "resolved",
    "implemented",
    "live",
    "moved",
    "checked",
    "green",
    "complete",
];
const UNFINISHED: [&str; 17] = [
    "skipped",
    "ignored",
    "flaky",
    "declined",
    "rejected",
    "open",
    "left",
    "remaining",
    "failed",
    "pending",
    "missing",
    "outstanding",
    "unmet",
    "unresolved",
    "red",
    "blocked",
    "planned",
];

/// "Of the 60 orders 41 were sent, 12 wait and 4 came back."
pub(super) fn of_all(sentence: &Sentence, findings: &mut Findings) {
    let Some((all, parts)) = sentence.numbers.split_first() else { return };
    let lead = sentence.between(0, all.start);
    let opens = ["of", "of the", "of our", "of these", "of all"].contains(&lead.as_str());
    let parts: Vec<&Quantity> = parts.iter().filter(|q| q.unit != Unit::Percent).collect();
    let plain =
        parts.iter().all(|part| is_count(part) && !is_aside(sentence, part) && !is_fraction(sentence, part));
    let lower = sentence.text.to_lowercase();
    let aside =
        mentions(&lower, &["of them", "of those", "more", "another", "only", "out of", "first", "than"]);
    if !opens || !is_count(all) || !plain || aside || parts.len() < 3 {
        return;
    }
    report(sentence, all, &parts, findings);
}

/// "It collected 3,118 tests. Of these, 2,967 passed (95.2 %), 96 failed and 55 were skipped."
pub(super) fn of_these(before: &Sentence, sentence: &Sentence, findings: &mut Findings) {
    let lower = sentence.text.to_lowercase();
    let these = ["of these", "of them", "of those", "thereof"];
    let after = sentence.numbers.first().filter(|first| first.start == 0).map(|first| sentence.after(first));
    let opens = these
        .iter()
        .any(|word| lower.starts_with(word) || after.as_ref().is_some_and(|after| after.starts_with(word)));
    let Some(all) = before.numbers.last().filter(|all| opens && is_count(all) && before.numbers.len() <= 2)
    else {
        return;
    };
    let parts: Vec<&Quantity> = sentence
        .numbers
        .iter()
        .filter(|part| is_count(part) && !is_own_fraction(sentence, part, &these))
        .collect();
    for part in parts.iter().filter(|part| part.low <= all.low) {
        let Some(percent) = sentence.quantities.iter().find(|q| q.start > part.end) else { continue };
        let between = sentence.between(part.end, percent.start);
        let noun = between.strip_suffix('(').or_else(|| between.strip_suffix(", that is")).unwrap_or("-");
        let near = noun.len() <= 24 && noun.chars().all(|c| c.is_alphabetic() || c == ' ');
        if percent.unit == Unit::Percent && near && !holds(percent, &part.low, &all.low) {
            let exact = format!("{}%", shown(&(&part.low * whole(100) / &all.low)));
            let message = format!("{} of {} is", shown(&part.low), shown(&all.low));
            sentence.report((Rule::Ratio, percent), &message, exact, findings);
        }
    }
    let aside = mentions(&lower, &["more", "another", "only", "out of", "than", "including", "about"]);
    let plain: Vec<&Quantity> = parts.into_iter().filter(|part| !is_aside(sentence, part)).collect();
    if plain.len() >= 3
        && !aside
        && let Some(last) = plain.last()
    {
        let sum: Exact = plain.iter().map(|part| part.low.clone()).sum();
        let off = if sum > all.low { &sum - &all.low } else { &all.low - &sum };
        if sum != all.low && off * whole(5) <= all.low && !plain.iter().any(|part| part.low >= all.low) {
            let message = format!("of {} they make", shown(&all.low));
            sentence.report((Rule::Sum, last), &message, shown(&sum), findings);
        }
    }
}

/// Whether a part belongs to a whole of its own: `461 of those 512`.
fn is_own_fraction(sentence: &Sentence, part: &Quantity, these: &[&str]) -> bool {
    let after = sentence.after(part);
    let counted = these.iter().filter_map(|word| after.strip_prefix(word));
    let numbered = |rest: &str| rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let all = counted.clone().any(numbered);
    all || is_fraction(sentence, part) && counted.count() == 0
}

/// "320 of 400 stores are ready. 30 have no terminals and 60 no certificate."
pub(super) fn not_done(before: &Sentence, sentence: &Sentence, findings: &mut Findings) {
    let fractions: Vec<(&Quantity, &Quantity)> = (0..before.numbers.len())
        .filter_map(|at| fraction_of(before, before.numbers.get(at..at + 2)?))
        .collect();
    let [(part, all)] = fractions.as_slice() else { return };
    let parts: Vec<&Quantity> = sentence.numbers.iter().collect();
    let opens = parts.first().is_some_and(|first| {
        first.start == 0
            || ["the other", "the remaining"].contains(&sentence.between(0, first.start).as_str())
    });
    let plain =
        parts.iter().all(|part| is_count(part) && !is_fraction(sentence, part) && !is_aside(sentence, part));
    let left = &all.low - &part.low;
    let verb = |part: &&Quantity| {
        let after = sentence.after(part);
        ["have ", "has ", "are ", "is ", "were ", "wait ", "fail", "need ", "of them ", "stores "]
            .iter()
            .any(|verb| after.starts_with(verb))
            || after.split_once(' ').is_some_and(|(_, rest)| {
                ["have ", "are ", "still ", "were "].iter().any(|verb| rest.starts_with(verb))
            })
    };
    if !opens || !plain || parts.len() != 2 || !parts.iter().all(verb) || !is_count(part) || !is_count(all) {
        return;
    }
    let sum: Exact = parts.iter().map(|part| part.low.clone()).sum();
    let off = if sum > left { &sum - &left } else { &left - &sum };
    let known = parts.iter().any(|other| other.low == left || other.low == part.low || other.low == all.low);
    let lower = sentence.text.to_lowercase();
    if sum != left
        && off * whole(4) <= left
        && !known
        && !mentions(&lower, &["more", "another", "of them", "of these", "of those"])
        && let Some(last) = parts.last()
    {
        let message =
            format!("{} of {} leave {}, and these make", shown(&part.low), shown(&all.low), shown(&left));
        sentence.report((Rule::Sum, last), &message, shown(&sum), findings);
    }
}

/// "We closed 42 defects. Of the 60 reported, 18 remain open."
pub(super) fn remain(before: &Sentence, sentence: &Sentence, findings: &mut Findings) {
    let ([all, left], Some(done)) = (sentence.numbers.as_slice(), before.numbers.first()) else { return };
    let lead = sentence.between(0, all.start);
    let opens = ["of", "of the", "of all", "of these", "of our"].contains(&lead.as_str());
    let after = sentence.after(left);
    let open =
        ["remain", "are open", "are still open", "are left", "are not"].iter().any(|w| after.starts_with(w));
    let clause = format!("{} {}", before.between(0, done.start), noun(before, done));
    let finished = FINISHED.iter().any(|word| mentions(&clause, &[word]));
    let exact = &all.low - &done.low;
    let off = if exact > left.low { &exact - &left.low } else { &left.low - &exact };
    let counts = [all, left, done].into_iter().all(is_count) && exact > whole(0);
    if opens && open && finished && counts && off != whole(0) && off * whole(4) <= exact {
        let message = format!("{} less {} are", shown(&all.low), shown(&done.low));
        sentence.report((Rule::Sum, left), &message, shown(&exact), findings);
    }
}

/// "412 k€ plus 223 k€ is 635 k€", "30 minus 12 is 18".
pub(super) fn in_words(sentence: &Sentence, findings: &mut Findings) {
    for triple in sentence.numbers.windows(3) {
        let [a, b, result] = triple else { continue };
        let sign = sentence.between(a.end, b.start);
        let makes = sentence.between(b.end, result.start);
        let is = [
            "is", "are", "makes", "make", "gives", "give", "=", "come to", "comes to", "equals", "leaves",
            "leave",
        ];
        let last = makes.split_whitespace().next_back().unwrap_or_default();
        let plain = |q: &Quantity| q.is_point() && q.over.is_none() && q.limit == Limit::Exactly && !q.signed;
        let noun =
            |text: &str| text.len() <= 20 && text.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-');
        let ends = is.contains(&makes.as_str()) || is.contains(&last) && noun(&makes);
        let earlier = sentence.between(0, a.start);
        let alone = !["plus", "minus", "times", "+", "-", "×"].iter().any(|word| earlier.ends_with(word));
        let units = a.unit == b.unit && (b.unit == result.unit || result.unit == Unit::None);
        let word = sign.split_whitespace().next_back().unwrap_or_default();
        let exact = match word {
            "plus" if noun(&sign) && units => &a.low + &b.low,
            "minus" | "less" if noun(&sign) && units => &a.low - &b.low,
            "times" if sign == "times" => &a.low * &b.low,
            _ => continue,
        };
        let slack = result.ulp();
        let off = if exact > result.low { &exact - &result.low } else { &result.low - &exact };
        let wrong =
            if result.decimals + a.decimals + b.decimals == 0 { off != whole(0) } else { off >= slack };
        if ends && alone && wrong && [a, b, result].into_iter().all(plain) {
            let message = format!("{} {word} {} is", shown(&a.low), shown(&b.low));
            sentence.report((Rule::Sum, result), &message, shown(&exact), findings);
        }
    }
}

/// `104 issues, 88 closed, 14 open`.
pub(super) fn states(sentence: &Sentence, findings: &mut Findings) {
    for at in 0..sentence.numbers.len() {
        let Some([all, rest @ ..]) = sentence.numbers.get(at..) else { continue };
        let states: Vec<(&Quantity, String)> =
            rest.iter().map_while(|part| Some((part, state(sentence, part)?))).take(4).collect();
        let [(first, _), _, ..] = states.as_slice() else { continue };
        let lead = sentence.between(all.end, first.start);
        let joins =
            lead.ends_with([',', ':', '(']) || lead.ends_with("of which") || lead.ends_with("thereof");
        let both = |words: &[&str]| states.iter().any(|(_, state)| words.contains(&state.as_str()));
        let close = states
            .windows(2)
            .all(|two| matches!(two, [a, b] if sentence.between(a.0.end, b.0.start).len() <= 24));
        let ends = states.len() == rest.len()
            || matches!((states.last(), rest.get(states.len())), (Some((last, _)), Some(next))
                if sentence.between(last.end, next.start).contains([';', '.', ')']));
        if is_count(all)
            && !noun(sentence, all).is_empty()
            && state(sentence, all).is_none()
            && joins
            && lead.len() <= 40
            && close
            && ends
            && both(&FINISHED)
            && both(&UNFINISHED)
        {
            let parts: Vec<&Quantity> = states.iter().map(|(part, _)| *part).collect();
            report(sentence, all, &parts, findings);
        }
    }
}

/// The state that stands right behind a count: `88 closed`, `7 are open`.
fn state(sentence: &Sentence, part: &Quantity) -> Option<String> {
    let after = sentence.after(part);
    let mut words = after.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let word = words.find(|word| !matches!(*word, "are" | "is" | "were" | "still" | "items"))?;
    let near = after.find(word).is_some_and(|at| at <= 12);
    let known = FINISHED.contains(&word) || UNFINISHED.contains(&word);
    (is_count(part) && near && known).then(|| word.to_owned())
}

/// Whether a number stands in brackets.
fn is_aside(sentence: &Sentence, part: &Quantity) -> bool {
    let before = sentence.text.get(..part.start).unwrap_or_default();
    before.matches('(').count() > before.matches(')').count()
}

fn is_fraction(sentence: &Sentence, part: &Quantity) -> bool {
    let after = sentence.after(part);
    let before = sentence.between(0, part.start);
    after.starts_with("of ")
        || before.ends_with(" of")
        || before.ends_with(" of the")
        || before.ends_with(" of those")
        || before.ends_with(" of these")
        || part.limit != Limit::Exactly
}

/// Parts that are near enough to be meant as all of it, and are not.
fn report(sentence: &Sentence, all: &Quantity, parts: &[&Quantity], findings: &mut Findings) {
    let sum: Exact = parts.iter().map(|part| part.low.clone()).sum();
    let off = if sum > all.low { &sum - &all.low } else { &all.low - &sum };
    // A part that is the sum of the others leaves them out.
    let some = parts.len() > 8
        || (0u32..1 << parts.len()).any(|set| {
            let chosen = parts.iter().enumerate().filter(|(at, _)| set & (1 << at) != 0);
            chosen.map(|(_, part)| part.low.clone()).sum::<Exact>() == all.low
        });
    let nested = some || parts.iter().any(|part| part.low >= all.low || &part.low * whole(2) == sum);
    if sum != all.low && off * whole(5) <= all.low && !nested {
        let line = sentence.line(all.start);
        if !findings.has(Rule::Sum, line) {
            sentence.report((Rule::Sum, all), "the parts make", shown(&sum), findings);
        }
    }
}
