//! Parts in one sentence, or in one and the next, and the number of all.

use num_traits::Signed as _;

use super::read::{Sentence, is_count, noun};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, shown};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// What opens the number of all.
const IN_ALL: [&str; 6] = ["in all", "in total", "altogether", "all told", "all together", "in sum"];

/// What opens the amount of all.
const AMOUNT: [&str; 5] = ["together", "a total of", "total of", "totalling", "sum of"];

/// Whether two or more of `parts` sum to `total`, or all but it are near enough to be meant as its parts.
fn is_near_miss(parts: &[&Quantity], total: &Exact, all: bool) -> Option<Exact> {
    let sum: Exact = parts.iter().map(|q| q.low.clone()).sum();
    let near = (&sum - total).abs() * whole(5) <= *total;
    let some = || {
        parts.len() > 8
            || !all
                && (0u32..1 << parts.len()).any(|set| {
                    let chosen = parts.iter().enumerate().filter(|(at, _)| set & (1 << at) != 0);
                    chosen.map(|(_, q)| q.low.clone()).sum::<Exact>() == *total
                })
    };
    (parts.len() >= 2 && near && sum != *total && !some()).then_some(sum)
}

/// "24 tests, 6 scenarios and 11 pages are open, 41 items in all".
pub(super) fn in_all(sentence: &Sentence, findings: &mut Findings) {
    for (at, total) in sentence.numbers.iter().enumerate().skip(2) {
        let after = sentence.after(total);
        let clause = after.split([',', ';', '.', '(', ':']).next().unwrap_or_default();
        let before = sentence.between(0, total.start);
        let announced = clause.len() <= 40 && IN_ALL.iter().any(|word| clause.trim().ends_with(word));
        let amount = matches!(total.unit, Unit::Money | Unit::Points) || total.unit.is_duration();
        let ahead = IN_ALL.iter().any(|word| before.ends_with(&format!(", {word}")))
            || amount && AMOUNT.iter().any(|word| before.ends_with(word));
        if !(announced || ahead) || !total.is_point() || total.over.is_some() || total.limit != Limit::Exactly
        {
            continue;
        }
        let own = noun(sentence, total);
        let before = sentence.numbers.get(..at).unwrap_or_default();
        let fits = |q: &&Quantity| q.unit == total.unit && q.is_point() && q.over.is_none() && !q.signed;
        if amount {
            let same: Vec<&Quantity> = before.iter().filter(fits).collect();
            if let Some(sum) = is_near_miss(&same, &total.low, false).filter(|_| same.len() >= 3) {
                sentence.report((Rule::Sum, total), "the parts make", shown(&sum), findings);
            }
            continue;
        }
        let named: Vec<&Quantity> = before.iter().filter(fits).filter(|q| noun(sentence, q) == own).collect();
        let every = before.iter().all(|q| fits(&q));
        // What is written as a word may be no part: "twelve desks need 14 manuals and 6 posters".
        let digits: Vec<&Quantity> = sentence.quantities.iter().filter(|q| q.end <= total.start).collect();
        let all: Vec<&Quantity> = before.iter().filter(|_| every).collect();
        let far = is_near_miss(&all, &total.low, false).is_none()
            && all.iter().map(|q| q.low.clone()).sum::<Exact>() != total.low;
        let parts = match named.len() >= 2 {
            true => named,
            false if far && digits.iter().all(fits) => digits,
            false => all,
        };
        if let Some(sum) = is_near_miss(&parts, &total.low, false) {
            sentence.report((Rule::Sum, total), "the parts make", shown(&sum), findings);
        }
    }
}

/// A number of things, of points, of money, or a length of work.
fn is_amount(quantity: &Quantity) -> bool {
    let counted = quantity.unit == Unit::Points || quantity.unit.is_duration();
    is_count(&Quantity { unit: if counted { Unit::None } else { quantity.unit }, ..quantity.clone() })
}

