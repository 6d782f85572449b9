//! A percentage behind a part and its whole, with words between.

use super::fraction::fraction;
use super::read::{Sentence, noun};
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::rules::ratio::holds;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::whole;

/// Words before a rounded percentage.
const ABOUT: [&str; 9] =
    ["about", "around", "roughly", "nearly", "almost", "some", "or", "that is", "which is"];

/// "412 of 420 cases passed, 98.1 %", "48 were invited and 45 of them, 93.8 %, came", "Of 12.5 million we dropped 1.5
/// million (12 %)".
pub(super) fn behind(sentence: &Sentence, findings: &mut Findings) {
    for (at, percent) in sentence.quantities.iter().enumerate().skip(2) {
        let rated = percent.unit == Unit::Percent && percent.is_point() && !percent.signed;
        let exact = matches!(percent.limit, Limit::Exactly | Limit::About);
        if !(rated && exact && ends(&sentence.after(percent)) && joins(sentence, at)) {
            continue;
        }
        let Some((part, all)) = tied(sentence, at) else { continue };
        let explained = |a: &Quantity| {
            let others = sentence.quantities.iter().filter(|b| a.low <= b.low && b.start != percent.start);
            a.start != percent.start
                && others
                    .into_iter()
                    .any(|b| holds(percent, &a.low, &b.low) || holds(percent, &(&b.low - &a.low), &b.low))
        };
        if part.low > all.low || sentence.quantities.iter().any(explained) {
            continue;
        }
        let exact = format!("{}%", shown(&(&part.low * whole(100) / &all.low)));
        let message = format!("{} of {} is", shown(&part.low), shown(&all.low));
        sentence.report((Rule::Ratio, percent), &message, exact, findings);
    }
}

fn ends(after: &str) -> bool {
    after.is_empty() || after.starts_with([')', ',', '.', ';', ':'])
}

/// A comma or a bracket, and nothing that speaks of another number, before a percentage.
fn joins(sentence: &Sentence, at: usize) -> bool {
    let (Some(before), Some(percent)) =
        (at.checked_sub(1).and_then(|at| sentence.quantities.get(at)), sentence.quantities.get(at))
    else {
        return false;
    };
    let between = sentence.between(before.end, percent.start);
    let lead =
        ABOUT.iter().fold(between.as_str(), |lead, word| lead.strip_suffix(word).unwrap_or(lead).trim_end());
    let other = [
        "than", "from", "target", "goal", "limit", "but", "was", "last", "down", "up", "weight", "at",
        "versus", "vs", "instead", "load", "minus", "plus", "growth", "discount",
    ];
    lead.len() <= 60
        && lead.ends_with([',', '(', '='])
        && !lead.trim_end_matches([',', '(', '=']).contains([';', '.', '(', ')'])
        && lead.matches(',').count() <= 1
        && !mentions(&between, &other)
}

/// The part and the whole that stand last before a percentage.
fn tied(sentence: &Sentence, at: usize) -> Option<(&Quantity, &Quantity)> {
    let first = at.checked_sub(2)?;
    // `88 of the 104 issues of release 2.0 are closed (84.6 %)`.
    let counts = |at: usize| sentence.quantities.get(at).is_none_or(super::read::is_count);
    if let Some(found) =
        first.checked_sub(1).filter(|_| !counts(at - 1)).and_then(|at| fraction(sentence, at))
    {
        return Some(found);
    }
    if let Some(found) = fraction(sentence, first) {
        return Some(found);
    }
    let [all, part] = sentence.quantities.get(first..at)? else { return None };
    let plain = |q: &Quantity| {
        q.is_point() && q.over.is_none() && q.limit == Limit::Exactly && !q.signed && q.unit != Unit::Percent
    };
    let after = sentence.after(part);
    let of_them = ["of them", "of these", "of those"].iter().any(|word| after.starts_with(word));
    let leading = sentence.between(0, all.start);
    let alike = noun(sentence, all) == noun(sentence, part) && all.unit == part.unit;
    let of = (leading == "of" || leading.ends_with(" of") || leading.ends_with(" of the")) && alike;
    let near = !sentence.between(all.end, part.start).contains([';', '(', ')', ':']);
    (plain(all) && plain(part) && near && (of_them || of) && part.low < all.low).then_some((part, all))
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::lines;
    use crate::model::audit::Rule;

    #[test]
    fn a_percentage_behind_a_part_and_its_whole_is_their_share() {
        for text in [
            "- Contract suite: 45 of 50 cases passed, 90.0 %",
            "We asked 40 teams and 30 of them, 75 %, answered.",
            "Of 2.5 million rows we dropped 0.5 million (20 %) as doubles.",
            "15 of 20 boxes are ticked (about 74 %).",
            "12 of 30 pods were restarted, 85 % more than in May.",
            "9 of 12 lamps work, at 60 % of the light.",
        ] {
            assert_eq!(lines(text, Rule::Ratio, None), [0; 0], "{text}");
        }
        for text in [
            "- Contract suite: 45 of 50 cases passed, 94.0 %",
            "We asked 40 teams and 30 of them, 85 %, answered.",
            "Of 2.5 million rows we dropped 0.5 million (25 %) as doubles.",
            "15 of 20 boxes are ticked (about 85 %).",
            "9 of the 12 bugs of release 3.5 are fixed (57 %).",
        ] {
            assert_eq!(lines(text, Rule::Ratio, None), [1], "{text}");
        }
    }
}
