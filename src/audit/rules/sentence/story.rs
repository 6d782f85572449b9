//! Numbers that go on from the sentences before: what is left of them, and what they are split into.

use num_traits::Signed as _;

use super::fraction::fraction_of;
use super::read::{Sentence, is_count, noun};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::rules::ratio::holds;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Sentences before one that are looked at.
const BACK: usize = 4;

pub(super) fn apply(sentences: &[Sentence], at: usize, findings: &mut Findings) {
    let Some(sentence) = sentences.get(at) else { return };
    let before = sentences.get(at.saturating_sub(BACK)..at).unwrap_or_default();
    the_remaining(before, sentence, findings);
    leaves(before, sentence, findings);
    if let Some(last) = before.last() {
        split_into(last, sentence, findings);
        of_part(last, sentence, findings);
        missing(last, sentence, findings);
        shares(last, sentence, findings);
    }
    short_of(sentence, findings);
}

fn is_plain(q: &Quantity) -> bool {
    let exact = q.is_point() && !q.signed && q.limit == Limit::Exactly && q.over.is_none();
    exact && !matches!(q.unit, Unit::Percent | Unit::Other)
}

fn sum(parts: &[&Quantity]) -> Exact {
    parts.iter().map(|part| part.low.clone()).sum()
}

/// Wrong, and near enough to be meant.
fn is_off(exact: &Exact, stated: &Exact) -> bool {
    exact.is_positive() && exact != stated && (exact - stated).abs() * whole(2) <= *exact
}

/// "Capacity is 320 hours. Meetings take 48 hours, support takes 64 hours and the remaining 208 hours go into features."
fn the_remaining(before: &[Sentence], sentence: &Sentence, findings: &mut Findings) {
    for (at, rest) in sentence.numbers.iter().enumerate().filter(|(at, rest)| *at > 0 && is_plain(rest)) {
        let lead = sentence.between(0, rest.start);
        if !["the remaining", "the other", "and remaining", "the rest,"]
            .iter()
            .any(|word| lead.ends_with(word))
        {
            continue;
        }
        let same = |q: &&Quantity| is_plain(q) && q.unit == rest.unit;
        let parts: Vec<&Quantity> =
            sentence.numbers.get(..at).unwrap_or_default().iter().filter(same).collect();
        let wholes: Vec<&Quantity> =
            before.iter().rev().take(2).flat_map(|s| s.numbers.iter().filter(same)).collect();
        let inner = parts.first().filter(|_| parts.len() >= 2).map(|all| &all.low + &all.low - sum(&parts));
        let fits = |all: &&Quantity| &all.low - sum(&parts) == rest.low;
        let alike =
            rest.unit != Unit::None || parts.iter().all(|part| noun(sentence, part) == noun(sentence, rest));
        if let ([all], true) = (wholes.as_slice(), !parts.is_empty() && alike)
            && inner.as_ref() != Some(&rest.low)
            && !fits(all)
            && is_off(&(&all.low - sum(&parts)), &rest.low)
        {
            let message = format!("of {} there remain", shown(&all.low));
            sentence.report((Rule::Sum, rest), &message, shown(&(&all.low - sum(&parts))), findings);
        }
    }
}

/// "We have 64 open items. … This sprint closes 16, which leaves 48."
fn leaves(before: &[Sentence], sentence: &Sentence, findings: &mut Findings) {
    let [gone, rest] = sentence.numbers.as_slice() else { return };
    let between = sentence.between(gone.end, rest.start);
    let said =
        ["which leaves", "leaving", "leaves", "so there remain"].iter().any(|word| between.ends_with(word));
    if !said || ![gone, rest].into_iter().all(is_plain) || gone.unit != rest.unit && rest.unit != Unit::None {
        return;
    }
    let wholes: Vec<&Quantity> = before
        .iter()
        .flat_map(|sentence| &sentence.numbers)
        .filter(|q| is_plain(q) && q.unit == gone.unit && q.low > gone.low)
        .collect();
    let fits = wholes.iter().any(|all| &all.low - &gone.low == rest.low);
    let largest = wholes.iter().max_by(|a, b| a.low.cmp(&b.low));
    if let Some(all) = largest.filter(|all| !fits && is_off(&(&all.low - &gone.low), &rest.low)) {
        let message = format!("{} less {} is", shown(&all.low), shown(&gone.low));
        sentence.report((Rule::Sum, rest), &message, shown(&(&all.low - &gone.low)), findings);
    }
}

