//! What is left of something: "11 operators are trained and 8 are needed, so 3 are in reserve".

use num_traits::Signed as _;

use super::read::Sentence;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::words::mentions;
use crate::model::audit::Rule;

/// What stands right behind the number of what is left.
const LEFT: [&str; 16] = [
    "are left",
    "is left",
    "left",
    "remain",
    "remains",
    "are in reserve",
    "in reserve",
    "are spare",
    "to spare",
    "are free",
    "are still",
    "unused",
    "untouched",
    "are missing",
    "are open",
    "under the budget",
];

/// The last word before the next number or sign behind a number: what it counts.
fn noun_of(before: Option<&Sentence>, sentence: &Sentence, number: &Quantity) -> String {
    let own = sentence.numbers.iter().any(|own| std::ptr::eq(own, number));
    let sentence = if own { sentence } else { before.unwrap_or(sentence) };
    let after = sentence.after(number);
    let clause = after.split(|c: char| !(c.is_alphabetic() || c == ' ')).next().unwrap_or_default();
    clause.split_whitespace().next_back().unwrap_or_default().to_owned()
}

/// The number that a sentence calls left, against the two numbers before it.
pub(super) fn left(before: Option<&Sentence>, sentence: &Sentence, findings: &mut Findings) {
    for (at, rest) in sentence.numbers.iter().enumerate() {
        let lead = format!(" {}", sentence.between(0, rest.start));
        let follows = [
            " so",
            " hence",
            " thus",
            " leaves",
            " leaving",
            " which leaves",
            " that leaves",
            " then",
            " means",
        ]
        .iter()
        .any(|word| lead.ends_with(word));
        let after = sentence.after(rest);
        let clause = after.split([',', ';', '.', ':', '(']).next().unwrap_or_default();
        let clause =
            clause.split_once(' ').filter(|(noun, _)| noun.len() <= 12).map_or(clause, |(_, rest)| {
                if clause.starts_with("are") || clause.starts_with("is") { clause } else { rest }
            });
        let said = LEFT.iter().any(|word| clause.starts_with(word) || after.starts_with(word))
            || lead.ends_with("leaves")
            || lead.ends_with("leaving");
        let plain = |q: &Quantity| {
            q.is_point()
                && q.over.is_none()
                && !q.signed
                && q.limit == Limit::Exactly
                && q.unit != Unit::Percent
        };
        if !follows || !said || !plain(rest) {
            continue;
        }
        let own = sentence.numbers.get(..at).unwrap_or_default().iter();
        let earlier = before.into_iter().flat_map(|sentence| &sentence.numbers);
        let own: Vec<&Quantity> = own.filter(|q| plain(q) && q.unit == rest.unit).collect();
        let found: Vec<&Quantity> = if own.len() >= 2 {
            own
        } else {
            earlier.filter(|q| plain(q) && q.unit == rest.unit).chain(own).collect()
        };
        let differs = found
            .iter()
            .flat_map(|a| found.iter().map(move |b| (&a.low - &b.low).abs()))
            .any(|exact| exact == rest.low);
        let [.., a, b] = found.as_slice() else { continue };
        let exact = (&a.low - &b.low).abs();
        let all = found.iter().map(|q| &q.low).max();
        let summed = all.is_some_and(|all| {
            let others: crate::model::exact::Exact = found.iter().map(|q| q.low.clone()).sum();
            all + all - others == rest.low
        });
        let rated = before.is_some_and(|b| {
            found.iter().any(|q| b.numbers.iter().any(|own| std::ptr::eq(own, *q)))
                && mentions(&b.text.to_lowercase(), &["a week", "a day", "per"])
        });
        let same = found.len() <= 3 || noun_of(before, sentence, a) == noun_of(before, sentence, b);
        let other = rated
            || !same
            || mentions(&sentence.text.to_lowercase(), &["more", "another", "each", "per", "times"]);
        if !differs
            && !summed
            && !other
            && found.len() <= 4
            && exact.is_positive()
            && rest.low <= (&a.low).max(&b.low).clone()
        {
            let message = format!("from {} to {} is", shown(&a.low), shown(&b.low));
            sentence.report((Rule::Sum, rest), &message, shown(&exact), findings);
        }
    }
}
