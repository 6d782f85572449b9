//! What two records of the same thing come to.

use crate::model::coverage::{LineBranches, Span, Statements};

/// Something that a list in ascending order holds once.
pub(super) trait Record: Sized {
    /// What tells it from others.
    type Key: Ord;

    fn key(&self) -> Self::Key;

    /// Takes in what another record of the same key says.
    fn unite(&mut self, other: &Self);
}

impl Record for (Span, Statements) {
    type Key = Span;

    fn key(&self) -> Span {
        self.0
    }

    fn unite(&mut self, other: &Self) {
        self.1 = self.1.unite(other.1);
    }
}

impl Record for (u32, LineBranches) {
    type Key = u32;

    fn key(&self) -> u32 {
        self.0
    }

    /// Named branches are united by name. "c of t" cannot be laid over each other, so the larger counts stand: a
    /// lower bound. Names say more than counts, so counts give way to them.
    fn unite(&mut self, other: &Self) {
        match (&mut self.1, &other.1) {
            (LineBranches::Named(known), LineBranches::Named(new)) => *known = known.union(new),
            (LineBranches::Named(_), LineBranches::Counted(_)) => {}
            (LineBranches::Counted(known), LineBranches::Counted(new)) => *known = known.at_least(*new),
            (known, named) => *known = named.clone(),
        }
    }
}

/// Puts records in ascending order, each once.
fn sort<T: Record>(all: &mut Vec<T>) {
    if all.is_sorted_by(|one, next| one.key() < next.key()) {
        return;
    }
    // Stable: fast where ordered runs follow each other, as here.
    all.sort_by_key(Record::key);
    all.dedup_by(|next, kept| {
        let is_same = next.key() == kept.key();
        if is_same {
            kept.unite(next);
        }
        is_same
    });
}

/// Puts statements of one report in ascending order. Its producer counts several in one place as several, so they get
/// ordinals in the order in which they came.
pub(crate) fn by_place(statements: &mut [(Span, Statements)]) {
    statements.sort_by_key(Record::key);
    let mut before: Option<Span> = None;
    for (span, _) in statements {
        let place = *span;
        if let Some(before) = before.filter(|before| Span { ordinal: 0, ..*before } == place) {
            span.ordinal = before.ordinal.saturating_add(1);
        }
        before = Some(*span);
    }
}

/// A list in ascending order that grows by others, in the list itself: `ordered` records of it are in order, those
/// behind them wait.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ordered(usize);

impl Ordered {
    /// How many records may wait in a small list.
    pub(super) const SLACK: usize = 16;

    /// All of `list` is in order.
    pub(super) fn whole<T>(list: &[T]) -> Self {
        Self(list.len())
    }

    /// Takes `new`, which is in order, into `known`.
    pub(super) fn add<T: Record>(&mut self, known: &mut Vec<T>, new: Vec<T>) {
        // Reports of parallel jobs speak of the same things: nothing moves then.
        let is_same = self.0 == known.len()
            && known.len() == new.len()
            && known.iter().zip(&new).all(|(known, new)| known.key() == new.key());
        if is_same {
            return known.iter_mut().zip(&new).for_each(|(known, new)| known.unite(new));
        }
        known.extend(new);
        if known.len() > 2 * self.0 + Self::SLACK {
            self.finish(known);
        }
    }

    /// Puts what waits in its place.
    pub(super) fn finish<T: Record>(&mut self, list: &mut Vec<T>) {
        if self.0 < list.len() {
            sort(list);
            self.0 = list.len();
        }
        list.shrink_to_fit();
    }
}