/// "The remaining 208 hours go into features. They are split into checkout (90 h), search (70 h) and reports (48 h)."
fn split_into(before: &Sentence, sentence: &Sentence, findings: &mut Findings) {
    let lower = sentence.text.to_lowercase();
    let words =
        ["split into", "divided into", "made up of", "consist of", "consists of", "spread over", "namely"];
    let Some(from) = words.iter().find_map(|word| lower.find(word)) else { return };
    let parts: Vec<&Quantity> = sentence.numbers.iter().filter(|q| q.start > from).collect();
    let own = sentence.numbers.iter().any(|q| q.start < from);
    let Some(first) = parts.first() else { return };
    let alike = parts.len() >= 2 && parts.iter().all(|q| is_plain(q) && q.unit == first.unit);
    let wholes: Vec<&Quantity> =
        before.numbers.iter().filter(|q| is_plain(q) && q.unit == first.unit && q.low > first.low).collect();
    let exact = sum(&parts);
    let known = wholes.iter().any(|all| all.low == exact);
    if let (Some(all), true) = (wholes.last(), alike && !own && !known)
        && first.unit != Unit::None
        && is_off(&exact, &all.low)
        && let Some(last) = parts.last()
    {
        let (line, said) = (sentence.line(last.start), before.said(all).to_owned());
        if !findings.has(Rule::Sum, line) {
            let message = format!("these make {}, not the {said} before", shown(&exact));
            findings.add(Rule::Sum, line, message, (said, Some(shown(&exact))));
        }
    }
}

/// "Of 250 users 150 answered (60 %). 90 were satisfied, 45 neutral and 15 unhappy."
fn of_part(before: &Sentence, sentence: &Sentence, findings: &mut Findings) {
    let found: Vec<(&Quantity, &Quantity)> = (0..before.numbers.len())
        .filter_map(|at| fraction_of(before, before.numbers.get(at..at + 2)?))
        .collect();
    let parts: Vec<&Quantity> = sentence.numbers.iter().collect();
    let lower = sentence.text.to_lowercase();
    let other = mentions(&lower, &["more", "another", "about", "than", "in total", "together", "of which"]);
    let opens = parts.first().is_some_and(|first| first.start == 0) && !sentence.text.contains(['(', ':']);
    let ([(part, all)], true) = (found.as_slice(), opens && !other && parts.len() >= 3) else { return };
    let wholes = [part.low.clone(), all.low.clone(), &all.low - &part.low];
    let exact = sum(&parts);
    if parts.iter().all(|q| is_count(q)) && !wholes.contains(&exact) && parts.iter().all(|q| q.low < part.low)
    {
        let near = wholes.iter().filter(|whole| (*whole - &exact).abs() * ten() <= **whole);
        let nearest = near.min_by_key(|whole| (*whole - &exact).abs());
        if let (Some(nearest), Some(last)) = (nearest, parts.last()) {
            let message = format!("of {} these make", shown(nearest));
            sentence.report((Rule::Sum, last), &message, shown(&exact), findings);
        }
    }
}

fn ten() -> Exact {
    whole(10)
}

/// "Of 120 servers 90 have moved. 30 servers are still missing."
fn missing(before: &Sentence, sentence: &Sentence, findings: &mut Findings) {
    let found: Vec<(&Quantity, &Quantity)> = (0..before.numbers.len())
        .filter_map(|at| fraction_of(before, before.numbers.get(at..at + 2)?))
        .collect();
    let ([(part, all)], [left]) = (found.as_slice(), sentence.numbers.as_slice()) else { return };
    let lower = sentence.text.to_lowercase();
    let words =
        ["missing", "are left", "remain", "are open", "still open", "to go", "outstanding", "are still to"];
    let clause: String = sentence.after(left).chars().take(40).collect();
    let said = words.iter().any(|word| mentions(&lower, &[word]))
        || mentions(&clause, &["open", "left", "remain", "remaining", "outstanding"]);
    let other = mentions(
        &lower,
        &["until", "after", "more than", "if", "by", "since", "of them", "of these", "because"],
    );
    let exact = &all.low - &part.low;
    let counts = [*part, *all, left].into_iter().all(is_count);
    if said && !other && counts && is_off(&exact, &left.low) && sentence.text.len() <= 90 {
        let message = format!("{} of {} leave", shown(&part.low), shown(&all.low));
        sentence.report((Rule::Sum, left), &message, shown(&exact), findings);
    }
}

