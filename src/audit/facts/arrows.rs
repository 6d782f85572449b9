//! `8/10 → 10/10`: a number that is to become another.

use crate::audit::quantity::Quantity;

/// From one quantity to the next.
pub(in crate::audit) struct Arrow<'a> {
    pub(in crate::audit) from: &'a Quantity,
    pub(in crate::audit) to: &'a Quantity,
    /// The quantities after it.
    pub(in crate::audit) after: &'a [Quantity],
}

/// Every arrow of a text.
pub(in crate::audit) fn arrows<'a>(
    text: &'a str,
    quantities: &'a [Quantity],
) -> impl Iterator<Item = Arrow<'a>> {
    quantities.windows(2).enumerate().filter_map(move |(at, pair)| {
        let [from, to] = pair else { return None };
        let between = text.get(from.end..to.start)?.trim();
        let is_arrow = matches!(between, "→" | "->" | "=>" | "⟶" | "➜" | "➡");
        is_arrow.then(|| Arrow { from, to, after: quantities.get(at + 2..).unwrap_or_default() })
    })
}
