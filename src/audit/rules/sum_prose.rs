//! Parts in one sentence, their total in the next: "A takes 3 weeks and B takes 2 weeks. Together that is 5 weeks."

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, quantities};
use crate::audit::words::mentions;
use crate::model::exact::{self, Exact};
use num_traits::Signed as _;

use super::total::{Sum, judge};

/// Words that announce a total.
const TOTAL: [&str; 12] = [
    "sum ",
    "total ",
    "that makes",
    "this makes",
    "that is",
    "together",
    "altogether",
    "in total",
    "in all",
    "all told",
    "in sum",
    "combined",
];

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for paragraph in facts.document.blocks().filter(|block| block.iter().all(|line| line.kind == Kind::Text))
    {
        let sentences = sentences(paragraph);
        for pair in sentences.windows(2) {
            if let [parts, total] = pair {
                compare(parts, total, findings);
            }
        }
    }
}

/// A sentence as the pieces of the lines that it stands on.
type Sentence<'a> = Vec<(&'a Line, &'a str)>;

fn sentences(paragraph: &[Line]) -> Vec<Sentence<'_>> {
    let mut found: Vec<Sentence<'_>> = vec![Vec::new()];
    for line in paragraph {
        for piece in line.text.split_inclusive(". ") {
            if let Some(sentence) = found.last_mut() {
                sentence.push((line, piece));
            }
            if piece.trim_end().ends_with(['.', '!', '?']) {
                found.push(Vec::new());
            }
        }
    }
    found
}

fn compare(parts: &Sentence<'_>, total: &Sentence<'_>, findings: &mut Findings) {
    let Some((_, piece)) = total.first() else { return };
    let lower = piece.to_lowercase();
    let announced = TOTAL.iter().any(|word| lower.trim_start().starts_with(word));
    if !announced || mentions(&lower, &["together with", "combined with", "more", "another", "average"]) {
        return;
    }
    for (line, stated) in numbers(total).filter(|(_, stated)| is_counted(stated)) {
        let same: Vec<Quantity> = numbers(parts)
            .filter(|(_, part)| part.unit == stated.unit && is_counted(part))
            .map(|(_, q)| q)
            .collect();
        let whole: Option<Quantity> =
            line.quantities.iter().find(|q| q.low == stated.low && q.unit == stated.unit).cloned();
        let sum: Exact = same.iter().map(|part| part.low.clone()).sum();
        let near = (&sum - &stated.low).abs() * exact::whole(5) <= &stated.low * exact::whole(2);
        if let (true, Some(whole)) = (same.len() >= 2 && (near || !stated.is_point()), whole) {
            judge(line, &whole, &Sum::of(same.iter()), "the parts before", findings);
        }
    }
}

fn numbers<'a>(sentence: &'a Sentence<'a>) -> impl Iterator<Item = (&'a Line, Quantity)> {
    sentence
        .iter()
        .flat_map(|(line, piece)| quantities(piece).into_iter().map(move |quantity| (*line, quantity)))
}

/// Points or a length of time.
fn is_counted(quantity: &Quantity) -> bool {
    let counts = quantity.unit == Unit::Points || quantity.unit.is_duration();
    counts && quantity.over.is_none() && quantity.limit == Limit::Exactly
}