/// "90 were satisfied, 45 neutral and 15 unhappy. That is 60 %, 30 % and 10 %."
fn shares(before: &Sentence, sentence: &Sentence, findings: &mut Findings) {
    let percents: Vec<&Quantity> = sentence.numbers.iter().collect();
    let counts: Vec<&Quantity> = before.numbers.iter().filter(|q| is_count(q)).collect();
    let rated = percents.iter().all(|q| q.unit == Unit::Percent && q.is_point() && !q.signed);
    if !rated || percents.len() < 3 || counts.len() != percents.len() || counts.len() != before.numbers.len()
    {
        return;
    }
    let all = sum(&counts);
    let wrong: Vec<(&&Quantity, &&Quantity)> =
        counts.iter().zip(&percents).filter(|(count, percent)| !holds(percent, &count.low, &all)).collect();
    if let [(count, percent)] = wrong.as_slice() {
        let exact = format!("{}%", shown(&(&count.low * whole(100) / &all)));
        let message = format!("{} of {} is", shown(&count.low), shown(&all));
        sentence.report((Rule::Ratio, percent), &message, exact, findings);
    }
}

/// "That makes 80 points, 20 short of the 100 we need."
fn short_of(sentence: &Sentence, findings: &mut Findings) {
    for three in sentence.numbers.windows(3) {
        let [had, short, goal] = three else { continue };
        let between = sentence.between(short.end, goal.start);
        let said = ["short of", "short of the", "below the", "away from", "missing to", "missing to the"];
        let noun = between.strip_prefix("points ").unwrap_or(&between);
        let alike =
            |a: &Quantity, b: &Quantity| a.unit == b.unit || b.unit == Unit::None || a.unit == Unit::None;
        let plain =
            [had, short, goal].into_iter().all(|q| is_plain(q) || q.unit == Unit::Percent && q.is_point());
        let exact = &goal.low - &had.low;
        let gap = sentence.between(had.end, short.start).len() <= 30;
        if said.contains(&noun) && plain && gap && alike(had, goal) && is_off(&exact, &short.low) {
            let message = format!("from {} to {} is", shown(&had.low), shown(&goal.low));
            sentence.report((Rule::Sum, short), &message, shown(&exact), findings);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::lines;
    use crate::model::audit::Rule;

    #[test]
    fn what_goes_on_from_the_sentence_before_fits_it() {
        for (text, rule, right, wrong) in [
            (
                "Capacity is 320 hours. Meetings take 48 hours, support takes 64 hours and the remaining {} hours are free.",
                Rule::Sum,
                "208",
                "218",
            ),
            (
                "We have 64 open items. Bugs come first. This sprint closes 16, which leaves {}.",
                Rule::Sum,
                "48",
                "52",
            ),
            (
                "The features get 208 hours. They are split into carts (90 h), search ({} h) and reports (48 h).",
                Rule::Sum,
                "70",
                "80",
            ),
            ("Of 250 users 150 answered. 90 were glad, {} neutral and 15 unhappy.", Rule::Sum, "45", "50"),
            ("Of 120 servers 90 have moved (75 %). {} servers are still missing.", Rule::Sum, "30", "36"),
            (
                "90 were glad, 45 neutral and 15 unhappy. That is 60 %, {} % and 10 % of the answers.",
                Rule::Ratio,
                "30",
                "35",
            ),
            ("That makes 80 points, {} short of the 100 we need.", Rule::Sum, "20", "16"),
        ] {
            assert_eq!(lines(&text.replace("{}", right), rule, None), [0; 0], "{text}");
            assert_eq!(lines(&text.replace("{}", wrong), rule, None).len(), 1, "{text}");
        }
    }
}