/// "39 open defects: 2 critical, 5 major, 18 minor and 12 trivial", "2 600 testers (iOS 1 500, Android 900)".
pub(super) fn listed(sentence: &Sentence, findings: &mut Findings) {
    for (at, total) in sentence.quantities.iter().enumerate().filter(|(_, total)| is_amount(total)) {
        let Some(next) = sentence.quantities.get(at + 1) else { return };
        let lead = sentence.between(total.end, next.start);
        // `Phase 1 (40 hours): inventory 16 h, scripts 24 h`
        let lead = lead.strip_prefix("):").map_or(lead.clone(), |rest| format!(":{rest}"));
        let (Some(open), true) = (lead.find([':', '(']), lead.len() <= 60) else { continue };
        let bracket = lead.get(open..).is_some_and(|rest| rest.starts_with('('));
        let from = sentence.text.get(total.end..).and_then(|rest| rest.find([':', '('])).unwrap_or_default();
        let list = sentence.text.get(total.end + from + 1..).unwrap_or_default();
        let list = if bracket { list.split(')').next().unwrap_or_default() } else { list }.to_lowercase();
        let list = list
            .trim_end_matches('.')
            .replace(" and ", ", ")
            .replace(" und ", ", ")
            .replace(" plus ", ", ")
            .replace(",,", ",");
        let segments: Vec<Vec<Quantity>> = list.split(", ").map(quantities).collect();
        let parts: Vec<&Quantity> = segments.iter().flatten().collect();
        let single = segments.iter().all(
            |segment| matches!(segment.as_slice(), [part] if is_amount(part) && part.unit == total.unit),
        );
        let partial = mentions(
            &list,
            &[
                "including",
                "incl",
                "which",
                "e.g",
                "among",
                "more",
                "of",
                "failed",
                "skipped",
                "failing",
                "mostly",
            ],
        );
        let clean = !lead.get(..open).unwrap_or_default().contains([',', '.', ';', ')']);
        let full = single
            && !partial
            && clean
            && segments.len() >= if bracket || total.unit != Unit::None { 2 } else { 3 };
        if let Some(sum) = is_near_miss(&parts, &total.low, segments.len() >= 3).filter(|_| full) {
            sentence.report((Rule::Sum, total), "the parts make", shown(&sum), findings);
        }
    }
}

/// "20 % of the budget are used and 80 % are left".
pub(super) fn remainder(sentence: &Sentence, findings: &mut Findings) {
    let percents: Vec<&Quantity> = sentence.quantities.iter().filter(|q| q.unit == Unit::Percent).collect();
    let [used, left] = percents.as_slice() else { return };
    let (between, after) = (sentence.between(used.end, left.start), sentence.after(left));
    let of = mentions(&between, &["of", "used", "spent", "consumed", "done"]) && between.len() <= 50;
    let rest =
        ["is left", "are left", "remains", "remain", "left"].iter().any(|word| after.starts_with(word));
    let exact = whole(100) - &used.low;
    let plain = |q: &Quantity| q.is_point() && !q.signed && q.limit == Limit::Exactly;
    if of && rest && plain(used) && plain(left) && (&exact - &left.low).abs() >= used.ulp().max(left.ulp()) {
        sentence.report((Rule::Sum, left), "what is left is", format!("{}%", shown(&exact)), findings);
    }
}

/// "64 tickets. 52 are closed, 12 are open."
pub(super) fn split(before: &Sentence, sentence: &Sentence, findings: &mut Findings) {
    let Some(total) = before.numbers.last().filter(|q| is_count(q)) else { return };
    let states = |q: &Quantity| {
        let after = sentence.after(q);
        is_count(q) && ["are ", "is ", "were ", "was ", "have "].iter().any(|verb| after.starts_with(verb))
    };
    let other =
        mentions(&sentence.text.to_lowercase(), &["of them", "of those", "of these", "more", "another"]);
    let parts: Vec<&Quantity> = sentence.quantities.iter().collect();
    if other || !sentence.quantities.iter().all(states) {
        return;
    }
    if let (Some(sum), Some(last)) = (is_near_miss(&parts, &total.low, false), parts.last()) {
        let (line, said) = (sentence.line(last.start), before.said(total).to_owned());
        if !findings.has(Rule::Sum, line) {
            let message = format!("these make {}, not the {said} before", shown(&sum));
            findings.add(Rule::Sum, line, message, (said, Some(shown(&sum))));
        }
    }
}
