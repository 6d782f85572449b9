//! From exact parts to shown ones that add up to a shown whole.
//!
//! Every part is floored to a tenth; the tenths that are then missing go to the parts with the largest remainders.
//! For parts that sum to `s` and a whole of ⌊s⌋ or (if `s` is no whole tenth) ⌈s⌉ tenths, every part stays within
//! one step of its exact value, whole tenths stay as they are, and no sign flips: so "unchanged" shows 0.0.

use std::cmp::Reverse;

use num_traits::{ToPrimitive, Zero};

use crate::model::exact::{Exact, Tenths, whole};
use crate::model::order;

/// Which of equal remainders is raised first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ties {
    /// For points and deltas.
    EarlierFirst,
    /// For gaps, so that points and gaps complement each other.
    LaterFirst,
}

/// The shown value of each part; they sum to `whole`.
pub(super) fn apportion(parts: &[Exact], whole: Tenths, ties: Ties) -> Vec<Tenths> {
    let mut shown: Vec<Tenths> = parts.iter().map(Tenths::floor).collect();
    let missing = whole - shown.iter().copied().sum();
    for index in by_remainder(parts, ties).into_iter().take(missing.0.to_usize().unwrap_or(0)) {
        if let Some(part) = shown.get_mut(index) {
            *part = *part + Tenths(1);
        }
    }
    shown
}

/// Indices of the parts that are no whole tenths, largest remainder first.
fn by_remainder(parts: &[Exact], ties: Ties) -> Vec<usize> {
    let remainder = |part: &Exact| part * whole(10) - (part * whole(10)).floor();
    let mut order: Vec<(usize, Exact)> =
        parts.iter().map(remainder).enumerate().filter(|(_, remainder)| !remainder.is_zero()).collect();
    if ties == Ties::LaterFirst {
        order.reverse();
    }
    order::sort_by_key(&mut order, |(_, remainder)| Reverse(remainder.clone()));
    order.into_iter().map(|(index, _)| index).collect()
}

/// Shown groups that sum to a whole, each with its shown parts that sum to the group.
pub(super) fn apportion_groups(
    groups: &[Vec<Exact>],
    whole: Tenths,
    ties: Ties,
) -> Vec<(Tenths, Vec<Tenths>)> {
    let sums: Vec<Exact> = groups.iter().map(|parts| parts.iter().sum()).collect();
    let shown = apportion(&sums, whole, ties);
    shown.into_iter().zip(groups).map(|(sum, parts)| (sum, apportion(parts, sum, ties))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thirds(n: i64) -> Exact {
        Exact::new(n.into(), 3.into())
    }

    #[test]
    fn three_thirds_of_a_hundred_sum_to_a_hundred() {
        let parts = [thirds(100), thirds(100), thirds(100)];
        let shown = apportion(&parts, Tenths(1000), Ties::EarlierFirst);
        assert_eq!(shown, [Tenths(334), Tenths(333), Tenths(333)]);
        let gaps = apportion(&parts, Tenths(1000), Ties::LaterFirst);
        assert_eq!(gaps, [Tenths(333), Tenths(333), Tenths(334)]);
    }

    #[test]
    fn nothing_stays_nothing_and_no_sign_flips() {
        let parts = [Exact::new((-1).into(), 100.into()), whole(0), Exact::new(1.into(), 100.into())];
        let shown = apportion(&parts, Tenths(0), Ties::EarlierFirst);
        assert_eq!(shown, [Tenths(0), Tenths(0), Tenths(0)]);
    }

    #[test]
    fn groups_sum_to_the_whole_and_parts_to_their_group() {
        let groups = [vec![thirds(1), thirds(1)], vec![thirds(1)], vec![]];
        let shown = apportion_groups(&groups, Tenths(10), Ties::EarlierFirst);
        assert_eq!(shown.iter().map(|(sum, _)| sum.0).sum::<i64>(), 10);
        for (sum, parts) in shown {
            assert_eq!(parts.into_iter().sum::<Tenths>(), sum);
        }
    }
}
