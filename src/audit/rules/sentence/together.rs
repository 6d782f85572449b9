//! What several parts come to together: no less than the least, and no more than the largest.

use super::read::Sentence;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Quantity, shown};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// "4.4 on one platform, 4.1 on the other. All answers together give 4.52."
pub(super) fn within(before: Option<&Sentence>, sentence: &Sentence, findings: &mut Findings) {
    let lower = sentence.text.to_lowercase();
    let Some(at) = ["together give", "together are", "together is", "combined", "taken together"]
        .iter()
        .find_map(|word| whole_word(&lower, word))
    else {
        return;
    };
    let Some(stated) =
        sentence.quantities.iter().find(|q| q.start > at && q.decimals > 0 && q.is_point() && !q.signed)
    else {
        return;
    };
    let same = |q: &&Quantity| {
        q.decimals > 0 && q.unit == stated.unit && q.over == stated.over && q.is_point() && !q.signed
    };
    let own = sentence.quantities.iter().filter(|q| q.end <= at);
    let parts: Vec<&Quantity> =
        before.into_iter().flat_map(|before| &before.quantities).chain(own).filter(same).collect();
    let (Some(least), Some(most)) = (parts.iter().map(|q| &q.low).min(), parts.iter().map(|q| &q.low).max())
    else {
        return;
    };
    let sum: Exact = parts.iter().map(|q| q.low.clone()).sum();
    let near = stated.low <= most * whole(2)
        && &stated.low * whole(2) >= *least
        && &stated.low * whole(3) < sum * whole(2);
    if parts.len() >= 2 && near && (stated.low > most + stated.ulp() || stated.low < least - stated.ulp()) {
        let computed = format!("{}-{}", shown(least), shown(most));
        sentence.report((Rule::MeanBound, stated), "what these come to together lies in", computed, findings);
    }
}

fn whole_word(lower: &str, word: &str) -> Option<usize> {
    lower.match_indices(word).map(|(at, _)| at).find(|at| {
        let end = lower.get(at + word.len()..).unwrap_or_default();
        let start = lower.get(..*at).unwrap_or_default();
        !start.ends_with(char::is_alphanumeric) && !end.starts_with(char::is_alphanumeric)
    })
}
