//! What is left of something: "11 operators are trained and 8 are needed, so 3 are in reserve".

use num_traits::Signed as _;

use super::read::Sentence;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::Exact;

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
    for (at, rest) in sentence.numbers.iter().enumerate().filter(|(_, rest)| is_left(sentence, rest)) {
        let own = sentence.numbers.get(..at).unwrap_or_default().iter();
        let earlier = before.into_iter().flat_map(|sentence| &sentence.numbers);
        let own: Vec<&Quantity> = own.filter(|q| is_plain(q) && q.unit == rest.unit).collect();
        let found: Vec<&Quantity> = if own.len() >= 2 {
            own
        } else {
            earlier.filter(|q| is_plain(q) && q.unit == rest.unit).chain(own).collect()
        };
        judge(before, sentence, (rest, &found), findings);
    }
}

fn is_plain(quantity: &Quantity) -> bool {
    let exact = quantity.is_point() && !quantity.signed && quantity.limit == Limit::Exactly;
    exact && quantity.over.is_none() && quantity.unit != Unit::Percent
}

/// Whether words before and behind a number say that it is what is left.
fn is_left(sentence: &Sentence, rest: &Quantity) -> bool {
    let lead = format!(" {}", sentence.between(0, rest.start));
    let leaves = [" leaves", " leaving"].iter().any(|word| lead.ends_with(word));
    let follows = [" so", " hence", " thus", " then", " means"].iter().any(|word| lead.ends_with(word));
    let after = sentence.after(rest);
    let clause = after.split([',', ';', '.', ':', '(']).next().unwrap_or_default();
    let verb = clause.starts_with("are") || clause.starts_with("is");
    // What is left may be named: `54 tickets are left`.
    let named = clause.split_once(' ').filter(|(noun, _)| noun.len() <= 12 && !verb);
    let clause = named.map_or(clause, |(_, rest)| rest);
    let said = LEFT.iter().any(|word| clause.starts_with(word) || after.starts_with(word));
    is_plain(rest) && (leaves || follows && said)
}

/// No difference of the numbers before, and not what all the others leave of the largest.
fn judge(
    before: Option<&Sentence>,
    sentence: &Sentence,
    (rest, found): (&Quantity, &[&Quantity]),
    findings: &mut Findings,
) {
    let [.., a, b] = found else { return };
    let apart = |a: &Quantity, b: &Quantity| (&a.low - &b.low).abs();
    let exact = apart(a, b);
    let differs = found.iter().any(|a| found.iter().any(|b| apart(a, b) == rest.low));
    let sum: Exact = found.iter().map(|q| q.low.clone()).sum();
    let summed = found.iter().map(|q| &q.low).max().is_some_and(|all| all + all - sum == rest.low);
    let rated = before.is_some_and(|before| {
        let earlier = found.iter().any(|q| before.numbers.iter().any(|own| std::ptr::eq(own, *q)));
        earlier && mentions(&before.text.to_lowercase(), &["a week", "a day", "per"])
    });
    let (first, second) = (noun_of(before, sentence, a), noun_of(before, sentence, b));
    let same = (found.len() <= 3 && a.unit != Unit::None) || first == second;
    let lower = sentence.text.to_lowercase();
    let other = rated || !same || mentions(&lower, &["more", "another", "each", "per", "times"]);
    let fits = exact.is_positive() && rest.low <= a.low.clone().max(b.low.clone());
    // What is far from it counts something else.
    let near = (&exact - &rest.low).abs() * Exact::from_integer(3.into()) <= &exact + &exact;
    if !differs && !summed && !other && found.len() <= 4 && fits && near {
        let message = format!("from {} to {} is", shown(&a.low), shown(&b.low));
        sentence.report((Rule::Sum, rest), &message, shown(&exact), findings);
    }
}
