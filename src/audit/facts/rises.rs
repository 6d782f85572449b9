//! `70 → 85`, `from 70 to 85`: a number that is to become another, in signs and in words.

use super::arrows::arrows;
use crate::audit::quantity::{Limit, Quantity, Unit};

/// From one number to the next.
pub(in crate::audit) struct RiseIn {
    pub(in crate::audit) from: Quantity,
    pub(in crate::audit) to: Quantity,
}

/// Every rise of a text, from left to right.
pub(in crate::audit) fn rises(text: &str, quantities: &[Quantity]) -> Vec<RiseIn> {
    let mut found: Vec<RiseIn> = arrows(text, quantities)
        .map(|arrow| RiseIn { from: arrow.from.clone(), to: arrow.to.clone() })
        .collect();
    found.extend(quantities.iter().filter_map(|range| of_range(text, range)));
    found.extend(quantities.windows(2).filter_map(|pair| match pair {
        [from, to] => {
            let between = text.get(from.end..to.start)?.trim();
            let said = matches!(between, "to" | "auf" | "up to");
            (said && from.is_point() && to.is_point()).then(|| RiseIn { from: from.clone(), to: to.clone() })
        }
        _ => None,
    }));
    crate::model::order::sort_by_key(&mut found, |rise| rise.from.start);
    found
}

/// `70 to 85` is read as one range.
fn of_range(text: &str, range: &Quantity) -> Option<RiseIn> {
    let said = text.get(range.start..range.end)?;
    let at = range.start + said.find(" to ").filter(|_| !range.is_point() && !range.signed)?;
    let unit = if range.unit == Unit::Points { Unit::None } else { range.unit };
    // "from 60 to 85" is no least.
    let said_from = text.get(..range.start)?.trim_end().to_lowercase().ends_with("from");
    let limit = if said_from { Limit::Exactly } else { range.limit };
    let from = Quantity { high: range.low.clone(), end: at, unit, limit, ..range.clone() };
    let to = Quantity { low: range.high.clone(), start: at + 4, unit, limit, ..range.clone() };
    Some(RiseIn { from, to })
}

#[cfg(test)]
mod tests {
    use super::rises;
    use crate::audit::quantity::{quantities, shown};

    #[test]
    fn a_rise_is_read_in_signs_and_in_words() {
        for text in [
            "Docs 60 → 85 (+5 points)",
            "Docs from 60 to 85 brings 5 points",
            "raise Docs from 60% to 85%",
            "Docs: 60/100 -> 85/100",
            "Docs of 60 auf 85",
        ] {
            let found = rises(text, &quantities(text));
            let shown: Vec<_> = found.iter().map(|r| (shown(&r.from.low), shown(&r.to.low))).collect();
            assert_eq!(shown, [("60".to_owned(), "85".to_owned())], "{text}");
        }
        assert!(rises("60-85 points, 12 - 14", &quantities("60-85 points, 12 - 14")).is_empty());
    }
}
