//! What a document states: dimensions, headline numbers, phases, gaps.

mod arrows;
mod dimension_set;
mod dimensions;
mod groups;
mod phases;
mod rises;
mod statements;
mod weight_lists;

pub(super) use arrows::{Arrow, arrows};
pub(super) use dimension_set::{Dimension, DimensionSet};
pub(super) use groups::Group;
pub(super) use phases::{Phase, hours_in, net_gain, weeks};
pub(super) use rises::{RiseIn, rises};
pub(super) use statements::{Is, Statement};

use super::outline::Document;
use super::quantity::Quantity;
use super::words::mentions;

/// Everything that the rules look at.
pub(super) struct Facts<'a> {
    /// The document itself.
    pub(super) document: &'a Document,
    /// Tables and lists of scored dimensions.
    pub(super) dimensions: Vec<DimensionSet>,
    /// Current scores, targets, gaps and ceilings.
    pub(super) statements: Vec<Statement>,
    /// Phases that follow each other, group by group.
    pub(super) phases: Vec<Vec<Phase>>,
    /// Overall numbers with their parts.
    pub(super) groups: Vec<Group>,
}

impl<'a> Facts<'a> {
    /// Reads the facts of `document`.
    pub(super) fn of(document: &'a Document) -> Self {
        Self {
            document,
            dimensions: dimensions::all(document),
            statements: statements::all(document),
            phases: phases::all(document),
            groups: groups::all(document),
        }
    }

    /// Whether the document speaks of readiness at all; ordinary pages are judged by arithmetic alone.
    pub(super) fn is_assessment(&self) -> bool {
        let scored = |s: &Statement| matches!(s.is, Is::Current | Is::Target);
        let title =
            self.document.sections.get(1).map(|section| section.title.to_lowercase()).unwrap_or_default();
        self.statements.iter().any(scored)
            || !self.dimensions.is_empty()
            || !self.groups.is_empty()
            || mentions(
                &title,
                &["readiness", "go/no-go", "go / no-go", "no-go", "scorecard", "launch review"],
            )
    }

    /// Statements of one kind, in order.
    pub(super) fn states(&self, is: Is) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(move |statement| statement.is == is)
    }

    /// The current score: the first one stated.
    pub(super) fn current(&self) -> Option<&Statement> {
        self.states(Is::Current).next()
    }

    /// Every text with its line and quantities: headings and lines.
    pub(super) fn texts(&self) -> impl Iterator<Item = (u32, &str, &[Quantity])> {
        let sections = self.document.sections.iter().skip(1);
        let headings = sections.map(|s| (s.line, s.title.as_str(), s.quantities.as_slice()));
        let lines = self.document.lines.iter().map(|l| (l.number, l.text.as_str(), l.quantities.as_slice()));
        headings.chain(lines)
    }
}
